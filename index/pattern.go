package index

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"historian/index/lang"
)

// A pattern is a regular expression for English and Chinese in one. Its
// alternatives with Chinese characters are kept apart and looked for apart.
type pattern struct {
	latin, han alternation
}

// An alternation finds what the expression a|b|… would, by trying only those
// alternatives at a place that can begin with the byte there. The expression
// as a whole takes the regexp package twenty times as long, which was most of
// the time of reading a question.
type alternation struct {
	all []*alternative
	by  [256][]*alternative // those that can begin with a byte, in order
}

type alternative struct {
	re       *regexp.Regexp // anchored at its beginning
	first    [256]bool      // bytes that it can begin with
	boundary bool           // begins with \b, which re is without
	start    bool           // begins with ^
}

// compilePattern compiles an alternation. An alternative may have \b or ^ at
// its beginning, and must not begin with something else that can be empty
// before one: such an alternative panics.
func compilePattern(expr string) *pattern {
	p := &pattern{}
	for _, a := range alternatives(expr) {
		if strings.ContainsFunc(a, lang.IsHan) {
			p.han.add(compileAlternative(a))
		} else {
			p.latin.add(compileAlternative(a))
		}
	}
	return p
}

func (as *alternation) add(a *alternative) {
	as.all = append(as.all, a)
	for b, can := range a.first {
		if can {
			as.by[b] = append(as.by[b], a)
		}
	}
}

func compileAlternative(expr string) *alternative {
	a := &alternative{}
	expr, a.boundary = strings.CutPrefix(expr, `\b`)
	a.start = strings.HasPrefix(expr, "^")
	a.re = regexp.MustCompile("^(?:" + strings.TrimPrefix(expr, "^") + ")")
	tree, err := syntax.Parse(strings.TrimPrefix(expr, "^"), syntax.Perl)
	if err != nil || a.begin(tree) {
		panic("pattern: " + expr + " can be empty") // unreachable: patterns are constant, and a test compiles them
	}
	return a
}

// begin notes the bytes that an expression can begin with, and tells whether
// it can be empty.
func (a *alternative) begin(e *syntax.Regexp) (empty bool) {
	switch e.Op {
	case syntax.OpLiteral:
		a.beginRunes(e.Rune[0], e.Rune[0])
		return false
	case syntax.OpCharClass:
		for i := 0; i < len(e.Rune); i += 2 {
			a.beginRunes(e.Rune[i], e.Rune[i+1])
		}
		return false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		a.beginRunes(0, utf8.MaxRune)
		return false
	case syntax.OpConcat:
		for _, sub := range e.Sub {
			if !a.begin(sub) {
				return false
			}
		}
		return true
	case syntax.OpAlternate:
		for _, sub := range e.Sub {
			empty = a.begin(sub) || empty
		}
		return empty
	case syntax.OpCapture, syntax.OpPlus:
		return a.begin(e.Sub[0])
	case syntax.OpStar, syntax.OpQuest:
		a.begin(e.Sub[0])
		return true
	case syntax.OpRepeat:
		return a.begin(e.Sub[0]) || e.Min == 0
	case syntax.OpEmptyMatch, syntax.OpEndText:
		return true
	}
	panic("pattern: " + e.String() + " at a beginning: it looks at what is before")
}

// beginRunes notes the first bytes of characters. Characters far apart share
// some; noting too many only costs time. All begin characters, none goes on
// with one.
func (a *alternative) beginRunes(from, to rune) {
	for lo, hi := string(from)[0], string(to)[0]; ; lo++ {
		a.first[lo] = utf8.RuneStart(lo)
		if lo == hi {
			return
		}
	}
}

// at gives where the alternative ends that begins at byte i of s, or -1.
func (a *alternative) at(s string, i int) (end int) {
	if a.start && i > 0 || a.boundary && i > 0 && wordByte(s[i-1]) == wordByte(s[i]) {
		return -1
	}
	if a.boundary && i == 0 && !wordByte(s[0]) {
		return -1
	}
	if m := a.re.FindStringIndex(s[i:]); m != nil {
		return i + m[1]
	}
	return -1
}

// wordByte tells the characters of \w: all are one byte.
func wordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// next gives the leftmost match of an alternation from byte i of s on: of the
// alternatives that match there, the first.
func (as *alternation) next(s string, i int) (start, end int, ok bool) {
	for ; i < len(s); i++ {
		for _, a := range as.by[s[i]] {
			if end := a.at(s, i); end >= 0 {
				return i, end, true
			}
		}
	}
	return 0, 0, false
}

// each yields the matches in s.
func (as *alternation) each(s string, yield func(start, end int)) {
	for i := 0; ; {
		start, end, ok := as.next(s, i)
		if !ok {
			return
		}
		yield(start, end)
		i = end
	}
}

// replace puts a space for each match in s.
func (as *alternation) replace(s string) string {
	var b strings.Builder
	last := 0
	as.each(s, func(start, end int) {
		b.WriteString(s[last:start])
		b.WriteByte(' ')
		last = end
	})
	return b.String() + s[last:]
}

// matches tells whether p matches somewhere in s.
func (p *pattern) matches(s string) bool {
	_, _, ok := p.latin.next(s, 0)
	if !ok {
		_, _, ok = p.han.next(s, 0)
	}
	return ok
}

// places gives where p matches in s.
func (p *pattern) places(s string) (out [][2]int) {
	for _, as := range []*alternation{&p.latin, &p.han} {
		as.each(s, func(start, end int) { out = append(out, [2]int{start, end}) })
	}
	return out
}

// replace puts a space for what p matches in s.
func (p *pattern) replace(s string) string { return p.han.replace(p.latin.replace(s)) }

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
