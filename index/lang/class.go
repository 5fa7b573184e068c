package lang

import (
	"path"
	"unicode"
	"unicode/utf8"
)

// A WordClass is what a lexicon knows of a word.
type WordClass uint8

// The classes. A word of several is of the last of them: electric and
// electricity share a stem, and are a noun for it.
const (
	Strange    WordClass = iota // not in the lexicon: mostly a name or a term of some trade
	ProperName                  // only as a name: Brazil
	OtherWord                   // an adjective, an adverb, a word of grammar, a phrase
	Noun                        // a common noun
	Verb
)

// classOf gives the class of an entry in a file, both sides of it: names are
// written with a capital letter.
func classOf(en, file string) WordClass {
	if r, _ := utf8.DecodeRuneInString(en); unicode.IsUpper(r) && len(en) > 1 {
		return ProperName
	}
	switch path.Base(file) {
	case "verbs.txt":
		return Verb
	case "adjectives.txt", "function.txt", "phrases.txt":
		return OtherWord
	}
	return Noun
}

// Class gives the class of a normalised English word.
func (l *Lexicon) Class(word string) WordClass {
	return l.chinese.open(englishShelf(word), l.pairs)[stem(word)].class
}

// Classes cuts a run of folded Chinese into the longest words that the
// lexicon knows and gives their classes; of the characters between, those
// that aren't grammar are strange.
func (l *Lexicon) Classes(run string) (out []WordClass) {
	text := []rune(run)
	for len(text) > 0 {
		n, c := min(len(text), longestHan), Strange
		for ; n > 1 && c == Strange; n-- {
			c = l.english.open(chineseShelf(run), l.pairs)[string(text[:n])].class
		}
		if c != Strange {
			n++
		}
		if c != Strange || !Stop(string(text[:1])) {
			out = append(out, c)
		}
		text = text[n:]
		run = string(text)
	}
	return out
}

// StartsWithLetter tells terms that begin with a letter from numbers and the
// like.
func StartsWithLetter(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return unicode.IsLetter(r)
}
