package index

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"historian/corpus"
)

// FuzzPassageRecord holds records to what they were made of, and reads
// whatever bytes without a panic.
func FuzzPassageRecord(f *testing.F) {
	f.Add("towers/tall", "Tall tower", "https://example.org/#a", "en", "built in 1931", []byte("\x00\x01"))
	f.Add("", "", "", "", "", []byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, id, title, url, lang, text string, noise []byte) {
		doc := corpus.Document{ID: id, Title: title, URL: url, Lang: lang, Pair: title}
		want := corpus.Passage{ID: id + "#1", Doc: id, Title: title, URL: url + "#part", Lang: lang, Pair: text,
			Trail: []string{title, ""}, Text: text, Start: 3, End: 3 + len(text)}
		b := appendDocument(slices.Clone(noise), &doc)
		at := len(b)
		b = appendPassage(b, &doc, &want, int64(at-len(noise)))
		got, err := decodePassage(b, uint64(at), uint64(len(b)))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("%v: %s", err, diff)
		}
		_, _ = decodePassage(noise, uint64(len(noise)/2), uint64(len(noise)))
		_, _ = decodePassage(noise, 0, uint64(len(noise)))
	})
}

// FuzzVectorRecord analyses a passage: what is written is what is read, and
// sentences and positions are in order.
func FuzzVectorRecord(f *testing.F) {
	f.Add("Tall tower", "Built in 1931. It has GPT-2 steps.", []byte("\x02\x01\x00"))
	f.Add("高塔", "高塔建于1931年。楼梯有1576级。", []byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, title, text string, noise []byte) {
		a := analyse(&corpus.Passage{Title: title, Trail: []string{title}, Text: text})
		var got vector
		if err := decodeVector(appendVector(nil, &a.vec), &got, len(a.terms)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Head, a.vec.Head) || !slices.Equal(got.Body, a.vec.Body) || !slices.Equal(got.Sents, a.vec.Sents) ||
			got.Len != a.vec.Len || got.Unspaced != a.vec.Unspaced {
			t.Fatalf("wrote %v, read %v", a.vec, got)
		}
		if !slices.IsSorted(got.Sents) || got.Sents[0] != 0 {
			t.Fatalf("sentences start at %v", got.Sents)
		}
		for _, o := range got.Body {
			if int(o.Pos) >= got.Len {
				t.Fatalf("position %d of %d", o.Pos, got.Len)
			}
		}
		_ = decodeVector(noise, &got, 10)
		for _, o := range slices.Concat(got.Head, got.Body) {
			if o.Term >= 10 {
				t.Fatalf("term %d of 10", o.Term)
			}
		}
	})
}
