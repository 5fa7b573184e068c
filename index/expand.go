package index

import (
	"bytes"
	"unicode/utf8"

	"historian/index/lang"
)

// Looser forms of a question's words: other spellings of words that no
// passage holds, and words of the same family or sense, which count apart
// from the exact ones.

const (
	shortestGuess  = 4 // letters that a word needs for its spelling to be guessed, with one letter wrong
	longGuess      = 7 // for two letters wrong
	shortestFamily = 5 // letters that words of one family have in common, at least
	longestEnding  = 5 // letters that they may have beyond those, at most
)

// respell gives the term of the documents that an unknown word most likely
// stands for: one or two letters wrong, missing, too many or swapped, after
// the first two; the most frequent among the closest.
func respell(st store, word string) (best string, ok bool) {
	if len(word) < shortestGuess || !letters(word) {
		return "", false
	}
	limit := 1
	if len(word) >= longGuess {
		limit = 2
	}
	bestDF := 0
	st.prefixed(word[:2], func(term []byte, _ termID, df int) bool {
		d := distance(word, term, limit)
		if d < limit || d == limit && df > bestDF {
			if d < limit {
				limit = d
			}
			best, bestDF, ok = string(term), df, true
		}
		return true
	})
	return best, ok
}

// family calls add for the terms of the documents that share most of their
// letters from the first on with word: immunology for immune.
func family(st store, word string, add func(string, termID)) {
	if len(word) < shortestFamily || !letters(word) {
		return
	}
	st.prefixed(word[:shortestFamily], func(term []byte, id termID, _ int) bool {
		if string(term) == word || bytes.ContainsAny(term, "-.0123456789") {
			return true
		}
		same := shortestFamily
		for same < len(word) && same < len(term) && word[same] == term[same] {
			same++
		}
		if 5*same >= 4*min(len(word), len(term)) && max(len(word), len(term))-same <= longestEnding {
			add(string(term), id)
		}
		return true
	})
}

// letters tells a plain word in Latin letters that isn't a stop word.
func letters(word string) bool {
	for _, c := range []byte(word) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return !lang.Stop(word)
}

// maxGuess is the length in bytes up to which words are compared.
const maxGuess = 48

// distance is the number of letters that are wrong, missing, too many or
// swapped between two words, at most limit+1.
func distance(a string, b []byte, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit || max(len(a), len(b)) > maxGuess || !utf8.Valid(b) {
		return limit + 1
	}
	var before, last, row [maxGuess + 1]int
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last = last, row
	}
	return min(last[len(b)], limit+1)
}
