package lang

import (
	"unicode"
	"unicode/utf8"
)

// An atom is a run of normalised text of one kind: letters, a number, or one
// character of a script written without spaces.
type atom struct {
	from, to int // byte range of the normalised text
	kind     atomKind
	gap      byte // what stands before it: see gaps
}

type atomKind uint8

const (
	letters atomKind = iota
	number
	gram
)

// Gaps: the one character between two atoms where it is -, ', ., /, :, % or a
// comma or a space, tight where there is none, and wide for anything else.
const (
	tight = '_'
	wide  = '|'
)

// scan splits normalised text into atoms, which it appends to those given.
func scan(s string, atoms []atom) []atom {
	if atoms == nil {
		atoms = make([]atom, 0, len(s)/5+1)
	}
	end := 0 // of the last atom
	for i := 0; i < len(s); {
		kind, size, ok := classify(s[i:])
		if !ok {
			i += size
			continue
		}
		a := atom{from: i, to: i + size, kind: kind, gap: gapOf(s[end:i], len(atoms) == 0)}
		switch kind {
		case letters:
			for a.to < len(s) {
				k, n, ok := classify(s[a.to:])
				if !ok || k != letters {
					break
				}
				a.to += n
			}
		case number:
			a.to = i + numberLen(s[i:])
		}
		atoms = append(atoms, a)
		i, end = a.to, a.to
	}
	return atoms
}

func gapOf(between string, first bool) byte {
	switch {
	case first:
		return wide
	case between == "":
		return tight
	case between == "\n":
		return ' '
	case len(between) == 1:
		switch c := between[0]; c {
		case '-', '\'', '.', '/', ':', ',', ' ', '%':
			return c
		}
	case between == ", ":
		return ','
	case between == ". ":
		return ';' // an abbreviation's or a sentence's end
	}
	return wide
}

// classify tells the kind of the first character of s and its size in bytes;
// not ok for what belongs to no term.
func classify(s string) (kind atomKind, size int, ok bool) {
	c := s[0]
	switch {
	case 'a' <= c && c <= 'z':
		return letters, 1, true
	case '0' <= c && c <= '9':
		return number, 1, true
	case c < utf8.RuneSelf:
		return 0, 1, false
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case unspaced(r):
		return gram, size, true
	case unicode.IsLetter(r), unicode.IsMark(r):
		return letters, size, true
	case unicode.Is(unicode.So, r) && r >= 0x1F000: // an emoji is a character to look for
		return gram, size, true
	}
	return 0, size, false
}

// unspaced tells the letters of scripts that don't put spaces between words,
// and Hangul, whose words carry their particles.
func unspaced(r rune) bool {
	switch {
	case 0x4E00 <= r && r <= 0x9FFF, 0x3400 <= r && r <= 0x4DBF, 0x20000 <= r && r <= 0x323AF,
		0xF900 <= r && r <= 0xFAFF, r == '々', r == '〇':
		return true
	case 0x3041 <= r && r <= 0x30FF:
		return r != '・' && r != '゠'
	case 0xAC00 <= r && r <= 0xD7A3:
		return true
	}
	return r >= 0x0E00 && (unicode.IsLetter(r) || unicode.IsMark(r)) &&
		unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
			unicode.Bopomofo, unicode.Yi, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// numberLen gives the length of the number that s begins with: digits with
// thousands separators, a decimal part or a version's further parts.
func numberLen(s string) int {
	i := digits(s)
	if i <= 3 {
		for len(s) >= i+4 && s[i] == ',' && digits(s[i+1:]) == 3 {
			i += 4
		}
	}
	for len(s) > i+1 && s[i] == '.' && digits(s[i+1:]) > 0 {
		i += 1 + digits(s[i+1:])
	}
	return i
}

func digits(s string) int {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}
