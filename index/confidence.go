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
	lost     float64 // share of the question's words that no passage holds, each counted alike
	head     float64 // share of the query's worth in title and headings
	named    float64 // 1: the question names a thing, and the passage is about it
	wanted   float64 // 1: holds a value of the kind asked for; -1: doesn't; 0: none asked for
	score    float64 // the ranking's own score, which is made of shares
	terms    float64 // log of 1 plus the number of content words
}

// evidenceOf weighs the leading passage r, hits[at], with its excerpt e.
func evidenceOf(r reading, e Excerpt, hits []Hit, at int) evidence {
	ev := evidence{margin: margin(hits, at), score: hits[at].Score}
	var all, text, near, unknown, head float64
	named := r.named()
	within := append([]float64(nil), r.head...)
	for _, m := range r.matches {
		if m.Start >= e.Start && m.End <= e.End {
			within[m.term] = max(within[m.term], m.fit)
		}
	}
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
		text += w * named[i]
		near += w * within[i]
		head += w * r.head[i]
		if t.DF == 0 && len(t.Loose) == 0 {
			unknown += w
		}
		if t.Entity && named[i] > 0 {
			ev.named = 1
		}
	}
	ev.terms = math.Log1p(float64(content))
	if all > 0 {
		ev.coverage, ev.excerpt, ev.unknown, ev.head = text/all, near/all, unknown/all, head/all
	}
	if lost := len(r.q.unknown()); lost > 0 {
		ev.lost = float64(lost) / float64(max(content, lost))
	}
	if len(r.q.Want.kinds()) > 0 {
		ev.wanted = -1
		if _, ok := r.answering(spanOf(e)); ok {
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

// The weights of the regression, fitted on eleven sets: seven public ones
// with half of their articles taken away (encyclopedias and an FAQ, English and
// Chinese) and the question sets on four corpora. Fitted on ten, they hold on
// the eleventh. Words that no passage holds speak against an answer by their
// number (lost); unknown gives back what rarity made of them elsewhere.
const (
	biasWeight     = -6.05
	coverageWeight = 0.8
	excerptWeight  = 6.4
	marginWeight   = 1.35
	unknownWeight  = 4.6
	lostWeight     = -7.4
	headWeight     = 1.45
	namedWeight    = 1.3
	wantedWeight   = 0.25
	scoreWeight    = 0.35
	termsWeight    = 0.3
)

// confidence is the probability that the excerpt answers.
func (ev evidence) confidence() float64 {
	z := biasWeight + coverageWeight*ev.coverage + excerptWeight*ev.excerpt + marginWeight*(ev.margin-1) +
		unknownWeight*ev.unknown + lostWeight*ev.lost + headWeight*ev.head + namedWeight*ev.named +
		wantedWeight*ev.wanted + scoreWeight*ev.score + termsWeight*ev.terms
	return 1 / (1 + math.Exp(-z))
}

// objection gives the reason not to answer whatever the confidence: the
// question is about something that the documents, or this passage, don't name.
func (ev evidence) objection(r reading) Reason {
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
