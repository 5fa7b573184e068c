package index

import "math"

// The features of a passage for a query. All are shares of the query's worth
// or ratios, so that they mean the same in every corpus.
const (
	fBM25 = iota
	fBM25b
	fBM25Low // k1 .5
	fHead
	fHeadCover
	fCover
	fCoverAll
	fRare
	fCoverRaw
	fPair
	fPairFar
	fSkip
	fWindow8
	fWindow20
	fSent
	fSentBM
	fSent2
	fSentPairs
	fOrder
	fStop
	fExactRun
	fTop1
	fTop2
	fMissTop
	fLen
	fSentLen
	fSentPos
	fEntity
	fDensity
	fLM
	fProx
	nFeatures
)

var featureNames = [nFeatures]string{"bm25", "bm25b", "bm25low", "head", "headcover", "cover", "coverall", "rare", "coverraw", "pair", "pairfar", "skip", "window8", "window20", "sent", "sentbm", "sent2", "sentpairs", "order", "stop", "run", "top1", "top2", "misstop", "len", "sentlen", "sentpos", "entity", "density", "lm", "prox"}

type features [nFeatures]float64

// A rankTerm is a query term as scoring needs it.
type rankTerm struct {
	worth   float64 // weight × idf
	idf     float64
	weight  float64
	content bool
	pos     int // in the question
	known   bool
	joint   bool
	df      float64
	cf      float64
}

type spot struct {
	pos  uint32
	term uint16
	w    float32
}

type form struct {
	term   uint16
	weight float32
}

// A scorer computes features; its buffers are kept between passages.
type scorer struct {
	slot      []uint16
	forms     []form
	used      []termID
	terms     []rankTerm
	total     float64 // Σ worth
	matches   []spot
	tf        []float64
	head      []float64
	stamp     []int
	buf       vector
	mean      [2]float64
	pairTotal float64
}

func (s *scorer) prepare(st store, q Query) {
	if len(s.slot) < st.terms() {
		s.slot = make([]uint16, st.terms())
	} else {
		for _, id := range s.used {
			s.slot[id] = 0
		}
	}
	s.used = s.used[:0]
	s.forms = append(s.forms[:0], form{})
	s.terms = s.terms[:0]
	s.total = 0
	n := float64(st.passages())
	s.mean[0], s.mean[1] = st.avgLen(false), st.avgLen(true)
	for i := range q.Terms {
		t := &q.Terms[i]
		miss := 1.0
		known := false
		for _, f := range t.Forms {
			id, df, ok := st.lookup(f.Term)
			if !ok || df == 0 {
				continue
			}
			known = true
			miss *= 1 - float64(df)/n
			if s.slot[id] == 0 {
				s.slot[id] = uint16(len(s.forms))
				s.forms = append(s.forms, form{uint16(i), float32(f.Weight)})
				s.used = append(s.used, id)
			}
		}
		df := n * (1 - miss)
		t.DF = int(df + .5)
		t.IDF = math.Log(1 + (n-df+.5)/(df+.5))
		s.terms = append(s.terms, rankTerm{worth: t.Weight * t.IDF, idf: t.IDF, weight: t.Weight, content: t.Weight >= .5, pos: t.Pos, known: known, joint: t.Entity, df: df})
		s.total += t.Weight * t.IDF
	}
	if s.total == 0 {
		s.total = 1
	}
	s.tf = grow(s.tf, len(s.terms))
	s.head = grow(s.head, len(s.terms))
	if len(s.stamp) < len(s.terms) {
		s.stamp = make([]int, len(s.terms)+32)
	}
}

func grow(f []float64, n int) []float64 {
	if cap(f) < n {
		return make([]float64, n)
	}
	return f[:n]
}

func (s *scorer) score(v *vector, f *features) {
	*f = features{}
	clear(s.tf)
	clear(s.head)
	s.matches = s.matches[:0]
	for _, o := range v.Body {
		if k := s.slot[o.Term]; k != 0 {
			fm := s.forms[k]
			s.matches = append(s.matches, spot{o.Pos, fm.term, fm.weight})
			s.tf[fm.term] += float64(fm.weight)
		}
	}
	for _, o := range v.Head {
		if k := s.slot[o.Term]; k != 0 {
			fm := s.forms[k]
			s.head[fm.term] += float64(fm.weight)
		}
	}
	g := 0
	if v.Unspaced {
		g = 1
	}
	rel := float64(v.Len) / s.mean[g]
	var top1, top2 float64
	var i1, i2 = -1, -1
	nc, hc := 0.0, 0.0
	for i := range s.terms {
		t := &s.terms[i]
		if t.worth > top1 {
			top2, i2 = top1, i1
			top1, i1 = t.worth, i
		} else if t.worth > top2 {
			top2, i2 = t.worth, i
		}
		if t.content {
			nc++
		}
		tf := s.tf[i]
		if s.head[i] > 0 {
			f[fHead] += t.worth * s.head[i] * 2.2 / (s.head[i] + 1.2)
			f[fHeadCover] += t.worth
		}
		if tf > 0 || s.head[i] > 0 {
			f[fCoverAll] += t.worth
		}
		if tf == 0 {
			continue
		}
		f[fBM25] += t.worth * tf * 2.2 / (tf + 1.2*(.25+.75*rel))
		f[fBM25b] += t.worth * tf * 1.9 / (tf + .9*(.6+.4*rel))
		f[fBM25Low] += t.worth * tf * 1.4 / (tf + .4*(.5+.5*rel))
		f[fLM] += t.weight * math.Log(1+tf*float64(s.mean[g])*20/(float64(s.mean[g])*(t.df+1)/1))
		f[fCover] += t.worth
		f[fRare] += t.worth * t.idf
		if t.content {
			hc++
		} else {
			f[fStop]++
		}
		if t.joint {
			f[fEntity]++
		}
	}
	if i1 >= 0 && s.tf[i1] > 0 {
		f[fTop1] = 1
	}
	if i2 >= 0 && s.tf[i2] > 0 {
		f[fTop2] = 1
	}
	if i1 >= 0 && s.tf[i1] == 0 && s.head[i1] == 0 {
		f[fMissTop] = top1 / s.total
	}
	f[fCoverRaw] = hc / max(nc, 1)
	f[fLen] = math.Log(max(rel, .05))
	s.sentences(v, f)
	s.pairs(f)
	for _, i := range []int{fBM25, fBM25b, fBM25Low, fHead, fHeadCover, fCover, fCoverAll, fPair, fPairFar, fSkip, fWindow8, fWindow20, fSent, fSentBM, fSent2, fSentPairs, fExactRun, fProx} {
		f[i] /= s.total
	}
	var r2 float64
	for i := range s.terms {
		r2 += s.terms[i].worth * s.terms[i].idf
	}
	f[fRare] /= max(r2, 1)
	f[fLM] /= max(1, nc)
	f[fStop] /= max(1, float64(len(s.terms))-nc)
}

// sentences finds the best sentence and the best window.
func (s *scorer) sentences(v *vector, f *features) {
	clear(s.stamp)
	m := s.matches
	k := 0
	gen := 0
	var prevWorth float64
	avg := float64(v.Len) / float64(max(1, len(v.Sents)))
	bestAt := -1
	for si, from := range v.Sents {
		to := uint32(v.Len)
		if si+1 < len(v.Sents) {
			to = v.Sents[si+1]
		}
		gen++
		var worth, pairs float64
		last := -1
		lastPos := uint32(0)
		inOrder := 0.0
		for ; k < len(m) && m[k].pos < to; k++ {
			t := int(m[k].term)
			if s.stamp[t] != gen {
				s.stamp[t] = gen
				worth += s.terms[t].worth * float64(m[k].w)
			}
			if last >= 0 && t != last && s.terms[t].content {
				if s.terms[t].pos > s.terms[last].pos {
					inOrder += min(s.terms[t].worth, s.terms[last].worth)
					if d := m[k].pos - lastPos; d <= 3 && s.terms[t].pos-s.terms[last].pos <= 3 {
						pairs += min(s.terms[t].worth, s.terms[last].worth)
					}
				}
			}
			if s.terms[t].content {
				last, lastPos = t, m[k].pos
			}
		}
		n := float64(to - from)
		bm := worth * 2 / (1 + .5 + .5*n/max(avg, 8))
		if worth > f[fSent] {
			f[fSent] = worth
			f[fSentLen] = math.Log(1 + n)
			f[fSentPos] = float64(si) / float64(len(v.Sents))
			bestAt = si
			f[fOrder] = inOrder / s.total
			f[fSentPairs] = pairs
		}
		f[fSentBM] = max(f[fSentBM], bm)
		f[fSent2] = max(f[fSent2], worth+.5*prevWorth)
		prevWorth = worth
	}
	_ = bestAt
	f[fWindow8] = s.window(8)
	f[fWindow20] = s.window(20)
}

// window gives the greatest worth of distinct terms within n positions.
func (s *scorer) window(n uint32) float64 {
	m := s.matches
	count := s.stamp
	clear(count)
	best, cur := 0.0, 0.0
	j := 0
	for i := range m {
		t := m[i].term
		if count[t] == 0 {
			cur += s.terms[t].worth
		}
		count[t]++
		for m[i].pos-m[j].pos >= n {
			count[m[j].term]--
			if count[m[j].term] == 0 {
				cur -= s.terms[m[j].term].worth
			}
			j++
		}
		best = max(best, cur)
	}
	return best
}

// pairs scores terms that stand together in the question and the passage.
func (s *scorer) pairs(f *features) {
	m := s.matches
	var pair, far, skip, prox, run, bestRun float64
	for i := range m {
		a := &s.terms[m[i].term]
		for j := i + 1; j < len(m) && m[j].pos-m[i].pos <= 8; j++ {
			b := &s.terms[m[j].term]
			if m[j].term == m[i].term || m[j].pos == m[i].pos {
				continue
			}
			w := min(a.worth, b.worth)
			d := m[j].pos - m[i].pos
			qd := b.pos - a.pos
			if qd > 0 && uint32(qd) == d && d <= 2 {
				pair += w
			}
			if qd > 0 && qd <= 4 && d <= 4 {
				skip += w / float64(d)
			}
			if a.content && b.content {
				far += w
				prox += w / float64(d*d)
			}
		}
		if i > 0 && m[i].pos == m[i-1].pos+1 && s.terms[m[i].term].pos == s.terms[m[i-1].term].pos+1 {
			run += a.worth
		} else {
			run = a.worth
		}
		bestRun = max(bestRun, run)
	}
	sat := func(x float64) float64 { return s.total * x / (x + .5*s.total) }
	f[fPair], f[fPairFar], f[fSkip], f[fProx], f[fExactRun] = sat(pair), sat(far), sat(skip), sat(prox), bestRun
}
