package lang

import (
	"unicode"
	"unicode/utf8"
)

// Unspaced tells whether a term begins with a letter of a script written
// without spaces between words, so that it is a character or a pair.
func Unspaced(term string) bool {
	r, _ := utf8.DecodeRuneInString(term)
	return r >= utf8.RuneSelf && unspaced(r)
}

// StopPair tells whether every character of a pair is a stop character.
func StopPair(term string) bool {
	for i, r := range term {
		if !Stop(term[i : i+utf8.RuneLen(r)]) {
			return false
		}
	}
	return true
}

// Detect guesses the language of a text by its script, as BCP 47; a Latin
// text counts as English, one without letters as und. A Chinese text is
// zh-Hant when it has half as many traditional forms as simplified ones: many
// of the latter are characters of their own in traditional writing (修, 果).
func Detect(text string) string {
	var latin, han, traditional, simple, kana, hangul, thai, cyrillic, arabic, other int
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				latin++
			}
		case 0x3041 <= r && r <= 0x30FF:
			kana++
		case IsHan(r):
			han++
			if _, ok := simplified[r]; ok {
				traditional++
			} else if simplifiedOnly[r] {
				simple++
			}
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case unicode.Is(unicode.Thai, r):
			thai++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		default:
			other++
		}
	}
	// A Chinese character says about as much as three Latin letters.
	weight, best := latin, "en"
	for _, c := range []struct {
		n    int
		lang string
	}{{3 * han, "zh-Hans"}, {3 * hangul, "ko"}, {2 * thai, "th"}, {cyrillic, "ru"}, {arabic, "ar"}, {other, "und"}} {
		if c.n > weight {
			weight, best = c.n, c.lang
		}
	}
	switch {
	case weight == 0 && kana == 0:
		return "und"
	case kana > 0 && 3*(kana+han) >= weight:
		return "ja"
	case best == "zh-Hans" && traditional > 0 && 2*traditional >= simple:
		return "zh-Hant"
	}
	return best
}

// simplifiedOnly holds the characters that simplification made.
var simplifiedOnly = func() map[rune]bool {
	m := make(map[rune]bool, len(simplified))
	for _, s := range simplified {
		m[s] = true
	}
	return m
}()

// HalfStop tells whether some character of a pair is a stop character.
func HalfStop(term string) bool {
	for i, r := range term {
		if Stop(term[i : i+utf8.RuneLen(r)]) {
			return true
		}
	}
	return false
}
