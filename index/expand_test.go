package index

import (
	"testing"

	"historian/corpus"
)

func TestRespell(t *testing.T) {
	st := newMem([]corpus.Passage{{Text: "transformer transformation released parameters behalf received the of"}})
	for _, tt := range []struct{ word, want string }{
		{"trasnform", "transform"},
		{"relaesed", ""}, // three letters from the stem
		{"paramter", "paramet"},
		{"reciev", "receiv"},
		{"behaf", "behalf"},
		{"zebra", ""},
		{"abc", ""},
		{"gpt-9", ""},
	} {
		got, _ := respell(st, tt.word)
		if got != tt.want {
			t.Errorf("respell(%q) is %q, want %q", tt.word, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"same", "same", 0},
		{"wrong", "wring", 1},
		{"missing", "mising", 1},
		{"swapped", "swpaped", 1},
		{"two", "tree", 3},
		{"far", "distant", 3},
		{"", "ab", 2},
	} {
		if got := distance(tt.a, []byte(tt.b), 2); got != tt.want {
			t.Errorf("distance(%q, %q) is %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func FuzzDistance(f *testing.F) {
	f.Add("abc", "acb")
	f.Fuzz(func(t *testing.T, a, b string) {
		d := distance(a, []byte(b), 2)
		if d < 0 || d > 3 {
			t.Fatalf("distance(%q, %q) is %d", a, b, d)
		}
		if (d == 0) != (a == b) && len(a) <= maxGuess && d <= 2 {
			t.Fatalf("distance(%q, %q) is %d", a, b, d)
		}
	})
}
