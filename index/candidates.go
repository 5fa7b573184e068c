package index

import (
	"context"
	"math"
	"slices"

	bleve "github.com/blevesearch/bleve_index_api"
)

// BM25 of the candidate search; ranking has its own.
const (
	candidateK1 = 1.0
	candidateB  = 0.6
)

// candidates finds the k passages with the highest BM25 score for the terms
// by MaxScore (Turtle and Flood 1995): the terms whose scores together can't
// bring a passage among the best so far are only looked up in passages that
// hold another one.
func (g *generation) candidates(ctx context.Context, terms []weightedTerm, k int) ([]passageNum, error) {
	return g.candidatesIf(ctx, terms, k, nil)
}

// candidatesIf is candidates of the passages that may tells of; nil means all.
func (g *generation) candidatesIf(ctx context.Context, terms []weightedTerm, k int, may func(passageNum) bool) ([]passageNum, error) {
	if g.engine != nil {
		return g.engine.candidates(ctx, terms, k, may)
	}
	if k < 1 {
		return nil, nil
	}
	terms = g.held(terms)
	best := make(topK, 0, k)
	for _, x := range g.postings {
		if err := g.candidatesIn(ctx, x, terms, may, &best, k); err != nil {
			return nil, err
		}
	}
	return best.ranked(), nil
}

// candidatesIn adds the candidates of a part to the k best so far.
func (g *generation) candidatesIn(ctx context.Context, x part, terms []weightedTerm, may func(passageNum) bool, best *topK, k int) error {
	lists, err := x.lists(ctx, terms)
	defer func() {
		for _, l := range lists {
			_ = l.reader.Close() // only read from
		}
	}()
	if err != nil {
		return err
	}
	slices.SortStableFunc(lists, func(a, b *list) int {
		switch {
		case a.most < b.most:
			return -1
		case a.most > b.most:
			return 1
		}
		return 0
	})
	below := make([]float64, len(lists)+1) // below[i]: the most that lists[:i] add up to
	for i, l := range lists {
		below[i+1] = below[i] + l.most
	}
	first := 0 // lists from here on lead; those before are looked up
	lead := func() {
		for first < len(lists) && below[first+1] < best.least(k) {
			first++
		}
	}
	lead()
	for step := 0; ; step++ {
		if step%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		doc := uint64(noDoc)
		for _, l := range lists[first:] {
			doc = min(doc, l.doc)
		}
		if doc == noDoc {
			return nil
		}
		n, norm, err := g.normOf(x.base, doc)
		if err != nil {
			return err
		}
		score := 0.0
		for _, l := range lists[first:] {
			if l.doc == doc {
				score += l.score(norm)
				if err := l.next(); err != nil {
					return err
				}
			}
		}
		if may != nil && !may(n) {
			continue
		}
		for i := first - 1; i >= 0 && score+below[i+1] >= best.least(k); i-- {
			if err := lists[i].advance(doc); err != nil {
				return err
			}
			if lists[i].doc == doc {
				score += lists[i].score(norm)
			}
		}
		if best.add(candidate{n, score}, k) {
			lead()
		}
	}
}

// normOf gives the number of one of bleve's documents, of the part after base
// passages, and how BM25 takes its length.
func (g *generation) normOf(base int, doc uint64) (passageNum, float64, error) {
	if doc >= uint64(g.man.Passages-base) {
		return 0, 0, ErrDamaged
	}
	n := g.order.at(base + int(doc))
	if int(n) >= g.man.Passages {
		return 0, 0, ErrDamaged
	}
	length := g.lengths.at(int(n))
	return passageNum(n), candidateNorm(int(length&maxLength), g.mean[length>>15]), nil
}

// candidateNorm is how BM25 takes a passage's length.
func candidateNorm(length int, mean float64) float64 {
	return candidateK1 * (1 - candidateB + candidateB*float64(length)/mean)
}

// candidateScore is BM25 for a term that a passage holds freq times, before
// the term's rarity: at most k1 + 1.
func candidateScore(freq, norm float64) float64 { return freq * (candidateK1 + 1) / (freq + norm) }

const noDoc = math.MaxUint64

// A list walks the passages that hold a term.
type list struct {
	reader bleve.TermFieldReader
	posting
	weight float64 // of the term, with its rarity
	// most that it can add to a score. The highest that it does add, stored by
	// term, is lower, but no faster: tried with 250,000 passages.
	most float64
}

// A posting is where a list stands: bleve's number of the passage, or noDoc
// at the end, and how often it holds the term.
type posting struct {
	doc   uint64
	freq  float64
	field bleve.TermFieldDoc
}

// held gives the terms that any passage holds, their weight with their rarity.
func (g *generation) held(terms []weightedTerm) []weightedTerm {
	var held []weightedTerm
	for _, t := range terms {
		_, df, ok := g.lookup(t.Term)
		if !ok || t.Weight <= 0 {
			continue
		}
		n, d := float64(g.man.Passages), float64(df)
		held = append(held, weightedTerm{t.Term, t.Weight * math.Log(1+(n-d+.5)/(d+.5))})
	}
	return held
}

// lists opens the lists of terms in a part.
func (x part) lists(ctx context.Context, terms []weightedTerm) (lists []*list, err error) {
	for _, t := range terms {
		r, err := x.reader.TermFieldReader(ctx, []byte(t.Term), postingsField, true, false, false)
		if err != nil {
			return lists, err
		}
		l := &list{reader: r, weight: t.Weight, most: t.Weight * (candidateK1 + 1)}
		lists = append(lists, l)
		if err := l.next(); err != nil {
			return lists, err
		}
	}
	return lists, nil
}

func (l *list) score(norm float64) float64 {
	return l.weight * candidateScore(l.freq, norm)
}

func (l *list) next() error { return l.set(l.reader.Next(&l.field)) }

// advance goes to the first passage from doc on.
func (l *list) advance(doc uint64) error {
	if l.doc >= doc {
		return nil
	}
	return l.set(l.reader.Advance(bleve.NewIndexInternalID(nil, doc), &l.field))
}

func (l *list) set(field *bleve.TermFieldDoc, err error) error {
	if err != nil || field == nil {
		l.doc = noDoc
		return err
	}
	l.doc, l.freq = field.ID.Value(), float64(field.Freq)
	return nil
}
