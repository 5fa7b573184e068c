package index

import (
	"historian/corpus"
	"historian/index/lang"
)

// Quote gives the excerpt that would be shown if the passage were the one
// that answers, for measuring excerpts apart from ranking. The query must
// have been searched for, so that its terms have their rarity.
func Quote(q Query, p corpus.Passage) Excerpt { return read(q, p, formsOf(q)).excerpt(firstLength) }

// DetectLang guesses the language of a text, as BCP 47.
func DetectLang(text string) string { return lang.Detect(text) }
