package index

import (
	"historian/corpus"
	"historian/index/lang"
)

// Quote gives the excerpt that is shown if the hit is the one that answers.
// The query must have been searched for, so that its terms have their rarity.
func Quote(q Query, h Hit) Excerpt {
	if h.query != nil {
		q = *h.query
	}
	return read(q, h.Passage, formsOf(q)).excerpt(firstLength)
}

// HitOf gives a passage as a hit for a query that has been searched for,
// without a score, to quote it wherever it ranked.
func (ix *Index) HitOf(q Query, p corpus.Passage) (h Hit, err error) {
	h = Hit{Passage: p}
	err = ix.read(func() error {
		n, ok := ix.gen.numberOf(p.ID)
		if !ok {
			return nil
		}
		h.query, err = ix.ranker.translated(ix.gen, q, n)
		return err
	})
	return h, err
}

// DetectLang guesses the language of a text, as BCP 47.
func DetectLang(text string) string { return lang.Detect(text) }
