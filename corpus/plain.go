package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain text has no markup; its structure is read from how lines look. Pages
// saved from the web add their own habits: bullets on lines of their own,
// headings that start with an emoji, one paragraph a line.

// A line of plain text, trimmed.
type line struct {
	text       string
	start, end int  // byte range in the document
	gap        bool // a blank line stands before it
	item       bool // a bullet stands before it
}

// Lengths in characters.
const (
	headingLength = 60 // a heading is no longer
	titleLength   = 80
	proseLength   = 40 // a line from here on is a paragraph rather than a label
)

// plainBlocks finds the blocks that lines of plain text make.
func plainBlocks(source string, lines []line) []block {
	var out []block
	inList := false
	for i, l := range lines {
		if !l.item {
			if level := headingLevel(lines, i); level > 0 {
				out = append(out, block{kind: heading, level: level, start: l.start, end: l.end, heading: headingWords(l.text)})
				inList = false
				continue
			}
		}
		switch {
		case l.item || inList && !l.gap && strings.HasPrefix(source[lineStart(source, l.start):l.start], " "):
			out = append(out, block{kind: list, start: l.start, end: l.end})
			inList = true
		case !l.gap && !inList && len(out) > 0 && out[len(out)-1].kind == paragraph && wraps(lines[i-1].text):
			out[len(out)-1].end = l.end
		default:
			out = append(out, block{kind: paragraph, start: l.start, end: l.end})
			inList = false
		}
	}
	return out
}

// articleLines leaves out the lines that are no part of the article.
func articleLines(lines []line) ([]line, []note) {
	spans := make([]span, len(lines))
	for i, l := range lines {
		spans[i] = span{start: l.start, end: l.end, text: l.text, item: l.item}
	}
	drop, notes := findDebris(spans)
	kept := lines[:0:0]
	for i, l := range lines {
		if drop[i] {
			continue
		}
		if i > 0 && drop[i-1] {
			l.gap = true
		}
		kept = append(kept, l)
	}
	return kept, notes
}

// cutLines gives the lines that say something; a line that is nothing but a
// bullet makes the next an item.
func cutLines(source string, body int) []line {
	var out []line
	gap, item := true, false
	at := body
	for raw := range strings.Lines(source[body:]) {
		start, end := trimRange(source, at, at+len(raw))
		at += len(raw)
		text := source[start:end]
		if text == "" {
			gap = true
			continue
		}
		if loneBullet(text) {
			item = true
			continue
		}
		out = append(out, line{text: text, start: start, end: end, gap: gap, item: item || bulleted(text)})
		gap, item = false, false
	}
	return out
}

func loneBullet(s string) bool {
	return utf8.RuneCountInString(s) == 1 && strings.ContainsAny(s, "-*+•·●○■□▪–—o")
}

func bulleted(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("-*+•·●○■□▪–", r) && len(s) > n && (s[n] == ' ' || s[n] == '\t')
}

// wraps tells whether a line looks cut by a line width, so that its paragraph
// goes on.
func wraps(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return utf8.RuneCountInString(s) >= 45 && !strings.ContainsRune(".!?:;。！？：；…”\"", last)
}

var (
	numbered = regexp.MustCompile(`^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.、)）]?\s*\pL|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,4}[章节節部编編]|(?i:chapter|part|section)\s+[\dIVX]+\b)`)
	// subNumber is the 1.2.3 of a numbered heading, without a last dot.
	subNumber = regexp.MustCompile(`^\d+(?:\.\d+)*`)
	framed    = regexp.MustCompile(`^【[^】]+】$`)
	hashed    = regexp.MustCompile(`^#{1,6}\s+\S`)
)

// headingLevel tells whether line i is a heading, and of which level; 0 where
// it is none.
func headingLevel(lines []line, i int) int {
	s := lines[i].text
	n := utf8.RuneCountInString(s)
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	ends := strings.ContainsRune(".。！!；;，,、…", last)
	switch {
	case i == 0 && n <= titleLength && !ends:
		return 1
	case hashed.MatchString(s):
		return len(s) - len(strings.TrimLeft(s, "#"))
	case n > headingLength && !framed.MatchString(s):
		return 0
	case framed.MatchString(s):
		return 1
	case numbered.MatchString(s) && !ends && !numberedNext(lines, i):
		return 2 + strings.Count(subNumber.FindString(s), ".")
	case (last == ':' || last == '：') && unicode.In(first, unicode.So):
		return 2
	case (last == ':' || last == '：') && standsAbove(lines, i) && lines[i].gap:
		return 3
	case !ends && last != ':' && last != '：' && last != '?' && last != '？' && n <= headingLength/2 && standsAbove(lines, i) && hasWords(s):
		return 2
	}
	return 0
}

// numberedNext tells whether the next line is numbered, too, so that both are
// items of a list.
func numberedNext(lines []line, i int) bool {
	return i+1 < len(lines) && !lines[i+1].gap && numbered.MatchString(lines[i+1].text) ||
		i > 0 && !lines[i].gap && numbered.MatchString(lines[i-1].text)
}

// standsAbove tells whether a short line has a paragraph or list below it and
// a finished one, or nothing, above it.
func standsAbove(lines []line, i int) bool {
	if i+1 == len(lines) {
		return false
	}
	next := lines[i+1]
	if !next.item && utf8.RuneCountInString(next.text) < proseLength && !framed.MatchString(next.text) {
		return false
	}
	if i == 0 || lines[i].gap {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(lines[i-1].text)
	return strings.ContainsRune(".!?。！？…”\")）💡", last) || unicode.In(last, unicode.So)
}

// headingWords takes the marks of a heading off its words.
func headingWords(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(s, "#"))
	if framed.MatchString(s) {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "【"), "】")
	}
	return s
}
