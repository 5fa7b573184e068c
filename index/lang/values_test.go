package lang_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"historian/index/lang"
)

func TestValues(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"OpenAI announced GPT-2 on 14 February 2019.", "name OpenAI|name GPT-2|date 14 February 2019"},
		{"On March 14, 2023 it had 1.5 billion users.", "date March 14, 2023|number 1.5 billion"},
		{"The war lasted two months and cost $3.5 million.", "duration two months|money $3.5 million"},
		{"In the 1990s, 40% of 117M people", "date 1990s|number 40%|number 117M"},
		{"built in the 19th century by Jane van der Berg", "date 19th century|name Jane van der Berg"},
		{"GPT-3 有 1750 亿参数，2020年5月28日发表。", "name GPT-3|number 1750 亿|date 2020年5月28日"},
		{"发布仅两个月，用户数突破 1 亿", "duration 两个月|number 1 亿"},
		{"黑豹队的卡万·肖特在决赛有三次擒杀", "name 卡万·肖特|number 三次"},
		{"《纽约时报》在19世纪20年代售价20美元", "name 《纽约时报》|date 19世纪20年代|money 20美元"},
		{"每月 20 美元，十五亿人", "money 20 美元|number 十五亿人"},
	} {
		var got []string
		for _, v := range lang.Values(tt.text, lang.Analyze(tt.text)) {
			got = append(got, fmt.Sprintf("%s %s", v.Kind, tt.text[v.Start:v.End]))
		}
		if d := cmp.Diff(tt.want, strings.Join(got, "|")); d != "" {
			t.Errorf("Values(%q) (-want +got):\n%s", tt.text, d)
		}
	}
}

func FuzzValues(f *testing.F) {
	f.Add("The 3 Panthers won on May 5, 2019 for $3 in 三年")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, v := range lang.Values(text, lang.Analyze(text)) {
			if v.Start < at || v.End <= v.Start || v.End > len(text) {
				t.Fatalf("value %v after %d in %q", v, at, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[v.Start:v.End]) {
				t.Fatalf("value %v cuts a character of %q", v, text)
			}
			at = v.End
		}
	})
}
