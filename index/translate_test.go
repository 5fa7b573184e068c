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
		{"What is reinforcement learning?", "强化+化学+学习 学习"},
		{"which model?", "模型/型号/model"},
		{"语言模型是什么", "languag+model model"},
		{"GPT-3有多少参数", "gpt 3 ? gpt-3"},
		{"how big is GPT-3?", "big gpt 3 gpt-3 规模/大小"},
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

// TestFewInTheQuestionsLanguage: a page or a list of dates that looks like
// the question's language doesn't stand before all that is in the other one.
func TestFewInTheQuestionsLanguage(t *testing.T) {
	passages := []corpus.Passage{
		{ID: "dates", Title: "GPT 系列", Trail: []string{"发展时间线"}, Text: "- GPT-2：2019 年 2 月 14 日，2019 年 11 月 5 日完整放出\n- GPT-3：2020 年 5 月 28 日\n- GPT-4：2023 年 3 月 14 日"},
		{ID: "code", Title: "GPT-2", Trail: []string{"用法"}, Text: "pip install torch\npython run_generation.py --length 200"},
		{ID: "tasks", Title: "GPT-2", Trail: []string{"GPT-2 能做什么"}, Text: "GPT-2 最擅长文本生成，也能尝试翻译、摘要和问答。"},
		{ID: "misuse", Title: "GPT-2", Trail: []string{"顾虑"}, Text: "OpenAI 担心 GPT-2 被滥用，例如用来生成虚假信息。"},
		{ID: "data", Title: "GPT-2", Trail: []string{"训练数据"}, Text: "GPT-2 的训练数据来自约八百万个网页。"},
		{ID: "cat", Title: "猫", Text: "猫一天的大部分时间都在睡觉。"},
		{ID: "dog", Title: "狗", Text: "狗需要每天散步，也需要清水和食物。"},
	}
	var r ranker
	for _, tt := range []struct{ question, want string }{
		{"could GPT-2 translate or summarize?", "tasks"},
		{"why was OpenAI worried about misuse of GPT-2?", "misuse"},
		{"what data was gpt2 trained on", "data"},
	} {
		hits, err := r.search(context.Background(), newMem(passages), ParseQuery(Question{Text: tt.question}), 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 || hits[0].Passage.ID != tt.want {
			t.Errorf("%q finds %v first, want %q", tt.question, hits[0].Passage.ID, tt.want)
		}
	}
}

// TestPairedGivesWay: where a document is there in both languages, the
// asker's comes first; one that is there in the other alone is found as well.
func TestPairedGivesWay(t *testing.T) {
	passages := []corpus.Passage{
		{ID: "en", Title: "Rules", Lang: "en", Pair: "rules", Text: "Members may bring two guests to each meeting."},
		{ID: "zh", Title: "规则", Lang: "zh-Hans", Pair: "rules", Text: "每位成员每次会议可以带两位客人，客人须由成员陪同参加会议。"},
		{ID: "only zh", Title: "图书馆", Lang: "zh-Hans", Text: "图书馆的借书期限是三个星期，可以续借一次。"},
		{ID: "only en", Title: "Garden", Lang: "en", Text: "The garden is watered every morning in summer."},
	}
	var r ranker
	for _, tt := range []struct{ question, want string }{
		{"How many guests may members bring to a meeting?", "en"},
		{"成员开会可以带几位客人？", "zh"},
		{"how long can I borrow a book from the library?", "only zh"},
		{"花园什么时候浇水？", "only en"},
	} {
		hits, err := r.search(context.Background(), newMem(passages), ParseQuery(Question{Text: tt.question}), 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 || hits[0].Passage.ID != tt.want {
			t.Errorf("%q finds %v first, want %q", tt.question, hits[0].Passage.ID, tt.want)
		}
	}
}
