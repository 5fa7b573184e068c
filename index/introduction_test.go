package index_test

import (
	"testing"

	"historian/index"
)

// TestIntroduction asks of a topic and nothing else: what introduces it comes
// first, in the asker's language.
func TestIntroduction(t *testing.T) {
	ix := shipped(t)
	for _, tt := range []struct{ question, title, lang string }{
		{"what is ChatGPT?", "ChatGPT", "en"},
		{"tell me about gpt-4", "GPT-4", "en"},
		{"GPT-3 是什么", "GPT-3", "zh-Hans"},
		{"ChatGPT是啥", "ChatGPT", "zh-Hans"},
		{"Transformer 是什么？", "Transformer 架构", "zh-Hans"},
	} {
		a, err := ix.Answer(t.Context(), index.Question{Text: tt.question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Abstained() {
			t.Errorf("%s: no answer (%.2f, %s)", tt.question, a.Confidence, a.Reason)
			continue
		}
		if p := a.Excerpts[0].Passage; p.Title != tt.title || len(p.Trail) > 0 || p.Lang != tt.lang {
			t.Errorf("%s: %s %q %q, want the introduction of %s", tt.question, p.Lang, p.Title, p.Trail, tt.title)
		}
	}
}
