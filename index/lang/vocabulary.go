package lang

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// vocabularySize is how many words are remembered, a power of two. Words come
// by Zipf's law: of English text, some 98 % are among as many.
const vocabularySize = 1 << 16

// A vocabulary remembers what is known of words, each at the place that its
// hash says, until another takes it. It is safe for concurrent use. Finding
// it out is two thirds of the work of cutting text into terms.
type vocabulary struct {
	seed maphash.Seed
	slot [vocabularySize]atomic.Pointer[word]
}

// A word is what is known of a normalised word in Latin letters.
type word struct {
	text, stem string
	stop       bool
	month      bool
	number     bool // can begin a number in words
}

// words is a cache of a pure function: not state.
var words = vocabulary{seed: maphash.MakeSeed()}

// look gives what is known of a word.
func (v *vocabulary) look(text string) *word {
	slot := &v.slot[maphash.String(v.seed, text)%vocabularySize]
	if w := slot.Load(); w != nil && w.text == text {
		return w
	}
	w := newWord(strings.Clone(text)) // text is part of a longer one
	slot.Store(w)
	return w
}

func newWord(text string) *word {
	w := &word{text: text, stem: newStem(text), stop: Stop(text), month: monthOf(text) > 0,
		number: units[text] > 0 || tens[text] > 0 || text == "one"}
	if strings.HasPrefix(text, w.stem) {
		w.stem = text[:len(w.stem)]
	}
	return w
}
