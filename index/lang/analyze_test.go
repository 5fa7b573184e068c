package lang_test

import (
	"strings"
	"testing"

	"historian/index/lang"
)

// show prints tokens as "term term|term": those of one position are joined
// by a bar.
func show(text string) string {
	var b strings.Builder
	pos := -1
	for _, t := range lang.Analyze(text) {
		switch {
		case pos < 0:
		case t.Pos == pos:
			b.WriteByte('|')
		default:
			b.WriteByte(' ')
		}
		pos = t.Pos
		b.WriteString(t.Term)
	}
	return b.String()
}

func TestAnalyze(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// One name, however it is written.
		{"GPT-2", "gpt|gpt-2 2"},
		{"gpt2", "gpt|gpt-2 2"},
		{"GPT 2", "gpt|gpt-2 2"},
		{"GPT－２", "gpt|gpt-2 2"},
		{"ＧＰＴ２", "gpt|gpt-2 2"},
		{"GPT–2", "gpt|gpt-2 2"},
		{"GPT\u200b-\u00ad2", "gpt|gpt-2 2"},
		{"GPT-2's", "gpt|gpt-2 2"},
		{"GPT-3.5-turbo", "gpt|gpt-3.5|gpt-3.5-turbo 3.5 turbo"},
		{"GPT-4o", "gpt|gpt-4o 4|4o o"},
		{"DALL-E 2", "dall|dall|dalle-2 e|e-2 2"},
		{"Super Bowl 50", "super bowl|bowl-50 50"},

		// English words.
		{"Models were trained", "model were train"},
		{"don't", "do not"},
		{"What's OpenAI's", "what openai"},
		{"café naïve", "cafe naiv"},
		{"state-of-the-art", "state|stateof of|ofth the|theart art"},
		{"e-mail", "e|email mail"},
		{"the U.S. and us", "the us. and us"},
		{"in the US", "in the us.|us"},
		{"WHO ARE YOU", "who are you"},

		// Numbers and amounts.
		{"1,500,000", "1500000"},
		{"1.5 billion", "1.5|1500000000 billion"},
		{"1.5B", "1.5|1500000000|1.5b b"},
		{"15亿", "15|1500000000 亿"},
		{"1750 亿", "1750|175000000000 亿"},
		{"175 billion", "175|175000000000 billion"},
		{"十五亿", "十|十五|1500000000 五|五亿 亿"},
		{"two months", "two|2 month"},
		{"两个月", "两|两个|2 个|个月 月"},
		{"1.5 bn", "1.5|1500000000 bn"},
		{"1萬億", "1|1000000000000 万|万亿 亿"},
		{"一万亿", "一|一万|1000000000000 万|万亿 亿"},
		{"五十", "五|五十|50 十"},
		{"twenty-five", "twenti|twentyf|25 five|5"},
		{"6½", "6 1 2"},
		{"the 1960s", "the 1960|1960s s"},
		{"1990年代", "1990|1990s 年|年代 代"},

		// Dates.
		{"14 February 2019", "14|2019-02-14|2019-02|02-14|m02 februari 2019"},
		{"February 14, 2019", "februari|2019-02-14|2019-02|02-14|m02 14 2019"},
		{"14 March", "14|03-14|m03 march"},
		{"3月14日", "3|03-14|m03 月 14 日"},
		{"三月十四日", "三|三月|3|03-14|m03 月|月十 十|十四|14 四|四日 日"},
		{"十二月", "十|十二|12|m12 二|二月 月"},
		{"2019-02-14", "2019|2019-02-14|2019-02|02-14|m02 02 14"},
		{"2019年2月14日", "2019|2019-02-14|2019-02|02-14|m02 年 2 月 14 日"},
		{"May I", "may|m05 i"},
		{"I may go", "i may go"},

		// Chinese, and other scripts.
		{"語言模型", "语|语言 言|言模 模|模型 型"},
		{"语言模型", "语|语言 言|言模 模|模型 型"},
		{"GPT-2模型", "gpt|gpt-2 2 模|模型 型"},
		{"こんにちは", "こ|こん ん|んに に|にち ち|ちは は"},
		{"한국어", "한|한국 국|국어 어"},
		{"ภาษา", "ภ|ภา า|าษ ษ|ษา า"},
		{"Привет, мир", "привет мир"},
		{"مُحَمَّد", "محمد"},
		{"٢٠١٩", "2019"},
		{"", ""},
		{"?! …", ""},
		{"\xff\xfeGPT", "gpt"},
	} {
		if got := show(tt.text); got != tt.want {
			t.Errorf("Analyze(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"GPT－２ 於2019年2月14日", "don't U.S. ½ 1.5 billion", "é\u0301ﬁ\xff", "一百二十三万"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := lang.Normalize(text)
		if len(n.Text) > 0 {
			if start, end := n.Original(0, len(n.Text)); start < 0 || end > len(text) || start >= end {
				t.Fatalf("Original of all: %d, %d of %d", start, end, len(text))
			}
		}
		pos, start := 0, 0
		for _, tok := range lang.Analyze(text) {
			if tok.Start >= tok.End || tok.Start < 0 || tok.End > len(text) {
				t.Fatalf("token %+v outside of %q", tok, text)
			}
			if tok.Pos < pos || tok.Pos > pos+1 || tok.Start < start {
				t.Fatalf("token %+v goes back in %q", tok, text)
			}
			if tok.Term == "" {
				t.Fatalf("empty term in %q", text)
			}
			pos, start = tok.Pos, tok.Start
		}
	})
}
