package lang_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"historian/index/lang"
)

func TestSentences(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"GPT-2 came out in 2019. It has 1.5 billion parameters.", "GPT-2 came out in 2019.|It has 1.5 billion parameters."},
		{"Dr. Smith met J. K. Rowling in St. Petersburg. They talked.", "Dr. Smith met J. K. Rowling in St. Petersburg.|They talked."},
		{"It costs approx. $3.50 per unit, e.g. in the U.S. today. See example.org for more.", "It costs approx. $3.50 per unit, e.g. in the U.S. today.|See example.org for more."},
		{"“Stop!” he said. “Why?” She left.", "“Stop!” he said.|“Why?”|She left."},
		{"Wait... what? Yes.", "Wait... what?|Yes."},
		{"GPT-3 有 1750 亿参数。它很大！是吗？", "GPT-3 有 1750 亿参数。|它很大！|是吗？"},
		{"他说：“我来了。”然后走了。", "他说：“我来了。”|然后走了。"},
		{"参数量：1.17 亿。意义：奠定基础……后来更大。", "参数量：1.17 亿。|意义：奠定基础……|后来更大。"},
		{"Steps:\n- collect data\n- train the model\n- deploy", "Steps:|- collect data|- train the model|- deploy"},
		{"The quick brown fox jumps over the lazy dog and then\nit sleeps. Good night.", "The quick brown fox jumps over the lazy dog and then\nit sleeps.|Good night."},
		{"```\na. B\nc. D\n```", "```|a. B|c. D|```"},
		{"Version 3.5 is out. v1.2.3 is old.", "Version 3.5 is out. v1.2.3 is old."},
		{"  \n ", ""},
	} {
		var got []string
		for _, s := range lang.Sentences(tt.text) {
			got = append(got, tt.text[s.Start:s.End])
		}
		if d := cmp.Diff(tt.want, strings.Join(got, "|")); d != "" {
			t.Errorf("Sentences(%q) (-want +got):\n%s", tt.text, d)
		}
	}
}

// FuzzSentences holds sentences to what they promise: in order, trimmed, and
// nothing but white space between them.
func FuzzSentences(f *testing.F) {
	for _, s := range []string{"A. B", "一。二", "Dr. X. Y", "- a\n- b", "```\nx", "...", "\xff.\xfe A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		blank := func(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }
		for _, s := range lang.Sentences(text) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %v after %d in %q", s, at, text)
			}
			if !blank(text[at:s.Start]) || blank(text[s.Start:s.End]) {
				t.Fatalf("lost or empty text at %v in %q", s, text)
			}
			at = s.End
		}
		if !blank(text[at:]) {
			t.Fatalf("lost the end of %q", text)
		}
	})
}
