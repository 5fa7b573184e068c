package desk

import (
	"context"
	"strings"

	"historian/corpus"
	"historian/index"
)

// Corrections are golden questions: an index must answer each with the
// passage that a moderator gave.

// An Answerer answers questions from documents: an index, or a live one.
type Answerer interface {
	Answer(ctx context.Context, q index.Question) (index.Answer, error)
	Passage(id string) (corpus.Passage, bool)
}

// Lost gives the corrections that don't hold for an index: the passage that
// answers is not there any more.
func Lost(ctx context.Context, a Answerer, all []Correction) (lost []Correction) {
	for _, c := range all {
		if c.Answer == "" {
			continue
		}
		pin := Find(ctx, a, c.Answer, c.Quote)
		if pin == "" {
			lost = append(lost, c)
			continue
		}
		given, err := a.Answer(ctx, index.Question{Text: c.Question, Pin: pin})
		if err != nil || given.Abstained() || given.Excerpts[0].Passage.ID != pin {
			lost = append(lost, c)
		}
	}
	return lost
}

// quoteKnown is how many of the first characters of a passage tell that it is
// the same one, edited further on.
const quoteKnown = 40

// Find gives the ID of a passage as it is now: the same, or that of the
// passage of the same document that begins with the same words. "" where
// there is none.
func Find(ctx context.Context, a Answerer, id, quote string) string {
	if _, ok := a.Passage(id); ok {
		return id
	}
	start := []rune(line(quote))
	if start = start[:min(len(start), quoteKnown)]; len(start) == 0 {
		return ""
	}
	document, _, _ := strings.Cut(id, "#")
	near, err := a.Answer(ctx, index.Question{Text: quote, Documents: []string{document}})
	if err != nil {
		return ""
	}
	for _, h := range near.Hits {
		if strings.HasPrefix(line(h.Passage.Text), string(start)) {
			return h.Passage.ID
		}
	}
	return ""
}
