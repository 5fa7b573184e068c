package index

import (
	"slices"
	"strings"

	"historian/index/lang"
)

// frames matches the words that make a sentence a question. They say what
// kind of answer is wanted, which wantOf reads, and not what it is about: no
// document holds "啥时候出的". Matched against folded text.
var frames = compilePattern(`(?:什么|甚么|啥|么)(?:时候|时间|地方|样子?的?|原因|意思|用处?|人|玩意儿?|东西)?(?:出来?的|出的)?|(?:在|是)?哪一?(?:年|天|日|个月|月|位|个人|里|儿|些|种|个|家|部|支|款|代|国|所|名|本|场|座|项|类|方面|几[个种年])?|几(?:时|年|月|号|个|种|次|位|名|人|岁|天|项|条|部|步|点)|何(?:时|地|人|处|种|年)|多少(?:个|人|年|种|次|钱|名|位|条|亿|万)?|多(?:久|大|高|长|远|深|重|快|宽)|多长时间` +
	`|为什么|为何|为啥|怎么(?:样|回事|办|做到?的?|会|能|才能)?|咋(?:样|办)?|如何|怎样|谁|是不是|能不能|有没有|会不会|可不可以|行不行|对不对|好不好|要不要|是否|能否|可否|干嘛(?:用)?的?|干什么(?:用)?的?|有多|有啥|係邊個|乜嘢|点解` +
	`|(?:吗|呢|吧|啊|呀|嘛|么|哦|来着|的)+[\s?!。~]*$|请问|到底|究竟|一下|告诉我|知道` +
	`|\bwh?[ea]n\b|\bwhat(?:'?s|'?re)?\b|\bwho(?:'?s|m|se)?\b|\bwhere(?:'?s)?\b|\bwhich\b|\bwhy\b|\bhow(?:'?s)?(?: (?:many|much|big|large|long|old|far|often|tall|come))?\b` +
	`|\b(?:what|which|whats) (?:year|yr|date|day|month|kinds?|types?|sorts?|number|amount)s?(?: of)?\b|\b(?:year|yr)\W*$|\b(?:come|came|comes|coming) out\b|\b(?:became|becomes?|is|was|be) a thing\b|\b(?:again|exactly|honestly|really|actually|basically|at all|for sure|in (?:one|a) (?:sentence|word|nutshell|few words)|is that right|right)\W*$|\b(?:bad|good|cool|some|any|the|this|that)? ?stuff\b|\bdo stuff\b|\b(?:is it true(?: that)?|tell me(?: about)?|do you know|any idea)\b|\b(?:lots? of|a (?:lot|bit)(?: of)?|kind of|sort of)\b|` + abbreviated)

// abbreviated matches what asks for the words behind an abbreviation.
const abbreviated = `\b(?:stands?|short) for\b|\bfull (?:form|name)s?\b|\b(?:acronym|abbreviation)s?(?: (?:for|of))?\b|\bletters? (?:in|of)\b|的?缩写|(?:英文)?全称|全名|的?简称|(?:这?[几两三四]个)?字母`

// frameSpans gives the parts of a question that only frame it, as byte ranges
// of the original text.
func frameSpans(question string) []lang.Span {
	n := lang.Normalize(question)
	var out []lang.Span
	for _, re := range []*pattern{frames, frame} {
		for _, m := range re.places(n.Text) {
			if m[0] < m[1] {
				start, end := n.Original(m[0], m[1])
				out = append(out, lang.Span{Start: start, End: end})
			}
		}
	}
	return out
}

// inFrame tells whether a token lies in a frame, or is a pair of characters
// that reaches into one.
func inFrame(t lang.Token, spans []lang.Span) bool {
	for _, s := range spans {
		if t.Start < s.End && s.Start < t.End && (t.Kind == lang.KindGram || t.Start >= s.Start && t.End <= s.End) {
			return true
		}
	}
	return false
}

// asides gives the sentences of a text that don't ask, where others do.
func asides(text string) []lang.Span {
	sentences := lang.Sentences(text)
	if len(sentences) < 2 {
		return nil
	}
	beside := slices.Clone(sentences)
	beside = slices.DeleteFunc(beside, func(s lang.Span) bool {
		return interrogative.MatchString(strings.TrimSpace(frame.replace(fold(text[s.Start:s.End]))))
	})
	if len(beside) == len(sentences) {
		return nil
	}
	return beside
}

// inside tells whether a token lies in one of the spans.
func inside(t lang.Token, spans []lang.Span) bool {
	return slices.ContainsFunc(spans, func(s lang.Span) bool { return s.Start <= t.Start && t.End <= s.End })
}

// implications gives the words by which documents call what a question's form
// asks for: who asks how big a thing is wants its size.
var implications = []struct {
	re     *pattern
	words  string
	weight float64
}{
	{compilePattern(`\bwh?en\b|\b(?:what|which|whats) (?:year|yr|date|day|month)|\b(?:year|yr)\W*$|什么时候|啥时候|何时|几时|哪一?年|哪一?天|几月|何年|几年`), "date 日期 年", impliedWeight},
	{compilePattern(`\bhow (?:big|large)\b|多大|大吗|体量`), "size 规模 大小", impliedWeight},
	{compilePattern(`\bhow old\b|多大年纪|几岁|多少岁`), "age 年龄", impliedWeight},
	{compilePattern(`\bhow long\b|多久|多长时间`), "duration time 时间 时长", impliedWeight},
	{compilePattern(`\bhow (?:expensive|much does)\b|多少钱|贵吗`), "cost price 成本 价格", impliedWeight},
	{compilePattern(`\bwhere\b|哪里|哪儿|什么地方|何处`), "location place 地点 位置", impliedWeight},
	{compilePattern(`\bwhy\b|为什么|为何|为啥`), "reason because 原因 因为", impliedWeight},
	{compilePattern(abbreviated), "abbreviation acronym stands 全称 缩写 简称 含义", 1},
}

// impliedWeight is little: the words only tip the balance between passages
// that hold what is asked about. For abbreviations they are all there is to
// go by.
const impliedWeight = 0.45

// implied gives a term for what the form of a question asks for, all its words
// as forms of it.
func implied(text, folded string) []QueryTerm {
	var out []QueryTerm
	for _, im := range implications {
		if !im.re.matches(folded) {
			continue
		}
		t := QueryTerm{Weight: im.weight, Start: len(text), End: len(text)}
		for w := range strings.FieldsSeq(im.words) {
			tokens := lang.Analyze(w)
			tok := tokens[0]
			if len(tokens) > 1 && tokens[1].Kind == lang.KindGram {
				tok = tokens[1]
			}
			t.Forms = append(t.Forms, Form{Term: tok.Term, Weight: 1})
			if t.Text == "" {
				t.Text = w
			}
		}
		out = append(out, t)
	}
	return out
}
