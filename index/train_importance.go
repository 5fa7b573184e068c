package index

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// A word has a weight of its own when questions about wordTargets passages use
// it, in all wordCount times, a passage counting perTarget times at most. Its
// weight is drawn to zero by wordPenalty. Rarer words overfit.
const (
	wordCount    = 10
	wordTargets  = 5 // different passages asked about
	perTarget    = 3
	wordPenalty  = 0.01
	learningRate = 0.2
	passes       = 5 // over the sightings, the rate falling as 1, ½, ⅓ …
)

// A sighting is a term of a question, and whether its target holds it.
type sighting struct {
	traits []int
	word   int // index of the word's weight, -1 for none
	held   bool
	weight float64
}

// fitImportance learns how likely a question's terms are to be in the passage
// that answers, by logistic regression with AdaGrad.
func fitImportance(lessons []lesson, keep func(*lesson) bool) (importance, error) {
	words := frequentWords(lessons, keep)
	index := make(map[string]int, len(words))
	for i, w := range words {
		index[w] = i
	}
	var seen []sighting
	var s scorer
	for i := range lessons {
		l := &lessons[i]
		if !keep(l) {
			continue
		}
		s.prepare(l.store, l.query, &model{})
		held, found := make([]bool, len(l.query.Terms)), false
		for _, n := range l.targets {
			if err := l.store.vector(n, &s.vec); err != nil {
				return importance{}, err
			}
			if s.vec.Unspaced != (scriptOf(l.query) == unspaced) {
				continue // in another language
			}
			found = true
			s.find(&s.vec)
			for j := range held {
				held[j] = held[j] || s.tf[j] > 0 || s.head[j] > 0
			}
		}
		for j := range held {
			if !found {
				break
			}
			x := sighting{traits(nil, &l.query, j, float64(l.store.passages())), -1, held[j], l.weight}
			if k, ok := index[l.query.Terms[j].Forms[0].Term]; ok {
				x.word = k
			}
			seen = append(seen, x)
		}
	}
	return descend(seen, words), nil
}

// frequentWords lists the words that get a weight of their own.
func frequentWords(lessons []lesson, keep func(*lesson) bool) []string {
	counts := map[string]map[passageNum]int{}
	for i := range lessons {
		l := &lessons[i]
		if !keep(l) || len(l.targets) == 0 {
			continue
		}
		for _, t := range l.query.Terms {
			word := t.Forms[0].Term
			if counts[word] == nil {
				counts[word] = map[passageNum]int{}
			}
			counts[word][l.targets[0]]++
		}
	}
	var words []string
	for w, c := range counts {
		n := 0
		for _, k := range c {
			n += min(k, perTarget)
		}
		if len(c) >= wordTargets && n >= wordCount && !strings.ContainsAny(w, "0123456789") {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

func descend(seen []sighting, words []string) importance {
	m := importance{words: make(map[string]float64, len(words))}
	weights, squares := make([]float64, traitCount+len(words)), make([]float64, traitCount+len(words))
	step := func(i int, g, rate float64) {
		squares[i] += g * g
		weights[i] -= rate * g / (math.Sqrt(squares[i]) + 1e-3)
	}
	order := rand.New(rand.NewPCG(1, 2))
	for pass := range passes {
		rate := learningRate / float64(pass+1)
		for _, k := range order.Perm(len(seen)) {
			s := &seen[k]
			x := 0.0
			for _, t := range s.traits {
				x += weights[t]
			}
			if s.word >= 0 {
				x += weights[traitCount+s.word]
			}
			g := 1 / (1 + math.Exp(-x))
			if s.held {
				g--
			}
			g *= s.weight
			for _, t := range s.traits {
				step(t, g, rate)
			}
			if s.word >= 0 {
				step(traitCount+s.word, g+wordPenalty*weights[traitCount+s.word], rate)
			}
		}
	}
	for i := range m.traits {
		m.traits[i] = round(weights[i])
	}
	for i, w := range words {
		m.words[w] = round(weights[traitCount+i])
	}
	return m
}

// round keeps three digits, so that the model stays readable.
func round(x float64) float64 { return math.Round(1000*x) / 1000 }
