package desk_test

import (
	"strings"
	"testing"

	"historian/bot/desk"
	"historian/index"
)

func TestSubject(t *testing.T) {
	t.Parallel()
	for question, want := range map[string]string{
		"what was the training cost of GPT-3?": "training cost gpt-3",
		"How much did it cost to train GPT3":   "cost train gpt-3",
		"GPT-3的训练成本是多少？":                       "gpt-3 训练成本",
		"what is it?":                          "",
		"":                                     "",
	} {
		if got := strings.Join(desk.SubjectOf(index.ParseQuery(index.Question{Text: question})).Words, " "); got != want {
			t.Errorf("%q is about %q, want %q", question, got, want)
		}
	}
	same := func(a, b string) bool {
		x, y := desk.SubjectOf(index.ParseQuery(index.Question{Text: a})), desk.SubjectOf(index.ParseQuery(index.Question{Text: b}))
		return strings.Join(x.Terms, " ") == strings.Join(y.Terms, " ")
	}
	if !same("what was the training cost of GPT-3?", "How much did it cost to train GPT3") || !same("GPT-3的训练成本是多少？", "gpt3訓練成本多少") {
		t.Error("the same thing asked in other words is another subject")
	}
}
