package index_test

import (
	"testing"
	"unicode/utf8"

	"historian/index"
)

func TestIsQuestion(t *testing.T) {
	for _, tt := range []struct {
		want bool
		text string
	}{
		{true, "when was the museum built?"},
		{true, "hey does anyone know how tall the tower is"},
		{true, "quick question, what does NATO stand for"},
		{true, "if the bridge was closed why did they keep the toll"},
		{true, "can the telescope see galaxies"},
		{true, "the bridge opened in 1932 or 1933? help me settle this"},
		{true, "有没有人知道博物馆是哪年建的"},
		{true, "請問一下這座塔有多高"},
		{true, "望远镜能看到星系吗"},
		{true, "博物馆到底是石头的还是砖的"},
		{false, "good morning everyone"},
		{false, "did you see the game last night?"},
		{false, "anyone up for chess?"},
		{false, "why is this tower like this 😭"},
		{false, "what a view"},
		{false, "the museum was built in 1932"},
		{false, "> when was it built\n1932 I think"},
		{false, "!play some music"},
		{false, "https://example.org/how-tall-is-it?x=1"},
		{false, "`what is this?`"},
		{false, "早上好"},
		{false, "你们周末去哪玩"},
		{false, "这座塔怎么这么丑啊"},
		{false, "谁能帮我看看"},
		{false, "???"},
		{false, ""},
	} {
		if got := index.IsQuestion(tt.text); got != tt.want {
			t.Errorf("IsQuestion(%q) = %v", tt.text, got)
		}
	}
}

func FuzzIsQuestion(f *testing.F) {
	f.Add("what is this?")
	f.Add("> a\n`b` <@1> 谁\xff")
	f.Fuzz(func(t *testing.T, s string) {
		if index.IsQuestion(s) && utf8.RuneCountInString(s) < 3 {
			t.Fatalf("%q is too short to ask anything", s)
		}
	})
}
