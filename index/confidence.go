package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

// What speaks for and against the leading passage as an answer: signals that
// a logistic regression turns into a probability. All are shares and ratios,
// so that they mean the same in every corpus.
const (
	eBias     = iota // 1
	eCoverage        // share of the query's worth that the passage and its head hold
	eExcerpt         // the same for the excerpt and the head
	eHead            // the same for the head alone
	eSentence        // the same for the best sentence
	eMargin          // score over that of the next passage that says something else, less 1, at most 2
	eScore           // the ranking's own score
	eLost            // share of the question's words that no passage holds, each counted alike
	eUnknown         // share of the query's worth that no passage holds
	eNamed           // 1: the question names a thing, and the passage is about it
	eWanted          // 1: holds a value of the kind asked for; -1: doesn't; 0: none asked for
	eTerms           // log of 1 plus the number of content words
	eForeign         // 1: in another language than the question
	evidenceCount
)

var evidenceNames = [evidenceCount]string{"bias", "coverage", "excerpt", "head", "sentence", "margin", "score", "lost", "unknown", "named", "wanted", "terms", "foreign"}

type evidence [evidenceCount]float64

// evidenceOf weighs the leading passage r, hits[at], with its excerpt e.
func evidenceOf(r reading, e Excerpt, hits []Hit, at int) evidence {
	ev := evidence{eBias: 1, eMargin: margin(hits, at) - 1, eScore: math.Min(hits[at].Score, maxScore)}
	if hits[at].query != nil {
		ev[eForeign] = 1
	}
	named := r.named()
	within := append([]float64(nil), r.head...)
	for _, m := range r.matches {
		if m.Start >= e.Start && m.End <= e.End {
			within[m.term] = max(within[m.term], m.fit)
		}
	}
	var all float64
	content := 0
	for i, t := range r.q.Terms {
		if t.Weight >= contentWeight {
			content++
		}
		if r.q.neutral(i) {
			continue
		}
		w := worth(t)
		all += w
		ev[eCoverage] += w * named[i]
		ev[eExcerpt] += w * within[i]
		ev[eHead] += w * r.head[i]
		if t.DF == 0 && len(t.Loose) == 0 {
			ev[eUnknown] += w
		}
		if t.Entity && named[i] > 0 {
			ev[eNamed] = 1
		}
	}
	for _, g := range r.gains {
		ev[eSentence] = max(ev[eSentence], g)
	}
	for _, i := range []int{eCoverage, eExcerpt, eHead, eUnknown, eSentence} {
		ev[i] /= max(all, 1e-9)
	}
	ev[eSentence] = min(ev[eSentence], 1)
	ev[eTerms] = math.Log1p(float64(content))
	if lost := len(r.q.unknown()); lost > 0 {
		ev[eLost] = float64(lost) / float64(max(content, lost))
	}
	if len(r.q.Want.kinds()) > 0 {
		ev[eWanted] = -1
		if _, ok := r.answering(spanOf(e)); ok {
			ev[eWanted] = 1
		}
	}
	return ev
}

// maxScore bounds the ranking's score as evidence: beyond it, more says no more.
const maxScore = 4

// margin is the score of hits[at] over that of the best other hit, 1 to 3.
func margin(hits []Hit, at int) float64 {
	for i, h := range hits {
		if i == at || h.Passage.Pair != "" && h.Passage.Pair == hits[at].Passage.Pair && base(h.Passage.Lang) != base(hits[at].Passage.Lang) {
			continue
		}
		if h.Score <= 0 {
			return 3
		}
		return math.Min(3, math.Max(1, hits[at].Score/h.Score))
	}
	return 3
}

//go:embed confidence.json
var confidenceJSON []byte

// confidenceWeights are the weights of the regression. "evaluate calibrate"
// fits them on several corpora at once, and tells how they do on each when
// fitted on the others.
var confidenceWeights = sync.OnceValue(func() (w evidence) {
	var stored map[string]float64
	if err := json.Unmarshal(confidenceJSON, &stored); err != nil {
		panic(fmt.Sprintf("confidence.json: %v", err)) // unreachable: a test reads it
	}
	for i, name := range evidenceNames {
		w[i] = stored[name]
	}
	return w
})

// confidence is the probability that the excerpt answers.
func (ev evidence) confidence() float64 {
	z := 0.0
	for i, w := range confidenceWeights() {
		z += w * ev[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// parts names the evidence with its weights, for explanations.
func (ev evidence) parts() []Part {
	var out []Part
	for i, w := range confidenceWeights() {
		out = append(out, Part{evidenceNames[i], ev[i], w})
	}
	return out
}

// objection gives the reason not to answer whatever the confidence: the
// question is about something that the documents, or this passage, don't name.
func objection(r reading) Reason {
	for _, t := range r.q.Terms {
		if t.Entity && t.DF == 0 {
			return UnknownEntity
		}
	}
	if !r.about() {
		return MissingAttribute
	}
	return Answered
}
