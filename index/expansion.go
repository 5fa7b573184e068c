package index

import (
	"regexp"
	"strings"
	"unicode"

	"historian/index/lang"
)

// Who asks what capitals mean asks for their words.
var (
	asksMeaning = compilePattern(`\bmeans?\b|\bmeaning\b|什么意思|含义`)
	capitals    = regexp.MustCompile(`\b[A-Z]{2,8}\b`)
)

// Bounds of an abbreviation that is looked for, in letters.
const (
	shortestAbbreviation = 2
	longestAbbreviation  = 8
)

// expansions gives where the passage spells out an abbreviation of the
// question that asks for that: words of Latin letters in a row whose initials
// spell it, as "Reinforcement Learning from Human Feedback" does RLHF. Little
// words may stand between.
func (r reading) expansions() []lang.Span {
	if r.q.Want != WantExpansion {
		return nil
	}
	words := latinWords(r.passage.Text)
	var out []lang.Span
	for _, t := range r.q.Terms {
		short := strings.ToLower(t.Text)
		if t.Weight < contentWeight || len(short) < shortestAbbreviation || len(short) > longestAbbreviation || strings.Trim(short, "abcdefghijklmnopqrstuvwxyz") != "" {
			continue
		}
		for i := range words {
			if n := spells(r.passage.Text, words[i:], short); n > 1 {
				out = append(out, lang.Span{Start: words[i].Start, End: words[i+n-1].End})
			}
		}
	}
	return out
}

// latinWords gives the words of Latin letters in a text; a hyphen joins.
func latinWords(text string) []lang.Span {
	var out []lang.Span
	start := -1
	for i, c := range text {
		letter := c < 0x250 && unicode.IsLetter(c) || start >= 0 && (c == '-' || c == '\'')
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			out = append(out, lang.Span{Start: start, End: i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, lang.Span{Start: start, End: len(text)})
	}
	return out
}

// spells tells how many words from the first on have the initials of short,
// 0 for none. They must follow each other in one line.
func spells(text string, words []lang.Span, short string) int {
	n := 0 // initials so far
	for i, w := range words {
		if i > 0 && strings.Trim(text[words[i-1].End:w.Start], " ,&/") != "" {
			return 0
		}
		word := strings.ToLower(text[w.Start:w.End])
		switch {
		case word[0] == short[n]:
			if n++; n == len(short) {
				return i + 1
			}
		case i == 0 || !lang.Stop(word):
			return 0
		}
	}
	return 0
}
