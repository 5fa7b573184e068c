package index

// A reader reads hits in the light of a query, each once.
type reader struct {
	q     Query
	hits  []Hit
	own   map[string][]formOf // forms of q
	other map[string][]formOf // of q translated: all hits in the other language share one
	done  []*reading          // by hit; nil for those not asked for yet
}

func newReader(q Query, hits []Hit) *reader {
	return &reader{q: q, hits: hits, done: make([]*reading, len(hits))}
}

// at gives the reading of a hit.
func (x *reader) at(i int) reading {
	if x.done[i] == nil {
		h := x.hits[i]
		q, forms := x.q, &x.own
		if h.query != nil {
			q, forms = *h.query, &x.other
		}
		if *forms == nil {
			*forms = formsOf(q)
		}
		r := read(q, h.Passage, *forms)
		x.done[i] = &r
	}
	return *x.done[i]
}
