package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Normalized is a text in the one spelling that terms are cut from, with
// the way back: byte i of Text comes from the original's bytes from start[i]
// to end[i]. Both rise, so any range of Text has one of the original. Without
// them, byte i comes from byte i.
type Normalized struct {
	Text       string
	start, end []int32
}

// Normalize brings a text to NFKC, lower case and simplified characters, with
// plain dashes and apostrophes, ASCII digits, no accents on Latin, Greek or
// Cyrillic letters, and without invisible characters. Bytes that are not
// UTF-8 become spaces.
func Normalize(text string) Normalized {
	if isASCII(text) {
		return Normalized{Text: strings.ToLower(text)}
	}
	n := normalizer{
		out:   make([]byte, 0, len(text)+8),
		start: make([]int32, 0, len(text)+8),
		end:   make([]int32, 0, len(text)+8),
	}
	for i := 0; i < len(text); {
		// An ASCII byte before another needs no composition.
		if c := text[i]; c < utf8.RuneSelf && (i+1 == len(text) || text[i+1] < utf8.RuneSelf) {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			n.put(c, i, i+1)
			i++
			continue
		}
		size := norm.NFKC.NextBoundaryInString(text[i:], true)
		if size <= 0 {
			size = len(text) - i
		}
		n.segment(text[i:i+size], i)
		i += size
	}
	return Normalized{Text: string(n.out), start: n.start, end: n.end}
}

// Original gives the byte range of the original text for a non-empty byte
// range of Text.
func (n Normalized) Original(from, to int) (start, end int) {
	if n.start == nil {
		return from, to
	}
	return int(n.start[from]), int(n.end[to-1])
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

type normalizer struct {
	out        []byte
	start, end []int32
}

func (n *normalizer) put(c byte, from, to int) {
	n.out = append(n.out, c)
	n.start = append(n.start, int32(from))
	n.end = append(n.end, int32(to))
}

func (n *normalizer) putRune(r rune, from, to int) {
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], r)] {
		n.put(c, from, to)
	}
}

// segment normalises the bytes between two boundaries of composition, which
// begin at offset from of the original.
func (n *normalizer) segment(s string, from int) {
	to := from + len(s)
	first, _ := utf8.DecodeRuneInString(s)
	composed := norm.NFKC.String(s)
	// ½, ² and ① are numbers of their own: 6½ is not 61/2.
	if !unicode.IsDigit(first) && composed[0] >= '0' && composed[0] <= '9' {
		n.put(' ', from, to)
	}
	for i, r := range composed {
		if r == utf8.RuneError && !strings.HasPrefix(composed[i:], "\uFFFD") {
			r = ' '
		}
		n.fold(r, from, to)
	}
}

// fold writes one composed character in its plain form.
func (n *normalizer) fold(r rune, from, to int) {
	r = unicode.ToLower(r)
	if r < utf8.RuneSelf {
		n.put(byte(r), from, to)
		return
	}
	if s, ok := simplified[r]; ok {
		n.putRune(s, from, to)
		return
	}
	if s, ok := plain[r]; ok {
		for i := range len(s) {
			n.put(s[i], from, to)
		}
		return
	}
	switch {
	case invisible(r):
	case unicode.Is(unicode.Pd, r):
		n.put('-', from, to)
	case unicode.IsSpace(r), unicode.IsControl(r):
		n.put(' ', from, to)
	case unicode.IsDigit(r):
		n.put('0'+digitValue(r), from, to)
	case unicode.In(r, unicode.Latin, unicode.Greek):
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		n.putRune(base, from, to)
	default:
		n.putRune(r, from, to)
	}
}

// plain spells characters that Unicode doesn't decompose.
var plain = map[rune]string{
	'‘': "'", '’': "'", '‛': "'", 'ʼ': "'", 'ʹ': "'", '′': "'",
	'−': "-", '⁄': "/", '∕': "/",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'ł': "l", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "ng", 'ё': "\u0435", 'ς': "σ",
}

// invisible tells characters that change no word: zero-width, direction,
// soft hyphen, variation selectors, and the accents of scripts that are
// written with or without them.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		0x300 <= r && r <= 0x36F || // Latin, Greek, Cyrillic accents
		0x591 <= r && r <= 0x5C7 && unicode.Is(unicode.Mn, r) || // Hebrew points
		0x64B <= r && r <= 0x65F || r == 0x670 || r == 0x640 // Arabic vowels, stretching
}

// digitValue gives the value of a decimal digit of any script. Unicode has
// them in runs of ten, from zero.
func digitValue(r rune) byte {
	for _, x := range unicode.Nd.R16 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return byte((r - rune(x.Lo)) % 10)
		}
	}
	for _, x := range unicode.Nd.R32 {
		if rune(x.Lo) <= r && r <= rune(x.Hi) {
			return byte((r - rune(x.Lo)) % 10)
		}
	}
	return 0 // unreachable: r is in Nd
}
