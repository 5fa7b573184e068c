package index

import "math"

// A sentenceScore is what one sentence holds of the query.
type sentenceScore struct {
	worth    float64 // of its terms
	loose    float64 // of those it has in other words only
	fresh    float64 // of those that the sentence before hasn't
	repeated float64 // of those that the head has too
	wanted   bool    // has a value of the kind asked for
}

// sentences computes the features of the best sentences: most answers are in
// the one sentence that has most of the question's words.
func (s *scorer) sentences(v *vector, f *features) {
	clear(s.seen)
	clear(s.seen2)
	headWorth := f[fHeadCover]
	meanLen := max(8, float64(v.Len)/float64(len(v.Sents)))
	var next [3]int // index into exact, loose and values
	var prev sentenceScore
	for i, from := range v.Sents {
		to := uint32(v.Len)
		if i+1 < len(v.Sents) {
			to = v.Sents[i+1]
		}
		x := s.sentence(i+1, to, &next)
		n := float64(to - from)
		if x.worth > f[fSent] {
			f[fSent] = x.worth
			f[fSentLen] = math.Log(1 + n)
			f[fSentPlace] = float64(i) / float64(len(v.Sents))
			f[fWanted] = 0
			if x.wanted {
				f[fWanted] = 1
			}
		}
		if i == 0 {
			f[fSentFirst] = x.worth
		}
		f[fSentBM25] = max(f[fSentBM25], x.worth*2/(1.5+.5*n/meanLen))
		f[fSentPrev] = max(f[fSentPrev], prev.worth+x.fresh)
		f[fSentHead] = max(f[fSentHead], x.worth+headWorth-x.repeated)
		f[fSentLoose] = max(f[fSentLoose], x.worth+.5*x.loose)
		if x.wanted {
			f[fWantedAny] = 1
			f[fWantedSent] = max(f[fWantedSent], x.worth)
		}
		if x.wanted || prev.wanted {
			f[fWantedNear] = max(f[fWantedNear], x.worth)
		}
		prev = x
	}
}

// sentence reads the sentence of number nr, from 1, that ends before position
// to; next is moved on.
func (s *scorer) sentence(nr int, to uint32, next *[3]int) (x sentenceScore) {
	i := next[0]
	for ; i < len(s.exact) && s.exact[i].pos < to; i++ {
		t := s.exact[i].term
		if s.seen[t] == nr {
			continue
		}
		w := s.terms[t].worth
		x.worth += w
		if s.head[t] > 0 {
			x.repeated += w
		}
		if s.seen[t] != nr-1 || nr == 1 {
			x.fresh += w
		}
		s.seen[t] = nr
	}
	next[0] = i
	for i = next[1]; i < len(s.loose) && s.loose[i].pos < to; i++ {
		t := s.loose[i].term
		if s.seen[t] != nr && s.seen2[t] != nr {
			s.seen2[t] = nr
			x.loose += s.terms[t].worth
		}
	}
	next[1] = i
	for i = next[2]; i < len(s.values) && s.values[i] < to; i++ {
		x.wanted = true
	}
	next[2] = i
	return x
}
