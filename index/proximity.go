package index

// neighbours computes the features of terms that stand together, in the
// question and the passage.
func (s *scorer) neighbours(f *features) {
	const reach = 8
	m := s.exact
	var pair, near, run float64
	for i := range m {
		a := &s.terms[m[i].term]
		for j := i + 1; j < len(m) && m[j].pos-m[i].pos <= reach; j++ {
			if m[j].term == m[i].term || m[j].pos == m[i].pos {
				continue
			}
			b := &s.terms[m[j].term]
			w := min(a.worth, b.worth)
			if d := int(m[j].pos - m[i].pos); d <= 2 && d == b.pos-a.pos {
				pair += w
			}
			if a.content && b.content {
				near += w
			}
		}
		if i > 0 && m[i].pos == m[i-1].pos+1 && a.pos == s.terms[m[i-1].term].pos+1 {
			run += a.worth
		} else {
			run = a.worth
		}
		f[fRun] = max(f[fRun], run)
	}
	f[fPair], f[fNear] = s.saturate(pair), s.saturate(near)
}

// saturate bounds a sum over many places by what all terms are worth.
func (s *scorer) saturate(x float64) float64 { return s.total * x / (x + .5*s.total) }

// window gives what the terms within n positions are worth at best.
func (s *scorer) window(n uint32) float64 {
	clear(s.counts)
	var best, sum float64
	from := 0
	for _, p := range s.exact {
		if s.counts[p.term] == 0 {
			sum += s.terms[p.term].worth
		}
		s.counts[p.term]++
		for p.pos-s.exact[from].pos >= n {
			t := s.exact[from].term
			if s.counts[t]--; s.counts[t] == 0 {
				sum -= s.terms[t].worth
			}
			from++
		}
		best = max(best, sum)
	}
	return best
}
