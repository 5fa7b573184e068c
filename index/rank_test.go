package index

import (
	"context"
	"testing"

	"historian/corpus"
)

func TestSearch(t *testing.T) {
	st := newMem([]corpus.Passage{
		{ID: "gpt2", Title: "GPT-2", Text: "GPT-2 was released in February 2019. It has 1.5 billion parameters."},
		{ID: "gpt3", Title: "GPT-3", Text: "GPT-3 was released in June 2020. It has 175 billion parameters."},
		{ID: "gpt2zh", Title: "GPT-2", Text: "GPT-2 於2019年2月發布，有15億個參數。"},
		{ID: "cats", Title: "Cats", Text: "A cat sleeps for most of the day."},
	})
	var r ranker
	for _, tt := range []struct{ question, want string }{
		{"when was gpt2 released?", "gpt2"},
		{"When was GPT－３ released?", "gpt3"},
		{"how many parameters does gpt 3 have", "gpt3"},
		{"GPT-2有多少参数？", "gpt2zh"},
		{"how long do cats sleep?", "cats"},
		{"what sleeps", "cats"},
		{"?!", ""},
		{"zebra", ""},
	} {
		hits, err := r.search(context.Background(), st, ParseQuery(Question{Text: tt.question}), 3)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(hits) > 0 {
			got = hits[0].Passage.ID
		}
		if got != tt.want {
			t.Errorf("%q finds %q, want %q", tt.question, got, tt.want)
		}
	}
}
