package lang

import (
	"regexp"
	"sort"
	"strings"
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
	Number   ValueKind = "number"   // 1.5 billion, 15亿, two, 40 %
	Duration ValueKind = "duration" // two months, 三年
	Money    ValueKind = "money"    // $20, 20 美元
	Name     ValueKind = "name"     // Jane Doe, OpenAI, 《泡泡堂》, 卡万·肖特
)

const (
	month = `(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)`
	// figure is a number in digits: 1,500,000 or 3.5.
	figure = `\d+(?:[,，]\d{3})*(?:\.\d+)?`
	// scale multiplies it: "billion", "亿".
	scale = `(?:\s?(?:hundred|thousand|million|billion|trillion|bn\b|[KMBTkm]\b)|\s?[十百千万萬亿億兆]+)?`
	// words is an English number in words.
	words = `\b(?i:(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|trillion|dozen|one|once|twice)s?)\b`
	// numerals is a Chinese number of characters; a lone 一 is too common to tell.
	numerals = `(?:[二两兩三四五六七八九十百千万萬亿億〇零][一二两兩三四五六七八九十百千万萬亿億〇零点點多]*|一[二两三四五六七八九十百千万萬亿億〇零]+)`
	measures = `[个個人名位次种種条條家部座场場支只本张張项項步层層倍岁歲位级級代篇所届屆]`
	timeUnit = `(?:\s?(?i:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries|century|nights?)\b|\s?(?:年(?:半|多)?|个多?月|個多?月|周|週|星期|天|小时|小時|分钟|分鐘|秒钟|秒鐘|秒|世纪|世紀))`
	currency = `(?:US|HK|NT|A|C|RMB)?[$€£¥￥]`
)

// patterns are tried in this order; a span found by an earlier one is not
// found again by a later one.
var patterns = []struct {
	kind ValueKind
	re   *regexp.Regexp
}{
	{Date, regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b` +
		`|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?` + month + `(?:,?\s+\d{4})?\b` +
		`|\b` + month + `\s+\d{1,2}(?:st|nd|rd|th)?\b(?:,?\s+\d{4}\b)?` +
		`|\b` + month + `,?\s+(?:of\s+)?\d{4}\b` +
		`|(?:公元前?|西元前?)?\d{1,4}\s?年(?:代|底|初|末)?(?:\s?\d{1,2}\s?月份?(?:\s?\d{1,2}\s?[日号號])?)?` +
		`|\d{1,2}\s?月份?(?:\s?\d{1,2}\s?[日号號])?|\d{1,2}\s?[日号號]` +
		`|[一二三四五六七八九〇零]{4}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号號])?)?` +
		`|(?:公元前?|西元前?)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?世[纪紀](?:\s?\d{1,2}\s?年代)?(?:初|中|末|早期|中期|中[叶葉]|[后後]期)?` +
		`|(?i:\b(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)[ -]centur(?:y|ies)(?: (?:BCE?|AD|CE))?\b)` +
		`|\b\d{1,4}\s(?:BCE?|AD|CE)\b|\bAD\s\d{1,4}\b` +
		`|\b(?:1[0-9]|20)\d{2}(?:s\b|\b(?:\s?[–-]\s?\d{2,4}\b)?)`)},
	{Name, regexp.MustCompile(`[A-Z][\pL]*(?:-[\pL]+)*-?\d[\w.]*[\w]|[A-Z][\pL]*-?\d`)},
	{Money, regexp.MustCompile(currency + `\s?` + figure + scale + `|` + figure + scale + `\s?(?:(?i:dollars?|euros?|pounds?|yuan|yen|cents?|USD|EUR|GBP|RMB)\b|[美欧歐日港台]?[元圆圓]|英[镑鎊]|欧元|歐元)`)},
	{Duration, regexp.MustCompile(`\b` + figure + `(?:\s?(?:–|-|to|至|到)\s?` + figure + `)?` + scale + timeUnit + `|` + words + `[ -]` + timeUnit + `|(?:` + numerals + `|半|一)` + timeUnit)},
	{Number, regexp.MustCompile(figure + scale + `(?:\s?(?:%|％|percent\b|per cent\b)|[多余餘])?` + `|` + words + `|百分之[一二三四五六七八九十百点點\d.]+|` + numerals + measures)},
	{Name, regexp.MustCompile(`《[^》\n]{1,60}》|\p{Han}{1,5}(?:[·•‧]\p{Han}{1,4})+` +
		`|[A-Z][\pL\d]*(?:[-.'’&][\pL\d]+)*(?:\s(?:(?:of|the|de|la|von|van|der|for|and|&)\s){0,2}[A-Z][\pL\d]*(?:[-.'’&][\pL\d]+)*)*`)},
}

// Values finds the dates, amounts and names of a text, in order, without overlaps.
func Values(text string) []Value {
	var out []Value
	taken := make([]bool, len(text))
	for _, p := range patterns {
		for _, m := range p.re.FindAllStringIndex(text, -1) {
			v := Value{Span{m[0], m[1]}, p.kind}
			switch {
			case p.kind == Name:
				v.Span = trimName(text, v.Span)
			case p.kind == Date && v.End-v.Start == len("2019") && scaled.MatchString(text[v.End:]):
				continue // 1750 亿 is no year
			}
			if v.End > v.Start && free(taken, v.Span) {
				out = append(out, v)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// free tells whether no byte of s is taken, and takes them.
func free(taken []bool, s Span) bool {
	for _, t := range taken[s.Start:s.End] {
		if t {
			return false
		}
	}
	for i := s.Start; i < s.End; i++ {
		taken[i] = true
	}
	return true
}

// scaled matches what makes an amount of the four digits before it.
var scaled = regexp.MustCompile(`^(?:\s?[十百千万萬亿億兆%％个個名人元]|\s(?:thousand|million|billion|trillion|people|percent)\b)`)

// joints are characters that Chinese names rarely hold, but often stand beside.
const joints = "的由和在是与與及为為于於被将將对對向从從了曾也等以给給让讓把说說称稱"

// trimName takes off what the pattern caught beside a name.
func trimName(text string, s Span) Span {
	dot := strings.IndexAny(text[s.Start:s.End], "·•‧")
	if dot < 0 || !IsHan(firstRune(text[s.Start:])) {
		return dropOpening(text, s)
	}
	if i := strings.LastIndexAny(text[s.Start:s.Start+dot], joints); i >= 0 {
		s.Start += i + utf8.RuneLen(firstRune(text[s.Start+i:]))
	}
	last := s.Start + strings.LastIndexAny(text[s.Start:s.End], "·•‧")
	if i := strings.IndexAny(text[last:s.End], joints); i > 0 {
		s.End = last + i
	}
	return s
}

// openers are words that stand capitalised at the head of a sentence and
// belong to no name.
var openers = wordSet(`the a an in on at by for from of to with as it its this that these those there
	he she they we i you his her their our my and but or if when while after before since until
	although though because however most many some all both each every no not one two other such
	during under over between among then now here so what who which where why how also`)

// dropOpening takes a sentence's opening words off a name: "The Panthers" → "Panthers".
func dropOpening(text string, s Span) Span {
	for {
		word, _, more := strings.Cut(text[s.Start:s.End], " ")
		if !openers[strings.ToLower(word)] {
			return s
		}
		if !more {
			return Span{s.End, s.End}
		}
		s.Start += len(word) + 1
		if r, _ := utf8.DecodeRuneInString(text[s.Start:]); r == ' ' {
			return Span{s.End, s.End}
		}
	}
}
