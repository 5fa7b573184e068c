package lang

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Value is a span of a text that can answer a typed question: a date, an
// amount, a name. It is found by form alone and quoted, never computed.
type Value struct {
	Span
	Kind ValueKind
}

// A ValueKind says what a Value is.
type ValueKind string

// The kinds of values.
const (
	Date     ValueKind = "date"     // 14 February 2019, 2019年2月, 19th century
	Number   ValueKind = "number"   // 1.5 billion, 15亿, two, 40%
	Duration ValueKind = "duration" // two months, 三年
	Money    ValueKind = "money"    // $20, 20 美元
	Name     ValueKind = "name"     // Jane Doe, OpenAI, 《泡泡堂》, 卡万·肖特
)

// Values finds the dates, amounts and names of a text, in order and without
// overlaps. tokens are those of Analyze(text).
func Values(text string, tokens []Token) []Value {
	f := valueFinder{text: text, tokens: tokens}
	for f.i < len(f.tokens) {
		if !f.figure() && !f.name() {
			f.i++
		}
	}
	f.quoted()
	slices.SortStableFunc(f.values, func(a, b Value) int { return a.Start - b.Start })
	return f.values
}

// A valueFinder walks over the tokens of a text.
type valueFinder struct {
	text   string
	tokens []Token
	i      int
	values []Value
}

// add notes a value and goes on behind it.
func (f *valueFinder) add(kind ValueKind, start, end int) bool {
	for f.i < len(f.tokens) && f.tokens[f.i].Start < end {
		f.i++
	}
	if n := len(f.values); n > 0 && f.values[n-1].End > start {
		return true
	}
	f.values = append(f.values, Value{Span{start, end}, kind})
	return true
}

// figure takes a date or an amount at the current token.
func (f *valueFinder) figure() bool {
	t := f.tokens[f.i]
	word := f.text[t.Start:t.End]
	var date, amount *Token
	for j := f.i; j < len(f.tokens) && f.tokens[j].Start == t.Start; j++ {
		switch o := &f.tokens[j]; {
		case o.Kind == KindDate && (date == nil || o.End > date.End):
			date = o
		case o.Kind == KindAmount && (amount == nil || o.End > amount.End):
			amount = o
		}
	}
	digits := isDigits(word) || isDigits(t.Term) && strings.ContainsAny(word, ",，") // 12,000
	switch {
	case date != nil && (date.End > t.End || !unicode.IsLower(firstRune(word)) && !strings.EqualFold(word, "may")):
		return f.add(Date, date.Start, f.yearSuffix(date.End))
	case amount == nil && !digits:
		return false
	case amount == nil:
		amount = &t
	}
	if at, ok := f.century(amount.End); ok {
		return f.add(Date, t.Start, at)
	}
	if digits && amount.End == t.End && isYear(word) && !f.counted(t.End) {
		return f.add(Date, t.Start, f.yearSuffix(t.End))
	}
	return f.amount(t.Start, amount.End)
}

// amount notes a number with what makes it money, a duration or a share.
func (f *valueFinder) amount(start, end int) bool {
	before, after := f.text[:start], f.text[end:]
	r, n := utf8.DecodeLastRuneInString(strings.TrimRight(before, " "))
	if n > 0 && strings.ContainsRune("$€£¥￥", r) {
		start = strings.LastIndexAny(before, "$€£¥￥")
		for start > 0 && f.text[start-1] >= 'A' && f.text[start-1] <= 'Z' {
			start--
		}
		return f.add(Money, start, end)
	}
	if n := leads(after, currencies); n > 0 {
		return f.add(Money, start, end+n)
	}
	if n := leads(after, timeUnits); n > 0 {
		return f.add(Duration, start, end+n)
	}
	if n := leads(after, shares); n > 0 {
		return f.add(Number, start, end+n)
	}
	if IsHan(firstRune(f.text[start:])) { // a Chinese numeral counts only before a measure word
		n := leads(after, measures)
		if n == 0 {
			return false
		}
		return f.add(Number, start, end+n)
	}
	return f.add(Number, start, end)
}

// What can follow a number, longest first where one begins another.
var (
	currencies = []string{"dollars", "dollar", "euros", "euro", "pounds", "pound", "yuan", "yen", "cents", "cent", "usd", "eur", "gbp", "rmb",
		"美元", "美金", "欧元", "歐元", "英镑", "英鎊", "日元", "日圓", "港元", "人民币", "人民幣", "元", "圆", "圓"}
	timeUnits = []string{"years", "year", "months", "month", "weeks", "week", "days", "day", "hours", "hour", "minutes", "minute", "seconds", "second",
		"decades", "decade", "centuries", "nights", "night",
		"个多月", "個多月", "个月", "個月", "年半", "多年", "年", "周", "週", "星期", "天", "小时", "小時", "分钟", "分鐘", "秒", "个世纪", "個世紀"}
	shares   = []string{"percent", "per cent", "%", "％", "个百分点", "個百分點"}
	measures = []string{"个", "個", "人", "名", "位", "次", "种", "種", "条", "條", "家", "部", "座", "场", "場", "支", "只", "隻", "本", "张", "張", "项", "項",
		"步", "层", "層", "倍", "岁", "歲", "级", "級", "代", "篇", "所", "届", "屆", "款", "亿", "億"}
)

// leads gives the length of the first of words that rest begins with, after
// a space or hyphen, as a whole word; 0 for none.
func leads(rest string, words []string) int {
	gap := 0
	if rest != "" && (rest[0] == ' ' || rest[0] == '-') {
		gap = 1
	}
	r := firstRune(rest[gap:])
	for _, w := range words {
		if len(rest)-gap < len(w) || !strings.EqualFold(rest[gap:gap+len(w)], w) {
			continue
		}
		if r < utf8.RuneSelf && r != '%' && isLetter(rest[gap+len(w):]) {
			continue
		}
		return gap + len(w)
	}
	return 0
}

func isLetter(rest string) bool {
	r := firstRune(rest)
	return rest != "" && unicode.IsLetter(r) && !IsHan(r)
}

// counted tells whether a bare number is followed by what it counts, so that
// it is no year.
func (f *valueFinder) counted(end int) bool {
	rest := f.text[end:]
	return leads(rest, shares) > 0 || leads(rest, currencies) > 0 || leads(rest, measures) > 0 ||
		leads(rest, []string{"million", "billion", "thousand", "people", "km", "m", "万", "亿"}) > 0
}

// yearSuffix takes the "年", "s", or "年代" after a year.
func (f *valueFinder) yearSuffix(end int) int {
	rest := f.text[end:]
	gap := 0
	if strings.HasPrefix(rest, " 年") {
		gap = 1
	}
	for _, s := range []string{"年代", "年初", "年底", "年末", "年"} {
		if strings.HasPrefix(rest[gap:], s) {
			return end + gap + len(s)
		}
	}
	if strings.HasPrefix(rest, "s") && !isLetter(rest[1:]) {
		return end + 1
	}
	return end
}

// century takes "19th century", "19世纪" and "19世纪20年代".
func (f *valueFinder) century(end int) (int, bool) {
	rest := f.text[end:]
	for _, s := range []string{"st", "nd", "rd", "th"} {
		if strings.HasPrefix(rest, s+" ") || strings.HasPrefix(rest, s+"-") {
			rest, end = rest[2:], end+2
			break
		}
	}
	if n := leads(rest, []string{"centuries", "century"}); n > 0 {
		return end + n, true
	}
	n := leads(rest, []string{"世纪", "世紀"})
	if n == 0 {
		return 0, false
	}
	end += n
	rest = f.text[end:]
	decade := strings.TrimLeft(rest, "0123456789")
	if d := len(rest) - len(decade); d > 0 && strings.HasPrefix(decade, "年代") {
		end += d + len("年代")
	}
	return end, true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isYear tells numbers from 1000 to 2099 in four digits.
func isYear(s string) bool {
	return len(s) == 4 && (s[0] == '1' || s[:2] == "20")
}

// name takes a run of capitalised words and names with digits at the current token.
func (f *valueFinder) name() bool {
	start, end := -1, 0
	last := 0 // end of the token before, which may be a join
	j := f.i
	for j < len(f.tokens) {
		t := f.tokens[j]
		if t.Kind == KindGram {
			j++
			continue
		}
		gap := ""
		if start >= 0 && t.Start > last {
			gap = f.text[last:t.Start]
		}
		last = max(last, t.End)
		if start >= 0 && gap != "" && gap != " " && gap != "-" && gap != "." && gap != ". " && gap != "'" && gap != "’" && gap != "&" {
			break
		}
		word := f.text[t.Start:t.End]
		switch r := firstRune(word); {
		case unicode.IsUpper(r) && (start >= 0 || !openers[strings.ToLower(word)]):
			if start < 0 {
				start = t.Start
			}
			end = max(end, t.End)
		case start >= 0 && r >= '0' && r <= '9' && gap != " ":
			end = max(end, t.End)
		case start >= 0 && gap == " " && joins[word] && f.capitalAfter(j):
		default:
			if start < 0 {
				return false
			}
			return f.add(Name, start, end)
		}
		j++
	}
	if start < 0 {
		return false
	}
	return f.add(Name, start, end)
}

// capitalAfter tells whether the word after token j, or after another join,
// is capitalised.
func (f *valueFinder) capitalAfter(j int) bool {
	for k := j + 1; k < len(f.tokens) && k < j+4; k++ {
		word := f.text[f.tokens[k].Start:f.tokens[k].End]
		if f.tokens[k].Start < f.tokens[j].End || joins[word] {
			continue
		}
		return unicode.IsUpper(firstRune(word))
	}
	return false
}

// joins are words within names.
var joins = set(`of the de la von van der den for and & du da di el al bin`)

// openers are words that stand capitalised at the head of a sentence and
// belong to no name.
var openers = set(`the a an in on at by for from of to with as it its this that these those there
	he she they we i you his her their our my and but or if when while after before since until
	although though because however most many some all both each every no not one two other such
	during under over between among then now here so what who which where why how also`)

// quoted takes what Chinese marks as names: titles in 《》 and foreign names
// with a middle dot.
func (f *valueFinder) quoted() {
	for i := 0; ; {
		from := strings.Index(f.text[i:], "《")
		if from < 0 {
			break
		}
		from += i
		n := strings.Index(f.text[from:], "》")
		if n < 0 {
			break
		}
		i = from + n + len("》")
		f.replace(Value{Span{from, i}, Name})
	}
	for i, r := range f.text {
		if r == '·' || r == '•' || r == '‧' {
			if s, ok := dotted(f.text, i, utf8.RuneLen(r)); ok {
				f.replace(Value{s, Name})
			}
		}
	}
}

// replace notes a value in the place of those it overlaps.
func (f *valueFinder) replace(v Value) {
	f.values = slices.DeleteFunc(f.values, func(o Value) bool {
		if o.Start < v.End && v.Start < o.End {
			v.Start, v.End = min(v.Start, o.Start), max(v.End, o.End)
			return true
		}
		return false
	})
	f.values = append(f.values, v)
}

// partLength bounds the parts of a Chinese name round a dot, in characters.
const partLength = 4

// joints are characters that Chinese names rarely hold, but often stand beside.
const joints = "的由和在是與与及为為于於被将將对對向從从了曾也以等以給给让讓把说說称稱"

// dotted gives the Chinese name round the dot of n bytes at i.
func dotted(text string, i, n int) (Span, bool) {
	s := Span{i, i + n}
	for range partLength {
		r, size := utf8.DecodeLastRuneInString(text[:s.Start])
		if !IsHan(r) || strings.ContainsRune(joints, r) {
			break
		}
		s.Start -= size
	}
	for range partLength {
		r, size := utf8.DecodeRuneInString(text[s.End:])
		if !IsHan(r) || strings.ContainsRune(joints, r) {
			break
		}
		s.End += size
	}
	return s, s.Start < i && s.End > i+n
}
