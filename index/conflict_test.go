package index_test

import (
	"context"
	"path/filepath"
	"testing"

	"historian/corpus"
	"historian/index"
)

// TestConflict asks documents that agree, and others that don't.
func TestConflict(t *testing.T) {
	const opened = "The community garden opened on 4 May 2019 with forty plots."
	for _, tt := range []struct {
		name, first, second, question string
		want                          [2]string
	}{
		{"another day", opened, "The community garden opened on 5 May 2019.", "when did the community garden open?", [2]string{"4 May 2019", "5 May 2019"}},
		{"less exact", opened, "The community garden opened in May 2019.", "when did the community garden open?", [2]string{}},
		{"written otherwise", opened, "The community garden opened on 2019-05-04.", "when did the community garden open?", [2]string{}},
		{"another thing", opened, "The community centre opened on 5 May 2011.", "when did the community garden open?", [2]string{}},
		{"a bound", opened, "The community garden opened before 2021.", "when did the community garden open?", [2]string{}},
		{"another count", "The library holds 12,000 books.", "The library holds 15,000 books.", "how many books does the library hold?", [2]string{"12,000", "15,000"}},
		{"the same count", "The library holds 1.5 million books.", "The library holds 1,500,000 books.", "how many books does the library hold?", [2]string{}},
		{"about as many", "The library holds 12,000 books.", "The library holds about 12,500 books.", "how many books does the library hold?", [2]string{}},
		{"another price", "A season ticket costs 20 euros.", "A season ticket costs 25 euros.", "how much does a season ticket cost?", [2]string{"20 euros", "25 euros"}},
		{"Chinese", "社区花园于2019年5月4日开放。", "社区花园于2020年5月4日开放。", "社区花园什么时候开放？", [2]string{"2019年5月4日", "2020年5月4日"}},
		{"not asked", opened, "The community garden opened on 5 May 2019.", "what is the community garden?", [2]string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			language := "en"
			if tt.name == "Chinese" {
				language = "zh-Hans"
			}
			docs := []corpus.Document{document("first", "First", language, tt.first), document("second", "Second", language, tt.second)}
			for _, filler := range []string{"Dogs are kept on a lead.", "The bakery sells bread on Fridays.", "Bicycles stand in the cellar."} {
				docs = append(docs, document(filler[:4], "Other", "en", filler))
			}
			if _, err := index.Build(context.Background(), dir, documents(docs...), index.BuildOptions{}); err != nil {
				t.Fatal(err)
			}
			ix, err := index.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer ix.Close()
			a, err := ix.Answer(context.Background(), index.Question{Text: tt.question})
			if err != nil || a.Abstained() {
				t.Fatalf("%q is not answered (%v): %+v", tt.question, err, a.Reason)
			}
			var got [2]string
			if a.Conflict != nil {
				got = a.Conflict.Values
				if got[0] > got[1] {
					got[0], got[1] = got[1], got[0] // which leads is another matter
				}
				if len(a.Excerpts) < 2 || a.Excerpts[0].Passage.Doc == a.Excerpts[1].Passage.Doc {
					t.Errorf("the answer doesn't show both: %+v", a.Excerpts)
				}
			}
			if got != tt.want {
				t.Errorf("values %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNoConflict holds the shipped documents to agree with themselves on what
// people ask most: comparisons of one model with another are no contradictions.
func TestNoConflict(t *testing.T) {
	ix := shipped(t)
	for _, q := range []string{
		"how many parameters does GPT-2 have?", "GPT-3 有多少参数？", "GPT-2 有多少参数", "how big is GPT-3?",
		"when did GPT-4 come out", "GPT-4 什么时候发布", "when was ChatGPT released?",
	} {
		a, err := ix.Answer(t.Context(), index.Question{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		if a.Conflict != nil {
			t.Errorf("%s: %q", q, a.Conflict.Values)
		}
	}
}
