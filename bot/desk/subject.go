package desk

import (
	"slices"
	"strings"

	"historian/index"
)

// A Subject is what a question asks about, without how it is put.
type Subject struct {
	Terms []string // normalised, sorted; none where it asks about nothing
	Words []string // as people write them, in the order of the question
	Want  string   // the kind of answer it wants
}

// subjectWeight is the least weight of a term that tells what a question is
// about.
const subjectWeight = 1

// SubjectOf reads a query.
func SubjectOf(q index.Query) Subject {
	s := Subject{Want: string(q.Want)}
	type span struct {
		from, to int
		word     string
	}
	var spans []span
	for _, t := range q.Terms {
		if t.Weight < subjectWeight || len(t.Forms) == 0 || t.Text == "" || partOfName(q, t) {
			continue
		}
		term := t.Forms[0].Term
		s.Terms = append(s.Terms, term)
		word := strings.ToLower(t.Text)
		if t.Entity {
			word = term
		}
		if n := len(spans) - 1; n >= 0 && t.Pair && t.Start < spans[n].to { // pairs of characters overlap
			spans[n].word += word[spans[n].to-t.Start:]
			spans[n].to = t.End
			continue
		}
		spans = append(spans, span{t.Start, t.End, word})
	}
	for _, x := range spans {
		s.Words = append(s.Words, x.word)
	}
	s.Terms = termSet(s.Terms)
	return s
}

// partOfName tells whether a term is only part of a name: the 3 of GPT-3.
func partOfName(q index.Query, t index.QueryTerm) bool {
	return slices.ContainsFunc(q.Terms, func(o index.QueryTerm) bool {
		return o.Entity && !t.Entity && t.Start >= o.Start && t.End <= o.End
	})
}

// key is the same for questions that ask the same in other words of grammar.
func (s Subject) key() string { return s.Want + "\n" + strings.Join(s.Terms, "\n") }
