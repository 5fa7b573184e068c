package index

import (
	"context"

	"historian/corpus"
)

// passageNum numbers the passages of one generation from 0.
type passageNum uint32

// termID numbers the terms of one generation from 0.
type termID uint32

// A weightedTerm is a term of a query as the candidate search needs it.
type weightedTerm struct {
	Term   string
	Weight float64
}

// A vector is a passage as the ranking reads it: its terms by field, with
// positions, and where its sentences begin. Slices are valid until the next
// call with the same buffer.
type vector struct {
	Head  []occurrence // terms of title and heading trail
	Body  []occurrence // terms of the text, in order of position
	Sents []uint32     // position of each sentence's first term, ascending; first is 0
	Len   int          // positions in the text (words, or Chinese characters)
	// Unspaced: most terms of the text are of a script without spaces
	// (lang.Unspaced), so that Len counts characters rather than words.
	Unspaced bool
}

// An occurrence is a term at a position of a field. Several terms may share
// a position (a word and its stem, a character and the bigram it begins).
type occurrence struct {
	Term termID
	Pos  uint32
}

// A store is what ranking reads of one generation. Implemented on disk by
// generation; the seam for another engine is candidates.
type store interface {
	// passages gives the number of passages.
	passages() int
	// terms gives the number of terms; every termID is below it.
	terms() int
	// lookup gives a term's ID and the number of passages that hold it.
	lookup(term string) (id termID, df int, ok bool)
	// prefixed calls yield for the terms that begin with prefix, in order,
	// until it returns false. The slice is valid during the call.
	prefixed(prefix string, yield func(term []byte, id termID, df int) bool)
	// classes tells by termID what a term can be beside itself.
	classes() []class
	// avgLen gives the mean of vector.Len over the passages of the same kind of
	// script: lengths in characters and in words don't compare.
	avgLen(unspaced bool) float64
	// count gives the number of passages in a script (spaced or unspaced).
	count(script int) int
	// paired tells whether a document of the pair is in the script.
	paired(pair string, script int) bool
	// vector decodes a passage's terms into buf.
	vector(n passageNum, buf *vector) error
	// passage reads a passage for display.
	passage(n passageNum) (corpus.Passage, error)
	// candidates gives up to k passages likely to rank high for the terms, best first.
	candidates(ctx context.Context, terms []weightedTerm, k int) ([]passageNum, error)
}
