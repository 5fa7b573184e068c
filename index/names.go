package index

import (
	"strings"
	"unicode"
)

// namesOf gives the words, folded, that a catalog shows to be names: those
// with a capital behind the first letter (OpenAI, NATO) in titles, headings
// and timelines, and titles and timeline entries of one word (Transformer).
func namesOf(c Catalog) map[string]bool {
	names := map[string]bool{}
	note := func(text string, alone bool) {
		words := nameWord.FindAllString(text, -1)
		for _, w := range words {
			if alone && len(words) == 1 || strings.IndexFunc(w[1:], unicode.IsUpper) >= 0 {
				names[fold(w)] = true
			}
		}
	}
	for _, d := range c.Documents {
		note(d.Title, true)
		for _, s := range d.Sections {
			for _, heading := range s.Trail {
				note(heading, false)
			}
		}
	}
	for _, e := range c.Events {
		note(e.Name, true)
	}
	return names
}
