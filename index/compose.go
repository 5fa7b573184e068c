package index

import (
	"slices"
	"strings"

	"historian/corpus"
	"historian/index/lang"
)

// Bounds of an answer.
const (
	maxExcerpts = 3 // shown at once
	maxMore     = 4 // kept for those who ask for more
	maxHits     = 10
	maxTopics   = 3
	// A further excerpt must score this share of the first's: below it, it is
	// noise beside an answer.
	furtherShare = 0.5
)

// Compose makes an answer of ranked hits: it reads the best of them, chooses
// excerpts that don't repeat each other, and abstains when it is less than
// threshold sure (0 to 1). It is pure: the same query and hits give the same
// answer.
func Compose(q Query, hits []Hit, threshold float64) Answer {
	a := Answer{Query: q, Hits: hits[:min(len(hits), maxHits)], Threshold: threshold}
	if len(hits) == 0 {
		a.Missing = missing(q)
		a.Reason = NoMatch
		if !asksAnything(q) {
			a.Reason = NoQuestion
		}
		return a
	}
	hit := newReader(q, hits)
	first, at := leading(hit)
	e := first.excerpt(firstLength)
	ev := evidenceOf(first, e, hits, at)
	a.Confidence, a.Evidence, a.Closest = ev.confidence(), ev.parts(), e
	if len(first.expansions()) > 0 {
		a.Confidence = max(a.Confidence, spelledOut)
	}
	a.Missing = missing(first.q)
	if a.Reason = objection(first); a.Reason == Answered && a.Confidence < threshold {
		a.Reason = LowConfidence
	}
	if a.Reason != Answered {
		a.Topics = topics(hits)
		return a
	}
	a.Excerpts = []Excerpt{e}
	c := chooser{reader: hit, lead: at, first: e}
	a.Excerpts = append(a.Excerpts, c.shown()...)
	if other, found := conflict(hit, first, e, at); found != nil {
		a.Conflict = found
		a.Excerpts = slices.DeleteFunc(a.Excerpts, func(x Excerpt) bool { return x.Passage.ID == other.Passage.ID })
		a.Excerpts = slices.Insert(a.Excerpts, 1, other)
		a.Excerpts = a.Excerpts[:min(len(a.Excerpts), maxExcerpts)]
	}
	a.further = c.rest
	return a
}

// A chooser goes through the hits beside the leading one for excerpts that
// say something else.
type chooser struct {
	*reader
	lead  int // the leading hit
	first Excerpt
	next  int       // hit to be read
	said  []saying  // by all excerpts so far
	more  []Excerpt // that aren't shown at once
}

// shown gives the excerpts to show beside the first. It reads no more hits
// than those that could be among them.
func (c *chooser) shown() (out []Excerpt) {
	for ; c.next < len(c.hits) && len(out)+1 < maxExcerpts && len(c.more) < maxMore; c.next++ {
		if c.next == c.lead {
			continue
		}
		if c.hits[c.next].Score < furtherShare*c.hits[c.lead].Score {
			break // and so are those that follow
		}
		r, e, ok := c.read(c.next)
		switch {
		case ok && r.about() && r.fits(e):
			out = append(out, e)
		case ok:
			c.more = append(c.more, e)
		}
	}
	return out
}

// rest gives what else there is, after shown.
func (c chooser) rest() []Excerpt {
	c.reader = newReader(c.q, c.hits) // c is a copy, to be used again
	c.said, c.more = slices.Clip(c.said), slices.Clip(c.more)
	for ; c.next < len(c.hits) && len(c.more) < maxMore; c.next++ {
		if c.next == c.lead {
			continue
		}
		if _, e, ok := c.read(c.next); ok {
			c.more = append(c.more, e)
		}
	}
	return c.more
}

// read gives the excerpt of a hit; not ok where it repeats another.
func (c *chooser) read(i int) (reading, Excerpt, bool) {
	if c.said == nil {
		c.said = []saying{saidOf(c.first)}
	}
	r := c.reader.at(i)
	e := r.excerpt(otherLength)
	said := saidOf(e)
	if repeats(c.said, said) {
		return r, e, false
	}
	c.said = append(c.said, said)
	return r, e, true
}

// More gives up to four further passages, for those who ask for more.
func (a Answer) More() []Excerpt {
	if a.further == nil {
		return nil
	}
	return a.further()
}

// spelledOut is how sure an answer is, at least, that spells out the
// abbreviation asked for: it hardly does so by chance.
const spelledOut = 0.9

// leadDepth is how many hits may lead the answer.
const leadDepth = 3

// leading gives the hit that leads the answer: the first that spells out the
// abbreviation asked for, or is about every entity of the question, or the
// first of all. A passage about another entity is the worst answer.
func leading(hit *reader) (reading, int) {
	if hit.q.Want == WantExpansion {
		for i := range hit.hits {
			if r := hit.at(i); len(r.expansions()) > 0 && r.about() {
				return r, i
			}
		}
	}
	var first reading
	for i := range min(len(hit.hits), leadDepth) {
		r := hit.at(i)
		if i == 0 {
			first = r
		}
		if r.about() {
			return r, i
		}
	}
	return first, 0
}

// about tells whether a passage, with what stands above it, names every
// entity of the query that the documents name at all.
func (r reading) about() bool {
	named := r.named()
	for i, t := range r.q.Terms {
		if t.Entity && t.DF > 0 && named[i] == 0 {
			return false
		}
	}
	return true
}

// fits tells whether an excerpt has a value of the kind asked for, where one
// is: beside an answer, others are only worth a look if they could be it.
func (r reading) fits(e Excerpt) bool {
	if !r.q.Want.typed() {
		return true
	}
	_, ok := r.answering(spanOf(e))
	return ok
}

// named tells by query term how well the passage or its head holds it, 0 to 1.
func (r reading) named() []float64 {
	out := append([]float64(nil), r.head...)
	for _, m := range r.matches {
		out[m.term] = max(out[m.term], m.fit)
	}
	return out
}

// missing lists the content words of the question that no passage holds, as
// they are written there.
func missing(q Query) []string {
	var out []string
	end := -1 // of the last one in the question
	for _, s := range q.unknown() {
		text := q.text[s.Start:s.End]
		if s.Start == end && len(out) > 0 && lang.IsHan(firstHan(text)) {
			out[len(out)-1] += text
		} else {
			out = append(out, text)
		}
		end = s.End
	}
	return slices.DeleteFunc(out, func(w string) bool { return chars(w) < 2 })
}

// unknown gives the parts of the question that ask for something no passage
// holds, in order: words, and characters that belong to no pair in any.
func (q Query) unknown() []lang.Span {
	var out []lang.Span
	covered := 0 // the end of the last known pair
	for _, t := range q.Terms {
		if t.Pair {
			if t.DF > 0 {
				covered = max(covered, t.End)
			}
			continue
		}
		char := onlyRune(t.Forms[0].Term) != 0 && lang.Unspaced(t.Forms[0].Term)
		switch {
		case t.Weight < charWeight, t.DF > 0 && !char, char && (t.Start < covered || q.pairAt(t.Start)):
		default:
			out = append(out, lang.Span{Start: t.Start, End: t.End})
		}
	}
	return out
}

// pairAt tells whether a known pair begins at a byte of the question.
func (q Query) pairAt(start int) bool {
	for _, t := range q.Terms {
		if t.Pair && t.Start == start {
			return t.DF > 0
		}
	}
	return false
}

// neutral tells whether term i is a pair that no passage holds because it
// only joins two words that are known: 数规 in 参数规模.
func (q Query) neutral(i int) bool {
	t := q.Terms[i]
	if !t.Pair || t.DF > 0 {
		return false
	}
	left, right := false, false
	for _, o := range q.Terms {
		if !o.Pair || o.DF == 0 && o.Weight > frameWeight {
			continue
		}
		left = left || o.End > t.Start && o.End < t.End && o.Start < t.Start
		right = right || o.Start > t.Start && o.Start < t.End && o.End > t.End
	}
	return left && right
}

// asksAnything tells whether the query has a term to look for.
func asksAnything(q Query) bool {
	for _, t := range q.Terms {
		if t.Weight >= contentWeight {
			return true
		}
	}
	return false
}

// sameShare is the share of an excerpt's character pairs that another holds
// from which both say the same.
const sameShare = 0.6

// A saying is an excerpt with its character pairs, to compare others with.
type saying struct {
	Excerpt
	pairs map[[2]rune]bool
}

func saidOf(e Excerpt) saying { return saying{e, charPairs(e.Text)} }

// repeats tells whether e says what one of the others says already: the same
// words, or the same document in another language.
func repeats(others []saying, e saying) bool {
	for _, o := range others {
		if p := e.Passage.Pair; p != "" && p == o.Passage.Pair && base(e.Passage.Lang) != base(o.Passage.Lang) {
			return true
		}
		if shared(e.pairs, o.pairs) > sameShare {
			return true
		}
	}
	return false
}

// base gives the language of a BCP 47 tag without script and region.
func base(tag string) string {
	b, _, _ := strings.Cut(tag, "-")
	return b
}

// shared gives the share of the smaller set of character pairs that the
// larger one holds, 0 to 1.
func shared(a, b map[[2]rune]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for p := range a {
		if b[p] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// comparedLength is how many bytes of an excerpt are compared with others.
const comparedLength = 600

func charPairs(s string) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	var last rune
	for _, r := range s[:min(len(s), comparedLength)] {
		if last != 0 {
			pairs[[2]rune{last, r}] = true
		}
		last = r
	}
	return pairs
}

// topics gives the sections that the hits stand in, without repeats: what the
// documents do tell near the question.
func topics(hits []Hit) []Topic {
	var out []Topic
	seen := map[string]bool{}
	for _, h := range hits {
		t := topicOf(h.Passage)
		if key := t.Title + "\n" + t.Name; !seen[key] {
			seen[key] = true
			out = append(out, t)
		}
		if len(out) == maxTopics {
			break
		}
	}
	return out
}

func topicOf(p corpus.Passage) Topic {
	name := p.Title
	if n := len(p.Trail); n > 0 {
		name = p.Trail[n-1]
	}
	return Topic{Name: name, Lang: p.Lang, Title: p.Title, URL: p.URL, Passage: p.ID}
}
