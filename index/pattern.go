package index

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"historian/index/lang"
)

// A pattern is a regular expression for English and Chinese in one. Its
// alternatives with Chinese characters are kept apart, so that a text without
// any is not looked through for them, nor one without letters for words:
// most of the time of reading a question went there.
type pattern struct {
	latin, han *regexp.Regexp // nil for none
}

// compilePattern compiles an alternation.
func compilePattern(expr string) pattern {
	var latin, han []string
	for _, a := range alternatives(expr) {
		if strings.ContainsFunc(a, lang.IsHan) {
			han = append(han, a)
		} else {
			latin = append(latin, a)
		}
	}
	var p pattern
	if len(latin) > 0 {
		p.latin = regexp.MustCompile(strings.Join(latin, "|"))
	}
	if len(han) > 0 {
		p.han = regexp.MustCompile(strings.Join(han, "|"))
	}
	return p
}

// alternatives cuts an expression at the bars outside its groups and classes.
func alternatives(expr string) []string {
	var out []string
	depth, class, from := 0, false, 0
	for i := 0; i < len(expr); i++ {
		switch c := expr[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			out = append(out, expr[from:i])
			from = i + 1
		}
	}
	return append(out, expr[from:])
}

// each calls f with the expressions that could match s.
func (p pattern) each(s string, f func(*regexp.Regexp) bool) bool {
	plain := true // no character beyond ASCII
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	return p.latin != nil && f(p.latin) || p.han != nil && !plain && f(p.han)
}

// matches tells whether p matches somewhere in s.
func (p pattern) matches(s string) bool {
	return p.each(s, func(re *regexp.Regexp) bool { return re.MatchString(s) })
}

// places gives where p matches in s.
func (p pattern) places(s string) (out [][]int) {
	p.each(s, func(re *regexp.Regexp) bool {
		out = append(out, re.FindAllStringIndex(s, -1)...)
		return false
	})
	return out
}
