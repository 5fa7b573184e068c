package lang

import "unicode"

// IsHan tells Chinese characters, as Japanese and Korean use them too.
func IsHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && unicode.Is(unicode.Han, r)
}
