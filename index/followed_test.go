package index_test

import (
	"context"
	"path/filepath"
	"testing"

	"historian/index"
)

func TestAnswerFollowUp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	docs := documents(
		document("mk1", "AirShip 1", "en", "AirShip 1 first flew in 1931.", "AirShip 1 carries 20 passengers."),
		document("mk2", "AirShip 2", "en", "AirShip 2 first flew in 1950.", "AirShip 2 carries 55 passengers."),
		document("skyPort", "SkyPort", "en", "SkyPort was opened in 1929.", "SkyPort has 12 gates."),
		document("other", "Harbour", "en", "The harbour was opened in 1870.", "The harbour has 8 gates and no passengers."),
	)
	if _, err := index.Build(context.Background(), dir, docs, index.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, tt := range []struct{ earlier, text, want, readAs string }{
		{"when did AirShip 1 first fly?", "and AirShip 2?", "mk2#0", "when did AirShip 2 first fly?"},
		{"when did AirShip 2 first fly?", "how many passengers does it carry?", "mk2#1", "how many passengers does AirShip 2 carry?"},
		{"when was SkyPort opened?", "how many gates does it have?", "skyPort#1", "how many gates does SkyPort have?"},
		{"when was SkyPort opened?", "how many gates?", "skyPort#1", "how many gates? (SkyPort)"},
		{"when was SkyPort opened?", "when was the harbour opened?", "other#0", ""},
	} {
		a, err := ix.Answer(context.Background(), index.Question{Text: tt.text, Follows: tt.earlier})
		if err != nil || len(a.Hits) == 0 || a.Hits[0].Passage.ID != tt.want || a.Question.Text != tt.text || a.ReadAs != tt.readAs {
			t.Errorf("%q after %q: read as %q, %+v (%v), want %q, %s", tt.text, tt.earlier, a.ReadAs, a.Hits, err, tt.readAs, tt.want)
		}
	}
}
