// Package lang cuts text into the terms that are indexed and asked for, a
// file a language. Text is normalised first (NFKC, case, dashes, traditional
// to simplified, invisible characters) with a map back to the original, so
// that every token is a byte range of the text as written.
package lang

// A Token is a term at a place in a text.
type Token struct {
	Term       string // normalised
	Start, End int    // byte range in the original text
	Pos        int    // ordinal of the word or character; several tokens may share one
}
