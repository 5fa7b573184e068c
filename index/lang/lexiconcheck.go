package lang

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckLexicon tells what is wrong with the lines of a glossary, or unlikely
// to be meant: what can't be read, entries that are there twice or out of
// order, Chinese on the English side and none on the other, repeated
// translations, and entries longer than what is looked up. Of lines in
// CEDICT's format it tells only those that can't be read.
func CheckLexicon(name, data string) []BadLine {
	c := checker{name: name, seen: map[string]int{}}
	for line := range strings.Lines(strings.TrimPrefix(data, "\uFEFF")) {
		c.n++
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			c.line(line)
		}
	}
	return c.bad
}

type checker struct {
	name string
	n    int
	seen map[string]int // line of an English term
	last string
	bad  []BadLine
}

func (c *checker) say(format string, args ...any) {
	c.bad = append(c.bad, BadLine{c.name, c.n, fmt.Sprintf(format, args...)})
}

func (c *checker) line(line string) {
	pairs, what := parseEntry(line)
	if what != "" {
		c.say("%s", what)
		return
	}
	_, senses, ours := strings.Cut(line, "\t")
	if !ours || len(pairs) == 0 {
		return
	}
	en := pairs[0].en
	if before := c.seen[en]; before > 0 {
		c.say("%q is on line %d already", en, before)
	}
	c.seen[en] = c.n
	if en < c.last {
		c.say("%q is out of order: it belongs before %q", en, c.last)
	}
	c.last = en
	c.english(en)
	if len(pairs) != strings.Count(senses, "|")+1 {
		c.say("a translation of %q is empty", en)
	}
	for i, p := range pairs {
		if slices.ContainsFunc(pairs[:i], func(o pair) bool { return o.zh == p.zh }) {
			c.say("%q is there twice", p.zh)
		}
		c.chinese(p.zh)
	}
}

func (c *checker) english(en string) {
	key := englishKey(en)
	switch {
	case strings.IndexFunc(en, IsHan) >= 0:
		c.say("Chinese on the English side: %q", en)
	case key == "":
		c.say("%q has no letters to look up", en)
	case strings.Count(key, " ") >= longestPhrase:
		c.say("%q has more than %d words, so that it is never looked up", en, longestPhrase)
	}
}

func (c *checker) chinese(zh string) {
	if strings.IndexFunc(zh, func(r rune) bool { return IsHan(r) || unicode.IsUpper(r) }) < 0 {
		c.say("not Chinese: %q", zh)
	}
	if n := utf8.RuneCountInString(foldHan(zh)); n > 2*longestHan {
		c.say("%q has %d characters: Chinese of more than %d is not looked up", zh, n, longestHan)
	}
}
