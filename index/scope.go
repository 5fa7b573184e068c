package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// A scope is the part of a generation that a question may be answered from.
// Its zero value is all of it.
type scope struct {
	within []passages      // those of the documents asked for, ascending; nil for all
	only   *passageNum     // this one alone
	not    map[string]bool // IDs of passages left out
}

// passages are those from the first to before the last: those of one
// document lie side by side.
type passages struct{ from, to passageNum }

// documents tells whether a passage is in one of the documents asked for.
func (s *scope) documents(n passageNum) bool {
	if s.within == nil {
		return true
	}
	i, found := slices.BinarySearchFunc(s.within, n, func(p passages, n passageNum) int { return cmp.Compare(p.from, n) })
	return found || i > 0 && n < s.within[i-1].to
}

// A scoped generation finds candidates within a scope only.
type scoped struct {
	*generation
	scope
}

func (s scoped) candidates(ctx context.Context, terms []weightedTerm, k int) ([]passageNum, error) {
	if s.only != nil {
		return []passageNum{*s.only}, nil
	}
	// Those left out by ID are few: fetch as many more.
	found, err := s.candidatesIf(ctx, terms, k+len(s.not), s.documents)
	if err != nil || len(s.not) == 0 {
		return found, err
	}
	out := found[:0]
	for _, n := range found {
		p, err := s.passage(n)
		if err != nil {
			return nil, err
		}
		if !s.not[p.ID] {
			out = append(out, n)
		}
	}
	return out[:min(len(out), k)], nil
}

// scopeOf gives the scope that a question names; the caller reads the
// generation.
func (ix *Index) scopeOf(q Question) (s scope, err error) {
	for _, id := range q.Not {
		if s.not == nil {
			s.not = map[string]bool{}
		}
		s.not[id] = true
	}
	if len(q.Documents) == 0 {
		return s, nil
	}
	c, err := ix.catalog()
	s.within = []passages{} // not nil: where no document fits, nothing is answered
	for _, d := range c.Documents {
		if !Covers(q.Documents, d.ID) || len(d.Sections) == 0 {
			continue
		}
		if first, ok := ix.gen.numberOf(d.Sections[0].Passage); ok {
			s.within = append(s.within, passages{first, first + passageNum(d.Passages)})
		}
	}
	slices.SortFunc(s.within, func(a, b passages) int { return cmp.Compare(a.from, b.from) })
	return s, err
}

func (q Question) covers(document string) bool {
	return len(q.Documents) == 0 || Covers(q.Documents, document)
}

// Covers tells whether names, of documents or of folders of them, cover the
// document: "rules" covers rules and rules/guests, but not rules-2.
func Covers(names []string, document string) bool {
	for _, n := range names {
		n = strings.Trim(n, "/ ")
		if n != "" && (document == n || strings.HasPrefix(document, n+"/")) {
			return true
		}
	}
	return false
}

// searchIn is Search within what the question names.
func (ix *Index) searchIn(ctx context.Context, question Question, q Query, n int) (hits []Hit, err error) {
	if len(question.Documents) == 0 && len(question.Not) == 0 {
		return ix.Search(ctx, q, n)
	}
	err = ix.read(func() error {
		s, err := ix.scopeOf(question)
		if err == nil {
			hits, err = ix.ranker.search(ctx, scoped{ix.gen, s}, q, n)
		}
		return err
	})
	return hits, err
}

// pin makes the passage that question.Pin names lead the answer, as people
// who know have said it answers; what leads otherwise goes behind it. Where
// there is no such passage, the answer stays.
func (ix *Index) pin(ctx context.Context, question Question, q Query, a Answer) (Answer, error) {
	var pinned Answer
	err := ix.read(func() error {
		n, ok := ix.gen.numberOf(question.Pin)
		if !ok {
			return nil
		}
		hits, err := ix.ranker.search(ctx, scoped{ix.gen, scope{only: &n}}, q, 1)
		if err == nil && len(hits) == 1 && hits[0].Passage.ID == question.Pin && question.covers(hits[0].Passage.Doc) {
			pinned = Compose(q, hits, 0)
		}
		return err
	})
	if err != nil || pinned.Closest.Text == "" {
		return a, err
	}
	lead := pinned.Closest
	others := a
	a.further = func() []Excerpt {
		more := slices.DeleteFunc(slices.Concat(others.Excerpts, others.More()), func(e Excerpt) bool { return e.Passage.ID == question.Pin })
		return more[:min(len(more), maxMore)]
	}
	a.Excerpts, a.Closest, a.Hits = []Excerpt{lead}, lead, slices.Concat(pinned.Hits, a.Hits)
	a.Hits = a.Hits[:min(len(a.Hits), maxHits)]
	a.Confidence, a.Evidence = 1, []Part{{"moderators", 1, 1}}
	a.Reason, a.Missing, a.Topics = Answered, nil, nil
	return a, nil
}
