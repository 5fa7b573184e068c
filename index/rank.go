package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"historian/index/lang"
)

// candidateCount is how many passages are fetched to be ranked. On 2,067
// passages 99 % of the best ones are among the first 60; 40 answer as well.
const candidateCount = 40

// A ranker orders the passages of a store for queries. It is safe for
// concurrent use; its zero value is ready.
type ranker struct {
	scorers sync.Pool // of *scorers
}

// search gives the n best passages for a query, best first, and sets the DF
// IDF and Worth of the query's terms.
func (r *ranker) search(ctx context.Context, st store, q Query, n int) ([]Hit, error) {
	return r.searchAmong(ctx, st, q, n, candidateCount)
}

// searchAmong is search with so many candidates to be ranked.
func (r *ranker) searchAmong(ctx context.Context, st store, q Query, n, candidates int) ([]Hit, error) {
	pair, _ := r.scorers.Get().(*scorers)
	if pair == nil {
		pair = new(scorers)
	}
	defer r.scorers.Put(pair)
	m := learned()
	ranked, err := pair.rank(ctx, st, q, m, candidates)
	if err != nil {
		return nil, err
	}
	order := make([]*scored, len(ranked)) // of pointers: the features are long
	for i := range ranked {
		order[i] = &ranked[i]
	}
	slices.SortFunc(order, func(a, b *scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.num, b.num))
	})
	other := pair.other.read
	hits := make([]Hit, 0, min(n, len(order)))
	for _, x := range order[:min(n, len(order))] {
		p, err := st.passage(x.num)
		if err != nil {
			return nil, fmt.Errorf("read passage %d: %w", x.num, err)
		}
		f := x.f // a copy: ranked is used again
		h := Hit{Passage: p, Score: x.score, weighting: x.weighting, f: &f}
		if x.weighting >= foreign {
			h.query = &other
		}
		hits = append(hits, h)
	}
	return hits, nil
}

// scorers are what one search needs: a scorer for passages in the question's
// script and one for those in the other, which reads the question translated.
type scorers struct {
	own, other scorer
	ranked     []scored
}

// foreignDiscount is taken off the sum of a passage in another language than
// the question's where there are some in the question's: at equal quality the
// asker's language comes first. Of 4, 8 and 12, the least that costs a mixed
// corpus less than half a point of hit@1.
const foreignDiscount = 12

func (p *scorers) rank(ctx context.Context, st store, q Query, m *model, candidates int) ([]scored, error) {
	p.own.prepare(st, q, m)
	found, err := st.candidates(ctx, candidateTerms(q), candidates)
	if err != nil {
		return nil, fmt.Errorf("find candidates: %w", err)
	}
	script := scriptOf(q)
	discount := 0.0
	if st.holds(script) {
		discount = foreignDiscount
	}
	if st.holds(1 - script) {
		terms := p.other.prepareTranslated(st, q, m, lang.OwnLexicon())
		more, err := st.candidates(ctx, terms, candidates)
		if err != nil {
			return nil, fmt.Errorf("find candidates: %w", err)
		}
		for _, n := range more {
			if !slices.Contains(found, n) {
				found = append(found, n)
			}
		}
	}
	ranked := p.ranked[:0]
	v := &p.own.vec
	for _, num := range found {
		if err := st.vector(num, v); err != nil {
			return nil, fmt.Errorf("read passage %d: %w", num, err)
		}
		x := scored{num: num}
		if v.Unspaced {
			x.weighting = unspaced
		}
		if x.weighting == script {
			p.own.score(v, &x.f)
			x.score = scoreOf(m.sum(&x.f, x.weighting))
		} else {
			p.other.score(v, &x.f)
			x.weighting += foreign
			x.score = scoreOf(m.sum(&x.f, x.weighting) - discount)
		}
		ranked = append(ranked, x)
	}
	p.ranked = ranked
	return ranked, nil
}

// scriptOf gives the script that most of a query's terms are in.
func scriptOf(q Query) int {
	n := 0
	for i := range q.Terms {
		if lang.Unspaced(q.Terms[i].Forms[0].Term) {
			n++
		}
	}
	if 2*n > len(q.Terms) {
		return unspaced
	}
	return spaced
}

type scored struct {
	num       passageNum
	weighting int
	f         features
	score     float64
}

// candidateTerms gives the terms that candidates are fetched by, weighted so
// that weight × idf is what they are worth: those that carry content, or all
// where none does.
func candidateTerms(q Query) []weightedTerm {
	var terms []weightedTerm
	for _, least := range []float64{contentWeight, 0} {
		for _, t := range q.Terms {
			if t.DF == 0 || t.Weight < least {
				continue
			}
			for _, f := range t.Forms {
				terms = append(terms, weightedTerm{f.Term, f.Weight * t.Worth / t.IDF})
			}
		}
		if len(terms) > 0 {
			break
		}
	}
	return terms
}

// The sum of weighted features is a log of odds, on no scale that means
// anything by itself. A score is positive, about 1 for a passing mention and
// 3 for a plain answer, and its ratio to another is the eighth root of the
// odds between the two.
const (
	mentionSum = 16
	scoreRoot  = 8
)

func scoreOf(sum float64) float64 { return math.Exp((sum - mentionSum) / scoreRoot) }

// sum gives the weighted sum of a passage's features.
func (m *model) sum(f *features, weighting int) float64 {
	var sum float64
	for i, w := range m.weights[weighting] {
		sum += f[i] * w
	}
	return sum
}

// parts names the features that count.
func (m *model) parts(f *features, weighting int) []Part {
	parts := make([]Part, 0, featureCount)
	for i, w := range m.weights[weighting] {
		if w != 0 && f[i] != 0 {
			parts = append(parts, Part{featureNames[i], f[i], w})
		}
	}
	return parts
}
