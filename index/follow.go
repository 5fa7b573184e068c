package index

import (
	"regexp"
	"strings"

	"historian/index/lang"
)

// A follow-up is read against the question before it by three rules, the
// first that fits:
//
//	and GPT-3?          another thing, nothing asked: the earlier question, about that thing
//	how big was it?     a pronoun, no thing: the pronoun stands for the earlier thing
//	how many users?     neither: the earlier thing is asked about again
//
// A question that names its own thing and asks something stands alone.

// followUp gives the question to answer when text follows up earlier, and
// whether it differs from text. isName tells whether a folded word names
// something in the documents.
func followUp(earlier, text string, isName func(string) bool) (string, bool) {
	earlier, text = strings.TrimSpace(earlier), strings.TrimSpace(text)
	then, has := lastName(earlier, isName)
	if !has {
		return text, false
	}
	now, named := lastName(text, isName)
	switch {
	case named && onlyNames(text, now):
		return earlier[:then.Start] + text[now.Start:now.End] + earlier[then.End:], true
	case named:
		return text, false
	}
	thing := earlier[then.Start:then.End]
	if m := pronoun.FindStringIndex(text); m != nil {
		return text[:m[0]] + possessive(thing, text[m[0]:m[1]]) + text[m[1]:], true
	}
	if lang.IsHan(firstHan(text)) {
		return thing + " " + text, true
	}
	return text + " (" + thing + ")", true
}

// pronoun matches what can stand for the thing talked about.
var pronoun = regexp.MustCompile(`(?i)\b(?:its?|that one|this one|that model|the model|they|them|their|he|she|his|her)\b|它们?的?|他们?的?|她们?的?|牠们?的?|這個模型|这个模型|該模型|该模型|那个模型`)

func possessive(thing, pronoun string) string {
	switch strings.ToLower(pronoun) {
	case "its", "their", "his", "her":
		return thing + "'s"
	}
	if strings.HasSuffix(pronoun, "的") {
		return thing + " 的"
	}
	return thing
}

// filler matches what a bare follow-up has beside the thing.
var filler = regexp.MustCompile(`(?i)\b(?:and|or|so|then|what|how|about|for|the|same|now|ok|okay|of)\b|那么?|又|呢|如何|怎么样|怎麼樣|还有|還有|换成|換成|的话|的話|[\s\pP\pS]+`)

// onlyNames tells whether text asks nothing beside naming name.
func onlyNames(text string, name lang.Span) bool {
	rest := text[:name.Start] + " " + text[name.End:]
	return filler.ReplaceAllString(rest, "") == ""
}

// lastName finds the last name in text: a word that holds a digit or names
// something in the documents.
func lastName(text string, isName func(string) bool) (lang.Span, bool) {
	var last lang.Span
	found := false
	for _, v := range nameWord.FindAllStringIndex(text, -1) {
		w := text[v[0]:v[1]]
		if strings.ContainsAny(w, "0123456789") || isName(fold(w)) {
			last, found = lang.Span{Start: v[0], End: v[1]}, true
		}
	}
	return last, found
}

// nameWord matches a word of Latin letters as names are written: GPT-3.5, gpt 2, OpenAI.
var nameWord = regexp.MustCompile(`\p{Latin}[\p{Latin}\d]*(?:[-.－]?[\p{Latin}\d]+)*(?: \d+(?:\.\d+)?)?`)

func firstHan(s string) rune {
	for _, r := range s {
		if lang.IsHan(r) {
			return r
		}
	}
	return 0
}
