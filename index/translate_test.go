package index

import (
	"context"
	"slices"
	"strings"
	"testing"

	"historian/corpus"
	"historian/index/lang"
)

func TestTranslate(t *testing.T) {
	l := lang.NewLexicon()
	l.Add("test", strings.NewReader("reinforcement learning\t强化学习\nlearning\t学习\nlanguage model\t语言模型\nmodel\t模型|型号\nOpenAI\t开放人工智能\n"))
	for _, tt := range []struct{ question, want string }{
		{"What is reinforcement learning?", "强化+化学+学习"},
		{"which model?", "模型/型号/model"},
		{"语言模型是什么", "languag+model"},
		{"GPT-3有多少参数", "gpt 3 ? gpt-3"},
		{"how big is GPT-3?", "big gpt 3 gpt-3"},
		{"的是了", ""},
	} {
		q := ParseQuery(Question{Text: tt.question})
		var got []string
		for _, x := range translate(&q, l, func([]string) bool { return true }) {
			var senses []string
			for _, s := range x.senses {
				senses = append(senses, strings.Join(s, "+"))
			}
			if len(senses) == 0 {
				senses = []string{"?"}
			}
			got = append(got, strings.Join(senses, "/"))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q translates to %q, want %q", tt.question, s, tt.want)
		}
	}
}

func TestSearchAcrossLanguages(t *testing.T) {
	en := corpus.Passage{ID: "en", Title: "Training", Text: "Reinforcement learning from human feedback made the model follow instructions."}
	zh := corpus.Passage{ID: "zh", Title: "训练", Text: "基于人类反馈的强化学习使模型能够遵循指令。"}
	noise := []corpus.Passage{
		{ID: "n1", Title: "Cats", Text: "A cat sleeps for most of the day."},
		{ID: "n2", Title: "猫", Text: "猫一天的大部分时间都在睡觉。"},
	}
	var r ranker
	for _, tt := range []struct {
		question string
		corpus   []corpus.Passage
		want     string
	}{
		{"What is reinforcement learning?", []corpus.Passage{zh}, "zh"},
		{"什么是强化学习？", []corpus.Passage{en}, "en"},
		{"什麼是強化學習？", []corpus.Passage{en}, "en"},
		{"What is reinforcement learning?", []corpus.Passage{zh, en}, "en"},
		{"什么是强化学习？", []corpus.Passage{en, zh}, "zh"},
	} {
		hits, err := r.search(context.Background(), newMem(slices.Concat(tt.corpus, noise)), ParseQuery(Question{Text: tt.question}), 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 || hits[0].Passage.ID != tt.want {
			t.Errorf("%q finds %v, want %q first", tt.question, hits, tt.want)
		}
	}
}
