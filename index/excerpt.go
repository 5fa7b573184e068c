package index

import (
	"iter"
	"sort"
	"strings"
	"unicode/utf8"

	"historian/corpus"
	"historian/index/lang"
)

// Lengths of excerpts, in characters. A phone shows about 400 without a
// scroll; a second and third excerpt are there to compare, not to read on.
const (
	firstLength = 400
	otherLength = 240
	listLength  = 1000 // a list or steps asked for are quoted whole up to here
)

// A reading is a passage as it looks in the light of a query: its sentences
// and where the query's terms occur in them.
type reading struct {
	q         Query // in the passage's language
	passage   corpus.Passage
	sentences []lang.Span
	matches   []match // in the text, in order
	values    []lang.Value
	head      []float64 // by query term: how well title or headings hold it, 0 to 1
	gains     []float64 // by sentence: what its matches are worth
}

// A match is an occurrence of a query term in a passage's text.
type match struct {
	lang.Span
	term     int     // index into Query.Terms
	fit      float64 // 1, or less where the passage has it in other words
	sentence int
}

// looseFit is how well a word of the same sense holds a term.
const looseFit = 0.5

// read finds the query's terms, in all their forms, in a passage in its
// language.
func read(q Query, p corpus.Passage, forms map[string][]formOf) reading {
	r := reading{q: q, passage: p, sentences: lang.Sentences(p.Text), head: make([]float64, len(q.Terms))}
	for m := range occurrences(lang.Analyze(headOf(p)), forms) {
		r.head[m.term] = max(r.head[m.term], m.fit)
	}
	s := 0
	tokens := lang.Analyze(p.Text)
	for m := range occurrences(tokens, forms) {
		for s+1 < len(r.sentences) && m.Start >= r.sentences[s].End {
			s++
		}
		m.sentence = s
		r.matches = append(r.matches, m)
	}
	r.gains = make([]float64, len(r.sentences))
	best := make([]float64, len(q.Terms)) // fit in the sentence being counted
	last := 0
	for _, m := range r.matches {
		if m.sentence != last {
			clear(best)
			last = m.sentence
		}
		if m.fit > best[m.term] {
			r.gains[m.sentence] += (m.fit - best[m.term]) * worth(q.Terms[m.term])
			best[m.term] = m.fit
		}
	}
	if len(q.Want.kinds()) > 0 {
		r.values = lang.Values(p.Text, tokens)
		r.favourWanted()
	}
	return r
}

// A formOf says what a term of a text stands for.
type formOf struct {
	term int // of the query
	rest []string
	fit  float64
}

// formsOf maps the first term of each form to the query terms it stands for.
func formsOf(q Query) map[string][]formOf {
	forms := map[string][]formOf{}
	for i, t := range q.Terms {
		for _, f := range t.Forms {
			forms[f.Term] = append(forms[f.Term], formOf{i, f.Rest, 1})
		}
		for _, w := range t.Loose {
			forms[w] = append(forms[w], formOf{i, nil, looseFit})
		}
	}
	return forms
}

// occurrences gives the places in a text where forms occur, in order.
func occurrences(tokens []lang.Token, forms map[string][]formOf) iter.Seq[match] {
	return func(yield func(match) bool) {
		for i, tok := range tokens {
			for _, f := range forms[tok.Term] {
				end, ok := goesOn(tokens[i:], f.rest)
				if ok && !yield(match{Span: lang.Span{Start: tok.Start, End: max(tok.End, end)}, term: f.term, fit: f.fit}) {
					return
				}
			}
		}
	}
}

// goesOn tells whether the terms follow the first token, one a position, and
// where the last ends.
func goesOn(tokens []lang.Token, rest []string) (end int, ok bool) {
	at, n := tokens[0].Pos, 0
	for _, t := range tokens[1:] {
		if n == len(rest) || t.Pos > at+n+1 {
			break
		}
		if t.Pos == at+n+1 && t.Term == rest[n] {
			n++
			end = t.End
		}
	}
	return end, n == len(rest)
}

// favourWanted adds to the sentences that hold a value of the kind asked for.
func (r *reading) favourWanted() {
	kinds := r.q.Want.kinds()
	s, last := 0, -1
	for _, v := range r.values {
		for s+1 < len(r.sentences) && v.Start >= r.sentences[s].End {
			s++
		}
		if v.Kind == kinds[0] && s != last && !strings.Contains(r.q.folded, fold(r.passage.Text[v.Start:v.End])) {
			r.gains[s] += wantedGain
			last = s
		}
	}
}

// wantedGain is what a value of the wanted kind adds to a sentence, in units
// of a term's weighted idf: about a common word's worth, enough to choose
// between sentences that match alike.
const wantedGain = 1.5

func worth(t QueryTerm) float64 {
	return t.Weight * t.IDF
}

// headOf is what stands above a passage: title and headings.
func headOf(p corpus.Passage) string {
	return strings.Join(append([]string{p.Title}, p.Trail...), "\n")
}

// excerpt quotes the part of the passage that answers best, at most limit
// characters: the best sentence and as many neighbours as fit and help most.
func (r reading) excerpt(limit int) Excerpt {
	q := r.q
	text := r.passage.Text
	if (q.Want == WantSteps || q.Want == WantList) && isList(text) {
		limit = max(limit, listLength)
	}
	span := lang.Span{Start: 0, End: len(text)}
	if len(r.sentences) > 0 {
		span = lang.Span{Start: r.sentences[0].Start, End: r.sentences[len(r.sentences)-1].End}
		if chars(text[span.Start:span.End]) > limit {
			span = r.window(limit)
		}
	}
	e := Excerpt{Text: text[span.Start:span.End], Start: span.Start, End: span.End, Passage: r.passage}
	e.Marks = r.marks(span)
	return e
}

// window is the run of sentences within limit characters that holds the best
// sentence and is worth most: the query terms it holds, each counted once,
// and what its sentences gain by themselves.
func (r reading) window(limit int) lang.Span {
	text := r.passage.Text
	best := 0
	for i, g := range r.gains {
		if g > r.gains[best] {
			best = i
		}
	}
	b := r.sentences[best]
	if chars(text[b.Start:b.End]) > limit {
		return r.clip(b, best, limit)
	}
	var win lang.Span
	top := -1.0
	for i := best; i >= 0 && chars(text[r.sentences[i].Start:b.End]) <= limit; i-- {
		j := best
		for j+1 < len(r.sentences) && chars(text[r.sentences[i].Start:r.sentences[j+1].End]) <= limit {
			j++
		}
		span := lang.Span{Start: r.sentences[i].Start, End: r.sentences[j].End}
		if g := r.windowGain(i, j); g > top {
			top, win = g, span
		}
	}
	return win
}

// repeatShare is what a sentence's own gain adds to its window, beside the
// terms that the window holds: 0 to 1 differ by 0.3 points of excerpts that
// hold the answer, on English and Chinese sets alike.
const repeatShare = 0.3

// windowGain is what the sentences i to j are worth together.
func (r reading) windowGain(i, j int) float64 {
	q := r.q
	gain := 0.0
	seen := make([]bool, len(q.Terms))
	for _, m := range r.matches {
		if m.sentence >= i && m.sentence <= j && !seen[m.term] {
			seen[m.term] = true
			gain += worth(q.Terms[m.term])
		}
	}
	for k := i; k <= j; k++ {
		gain += repeatShare * r.gains[k]
	}
	return gain
}

// clip cuts a sentence longer than limit to the clauses round its matches.
func (r reading) clip(s lang.Span, sentence, limit int) lang.Span {
	text := r.passage.Text
	first, last := s.Start, s.Start
	for _, m := range r.matches {
		if m.sentence == sentence {
			if last == s.Start {
				first = m.Start
			}
			if chars(text[first:m.End]) <= limit {
				last = m.End
			}
		}
	}
	// Begin with the clause of the first match, end with a clause that fits.
	start, end := s.Start, s.End
	if cut := strings.LastIndexAny(text[s.Start:first], ",;:，；：、\n"); cut >= 0 {
		_, n := utf8.DecodeRuneInString(text[s.Start+cut:])
		start = s.Start + cut + n
		start += len(text[start:first]) - len(strings.TrimLeft(text[start:first], " \n"))
	}
	n := 0
	for i := range text[start:s.End] {
		if n++; n > limit {
			end = start + i
			break
		}
	}
	if end < s.End {
		if cut := strings.LastIndexAny(text[last:max(last, end)], ",;:，；：、 \n"); cut >= 0 {
			end = last + cut
		}
	}
	return lang.Span{Start: start, End: end}
}

// marks gives the matched words within span and the span that answers, as
// offsets into the excerpt. Common words are not marked.
func (r reading) marks(span lang.Span) []Mark {
	q := r.q
	var out []Mark
	for _, m := range r.matches {
		if t := q.Terms[m.term]; m.Start >= span.Start && m.End <= span.End && t.Weight >= contentWeight && !lang.IsHan(onlyRune(r.passage.Text[m.Start:m.End])) {
			out = append(out, Mark{m.Start - span.Start, m.End - span.Start, MarkMatch})
		}
	}
	if v, ok := r.answering(span); ok {
		out = append(out, Mark{v.Start - span.Start, v.End - span.Start, MarkAnswer})
	}
	return mergeMarks(r.passage.Text[span.Start:span.End], out)
}

// onlyRune gives the character of a text of one, and 0 for a longer one: a
// single Chinese character that matches is mostly part of another word.
func onlyRune(s string) rune {
	r, n := utf8.DecodeRuneInString(s)
	if n != len(s) {
		return 0
	}
	return r
}

// contentWeight is the least weight of a query term that counts as a content
// word; ParseQuery gives common words less.
const contentWeight = 0.5

// mergeMarks sorts marks and joins those that touch or have only a space or
// hyphen between them; an answer swallows the matches it overlaps.
func mergeMarks(text string, marks []Mark) []Mark {
	sort.Slice(marks, func(i, j int) bool {
		a, b := marks[i], marks[j]
		return a.From < b.From || a.From == b.From && a.To > b.To
	})
	var out []Mark
	for _, m := range marks {
		if n := len(out) - 1; n >= 0 {
			last := &out[n]
			gap := ""
			if m.From > last.To {
				gap = text[last.To:m.From]
			}
			same := m.Kind == last.Kind
			switch {
			case m.From < last.To && !same && m.Kind == MarkAnswer:
				last.To = m.From // cut the match short, the answer follows
				if last.To <= last.From {
					*last = m
					continue
				}
			case m.From < last.To && !same:
				if m.To <= last.To {
					continue
				}
				m.From = last.To
			case same && (m.From <= last.To || gap == " " || gap == "-"):
				last.To = max(last.To, m.To)
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// spanOf gives the excerpt as a range of its passage.
func spanOf(e Excerpt) lang.Span { return lang.Span{Start: e.Start, End: e.End} }

func chars(s string) int { return utf8.RuneCountInString(s) }

// isList tells whether a passage is mainly a list.
func isList(text string) bool {
	items := 0
	for line := range strings.Lines(text) {
		if lang.IsListItem(strings.TrimLeft(line, " \t")) {
			items++
		}
	}
	return items >= 2
}
