package index

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"historian/corpus"
)

// TestStoreAgrees holds the generation on disk to the store in memory, which
// scores every passage: same statistics, vectors and candidates.
func TestStoreAgrees(t *testing.T) {
	passages := randomPassages(3000)
	dir := filepath.Join(t.TempDir(), "index")
	if _, err := Build(context.Background(), dir, asDocuments(passages), BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	g, err := openGeneration(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	mem := newMem(passages)
	if g.passages() != mem.passages() || g.terms() != mem.terms() || g.avgLen(false) != mem.avgLen(false) || g.avgLen(true) != mem.avgLen(true) {
		t.Fatalf("statistics differ: %d passages, %d terms, lengths %v and %v", g.passages(), g.terms(), g.avgLen(false), g.avgLen(true))
	}
	words := make(map[termID]string)
	for _, w := range mem.words {
		id, df, ok := g.lookup(w)
		if _, want, _ := mem.lookup(w); !ok || df != want {
			t.Fatalf("%q is in %d passages, want %d", w, df, want)
		}
		words[id] = w
	}
	var got vector
	for n := range passages {
		if err := g.vector(passageNum(n), &got); err != nil {
			t.Fatal(err)
		}
		want := mem.vecs[n]
		if got.Len != want.Len || got.Unspaced != want.Unspaced || !slices.Equal(got.Sents, want.Sents) ||
			!sameTerms(got.Head, want.Head, words, mem.words) || !sameTerms(got.Body, want.Body, words, mem.words) {
			t.Fatalf("vector of %q is %v, want %v", passages[n].Text, got, want)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var terms []weightedTerm
		for range 1 + r.IntN(8) {
			terms = append(terms, weightedTerm{mem.words[r.IntN(len(mem.words))], .1 + r.Float64()})
		}
		k := 1 + r.IntN(60)
		got, err := g.candidates(context.Background(), terms, k)
		if err != nil {
			t.Fatal(err)
		}
		if want, _ := mem.candidates(context.Background(), terms, k); !slices.Equal(got, want) {
			t.Fatalf("candidates of %v are %v, want %v", terms, got, want)
		}
	}
}

func sameTerms(a, b []occurrence, names map[termID]string, words []string) bool {
	return slices.EqualFunc(a, b, func(x, y occurrence) bool { return names[x.Term] == words[y.Term] && x.Pos == y.Pos })
}

// randomPassages makes passages of words as frequent as in language, some Chinese.
func randomPassages(n int) []corpus.Passage {
	r := rand.New(rand.NewPCG(3, 4))
	zipf := rand.NewZipf(r, 1.2, 4, 4000)
	out := make([]corpus.Passage, n)
	for i := range out {
		var b strings.Builder
		for range 5 + r.IntN(60) {
			if i%5 == 0 {
				b.WriteRune(rune('一' + zipf.Uint64()))
			} else {
				fmt.Fprintf(&b, "w%cx%d ", 'a'+rune(zipf.Uint64()%26), zipf.Uint64())
			}
			if r.IntN(12) == 0 {
				b.WriteString(". ")
			}
		}
		out[i] = corpus.Passage{ID: fmt.Sprintf("d%d#0", i), Doc: fmt.Sprintf("d%d", i), Title: fmt.Sprintf("Title %d", i%40), Lang: "en", Text: b.String()}
	}
	return out
}

func asDocuments(ps []corpus.Passage) iter.Seq2[corpus.Document, error] {
	return func(yield func(corpus.Document, error) bool) {
		for _, p := range ps {
			if !yield(corpus.Document{ID: p.Doc, Path: p.Doc, Title: p.Title, Text: p.Text, Lang: p.Lang, Passages: []corpus.Passage{p}}, nil) {
				return
			}
		}
	}
}
