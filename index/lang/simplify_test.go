package lang

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSimplifyTable(t *testing.T) {
	seen := make(map[rune]string)
	for line := range strings.Lines(simplifyTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			if utf8.RuneCountInString(pair) != 2 {
				t.Errorf("%q is not a pair", pair)
				continue
			}
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			if !unicode.Is(unicode.Han, from) || !unicode.Is(unicode.Han, to) || from == to {
				t.Errorf("%q: want two different Chinese characters", pair)
			}
			if other, ok := seen[from]; ok {
				t.Errorf("%q and %q begin alike", pair, other)
			}
			seen[from] = pair
		}
	}
	for from, to := range simplified {
		if next, ok := simplified[to]; ok {
			t.Errorf("%c becomes %c, which becomes %c", from, to, next)
		}
	}
	if len(seen) < 2500 {
		t.Errorf("%d pairs, want at least 2500", len(seen))
	}
}

func TestSimplify(t *testing.T) {
	for _, tt := range []struct{ traditional, simplified string }{
		{"後來頭髮發展乾淨幹部皇后", "后来头发发展干净干部皇后"},
		{"臺灣的語言學習與機器翻譯", "台湾的语言学习与机器翻译"},
		{"日曆與歷史，復習與複雜，盡力與儘管，鬆開松樹", "日历与历史，复习与复杂，尽力与尽管，松开松树"},
		{"白雲與人云亦云，註冊與注意，公佈布料，一隻只有", "白云与人云亦云，注册与注意，公布布料，一只只有"},
		{"徵收與特征，鐘錶與鍾愛，旅遊與游泳，麵包與面子，裏面與裡面", "征收与特征，钟表与钟爱，旅游与游泳，面包与面子，里面与里面"},
		{"這裡為什麼沒有網絡", "这里为什么没有网络"},
	} {
		got, want := Normalize(tt.traditional).Text, Normalize(tt.simplified).Text
		if got != want {
			t.Errorf("%s becomes %s, %s becomes %s", tt.traditional, got, tt.simplified, want)
		}
	}
}
