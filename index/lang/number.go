package lang

import "strings"

// number notes a number by its digits, with what is written onto it (1960s,
// 4k), its value where a word scales it, and the date it begins.
func (e *emitter) number() {
	d := strings.ReplaceAll(e.str(e.i), ",", "")
	e.emit(d, KindWord, e.i)
	e.isoDate()
	e.dayMonth()
	e.chineseDate(d)
	next := e.i + 1
	switch {
	case e.is(next, letters, "_- "):
		w := e.str(next)
		if z := scaleOf(w); z > 0 && (len(w) > 1 || e.atoms[next].gap == tight) {
			e.emit(shift(d, z), KindAmount, next)
		}
		if e.atoms[next].gap == tight {
			e.emit(d+w, KindJoint, next)
		}
	case e.is(next, letters, "'") && e.str(next) == "s":
		e.i++ // GPT-2's
	case e.is(next, gram, "_ "):
		zeros, last := 0, next
		for last < len(e.atoms) && e.atoms[last].kind == gram && hanScale[e.str(last)] > 0 {
			zeros += hanScale[e.str(last)]
			last++
		}
		if zeros > 0 {
			e.emit(shift(d, zeros), KindAmount, last-1)
		}
	}
}

// scaleOf gives the number of zeros a word adds to a number; 0 for none.
func scaleOf(w string) int {
	switch w {
	case "hundred":
		return 2
	case "thousand", "thousands", "k":
		return 3
	case "million", "millions", "m", "mn":
		return 6
	case "billion", "billions", "b", "bn":
		return 9
	case "trillion", "trillions", "tn":
		return 12
	}
	return 0
}

var hanScale = map[string]int{"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}

// shift multiplies decimal digits by a power of ten: 1.5 and 9 give
// 1500000000.
func shift(d string, zeros int) string {
	whole, part, _ := strings.Cut(d, ".")
	if strings.Contains(part, ".") {
		return d // a version
	}
	if len(part) > zeros {
		return strings.TrimLeft(whole+part[:zeros], "0") + "." + part[zeros:]
	}
	s := strings.TrimLeft(whole+part+strings.Repeat("0", zeros-len(part)), "0")
	if s == "" {
		return "0"
	}
	return s
}

var (
	units = map[string]int{
		"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
		"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
		"seventeen": 17, "eighteen": 18, "nineteen": 19,
	}
	tens = map[string]int{
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	}
	ones = map[string]int{"one": 1}
)

// numeral notes the value of a number in English words: two, twenty-five,
// two million. A plain "one" is seldom a number.
func (e *emitter) numeral(w string) {
	value, last := units[w], e.i
	if t := tens[w]; t > 0 {
		value = t
		if e.is(last+1, letters, "- ") {
			if u := units[e.str(last+1)] + ones[e.str(last+1)]; 0 < u && u < 10 {
				value, last = value+u, last+1
			}
		}
	}
	zeros := 0
	if e.is(last+1, letters, "- ") && (value > 0 || w == "one") {
		if z := scaleOf(e.str(last + 1)); z > 0 && len(e.str(last+1)) > 2 {
			value, zeros, last = max(value, 1), z, last+1
		}
	}
	if value > 0 {
		e.emit(shift(itoa(value), zeros), KindAmount, last)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
