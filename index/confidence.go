package index

import "math"

// evidence is what speaks for and against the leading passage as an answer:
// the signals a logistic regression turns into a probability. All are about
// shares and ratios, never raw scores, so that they mean the same in every
// corpus.
type evidence struct {
	coverage float64 // share of the query's worth that the passage and its head hold, 0 to 1
	excerpt  float64 // the same for the excerpt and the head
	margin   float64 // score over that of the next passage that says something else, 1 to 3
	unknown  float64 // share of the query's worth that no passage holds
	wanted   float64 // 1: holds a value of the kind asked for; -1: doesn't; 0: none asked for
	score    float64 // the ranking's own score, which is made of shares
	terms    float64 // log of 1 plus the number of content words
}

// evidenceOf weighs the leading passage r, hits[at], with its excerpt e.
func evidenceOf(q Query, r reading, e Excerpt, hits []Hit, at int) evidence {
	var all, text, near, unknown float64
	named := r.named()
	within := append([]bool(nil), r.head...)
	for _, m := range r.matches {
		if m.Start >= e.Start && m.End <= e.End {
			within[m.term] = true
		}
	}
	content := 0
	for i, t := range q.Terms {
		if q.neutral(i) {
			continue
		}
		w := worth(t)
		all += w
		if named[i] {
			text += w
		}
		if within[i] {
			near += w
		}
		if t.DF == 0 {
			unknown += w
		}
		if t.Weight >= contentWeight {
			content++
		}
	}
	ev := evidence{margin: margin(hits, at), score: hits[at].Score, terms: math.Log1p(float64(content))}
	if all > 0 {
		ev.coverage, ev.excerpt, ev.unknown = text/all, near/all, unknown/all
	}
	if len(q.Want.kinds()) > 0 {
		ev.wanted = -1
		if _, ok := r.answering(q, spanOf(e)); ok {
			ev.wanted = 1
		}
	}
	return ev
}

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

// The weights of the regression, fitted on seven public sets with half of
// their articles taken away: English and Chinese encyclopedias and an FAQ.
// Fitted on six, they hold on the seventh.
const (
	biasWeight     = -7.6
	coverageWeight = -1.3
	excerptWeight  = 5.6
	marginWeight   = 1.95
	unknownWeight  = -1.6
	wantedWeight   = 0.1
	scoreWeight    = 1.7
	termsWeight    = 1.0
)

// confidence is the probability that the excerpt answers.
func (ev evidence) confidence() float64 {
	z := biasWeight + coverageWeight*ev.coverage + excerptWeight*ev.excerpt + marginWeight*(ev.margin-1) +
		unknownWeight*ev.unknown + wantedWeight*ev.wanted + scoreWeight*ev.score + termsWeight*ev.terms
	return 1 / (1 + math.Exp(-z))
}

// objection gives the reason not to answer whatever the confidence: the
// question is about something that the documents, or this passage, don't name.
func (ev evidence) objection(q Query, r reading) Reason {
	for _, t := range q.Terms {
		if t.Entity && t.DF == 0 {
			return UnknownEntity
		}
	}
	if !r.about(q) {
		return MissingAttribute
	}
	return Answered
}
