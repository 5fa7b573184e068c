package index

import "historian/index/lang"

// A class says what a term of the documents can be, beside itself.
type class uint8

const (
	classNumber class = 1 << iota // begins with a digit
	classDate                     // a year, month or day
	classStop                     // grammar
)

// classify gives the classes of a store's terms, by termID.
func classify(st store) []class {
	classes := make([]class, st.terms())
	for digit := range 10 {
		st.prefixed(string(rune('0'+digit)), func(term []byte, id termID, _ int) bool {
			classes[id] = classNumber
			if isDate(term) {
				classes[id] |= classDate
			}
			return true
		})
	}
	st.prefixed("m", func(term []byte, id termID, _ int) bool { // m02: February
		if len(term) == 3 && (term[1] == '0' || term[1] == '1') {
			classes[id] |= classDate
		}
		return true
	})
	for word := range lang.StopWords() {
		if id, _, ok := st.lookup(word); ok {
			classes[id] |= classStop
		}
	}
	return classes
}

// isDate tells terms like 1998, 1990s, 02-14, 2019-02 and 2019-02-14.
func isDate(term []byte) bool {
	digits, dashes := 0, 0
	for _, c := range term {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '-':
			dashes++
		}
	}
	switch {
	case digits+dashes == len(term) && dashes > 0:
		return true
	case digits == 4 && term[0] <= '2':
		return len(term) == 4 || len(term) == 5 && term[4] == 's'
	}
	return false
}
