package lang

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// stemCacheSize is how many stems are remembered, a power of two. Words come
// by Zipf's law: of English text, some 95 % are among as many.
const stemCacheSize = 1 << 14

// A stemCache remembers stems, each at the place that its word's hash says,
// until another word takes it. It is safe for concurrent use. Stemming is
// half of the work of cutting text into terms.
type stemCache struct {
	seed maphash.Seed
	slot [stemCacheSize]atomic.Pointer[stemmed]
}

type stemmed struct{ word, stem string }

// stems is a cache of what a pure function yields: not state.
var stems = stemCache{seed: maphash.MakeSeed()}

// get gives the stem of a word, by make where it isn't remembered.
func (c *stemCache) get(word string, make func(string) string) string {
	slot := &c.slot[maphash.String(c.seed, word)%stemCacheSize]
	if s := slot.Load(); s != nil && s.word == word {
		return s.stem
	}
	s := &stemmed{word: strings.Clone(word)} // word is part of a text
	s.stem = make(s.word)
	if strings.HasPrefix(s.word, s.stem) {
		s.stem = s.word[:len(s.stem)]
	}
	slot.Store(s)
	return s.stem
}
