package index

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"historian/index/lang"
)

// longestAside is how many characters of chat a bystander's message may have
// and still be taken for a question; longer ones tell a story.
const longestAside = 400

// IsQuestion tells whether a message that is addressed to nobody asks
// something that documents could answer: a question of fact, not one to the
// people present, not rhetoric, a command, a quote or a link. It looks at the
// form alone; whether the documents hold an answer is another matter.
func IsQuestion(text string) bool {
	s := spoken(text)
	if n := utf8.RuneCountInString(s); n < 3 || n > longestAside || otherBot.MatchString(s) {
		return false
	}
	s = strings.TrimSpace(frame.replace(s))
	if toPeople.MatchString(s) || rhetoric.MatchString(s) {
		return false
	}
	for _, clause := range clauses(s) {
		if interrogative.MatchString(clause) && words(clause) {
			return true
		}
	}
	return false
}

// spoken gives what a message itself says, folded: without quoted lines,
// code, links, custom emoji and mentions.
func spoken(text string) string {
	text = unspoken.ReplaceAllString(text, " ")
	return strings.TrimSpace(strings.Join(strings.Fields(fold(text)), " "))
}

var unspoken = regexp.MustCompile("(?m)^>.*$|(?s:```.*?(?:```|$))|`[^`\n]*`|https?://\\S+|<(?:a?:\\w+:|[@#][!&]?|/[\\w -]+:)\\d+>|:\\w+:")

// otherBot matches commands to bots: "!skip", "/roll 2d6", "t!level", "pls meme".
var otherBot = regexp.MustCompile(`^(?:[!/$%&;.+\-~?]+\w|\w{1,3}[!?$.][\w]|(?:pls|owo|sudo) \w+$)`)

// frame matches what people wrap a question in; what is left is the question.
var frame = compilePattern(`\b(?:does|do|did) (?:any(?:one|body)|someone|you(?: guys| all)?|y'all|we) (?:here )?(?:happen to )?(?:know|remember|recall|have any idea)(?: of| about)?\b` +
	`|\bany(?:one|body) (?:here )?(?:know|knows|remember|remembers)\b` +
	`|\b(?:can|could|would) (?:any(?:one|body)|someone|you|u)(?: please)? (?:tell|explain(?: to)?|remind)(?: me| us)?\b` +
	`|\b(?:i(?:'m| am)? (?:just )?(?:wonder(?:ing)?|curious)(?: about)?|i(?:'d| would) like to know|i (?:want|need) to know|i (?:forgot|forget)|tell me|remind me|help me (?:settle this|out)|please|pls|plz|tbh|btw|iirc|asking for a friend)\b` +
	`|\b(?:(?:dumb|stupid|quick|noob|silly|random|serious|genuine) question(?: but)?|question)\b[:,]?` +
	`|^(?:hey|hi|hello|yo|ok|okay|so|um+|hmm+|well|guys|folks|and|but|also|wait)\b[ ,]*(?:all|guys|everyone|folks|there)?\b[ ,]*` +
	`|(?:有没有|有|哪位)?(?:人|谁|大佬|同学|朋友)?(?:还)?(?:知道|记得|晓得|清楚)(?:不|吗)?` +
	`|请问(?:一下|下)?|想问(?:一下|下|问)?|问一?下|弱弱(?:地|的)?问一?句|话说|求问|求助|麻烦问下|不懂就问|好奇(?:问)?(?:一下|下)?|小白(?:提)?问|到底|究竟|帮忙?(?:告诉|科普)(?:我|一下|下)?`)

// toPeople matches questions to those present: about themselves, their
// plans, their help.
var toPeople = regexp.MustCompile(`\b(?:any(?:one|body)|some(?:one|body)|who(?:'s| is| wants?| else)? (?:here|up|coming|going|in|wants?|down|free|around|joining|playing)|you guys|y'all|u guys|everyone|your|ur|yours|my|mine|me|us|our|i|i'm|i've|i'd|i'll|im|we|we're|let's|tonight|tomorrow|yesterday|this weekend|last night)\b` +
	`|^(?:(?:are|were|did|do|have|had|will|would|wanna|want|how are|what do|where are|when are|what are|why are|why do|why did|how did|who are) (?:you|u)\b|(?:you|u|ya) )` +
	`|我|你|您|咱|大家|各位|有人|谁(?:能|有|在|要|来|想|去|会|一起|带|帮)|兄弟|姐妹|今晚|明天|昨晚|昨天|周末|这周|下周|周[一二三四五六日]|吃(?:了|什么|啥)|去哪|来着$`)

// rhetoric matches exclamations and questions that want no answer.
var rhetoric = regexp.MustCompile(`\blike this\b|\bwhat (?:a|an)\b|\bwhat would\b.*\bwithout\b|\b(?:honestly|smh|lmao|lol|lmfao)\b|\bright\? right\b|\bhow hard (?:can|could)\b|\bwho (?:even|still|cares|knew|would have)\b|\bwhy (?:even|bother|tho)\b|\bwhat the (?:hell|heck|fuck)\b|\bwtf\b|\bhow (?:dare|cute|nice|sad|funny|cool)\b|\bguess (?:what|who)\b|\bso what\b|\bsays who\b|\bsince when\b|\bwhat(?:'s| is) (?:up|new|wrong|going on)\b|\bwhat now\b` +
	`|怎么(?:这么|那么|又|还|老是|总是)|谁还|何必|难道|岂不|真是的|无语|服了|笑死|凭什么|什么鬼|搞什么|干嘛呢|怎么回事|什么情况|啥情况`)

// interrogative matches a clause that asks. English needs a question word or
// an inverted verb at its head, an inverted verb after a question word, or
// the mark; Chinese needs a question word, a particle or the mark.
var interrogative = regexp.MustCompile(`^(?:\W*(?:in|on|at|by|for|from|to|of|with|since|until) )?(?:what|whats|what's|when|wen|whens|when's|where|where's|who|whos|who's|whom|whose|which|why|how|how's|hows)\b.*\w` +
	`|^(?:is|are|was|were|does|did|do|can|could|has|have|had|will|would|should|isn't|aren't|wasn't|doesn't|didn't|can't) \S+ \S` +
	`|\b(?:what|when|wen|where|who|which|why|how(?: (?:many|much|big|long|old|large|far|often|tall))?)(?: \w+){0,3} (?:is|are|was|were|does|did|do|can|could|has|have|had|will|would|should)\b` +
	`|- (?:what|which|how|when|who|where|why)\b` +
	`|\S+ .*\?$` +
	`|(?:吗|么|嘛|呢)[?？!！。~～ ]*$|什么|甚么|啥|哪|几(?:个|年|月|号|日|岁|次|种|人|代|亿|万|时|点|条|款)|多少|多[大久高长远深重快]|谁|为何|为啥|怎么|怎样|如何|是否|何时|何地|还是|干嘛用|干什么|是不是|有没有|能不能|会不会|行不行|对不对|好不好|要不要|可不可以|可否|能否|[?？]$`)

// clauses cuts a message at its sentence ends and at the words that lead to
// the question proper. The marks stay.
func clauses(s string) []string {
	var out []string
	for _, sentence := range lang.Sentences(s) {
		text := s[sentence.Start:sentence.End]
		out = append(out, text)
		for _, m := range turn.FindAllStringIndex(text, -1) {
			out = append(out, text[m[1]:])
		}
	}
	return out
}

// turn matches what stands between a remark and the question.
var turn = regexp.MustCompile(`[,;:，；：] (?:so |but |and )?|\bbut | \+{1,}|^\W+`)

// words tells whether s has something to look up: two letters in a row or a
// Chinese character that is no particle.
func words(s string) bool {
	run := 0
	for _, r := range s {
		switch {
		case lang.IsHan(r):
			run++
		case unicode.IsLetter(r):
			run++
		}
		if run >= 2 {
			return true
		}
	}
	return false
}
