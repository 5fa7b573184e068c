package index_test

import (
	"context"
	"path/filepath"
	"testing"

	"historian/index"
)

// TestScope asks one question of parts of a corpus, and as corrected by
// people who know.
func TestScope(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	docs := documents(
		document("garden/keys", "Garden keys", "en", "The keys to the shed are kept by the warden.", "Tomatoes grow in the south corner."),
		document("garden/water", "Water", "en", "Watering is allowed before ten in the morning."),
		document("garden-2", "Other garden", "en", "The keys to the shed are kept at the gate."),
		document("house", "House", "en", "The keys to the cellar are kept by the caretaker.", "The lodger hands out spare ones on Sundays."),
	)
	if _, err := index.Build(context.Background(), dir, docs, index.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	const keys = "where are the keys to the shed kept?"
	for _, tt := range []struct {
		name string
		q    index.Question
		want string // ID of the passage that leads; empty: abstains
	}{
		{"everything but one", index.Question{Not: []string{"garden/keys#0"}}, "garden-2#0"},
		{"a document", index.Question{Documents: []string{"garden-2"}}, "garden-2#0"},
		{"a folder", index.Question{Documents: []string{"garden/"}}, "garden/keys#0"},
		{"a folder, but one passage", index.Question{Documents: []string{"garden"}, Not: []string{"garden/keys#0"}}, "garden/keys#1"},
		{"no such document", index.Question{Documents: []string{"gard"}}, ""},
		{"pinned", index.Question{Pin: "house#0"}, "house#0"},
		{"pinned, with no word in common", index.Question{Pin: "house#1"}, "house#1"},
		{"pinned outside", index.Question{Documents: []string{"garden-2"}, Pin: "house#0"}, "garden-2#0"},
		{"pinned and gone", index.Question{Documents: []string{"garden-2"}, Pin: "attic#0"}, "garden-2#0"},
	} {
		tt.q.Text = keys
		a, err := ix.Answer(context.Background(), tt.q)
		got := ""
		if !a.Abstained() {
			got = a.Excerpts[0].Passage.ID
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: %q (%v), want %q", tt.name, got, err, tt.want)
		}
		for _, h := range a.Hits {
			if tt.q.Pin == "" && len(tt.q.Documents) > 0 && !index.Covers(tt.q.Documents, h.Passage.Doc) {
				t.Errorf("%s: a hit from %s", tt.name, h.Passage.Doc)
			}
		}
	}
	a, err := ix.Answer(context.Background(), index.Question{Text: keys, Pin: "house#1"})
	if err != nil || a.Confidence != 1 || len(a.More()) == 0 || a.Excerpts[0].Text == "" {
		t.Errorf("a pinned answer is %.2f sure, with %d more (%v)", a.Confidence, len(a.More()), err)
	}
}
