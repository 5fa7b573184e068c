package index_test

import (
	"path/filepath"
	"testing"

	"historian/corpus"
	"historian/index"
)

// TestExpansion asks for the words behind abbreviations; the answer marks
// them, and what spells nothing out is no answer.
func TestExpansion(t *testing.T) {
	ix := opened(t, document("guild", "Guild", "",
		"The guild raids on Sundays. The DKP list is kept by the officers.",
		"Points are given for each raid under the rules of Dragon Kill Points (DKP).",
		"The API of the bot is described elsewhere.",
		"新成员先加入 LFG（Looking for Group）频道。",
	))
	for _, tt := range []struct{ question, want string }{
		{"what does DKP stand for?", "Dragon Kill Points"},
		{"DKP full form", "Dragon Kill Points"},
		{"LFG 是什么的缩写？", "Looking for Group"},
		{"what is API short for?", ""},
	} {
		a, err := ix.Answer(t.Context(), index.Question{Text: tt.question})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range a.Excerpts[:min(1, len(a.Excerpts))] {
			for _, m := range e.Marks {
				if m.Kind == index.MarkAnswer {
					got = e.Text[m.From:m.To]
				}
			}
		}
		if got != tt.want {
			t.Errorf("%s: got %q (%.2f, %s), want %q", tt.question, got, a.Confidence, a.Reason, tt.want)
		}
	}
}

// opened builds an index of documents and opens it.
func opened(t testing.TB, docs ...corpus.Document) *index.Index {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if _, err := index.Build(t.Context(), dir, documents(docs...), index.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}
