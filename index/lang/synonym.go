package lang

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed synonyms.txt
var synonymTable string

// Synonyms gives the terms that tell the same as a term, without it; nil for
// none. English by stem, Chinese by pair or character.
func Synonyms(term string) []string { return synonyms()[term] }

var synonyms = sync.OnceValue(func() map[string][]string {
	groups := make(map[string][]string)
	for line := range strings.Lines(synonymTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var terms []string
		for word := range strings.FieldsSeq(line) {
			if t := soleTerm(word); t != "" && !slices.Contains(terms, t) {
				terms = append(terms, t)
			}
		}
		for _, t := range terms {
			for _, other := range terms {
				if other != t && !slices.Contains(groups[t], other) {
					groups[t] = append(groups[t], other)
				}
			}
		}
	}
	return groups
})

// soleTerm gives the one term that stands for a word: a stem, a character or
// a pair; none for what is longer.
func soleTerm(word string) string {
	if len(word) > 1 && word[len(word)-1] == '.' {
		return word // us.
	}
	tokens := Analyze(word)
	var whole string
	for _, t := range tokens {
		if t.Start == 0 && t.End == len(word) {
			whole = t.Term
			break
		}
	}
	return whole
}
