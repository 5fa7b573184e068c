package main

import (
	"slices"
	"strings"

	"historian/index"
)

// Quotes count excerpts of right passages.
type quotes struct {
	n, holding    int // all, and those that hold an answer
	typed, marked int // those of questions for a date, an amount or a name, and those with an answer marked
}

func (t *quotes) add(typed bool, e index.Excerpt, answers []string) {
	t.n++
	if slices.ContainsFunc(answers, func(a string) bool { return strings.Contains(e.Text, a) }) {
		t.holding++
	}
	if typed {
		t.typed++
		if slices.ContainsFunc(answers, func(a string) bool { return marks(e, a) }) {
			t.marked++
		}
	}
}

// marks tells whether the span marked as the answer lies within an occurrence
// of the answer, or overlaps it.
func marks(e index.Excerpt, answer string) bool {
	if answer == "" {
		return false
	}
	for from := 0; ; {
		at := strings.Index(e.Text[from:], answer)
		if at < 0 {
			return false
		}
		at += from
		for _, m := range e.Marks {
			if m.Kind == index.MarkAnswer && m.From < at+len(answer) && at < m.To {
				return true
			}
		}
		from = at + len(answer)
	}
}

// share gives n of all in percent; nil for none at all.
func share(n, all int) *float64 {
	if all == 0 {
		return nil
	}
	x := percent(n, all)
	return &x
}
