package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"historian/index"
)

func TestClosest(t *testing.T) {
	all := prepared([]string{"Garden rules", "Garden rules: Compost", "Garden rules: Water and wells", "GPT-2: Release date", "花园规则: 浇水", "果樹手冊: 修剪", "GPT-2: Release date"})
	for _, tt := range []struct{ typed, want string }{
		{"", "Garden rules|Garden rules: Compost|Garden rules: Water and wells|GPT-2: Release date|花园规则: 浇水|果樹手冊: 修剪"},
		{"garden", "Garden rules|Garden rules: Compost|Garden rules: Water and wells"},
		{"wat", "Garden rules: Water and wells"},
		{"WELLS", "Garden rules: Water and wells"},
		{"gpt2", "GPT-2: Release date"},
		{"ＧＰＴ－２ rel", "GPT-2: Release date"},
		{"comopst", "Garden rules: Compost"},
		{"relase", "GPT-2: Release date"},
		{"浇", "花园规则: 浇水"},
		{"澆水", "花园规则: 浇水"},
		{"果树", "果樹手冊: 修剪"},
		{"花水", "花园规则: 浇水"},
		{"grcomp", "Garden rules: Compost"},
		{"zebra", ""},
	} {
		var got []string
		for _, c := range closest(tt.typed, all) {
			got = append(got, c.Value)
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%q offers %q, want %q", tt.typed, strings.Join(got, "|"), tt.want)
		}
	}
}

func TestChoicesKeepLimits(t *testing.T) {
	long := strings.Repeat("👩‍👩‍👧‍👧", 40) // seven code points each
	var many []string
	for i := range 100 {
		many = append(many, fmt.Sprint("topic ", i), long+fmt.Sprint(i))
	}
	for _, typed := range []string{"", "topic", "👩", strings.Repeat("x", 5000)} {
		choices := closest(typed, prepared(many))
		if len(choices) > 25 {
			t.Errorf("%d choices", len(choices))
		}
		for _, c := range choices {
			if n := utf8.RuneCountInString(c.Value); n > 100 || n == 0 {
				t.Errorf("a value of %d characters", n)
			}
			g := uniseg.NewGraphemes(c.Value)
			for g.Next() {
				if s := g.Str(); strings.ContainsRune(s, '👩') && s != "👩‍👩‍👧‍👧" {
					t.Errorf("a character is cut in two: %q", s)
				}
			}
		}
	}
}

// manyNames are those of a corpus of 500 documents with 20 headings each.
func manyNames() []name {
	words := strings.Fields("water compost release date garden model training history reward fees opening plan 花园 浇水 规则 模型 訓練 發佈 时间 历史")
	var c index.Catalog
	for d := range 500 {
		doc := index.DocumentInfo{Title: fmt.Sprintf("%s %s %d", words[d%20], words[d/20%20], d)}
		for s := range 20 {
			doc.Sections = append(doc.Sections, index.Section{Trail: []string{fmt.Sprintf("%s %s of %s", words[s], words[(s+d)%20], words[(s*d)%20])}})
		}
		c.Documents = append(c.Documents, doc)
	}
	return namesIn(c).topics
}

var typing = []string{"", "w", "gar", "gardne", "花园", "澆水", "relaese date", "zzzz", "what is the release date of the garden model"}

// TestCompletionIsFast holds what takes longest of what people type, at its
// best of many times since the machine may be busy, under five milliseconds,
// over 10,500 names.
func TestCompletionIsFast(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector slows it down")
	}
	all := manyNames()
	for _, typed := range typing {
		best := time.Hour
		for range 50 {
			began := time.Now()
			closest(typed, all)
			best = min(best, time.Since(began))
		}
		if best > 5*time.Millisecond {
			t.Errorf("%q takes %v over %d names", typed, best, len(all))
		}
	}
}

func BenchmarkComplete(b *testing.B) {
	all := manyNames()
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		began := time.Now()
		closest(typing[n%len(typing)], all)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
