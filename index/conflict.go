package index

import (
	"regexp"
	"slices"

	"historian/index/lang"
)

// A Conflict tells that two documents give different values for what is
// asked: the first two excerpts of the answer hold them.
type Conflict struct {
	Values [2]string // as the excerpts have them
}

// Two passages are compared only where both are plain answers: the second
// scores this share of the first, and near the value, or in the headings above,
// stands this share of what the question's words are worth. All are on the
// careful side, since a false alarm stands in a public answer: of 1,900 typed
// questions to encyclopedias, which hardly contradict themselves, 8 raise one.
const (
	conflictShare    = 0.7
	conflictCoverage = 0.9
	conflictDepth    = 5  // hits that are looked at
	conflictReach    = 48 // bytes between a value and a word it belongs to
)

// conflict finds another document that gives another value than the leading
// passage, and the excerpt that holds it.
func conflict(hit *reader, first reading, e Excerpt, at int) (Excerpt, *Conflict) {
	value, ok := first.plainly(spanOf(e))
	if !ok {
		return Excerpt{}, nil
	}
	hits := hit.hits
	for i, h := range hits[:min(len(hits), conflictDepth)] {
		p := h.Passage
		if i == at || p.Doc == e.Passage.Doc || p.Pair != "" && p.Pair == e.Passage.Pair || h.Score < conflictShare*hits[at].Score {
			continue
		}
		r := hit.at(i)
		other := r.excerpt(otherLength)
		if v, ok := r.plainly(spanOf(other)); ok && r.about() && v.Kind == value.Kind {
			a, b := e.Passage.Text[value.Start:value.End], p.Text[v.Start:v.End]
			if differ(value.Kind, a, b) && !r.gives(v.Kind, a) && !first.gives(v.Kind, b) {
				return other, &Conflict{Values: [2]string{a, b}}
			}
		}
	}
	return Excerpt{}, nil
}

// plainly gives the value within span that answers the query, if it is one
// that can be compared, said without reserve in a sentence that holds what is
// asked for.
func (r reading) plainly(span lang.Span) (v lang.Value, ok bool) {
	switch r.q.Want {
	case WantDate, WantNumber, WantMoney, WantDuration:
	default:
		return v, false
	}
	at, ok := r.answering(span)
	if !ok || r.coverage(at) < conflictCoverage || reserve.MatchString(r.passage.Text[max(0, at.Start-reserveReach):at.Start]) {
		return v, false
	}
	i := slices.IndexFunc(r.values, func(x lang.Value) bool { return x.Span == at })
	if i < 0 || !r.belongs(at) || multiple.MatchString(r.passage.Text[at.End:]) {
		return v, false
	}
	return r.values[i], true
}

// gives tells whether a passage has a value anywhere, be it of something
// else: then it compares, and doesn't contradict.
func (r reading) gives(kind lang.ValueKind, text string) bool {
	return slices.ContainsFunc(r.values, func(v lang.Value) bool {
		return v.Kind == kind && !differ(kind, text, r.passage.Text[v.Start:v.End])
	})
}

// belongs tells whether a value is said of what the question names: no other
// name in its sentence is nearer. A question that names nothing has no such
// doubt.
func (r reading) belongs(at lang.Span) bool {
	if !slices.ContainsFunc(r.q.Terms, func(t QueryTerm) bool { return t.Entity }) {
		return true
	}
	gap := func(s lang.Span) int { return max(s.Start-at.End, at.Start-s.End, 0) }
	within := func(s lang.Span) bool {
		return slices.ContainsFunc(r.sentences, func(x lang.Span) bool {
			return x.Start <= at.Start && at.End <= x.End && x.Start <= s.Start && s.End <= x.End
		})
	}
	nearest := -1
	var named []lang.Span
	for _, m := range r.matches {
		if r.q.Terms[m.term].Entity && within(m.Span) {
			named = append(named, m.Span)
			if g := gap(m.Span); nearest < 0 || g < nearest {
				nearest = g
			}
		}
	}
	return !slices.ContainsFunc(r.values, func(v lang.Value) bool {
		other := v.Kind == lang.Name && within(v.Span) && !slices.ContainsFunc(named, func(n lang.Span) bool { return n.Start < v.End && v.Start < n.End })
		return other && (nearest < 0 || gap(v.Span) < nearest)
	})
}

// multiple matches what follows a number that only compares: 100 多倍.
var multiple = regexp.MustCompile(`(?i)^\s*(?:多|余|餘)?\s*(?:倍|times\b|-?fold\b)`)

// reserve matches words before a value that make it a bound or a guess.
var reserve = regexp.MustCompile(`(?i)(?:about|around|approximately|roughly|nearly|almost|over|under|above|below|than|least|most|up to|some|circa|ca\.|before|after|until|since|约|約|大约|大約|近|超过|超過|至少|最多|不到|左右|以上|以下|之前|之后)\s*$`)

// reserveReach is how many bytes before a value are looked at for such words.
const reserveReach = 16

// coverage gives the share of what the query's words are worth that stand in
// the sentence of a value, near it, or in the headings; 0 to 1.
func (r reading) coverage(at lang.Span) float64 {
	held := slices.Clone(r.head)
	for _, m := range r.matches {
		s, gap := r.sentences[m.sentence], max(at.Start-m.End, m.Start-at.End)
		if at.Start >= s.Start && at.End <= s.End && gap <= conflictReach {
			held[m.term] = max(held[m.term], m.fit)
		}
	}
	var all, sum float64
	for i, t := range r.q.Terms {
		if t.Weight < contentWeight || r.q.neutral(i) {
			continue
		}
		all += worth(t)
		sum += worth(t) * held[i]
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// differ tells whether two values of a kind contradict each other: dates that
// are no more exact forms of one another, amounts that are not the same.
func differ(kind lang.ValueKind, a, b string) bool {
	x, y := valueTerms(kind, a), valueTerms(kind, b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if kind == lang.Date {
		return !within(x, y) && !within(y, x)
	}
	return !slices.ContainsFunc(x, func(t string) bool { return slices.Contains(y, t) })
}

func within(a, b []string) bool {
	return !slices.ContainsFunc(a, func(t string) bool { return !slices.Contains(b, t) })
}

// valueTerms gives the terms by which values are compared: what their figures
// come to.
func valueTerms(kind lang.ValueKind, text string) (out []string) {
	for _, t := range lang.Analyze(text) {
		figures := t.Term[0] >= '0' && t.Term[0] <= '9'
		switch {
		case kind == lang.Date && (t.Kind == lang.KindDate || figures && len(t.Term) == 4),
			kind != lang.Date && t.Kind == lang.KindAmount:
			out = append(out, t.Term)
		}
	}
	if len(out) > 0 || kind == lang.Date {
		return out
	}
	figures := "" // 12,000 is two words
	for _, r := range lang.Normalize(text).Text {
		if r >= '0' && r <= '9' || r == '.' {
			figures += string(r)
		}
	}
	if figures == "" {
		return nil
	}
	return []string{figures}
}
