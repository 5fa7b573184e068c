package index

import (
	"math"
	"slices"

	"historian/index/lang"
)

// A scorer computes the features of passages for a query. It is used by one
// search at a time and keeps its buffers for the next.
type scorer struct {
	// Of the query.
	terms    []rankTerm
	total    float64 // what all terms are worth
	contents float64 // number of content terms
	top      int     // the term that is worth most; -1 for none
	want     class   // values that the question asks for
	meanLen  [scripts]float64
	classes  []class

	// Of the documents' terms that stand for the query's: slot by termID,
	// into forms; 0 for none.
	slots []uint16
	forms []slotForm
	used  []termID // those with a slot

	// Of the passage.
	exact, loose []place
	values       []uint32  // positions of values of the wanted class
	tf, head     []float64 // by term
	looseTF      []float64
	looseHead    float64
	headWords    float64 // content words of the head, and of them the query's
	headMatches  float64
	headPairs    float64
	seen, seen2  []int // by term: number of the sentence it was last seen in
	counts       []int // by term, in a window

	traits []int
	vec    vector
	read   Query // the query translated, as an answer is composed by it

	lexicon *lang.Lexicon // to translate by; nil means ours
}

// words gives the lexicon to translate by.
func (s *scorer) words() *lang.Lexicon {
	if s.lexicon == nil {
		return lang.OwnLexicon()
	}
	return s.lexicon
}

// A rankTerm is a query term as scoring reads it.
type rankTerm struct {
	worth   float64
	pos     int // in the question
	content bool
	name    bool
	weight  float64
	df      float64
}

type slotForm struct {
	term  uint16
	loose bool
	next  uint16   // further form of the same term of the documents; 0 for none
	rest  []termID // terms at the positions that follow, for a phrase
}

// A place is where a query term occurs.
type place struct {
	pos  uint32
	term uint16
}

// prepare reads a query in the light of the documents: it sets the DF, IDF
// and Worth of its terms, and adds guessed spellings to their forms.
func (s *scorer) prepare(st store, q Query, m *model) {
	s.reset(st)
	n := float64(st.passages())
	for i := range q.Terms {
		s.addExact(st, &q.Terms[i], i)
	}
	if q.mixed() {
		s.addForeign(st, &q)
	}
	for i := range q.Terms {
		s.addLoose(st, &q.Terms[i], i)
		t := &q.Terms[i]
		r := share(t, n)
		t.IDF = math.Log(1 + (1-r)/r)
	}
	s.total, s.contents, s.top = 0, 0, -1
	for i := range q.Terms {
		t := &q.Terms[i]
		t.Worth, t.Held = m.importance.worth(s.traits[:0], &q, i, n)
		s.terms = append(s.terms, rankTerm{worth: t.Worth, pos: t.Pos, content: t.Weight >= contentWeight,
			name: t.Entity, weight: t.Weight, df: float64(t.DF)})
		s.note(i)
	}
	s.total = max(s.total, 1e-9)
	s.want = wantedClass(q.Want)
	s.size(len(q.Terms))
}

// Where there are few passages, shares of them say little. So shares are as
// if priorPassages more were there, of which a few held the term, and most if
// it is a stop word; a corpus of ten documents needs this, one of a thousand
// doesn't notice.
const (
	priorPassages = 10
	priorDF       = 0.2
	priorStopDF   = 6
)

// share estimates the share of all passages that hold a term, in documents of
// n passages.
func share(t *QueryTerm, n float64) float64 {
	prior := priorDF
	if lang.Stop(t.Forms[0].Term) {
		prior = priorStopDF
	}
	return (float64(t.DF) + prior + .5) / (n + priorPassages + 1)
}

// note counts term i in what is known of all terms.
func (s *scorer) note(i int) {
	t := &s.terms[i]
	s.total += t.worth
	if t.content {
		s.contents++
	}
	if s.top < 0 || t.worth > s.terms[s.top].worth {
		s.top = i
	}
}

func wantedClass(w Want) class {
	switch w {
	case WantDate:
		return classDate
	case WantNumber, WantDuration, WantMoney:
		return classNumber
	}
	return 0
}

func (s *scorer) reset(st store) {
	if len(s.slots) < st.terms() {
		s.slots = make([]uint16, st.terms())
		s.used = s.used[:0]
	}
	for _, id := range s.used {
		s.slots[id] = 0
	}
	s.used = s.used[:0]
	s.forms = append(s.forms[:0], slotForm{})
	s.terms = s.terms[:0]
	s.classes = st.classes()
	s.meanLen = [scripts]float64{max(1, st.avgLen(false)), max(1, st.avgLen(true))}
}

func (s *scorer) size(n int) {
	if cap(s.tf) < n {
		s.tf, s.head, s.looseTF = make([]float64, n), make([]float64, n), make([]float64, n)
		s.seen, s.seen2, s.counts = make([]int, n), make([]int, n), make([]int, n)
	}
	s.tf, s.head, s.looseTF = s.tf[:n], s.head[:n], s.looseTF[:n]
	s.seen, s.seen2, s.counts = s.seen[:n], s.seen2[:n], s.counts[:n]
}

func (s *scorer) slot(id termID, term int, loose bool) {
	if s.slots[id] != 0 || len(s.forms) > math.MaxUint16 {
		return
	}
	s.slots[id] = uint16(len(s.forms))
	s.forms = append(s.forms, slotForm{term: uint16(term), loose: loose})
	s.used = append(s.used, id)
}

// addExact gives slots to the forms of a term, guessing its spelling where no
// passage holds it. The term's DF is that of the union of its forms, taken as
// independent.
func (s *scorer) addExact(st store, t *QueryTerm, i int) {
	n := float64(st.passages())
	without := 1.0 // share of passages without any form
	add := func(term string) bool {
		id, df, ok := st.lookup(term)
		if ok && df > 0 {
			s.slot(id, i, false)
			without *= 1 - float64(df)/n
		}
		return ok && df > 0
	}
	known := false
	for _, f := range t.Forms {
		known = add(f.Term) || known
	}
	if !known {
		if word, ok := respell(st, t.Forms[0].Term); ok {
			t.Forms = append(t.Forms, Form{Term: word, Weight: 1})
			add(word)
		}
	}
	t.DF = int(n*(1-without) + .5)
}

// addForeign gives slots to what words in the other script than the rest of
// the question mean in the language of the rest.
func (s *scorer) addForeign(st store, q *Query) {
	known := func(sense []string) bool { return holdsAll(st, sense) }
	translateForeign(q, s.words(), known, func(i int, senses [][]string) {
		t := &q.Terms[i]
		n := float64(st.passages())
		without := 1 - float64(t.DF)/n
		for _, sense := range senses {
			without *= 1 - float64(s.addSense(st, sense, i))/n
			t.Forms = append(t.Forms, Form{Term: sense[0], Rest: sense[1:], Weight: 1})
		}
		t.DF = int(n*(1-without) + .5)
	})
}

// prepareTranslated reads a query for passages in the other script.
func (s *scorer) prepareTranslated(st store, q Query, m *model) (terms []weightedTerm) {
	s.reset(st)
	n := float64(st.passages())
	s.total, s.contents, s.top = 0, 0, -1
	own := q
	own.Terms = slices.Clone(q.Terms) // with the rarity of their translations
	s.read = q
	s.read.Terms = nil
	for _, x := range translate(&q, s.words(), func(sense []string) bool { return holdsAll(st, sense) }) {
		i := len(s.terms)
		without := 1.0
		for _, sense := range x.senses {
			df := s.addSense(st, sense, i)
			without *= 1 - float64(df)/n
		}
		t := &own.Terms[x.source]
		t.Weight = translatedWeight(t)
		t.DF = int(n*(1-without) + .5)
		r := share(t, n)
		t.IDF = math.Log(1 + (1-r)/r)
		worth, held := m.importance.worth(s.traits[:0], &own, x.source, n)
		worth *= x.share
		t.Weight *= x.share
		s.read.Terms = append(s.read.Terms, t.translated(x, worth, held))
		s.terms = append(s.terms, rankTerm{worth: worth, pos: x.pos, content: t.Weight >= contentWeight,
			name: t.Entity, weight: t.Weight, df: float64(t.DF)})
		s.note(i)
		if t.DF > 0 && t.Weight >= contentWeight {
			for _, sense := range x.senses {
				for _, term := range sense {
					terms = append(terms, weightedTerm{term, worth / t.IDF / float64(len(sense))})
				}
			}
		}
	}
	s.total = max(s.total, 1e-9)
	s.want = wantedClass(q.Want)
	s.size(len(s.terms))
	return terms
}

// translatedWeight gives the weight of a term in the other language, where a
// word is one term among words: neither a pair that may begin with a stop
// character, nor a name that must stand up to the pairs of Chinese ones.
func translatedWeight(t *QueryTerm) float64 {
	switch {
	case t.Pair:
		return 1
	case t.Weight < latinWeight:
		return t.Weight
	case t.Entity:
		return nameWeight
	}
	return 1
}

// translated gives the term in the other language.
func (t *QueryTerm) translated(x translated, worth, held float64) QueryTerm {
	out := QueryTerm{Text: t.Text, Start: t.Start, End: t.End, Pos: x.pos, Weight: t.Weight, IDF: t.IDF, DF: t.DF, Worth: worth, Held: held, Entity: t.Entity, aside: t.aside}
	for _, sense := range x.senses {
		out.Forms = append(out.Forms, Form{Term: sense[0], Rest: sense[1:], Weight: 1})
	}
	if len(out.Forms) == 0 {
		out.Forms = t.Forms[:1] // which no passage in the other language holds
	}
	return out
}

// holdsAll tells whether the documents have all terms of a sense.
func holdsAll(st store, sense []string) bool {
	for _, term := range sense {
		if _, df, ok := st.lookup(term); !ok || df == 0 {
			return false
		}
	}
	return true
}

// addSense gives a slot to a translation, and the number of passages that may
// hold it.
func (s *scorer) addSense(st store, sense []string, term int) (df int) {
	ids := make([]termID, len(sense))
	for i, word := range sense {
		id, n, ok := st.lookup(word)
		if !ok || n == 0 || len(s.forms) >= math.MaxUint16 {
			return 0
		}
		ids[i] = id
		if i == 0 || n < df {
			df = n
		}
	}
	f := slotForm{term: uint16(term), next: s.slots[ids[0]], rest: ids[1:]}
	if f.next == 0 {
		s.used = append(s.used, ids[0])
	}
	s.slots[ids[0]] = uint16(len(s.forms))
	s.forms = append(s.forms, f)
	return df
}

// addLoose gives slots to the words of a term's family and sense.
func (s *scorer) addLoose(st store, t *QueryTerm, i int) {
	if lang.Stop(t.Forms[0].Term) {
		return
	}
	for _, word := range lang.Synonyms(t.Forms[0].Term) {
		if lang.Stop(word) {
			continue
		}
		if id, df, ok := st.lookup(word); ok && df > 0 {
			s.slot(id, i, true)
			t.Loose = append(t.Loose, word)
		}
	}
	family(st, t.Forms[0].Term, func(word string, id termID) {
		s.slot(id, i, true)
		t.Loose = append(t.Loose, word)
	})
}
