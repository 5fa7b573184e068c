package index

import (
	"strings"

	"historian/index/lang"
)

// answering gives the value within span that answers the query: of the kind it wants,
// not one the question names itself, in a sentence with matches, and close to
// them. Questions that want no value have none.
func (r reading) answering(span lang.Span) (best lang.Span, ok bool) {
	q := r.q
	text := r.passage.Text
	for _, at := range r.expansions() {
		if at.Start >= span.Start && at.End <= span.End {
			return at, true
		}
	}
	kinds := q.Want.kinds()
	top := 0.0
	for rank, kind := range kinds {
		for _, v := range r.values {
			at := v.Span
			if v.Kind != kind || at.Start < span.Start || at.End > span.End || strings.Contains(q.folded, fold(text[at.Start:at.End])) {
				continue
			}
			if score := r.near(at) / float64(rank+1); score > top {
				best, top, ok = at, score, true
			}
		}
	}
	return best, ok
}

// near scores a place in the text by the matches in its sentence: each
// counts its worth, less the farther away it is.
func (r reading) near(at lang.Span) float64 {
	q := r.q
	score := 0.0
	for _, m := range r.matches {
		s := r.sentences[m.sentence]
		if at.Start < s.Start || at.End > s.End || q.Terms[m.term].Weight < contentWeight {
			continue
		}
		gap := max(at.Start-m.End, m.Start-at.End, 0)
		score += worth(q.Terms[m.term]) / (1 + float64(gap)/40)
	}
	return score
}
