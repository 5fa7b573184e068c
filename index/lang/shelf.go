package lang

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A side of a lexicon holds its pairs on shelves, by how they begin. Folding
// and stemming 50,000 entries would take most of the time that the first
// answer has, and much memory; a question needs a few dozen, so a shelf is
// read when something of it is looked up. Looking up is safe for concurrent
// use.
type side struct {
	entry   func(pair) (key, sense string) // an empty key for none
	shelves map[shelf][]int32              // indices of pairs

	mu   sync.RWMutex
	read map[shelf]map[string]entry // by key
}

// An entry is what a side knows of a word or phrase.
type entry struct {
	senses []string
	class  WordClass
	from   source // the first that has it
}

// A shelf is a beginning: the first two letters of English, or a Chinese
// character.
type shelf rune

// englishShelf gives the shelf of an English word or phrase. Its stem stands
// there too: of the first two letters, stems change y to i at most (dying).
func englishShelf(en string) shelf {
	en = strings.TrimLeft(en, " -")
	if len(en) > 1 && (en[0] >= utf8.RuneSelf || en[1] >= utf8.RuneSelf) {
		en = strings.TrimLeft(Normalize(en).Text, " -") // a character alone may come to begin with a space
	}
	if en == "" {
		return 0
	}
	first, n := utf8.DecodeRuneInString(en)
	first = unicode.ToLower(first)
	if n == 1 && len(en) > 1 {
		switch second := en[1] | 0x20; { // in lower case
		case second == 'y':
			return shelf(first)<<8 | 'i'
		case 'a' <= second && second <= 'z':
			return shelf(first)<<8 | shelf(second)
		}
	}
	return shelf(first)
}

// chineseShelf gives the shelf of folded Chinese.
func chineseShelf(zh string) shelf {
	first, _ := utf8.DecodeRuneInString(zh)
	return shelf(first)
}

// note puts pair i on a shelf.
func (s *side) note(on shelf, i int) {
	if s.shelves == nil {
		s.shelves, s.read = map[shelf][]int32{}, map[shelf]map[string]entry{}
	}
	s.shelves[on] = append(s.shelves[on], int32(i))
	delete(s.read, on)
}

// open gives the senses on a shelf by entry.
func (s *side) open(on shelf, pairs []pair) map[string]entry {
	s.mu.RLock()
	entries, ok := s.read[on]
	s.mu.RUnlock()
	if ok || len(s.shelves[on]) == 0 {
		return entries
	}
	entries = make(map[string]entry, len(s.shelves[on]))
	for from := fromGlossary; from <= fromDictionary; from++ {
		s.take(entries, on, pairs, from)
	}
	s.mu.Lock()
	s.read[on] = entries
	s.mu.Unlock()
	return entries
}

// take adds the pairs of a source that are on a shelf to its entries.
func (s *side) take(entries map[string]entry, on shelf, pairs []pair, from source) {
	for _, i := range s.shelves[on] {
		if pairs[i].from != from {
			continue
		}
		if key, sense := s.entry(pairs[i]); key != "" && sense != "" {
			e := entries[key]
			if e.senses == nil {
				e.from = from
			}
			if e.from == from {
				e.senses = addSense(e.senses, sense)
			}
			e.class = max(e.class, pairs[i].class)
			entries[key] = e
		}
	}
}

func addSense(senses []string, s string) []string {
	if len(senses) >= maxSenses || slices.Contains(senses, s) {
		return senses
	}
	return append(senses, s)
}

// entries lists all entries, sorted.
func (s *side) entries(pairs []pair) (all []string) {
	for on := range s.shelves {
		for key := range s.open(on, pairs) {
			all = append(all, key)
		}
	}
	slices.Sort(all)
	return all
}
