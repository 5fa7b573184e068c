package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// stem gives a word's Snowball stem for English, that of its base for an
// irregular form. Stop words and words with
// letters outside a–z stay as they are.
func stem(w string) string {
	if len(w) < 3 {
		return w
	}
	return words.look(w).stem
}

func newStem(w string) string {
	if len(w) < 3 || Stop(w) {
		return w
	}
	for _, c := range []byte(w) {
		if c >= utf8.RuneSelf {
			return w
		}
	}
	if base, ok := irregulars()[w]; ok {
		w = base
	}
	env := snowballstem.NewEnv(w)
	english.Stem(env)
	return strings.Clone(env.Current())
}
