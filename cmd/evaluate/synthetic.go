package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"historian/corpus"
)

// A writer invents documents of English form: words by Zipf's law, some of
// them the topics of a document. The most frequent are the words of a set, by
// how frequent they are there, or else the function words of English; further
// ones are invented. The same numbers give the same documents, in any order.
type writer struct {
	passages int      // to write
	before   *set     // its passages come first; nil for none
	common   []string // words by rank
	drawn    []uint32 // ranks, as often as their words occur
}

const (
	documentPassages = 8 // of a document
	drawnRanks       = 1 << 17
	zipf             = 1.05 // exponent: English has about 1
	zipfShift        = 2.7  // Mandelbrot's: the first ranks differ less
	ranks            = 1 << 16
	rareShare        = 0.02 // of words that occur a few times at all
	topicShare       = 0.15 // of words that are their document's topics
	topicWords       = 10
)

// functionWords of English, most frequent first.
var functionWords = strings.Fields(`the of and in to a is was for as on with by that it from at his an were are which
this be or had first also not their has one its after who he new they two have her she but been other when more all
there into during time he would than some only no such may about many can most over between these out up where if`)

func newWriter(passages int, before *set) *writer {
	w := &writer{passages: passages, before: before, common: make([]string, ranks)}
	known := functionWords
	if before != nil {
		known = before.words()
	}
	for r := copy(w.common, known); r < ranks; r++ {
		w.common[r] = invented(r)
	}
	sum := 0.0
	for r := range ranks {
		sum += math.Pow(float64(r)+zipfShift, -zipf)
	}
	share := 0.0
	for r := range ranks {
		share += math.Pow(float64(r)+zipfShift, -zipf) / sum
		for float64(len(w.drawn)) < share*drawnRanks {
			w.drawn = append(w.drawn, uint32(r))
		}
	}
	return w
}

// words lists the words of the set's passages in lower case, the most frequent
// first.
func (s *set) words() []string {
	count := map[string]int{}
	for _, p := range s.passages {
		for w := range strings.FieldsFuncSeq(strings.ToLower(p.Text), func(r rune) bool { return r < 'a' || r > 'z' }) {
			count[w]++
		}
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
}

// invented gives the word of a number.
func invented(n int) string {
	var b strings.Builder
	for n += 40; n > 0; n /= 95 {
		i := n % 95
		b.WriteByte("bcdfghjklmnprstvwxz"[i%19])
		b.WriteByte("aeiou"[i/19])
	}
	b.WriteByte("nrlt"[b.Len()/2%4])
	return b.String()
}

// documents yields all documents.
func (w *writer) documents() iter.Seq2[corpus.Document, error] {
	return func(yield func(corpus.Document, error) bool) {
		n := 0
		if w.before != nil {
			for doc, err := range w.before.documents(all) {
				if n == w.passages || !yield(doc, err) {
					return
				}
				n++
			}
		}
		for i := 0; n < w.passages; i++ {
			doc := w.document(i, min(documentPassages, w.passages-n))
			n += len(doc.Passages)
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// document writes document i of so many passages.
func (w *writer) document(i, passages int) corpus.Document {
	rng := rand.New(rand.NewPCG(1, uint64(i)))
	topics := make([]string, topicWords)
	for t := range topics {
		topics[t] = w.common[200+rng.IntN(ranks-200)]
	}
	doc := corpus.Document{ID: fmt.Sprintf("doc%d", i), Lang: "en"}
	doc.Path, doc.Title = doc.ID, strings.Join(topics[:2], " ")
	var text strings.Builder
	for p := range passages {
		start := text.Len()
		for range 4 + rng.IntN(5) {
			w.sentence(rng, topics, &text)
		}
		doc.Passages = append(doc.Passages, corpus.Passage{ID: fmt.Sprintf("%s#%d", doc.ID, p), Doc: doc.ID, Title: doc.Title,
			Lang: doc.Lang, Start: start, End: text.Len() - 1})
	}
	doc.Text = text.String()
	for p := range doc.Passages {
		doc.Passages[p].Text = doc.Text[doc.Passages[p].Start:doc.Passages[p].End]
	}
	return doc
}

// sentence writes a sentence with a space behind it.
func (w *writer) sentence(rng *rand.Rand, topics []string, text *strings.Builder) {
	words := 10 + rng.IntN(22)
	for k := range words {
		word, content := w.word(rng, topics)
		switch {
		case k == 0 || content && rng.IntN(8) == 0:
			text.WriteByte(word[0] - 'a' + 'A')
			text.WriteString(word[1:])
		case rng.IntN(60) == 0:
			fmt.Fprint(text, 1000+rng.IntN(1020))
		default:
			text.WriteString(word)
		}
		if content && rng.IntN(4) == 0 {
			text.WriteString([]string{"s", "ed", "ing"}[rng.IntN(3)])
		}
		switch {
		case k == words-1:
			text.WriteString(". ")
		case rng.IntN(14) == 0:
			text.WriteString(", ")
		default:
			text.WriteByte(' ')
		}
	}
}

func (w *writer) word(rng *rand.Rand, topics []string) (word string, content bool) {
	switch x := rng.Float64(); {
	case x < topicShare:
		return topics[rng.IntN(len(topics))], true
	case x < topicShare+rareShare:
		return invented(ranks + rng.IntN(ranks+w.passages/4)), true
	}
	r := w.drawn[rng.IntN(len(w.drawn))]
	return w.common[r], int(r) >= len(functionWords)
}

// questions gives n questions: the set's, or some about passages written.
func (w *writer) questions(n int) []string {
	var out []string
	if w.before != nil {
		for i := range w.before.questions {
			out = append(out, w.before.questions[(i*stride)%len(w.before.questions)].Text)
		}
		return out[:min(n, len(out))]
	}
	rng := rand.New(rand.NewPCG(2, uint64(n)))
	starts := []string{"What is the", "What did the", "Who was the", "When was the", "How many", "Where did the", "Which of the"}
	for range n {
		doc := w.document(rng.IntN((w.passages+documentPassages-1)/documentPassages), documentPassages)
		words := strings.Fields(doc.Passages[rng.IntN(len(doc.Passages))].Text)
		about := 5 + rng.IntN(6)
		from := rng.IntN(len(words) - about)
		out = append(out, starts[rng.IntN(len(starts))]+" "+strings.Trim(strings.Join(words[from:from+about], " "), ".,")+"?")
	}
	return out
}

// stride spreads the questions taken over a set, which has them by article.
// It has no factor in common with the number of questions of any set of
// reasonable size.
const stride = 7919
