package index

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// candidateCount is how many passages are fetched to be ranked. On 2,067
// passages 99 % of the best ones are among the first 60.
const candidateCount = 100

// A ranker orders the passages of a store for queries. It is safe for
// concurrent use; its zero value is ready.
type ranker struct {
	scorers sync.Pool // of *scorer
}

// search gives the n best passages for a query, best first, and sets the DF
// and IDF of the query's terms.
func (r *ranker) search(ctx context.Context, st store, q Query, n int) ([]Hit, error) {
	s, _ := r.scorers.Get().(*scorer)
	if s == nil {
		s = new(scorer)
	}
	defer r.scorers.Put(s)
	s.prepare(st, q)
	found, err := st.candidates(ctx, candidateTerms(q), candidateCount)
	if err != nil {
		return nil, fmt.Errorf("find candidates: %w", err)
	}
	ranked := make([]scored, 0, len(found))
	var f features
	for _, num := range found {
		if err := st.vector(num, &s.buf); err != nil {
			return nil, fmt.Errorf("read passage %d: %w", num, err)
		}
		s.score(&s.buf, &f)
		ranked = append(ranked, scored{num, f, f.sum()})
	}
	slices.SortStableFunc(ranked, func(a, b scored) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return int(a.num) - int(b.num)
	})
	hits := make([]Hit, 0, min(n, len(ranked)))
	for _, x := range ranked[:min(n, len(ranked))] {
		p, err := st.passage(x.num)
		if err != nil {
			return nil, fmt.Errorf("read passage %d: %w", x.num, err)
		}
		hits = append(hits, Hit{Passage: p, Score: x.score, Parts: x.f.parts()})
	}
	return hits, nil
}

type scored struct {
	num   passageNum
	f     features
	score float64
}

// candidateTerms gives the terms that candidates are fetched by: those that
// carry content, or all where none does.
func candidateTerms(q Query) []weightedTerm {
	var terms []weightedTerm
	for _, least := range []float64{0.3, 0} {
		for _, t := range q.Terms {
			if t.DF == 0 || t.Weight < least {
				continue
			}
			for _, f := range t.Forms {
				terms = append(terms, weightedTerm{f.Term, t.Weight * f.Weight})
			}
		}
		if len(terms) > 0 {
			break
		}
	}
	return terms
}

// featureWeights are provisional, by hand.
var featureWeights = features{fBM25: 1, fHead: .6, fPair: .3, fPairFar: .2, fSentBM: 1}

func (f *features) sum() float64 {
	var sum float64
	for i, v := range f {
		sum += v * featureWeights[i]
	}
	return sum
}

// parts names the features that count.
func (f *features) parts() []Part {
	var parts []Part
	for i, v := range f {
		if w := featureWeights[i]; w != 0 && v != 0 {
			parts = append(parts, Part{featureNames[i], v, w})
		}
	}
	return parts
}
