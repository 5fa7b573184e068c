package index

import (
	"context"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"historian/corpus"
	"historian/index/lang"
)

// A memStore is a store in memory, with exact candidates: what ranking is
// tried on without a disk.
type memStore struct {
	docs   []corpus.Passage
	ids    map[string]termID
	words  []string
	df     []int
	sorted []string
	cls    []class
	posts  [][]passageNum
	tfs    [][]int
	vecs   []vector
	sum    [2]float64
	n      [2]float64
}

func newMem(docs []corpus.Passage) *memStore {
	m := &memStore{docs: docs, ids: map[string]termID{}}
	for n, d := range docs {
		var v vector
		v.Head, _ = m.field(d.Title)
		body, spans := m.field(d.Text)
		v.Body = body
		for _, s := range lang.Sentences(d.Text) {
			i := sort.Search(len(spans), func(i int) bool { return spans[i] >= s.Start })
			if i < len(spans) {
				v.Sents = append(v.Sents, body[i].Pos)
			}
		}
		if len(v.Sents) == 0 || v.Sents[0] != 0 {
			v.Sents = append([]uint32{0}, v.Sents...)
		}
		for _, o := range body {
			v.Len = int(o.Pos) + 1
		}
		v.Unspaced = bodyUnspaced(body, m.words)
		g := 0
		if v.Unspaced {
			g = 1
		}
		m.sum[g] += float64(v.Len)
		m.n[g]++
		m.vecs = append(m.vecs, v)
		tf := map[termID]int{}
		for _, o := range body {
			tf[o.Term]++
		}
		for _, o := range v.Head {
			tf[o.Term]++
		}
		for t, c := range tf {
			m.df[t]++
			m.posts[t] = append(m.posts[t], passageNum(n))
			m.tfs[t] = append(m.tfs[t], c)
		}
	}
	return m
}

func (m *memStore) field(s string) ([]occurrence, []int) {
	var occ []occurrence
	var at []int
	for _, t := range lang.Analyze(s) {
		id, ok := m.ids[t.Term]
		if !ok {
			id = termID(len(m.words))
			m.ids[t.Term] = id
			m.words = append(m.words, t.Term)
			m.df = append(m.df, 0)
			m.posts = append(m.posts, nil)
			m.tfs = append(m.tfs, nil)
		}
		occ = append(occ, occurrence{id, uint32(t.Pos)})
		at = append(at, t.Start)
	}
	return occ, at
}

func (m *memStore) terms() int    { return len(m.words) }
func (m *memStore) passages() int { return len(m.docs) }
func (m *memStore) lookup(t string) (termID, int, bool) {
	id, ok := m.ids[t]
	if !ok {
		return 0, 0, false
	}
	return id, m.df[id], true
}
func (m *memStore) avgLen(unspaced bool) float64 {
	g := 0
	if unspaced {
		g = 1
	}
	return m.sum[g] / max(1, m.n[g])
}
func (m *memStore) vector(n passageNum, buf *vector) error { *buf = m.vecs[n]; return nil }
func (m *memStore) passage(n passageNum) (corpus.Passage, error) {
	return m.docs[n], nil
}
func (m *memStore) candidates(ctx context.Context, terms []weightedTerm, k int) ([]passageNum, error) {
	score := map[passageNum]float64{}
	for _, t := range terms {
		id, ok := m.ids[t.Term]
		if !ok {
			continue
		}
		idf := math.Log(1 + (float64(len(m.docs))-float64(m.df[id])+.5)/(float64(m.df[id])+.5))
		for i, p := range m.posts[id] {
			tf := float64(m.tfs[id][i])
			v := &m.vecs[p]
			score[p] += t.Weight * idf * tf * 2 / (tf + 1*(.4+.6*float64(v.Len)/m.avgLen(v.Unspaced)))
		}
	}
	out := make([]passageNum, 0, len(score))
	for p := range score {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := score[out[i]], score[out[j]]
		return a > b || a == b && out[i] < out[j]
	})
	return out[:min(k, len(out))], nil
}

func (m *memStore) prefixed(p string, yield func([]byte, termID, int) bool) {
	if m.sorted == nil {
		m.sorted = slices.Sorted(maps.Keys(m.ids))
	}
	i := sort.SearchStrings(m.sorted, p)
	for ; i < len(m.sorted) && strings.HasPrefix(m.sorted[i], p); i++ {
		id := m.ids[m.sorted[i]]
		if !yield([]byte(m.sorted[i]), id, m.df[id]) {
			return
		}
	}
}

func (m *memStore) classes() []class {
	if m.cls == nil {
		m.cls = classify(m)
	}
	return m.cls
}

func (m *memStore) paired(pair string, script int) bool {
	return slices.ContainsFunc(m.docs, func(p corpus.Passage) bool { return p.Pair == pair && scriptOfLang(p.Lang) == script })
}

func (m *memStore) count(script int) int { return int(m.n[script]) }
