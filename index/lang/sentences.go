package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Span is a byte range of a text.
type Span struct{ Start, End int }

// wrapLength is the length in characters from which a line without an end
// mark counts as wrapped, so that the sentence goes on in the next line.
// Shorter lines are headings, list items or verses.
const wrapLength = 45

// Sentences cuts text into sentences, English and Chinese, without their
// surrounding white space; what lies between them is white space only. List
// items, table rows and lines of a fenced code block are sentences of their
// own. Linear in the text's length.
func Sentences(text string) []Span {
	var out []Span
	start := 0
	emit := func(end int) {
		if s, ok := trim(text, start, end); ok {
			out = append(out, s)
		}
		start = end
	}
	line := 0 // where the current line begins
	fenced := false
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n':
			here := text[line:i]
			if isFence(here) {
				fenced = !fenced
			}
			if fenced || lineEnds(here, text[i+1:]) {
				emit(i + 1)
			}
			i++
			line = i
			continue
		case fenced:
		case r == '.' || r == '…':
			if end, ok := endsAtStop(text, start, i, n); ok {
				emit(end)
				i = end
				continue
			}
		case isEndMark(r):
			end := closers(text, i+n)
			// "Really?" she asked: an end mark inside a Latin sentence that goes on in lower case.
			if r < 0x80 && !sentenceStarts(text[end:]) {
				break
			}
			emit(end)
			i = end
			continue
		}
		i += n
	}
	emit(len(text))
	return out
}

// isEndMark tells marks that end a sentence wherever they stand.
func isEndMark(r rune) bool {
	switch r {
	case '。', '！', '？', '!', '?', '｡', '؟', '۔', '।':
		return true
	}
	return false
}

// endsAtStop tells whether the full stop or ellipsis of n bytes at i ends the
// sentence that begins at start, and where it ends with its closing quotes.
func endsAtStop(text string, start, i, n int) (end int, ok bool) {
	end = i + n
	for end < len(text) && (text[end] == '.' || strings.HasPrefix(text[end:], "…")) {
		end += utf8.RuneLen(firstRune(text[end:]))
	}
	run := end - i
	end = closers(text, end)
	if end < len(text) && !unicode.IsSpace(firstRune(text[end:])) && !IsHan(firstRune(text[end:])) {
		return 0, false // 3.5, example.org, v1.2.3
	}
	if run == 1 && isAbbreviation(lastWord(text[start:i])) && end < len(text) {
		return 0, false
	}
	return end, sentenceStarts(text[end:])
}

// closers skips closing quotes and brackets at i.
func closers(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune("\"'”’»)]）】」』》!?！？。", r) {
			break
		}
		i += n
	}
	return i
}

// sentenceStarts tells whether rest can begin a sentence: not with a lower
// case letter or with punctuation that goes on.
func sentenceStarts(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\u00a0\u3000")
	r := firstRune(rest)
	return rest == "" || !unicode.IsLower(r) && !strings.ContainsRune(",;:，；：、", r)
}

// lineEnds tells whether a sentence ends with line, given what follows it.
func lineEnds(line, rest string) bool {
	trimmed := strings.TrimSpace(line)
	next := strings.TrimLeft(rest, " \t\u3000")
	if trimmed == "" || next == "" || next[0] == '\n' || next[0] == '\r' || IsListItem(next) || strings.HasPrefix(next, "```") {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(trimmed)
	if strings.ContainsRune(".:;!?。：；！？…|", last) {
		return true
	}
	return utf8.RuneCountInString(trimmed) < wrapLength
}

// IsListItem tells whether a line begins a list item, heading, quote or table row.
func IsListItem(line string) bool {
	r, n := utf8.DecodeRuneInString(line)
	switch {
	case strings.ContainsRune("-*+•·‣◦–—|>#", r):
		return len(line) > n && (line[n] == ' ' || line[n] == '\t' || line[n] == '\n' || r == '|' || r == '#' || r == '•' || r == '·')
	case r >= '0' && r <= '9':
		rest := strings.TrimLeft(line, "0123456789")
		return len(line)-len(rest) <= 3 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ") || strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, "）"))
	case strings.ContainsRune("一二三四五六七八九十", r):
		return strings.HasPrefix(line[n:], "、")
	}
	return false
}

func isFence(line string) bool {
	t := strings.TrimSpace(line)
	return strings.HasPrefix(t, "```") || strings.HasPrefix(t, "~~~")
}

// abbreviations are words that a full stop follows in mid-sentence, lower case.
var abbreviations = wordSet(`mr mrs ms dr prof st sr jr rev gen col lt sgt capt gov sen rep hon pres
	vs etc e.g i.e eg ie cf al viz approx ca no nos vol pp fig figs eq sec ch ed eds trans
	inc ltd co corp bros dept univ assn est ave blvd rd mt ft
	jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
	u.s u.k u.n d.c a.m p.m b.c a.d ph.d b.a m.a m.d`)

// isAbbreviation tells words that are commonly followed by a full stop which
// ends no sentence: titles, initials ("J."), months, "e.g".
func isAbbreviation(word string) bool {
	if utf8.RuneCountInString(word) == 1 && unicode.IsUpper(firstRune(word)) {
		return word != "I"
	}
	return abbreviations[strings.ToLower(word)]
}

// lastWord gives what follows the last space or bracket of s.
func lastWord(s string) string {
	if len(s) > 16 {
		s = s[len(s)-16:] // no abbreviation is longer
	}
	return s[strings.LastIndexAny(s, " \t\n([\"“‘")+1:]
}

func trim(text string, start, end int) (Span, bool) {
	s := text[start:end]
	left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	s = strings.TrimSpace(s)
	return Span{start + left, start + left + len(s)}, s != ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
