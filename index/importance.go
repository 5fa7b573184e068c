package index

import (
	"fmt"
	"math"
	"unicode"
	"unicode/utf8"

	"historian/index/lang"
)

// Importance estimates how likely the passage that answers holds a term of
// the question: a name nearly always, "many" or "called" seldom, whatever
// their rarity. With that probability p and the share r of all passages that
// hold the term, the term is worth its weight in the binary independence
// model (Robertson and Spärck Jones 1976):
//
//	log(p / (1-p)) + log((1-r) / r)
//
// p comes from a logistic regression over a few traits of the term, and over
// the word itself where the training questions had it often enough.
type importance struct {
	traits [traitCount]float64
	words  map[string]float64
}

// Traits of a term of a question, all yes or no. Groups of several are told
// apart by an offset.
const (
	traitAlways  = 0
	traitKind    = 1                              // + one of the kinds
	traitRarity  = traitKind + kindCount          // + rarity in the documents, and rarities for a script without spaces
	traitCapital = traitRarity + scripts*rarities // begins with a capital letter, not the question
	traitAsked   = traitCapital + 1               // the word after what, which or how: "what year"
	traitAsked2  = traitAsked + 1                 // the word after that
	traitPlace   = traitAsked2 + 1                // + sixth of the question
	traitShort   = traitPlace + 6                 // a question of less than 6 terms
	traitLong    = traitShort + 1                 // of more than 14
	traitLetters = traitLong + 1                  // + a third of the word's length, to 4
	traitCount   = traitLetters + 5
)

const rarities = 12 // log₂ of one in so many passages; 11: in none

// Kinds of terms.
const (
	kindWord = iota
	kindName
	kindStopPair
	kindHalfStopPair
	kindPair
	kindStopChar
	kindChar
	kindStop
	kindNumber
	kindCount
)

var traitNames = func() (names [traitCount]string) {
	names[traitAlways] = "always"
	for i, k := range []string{"word", "name", "stop pair", "half stop pair", "pair", "stop character", "character", "stop word", "number"} {
		names[traitKind+i] = "kind " + k
	}
	for i := range rarities {
		names[traitRarity+i] = fmt.Sprint("rarity ", i)
		names[traitRarity+rarities+i] = fmt.Sprint("rarity ", i, " unspaced")
	}
	names[traitCapital], names[traitAsked], names[traitAsked2] = "capital", "asked", "after asked"
	for i := range 6 {
		names[traitPlace+i] = fmt.Sprint("place ", i)
	}
	names[traitShort], names[traitLong] = "short question", "long question"
	for i := range 5 {
		names[traitLetters+i] = fmt.Sprint("letters ", 3*i)
	}
	return names
}()

// traits appends the traits that query term i has in documents of n passages.
func traits(buf []int, q *Query, i int, n float64) []int {
	t := &q.Terms[i]
	term := t.Forms[0].Term
	kind := kindOf(t)
	rarity := rarities - 1
	if t.DF > 0 {
		rarity = min(rarities-2, int(.5-math.Log2(share(t, n))))
	}
	buf = append(buf, traitAlways, traitKind+kind)
	if len(q.Terms) < 6 {
		buf = append(buf, traitShort)
	} else if len(q.Terms) > 14 {
		buf = append(buf, traitLong)
	}
	if lang.Unspaced(term) {
		return append(buf, traitRarity+rarities+rarity)
	}
	buf = append(buf, traitRarity+rarity, traitPlace+6*i/len(q.Terms))
	if r, _ := utf8.DecodeRuneInString(t.Text); i > 0 && unicode.IsUpper(r) {
		buf = append(buf, traitCapital)
	}
	if kind == kindStop {
		return buf
	}
	if i > 0 && asks(q.Terms[i-1].Forms[0].Term) {
		buf = append(buf, traitAsked)
	} else if i > 1 && asks(q.Terms[i-2].Forms[0].Term) {
		buf = append(buf, traitAsked2)
	}
	return append(buf, traitLetters+min(4, utf8.RuneCountInString(term)/3))
}

func asks(term string) bool {
	return term == "what" || term == "which" || term == "how" || term == "many"
}

func kindOf(t *QueryTerm) int {
	term := t.Forms[0].Term
	stop := lang.Stop(term)
	if lang.Unspaced(term) {
		pair := utf8.RuneCountInString(term) > 1
		switch {
		case pair && lang.StopPair(term):
			return kindStopPair
		case pair && lang.HalfStop(term):
			return kindHalfStopPair
		case pair:
			return kindPair
		case stop:
			return kindStopChar
		}
		return kindChar
	}
	switch {
	case t.Entity:
		return kindName
	case stop:
		return kindStop
	case '0' <= term[0] && term[0] <= '9':
		return kindNumber
	}
	return kindWord
}

// probability is that of the answering passage to hold a term.
func (m *importance) probability(traits []int, word string) float64 {
	x := m.words[word]
	for _, t := range traits {
		x += m.traits[t]
	}
	return 1 / (1 + math.Exp(-x))
}

// Bounds of the learned part of a term's worth.
const (
	leastProbability = 0.02
	leastWorth       = 0.01
	// priorShare is the share of a term's plain weight × idf in its worth,
	// the rest is learned: chosen among 0, ½ and 1, it guards against words
	// that the training questions used otherwise.
	priorShare = 0.5
)

// worth gives what a term is worth, whose DF and IDF are known, in documents
// of n passages, and how likely the passage that answers holds it.
func (m *importance) worth(buf []int, q *Query, i int, n float64) (worth, held float64) {
	t := &q.Terms[i]
	p := m.probability(traits(buf, q, i, n), t.Forms[0].Term)
	p = min(max(p, leastProbability), 1-leastProbability)
	r := share(t, n)
	w := max(leastWorth, math.Log(p/(1-p))+math.Log((1-r)/r))
	if kind := kindOf(t); kind == kindChar || kind == kindStopChar {
		w *= charWeight
	} else if t.Weight >= latinWeight {
		w *= latinWeight
	}
	return priorShare*t.Weight*t.IDF + (1-priorShare)*w, p
}
