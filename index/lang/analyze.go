// Package lang cuts text into the terms that are indexed and asked for, a
// file a language. Text is normalised first (NFKC, case, dashes, traditional
// to simplified, invisible characters) with a map back to the original, so
// that every token is a byte range of the text as written. Documents and
// questions go through the same code, whatever their language: a script says
// how to cut, and code-mixed text is the rule, not the exception.
package lang

import "sync"

// A Token is a term at a place in a text.
type Token struct {
	Term       string // normalised
	Start, End int    // byte range in the original text
	Pos        int    // ordinal of the word or character from 0; several tokens may share one
	Kind       Kind
}

// A Kind says what a token is of its text. A text's words and characters in
// order are its KindWord tokens; the others stand beside them.
type Kind uint8

// The kinds of tokens.
const (
	KindWord   Kind = iota // a word's stem, a number, or one character of a script without spaces
	KindGram               // two adjacent characters of a script without spaces
	KindJoint              // parts written together or as one name: gpt-2, email, 1960s
	KindAmount             // a number's value: 1500000000 for "1.5 billion" and for "15亿"
	KindDate               // a day, month or day of the year: 2019-02-14, 2019-02, 02-14, m02
)

// Analyze cuts a text into tokens, in order of position.
func Analyze(text string) []Token {
	n := Normalize(text)
	buf := atomBuffers.Get().(*[]atom)
	defer atomBuffers.Put(buf)
	*buf = scan(n.Text, (*buf)[:0])
	e := emitter{text: text, norm: n, atoms: *buf}
	grams := 0 // which mostly begin a pair, too
	for _, a := range e.atoms {
		if a.kind == gram {
			grams++
		}
	}
	e.tokens = make([]Token, 0, len(e.atoms)+len(e.atoms)/8+grams)
	for e.i < len(e.atoms) {
		if e.atoms[e.i].kind == gram {
			e.gram()
		} else {
			e.word()
		}
		e.i++
	}
	return e.tokens
}

// atomBuffers are used again: not state.
var atomBuffers = sync.Pool{New: func() any { return new([]atom) }}

// An emitter walks over a text's atoms and notes the terms they make.
type emitter struct {
	text   string
	norm   Normalized
	atoms  []atom
	i      int // current atom
	pos    int // its position
	tokens []Token
}

// emit notes a term made of atoms from the current one to the given one.
func (e *emitter) emit(term string, kind Kind, last int) {
	start, end := e.norm.Original(e.atoms[e.i].from, e.atoms[last].to)
	e.tokens = append(e.tokens, Token{Term: term, Start: start, End: end, Pos: e.pos, Kind: kind})
}

// str gives an atom's normalised text.
func (e *emitter) str(i int) string { return e.norm.Text[e.atoms[i].from:e.atoms[i].to] }

// is tells whether atom i exists, is of the kind, and is joined to the one
// before it by one of the gaps.
func (e *emitter) is(i int, k atomKind, gaps string) bool {
	if i >= len(e.atoms) || e.atoms[i].kind != k {
		return false
	}
	for _, g := range []byte(gaps) {
		if e.atoms[i].gap == g {
			return true
		}
	}
	return false
}
