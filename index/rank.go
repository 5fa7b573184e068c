package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"historian/index/lang"
)

// candidateCount is how many passages are fetched to be ranked. On 2,067
// passages 99 % of the best ones are among the first 60; 40 answer as well.
const candidateCount = 40

// A ranker orders the passages of a store for queries. It is safe for
// concurrent use; its zero value is ready.
type ranker struct {
	scorers sync.Pool                    // of *scorers
	lexicon atomic.Pointer[lang.Lexicon] // to translate by; nil means ours
}

// search gives the n best passages for a query, best first, and sets the DF
// IDF and Worth of the query's terms.
func (r *ranker) search(ctx context.Context, st store, q Query, n int) ([]Hit, error) {
	return r.searchAmong(ctx, st, q, n, candidateCount)
}

// searchAmong is search with so many candidates to be ranked.
func (r *ranker) searchAmong(ctx context.Context, st store, q Query, n, candidates int) ([]Hit, error) {
	pair := r.take()
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
	if err := sortHits(st, order, scriptOf(q), n); err != nil {
		return nil, err
	}
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

// take gives scorers that translate by the ranker's lexicon.
func (r *ranker) take() *scorers {
	pair, _ := r.scorers.Get().(*scorers)
	if pair == nil {
		pair = new(scorers)
	}
	l := r.lexicon.Load()
	pair.own.lexicon, pair.other.lexicon = l, l
	return pair
}

// pairedDiscount is taken off the sum of a passage in the other script whose
// document is there in the question's, too: what it says can be had in the
// asker's language, unless that is said much worse.
const pairedDiscount = 16

// sortHits sorts passages by score, and puts those of the first n that are
// paired where their discount leaves them.
func sortHits(st store, order []*scored, script, n int) error {
	best := func(a, b *scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.num, b.num))
	}
	slices.SortFunc(order, best)
	for i := 0; i < min(n, len(order)); {
		x := order[i]
		if x.weighting < foreign || x.weighed {
			i++
			continue
		}
		p, err := st.passage(x.num)
		if err != nil {
			return fmt.Errorf("read passage %d: %w", x.num, err)
		}
		x.weighed = true
		if p.Pair != "" && st.paired(p.Pair, script) {
			x.score = scoreOf(x.sum - pairedDiscount)
			slices.SortFunc(order[i:], best)
		}
	}
	return nil
}

// translated gives the query as it is read for a passage in another language
// than the question's; nil for the others.
func (r *ranker) translated(st store, q Query, num passageNum) (*Query, error) {
	pair := r.take()
	defer r.scorers.Put(pair)
	v := &pair.own.vec
	if err := st.vector(num, v); err != nil {
		return nil, fmt.Errorf("read passage %d: %w", num, err)
	}
	if v.Unspaced == (scriptOf(q) == unspaced) {
		return nil, nil
	}
	pair.other.prepareTranslated(st, q, learned())
	read := pair.other.read
	return &read, nil
}

// scorers are what one search needs: a scorer for passages in the question's
// script and one for those in the other, which reads the question translated.
type scorers struct {
	own, other scorer
	ranked     []scored
}

// Sums of passages in the two scripts come from weights fitted apart: a
// question says less in translation, so that the same answer has a lower sum.
// foreignBonus evens that out. ownAdvantage is taken off again where a passage
// in the asker's own language answers plainly, as that comes first at equal
// quality. Fitted on parallel paragraphs: where each is there in one language
// alone, the first hit is right nearly as often as among paragraphs of one
// language; where in both, it is in the asker's nine times in ten.
const (
	foreignBonus = 2
	ownAdvantage = 12
	// Sums of the best passage in the asker's language from which some of
	// ownAdvantage is taken off, and all of it.
	plainFrom, plainAll = 9, 17
)

// foreignShift is what is added to the sums of passages in the other script,
// where best is the highest sum of one in the question's.
func foreignShift(best float64) float64 {
	return foreignBonus - ownAdvantage*min(1, max(0, (best-plainFrom)/(plainAll-plainFrom)))
}

func (p *scorers) rank(ctx context.Context, st store, q Query, m *model, candidates int) ([]scored, error) {
	p.own.prepare(st, q, m)
	found, err := st.candidates(ctx, candidateTerms(q), candidates)
	if err != nil {
		return nil, fmt.Errorf("find candidates: %w", err)
	}
	script := scriptOf(q)
	if st.count(1-script) > 0 {
		terms := p.other.prepareTranslated(st, q, m)
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
	best := math.Inf(-1)
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
			x.sum = m.sum(&x.f, x.weighting)
			best = max(best, x.sum)
		} else {
			p.other.score(v, &x.f)
			x.weighting += foreign
			x.sum = m.sum(&x.f, x.weighting)
		}
		ranked = append(ranked, x)
	}
	p.ranked = ranked
	shift := foreignShift(best)
	for i := range ranked {
		x := &ranked[i]
		if x.weighting >= foreign {
			x.sum += shift
		}
		x.score = scoreOf(x.sum)
	}
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
	sum       float64 // of the weighted features
	weighed   bool    // against its counterpart in the question's language
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
