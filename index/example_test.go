package index_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"testing/fstest"

	"historian/corpus"
	"historian/index"
)

// Documents in, a cited answer out.
func Example() {
	ctx := context.Background()
	data, err := os.MkdirTemp("", "historian-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(data)
	villages := fstest.MapFS{
		"oak.md": {Data: []byte("# Oakham\n\nThe bridge of Oakham was built in 1731 by two brothers.")},
		"elm.md": {Data: []byte("# Elmham\n\nElmham has a market hall, where cheese is sold on Fridays.")},
	}
	if _, err := index.Reindex(ctx, data, corpus.Read(villages, corpus.Options{}), index.ReindexOptions{}); err != nil {
		panic(err)
	}
	live, err := index.Follow(ctx, data, index.FollowOptions{Logger: quiet()})
	if err != nil {
		panic(err)
	}
	defer live.Close()
	answer, err := live.Answer(ctx, index.Question{Text: "When was the bridge of Oakham built?"})
	if err != nil {
		panic(err)
	}
	for _, e := range answer.Excerpts[:1] {
		for _, m := range e.Marks {
			if m.Kind == index.MarkAnswer {
				fmt.Printf("%s: %s\n", e.Passage.Title, e.Text[m.From:m.To])
			}
		}
	}
	// Output: Oakham: 1731
}

// BenchmarkAnswer is a whole answer from the shipped documents.
func BenchmarkAnswer(b *testing.B) {
	data := b.TempDir()
	if _, err := index.Prepare(context.Background(), data); err != nil {
		b.Fatal(err)
	}
	live := follow(b, data)
	for b.Loop() {
		if _, err := live.Answer(context.Background(), index.Question{Text: "How many parameters does GPT-3 have?"}); err != nil {
			b.Fatal(err)
		}
	}
}
