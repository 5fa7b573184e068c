package lang

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed irregular.txt
var irregularText string

// irregulars gives the base of English forms that stemming doesn't reach:
// grew is of grow. The table leaves out forms that are more often another
// word, such as found, left and saw.
var irregulars = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(irregularText) {
		words := strings.Fields(line)
		if len(words) < 2 || words[0] == "#" {
			continue
		}
		for _, form := range words[1:] {
			m[form] = words[0]
		}
	}
	return m
})
