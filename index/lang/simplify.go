package lang

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed simplify.txt
var simplifyTable string

// simplified maps traditional and variant characters to simplified ones.
var simplified = readPairs(simplifyTable)

// readPairs reads pairs of characters separated by white space, on lines
// that don't start with #.
func readPairs(table string) map[rune]rune {
	pairs := make(map[rune]rune, len(table)/7)
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			pairs[from] = to
		}
	}
	return pairs
}
