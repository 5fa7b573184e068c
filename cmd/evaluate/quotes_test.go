package main

import (
	"testing"

	"historian/index"
)

func TestMarks(t *testing.T) {
	e := index.Excerpt{
		Text:  "In 2019 it had 1.5 billion parameters; in 2020, 175 billion.",
		Marks: []index.Mark{{From: 3, To: 7, Kind: index.MarkMatch}, {From: 15, To: 26, Kind: index.MarkAnswer}},
	}
	for answer, want := range map[string]bool{
		"1.5 billion":            true,
		"1.5 billion parameters": true,  // across
		"billion":                true,  // within, though it occurs again
		"2019":                   false, // marked as a match only
		"175 billion":            false,
		"2018":                   false,
		"":                       false,
	} {
		if got := marks(e, answer); got != want {
			t.Errorf("marks(%q) = %v, want %v", answer, got, want)
		}
	}
}
