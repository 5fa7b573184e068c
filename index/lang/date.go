package lang

import "fmt"

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
	"august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
	"oct": 10, "nov": 11, "dec": 12,
}

func monthOf(w string) int { return months[w] }

// value gives the value of a number atom of at most four digits, and -1 for
// anything else.
func (e *emitter) value(i int) int {
	if i < 0 || i >= len(e.atoms) || e.atoms[i].kind != number || e.atoms[i].to-e.atoms[i].from > 4 {
		return -1
	}
	v := 0
	for _, c := range []byte(e.str(i)) {
		if c < '0' || c > '9' {
			return -1
		}
		v = 10*v + int(c-'0')
	}
	return v
}

func (e *emitter) year(i int) int {
	if v := e.value(i); v >= 1000 && e.atoms[i].to-e.atoms[i].from == 4 {
		return v
	}
	return 0
}

func (e *emitter) day(i int) int {
	if v := e.value(i); 1 <= v && v <= 31 {
		return v
	}
	return 0
}

// date notes the terms of a date; a zero year or day is unknown.
func (e *emitter) date(y, m, d, last int) {
	if y > 0 && d > 0 {
		e.emit(fmt.Sprintf("%04d-%02d-%02d", y, m, d), KindDate, last)
	}
	if y > 0 {
		e.emit(fmt.Sprintf("%04d-%02d", y, m), KindDate, last)
	}
	if d > 0 {
		e.emit(fmt.Sprintf("%02d-%02d", m, d), KindDate, last)
	}
	e.emit(fmt.Sprintf("m%02d", m), KindDate, last)
}

// month notes dates that begin with an English month's name: February 14,
// 2019; Feb. 14; February 2019. A bare name counts in capitals only: may, march.
func (e *emitter) month() {
	m := monthOf(e.str(e.i))
	if m == 0 || e.i > 0 && e.atoms[e.i].gap == ' ' && e.day(e.i-1) > 0 {
		return // noted from the day on
	}
	n := e.i + 1
	switch {
	case e.is(n, number, " ;,") && e.year(n) > 0:
		e.date(e.year(n), m, 0, n)
	case e.is(n, number, " ;") && e.day(n) > 0:
		d, last := e.day(n), n
		if e.is(last+1, letters, "_") { // 14th
			last++
		}
		if e.is(last+1, number, ", ") && e.year(last+1) > 0 {
			e.date(e.year(last+1), m, d, last+1)
			return
		}
		e.date(0, m, d, last)
	default:
		start, _ := e.norm.Original(e.atoms[e.i].from, e.atoms[e.i].to)
		if c := e.text[start]; 'A' <= c && c <= 'Z' {
			e.emit(fmt.Sprintf("m%02d", m), KindDate, e.i)
		}
	}
}

// dayMonth notes dates that begin with a day: 14 February 2019, 14th of
// February.
func (e *emitter) dayMonth() {
	d, n := e.day(e.i), e.i+1
	if d == 0 {
		return
	}
	if e.is(n, letters, "_") && len(e.str(n)) == 2 {
		n++
	}
	if e.is(n, letters, " ") && e.str(n) == "of" {
		n++
	}
	if !e.is(n, letters, " -") || monthOf(e.str(n)) == 0 {
		return
	}
	m := monthOf(e.str(n))
	if e.is(n+1, number, " ,-;") && e.year(n+1) > 0 {
		e.date(e.year(n+1), m, d, n+1)
		return
	}
	e.date(0, m, d, n)
}

// isoDate notes 2019-02-14, 2019/2/14 and 2019-02.
func (e *emitter) isoDate() {
	y := e.year(e.i)
	if y == 0 || !e.is(e.i+1, number, "-/") {
		return
	}
	m := e.value(e.i + 1)
	if m < 1 || m > 12 {
		return
	}
	if e.is(e.i+2, number, "-/") && e.day(e.i+2) > 0 {
		e.date(y, m, e.day(e.i+2), e.i+2)
	} else if e.atoms[e.i+1].to-e.atoms[e.i+1].from == 2 {
		e.date(y, m, 0, e.i+1)
	}
}

// chineseDate notes 2019年2月14日, 2019年2月, 2月14日, 2月 and 1990年代.
func (e *emitter) chineseDate(digits string) {
	if e.hanAt(e.i+1, "年") {
		e.chineseYear(digits, e.i)
		return
	}
	if m := e.value(e.i); e.hanAt(e.i+1, "月") && 1 <= m && m <= 12 {
		d, last := e.chineseDay(e.i + 2)
		if e.i >= 2 && e.hanAt(e.i-1, "年") && e.year(e.i-2) > 0 {
			return // noted from the year on
		}
		e.date(0, m, d, last)
	}
}

// chineseYear notes dates from a year on, whose digits end at atom last.
func (e *emitter) chineseYear(digits string, last int) {
	if len(digits) != 4 || !e.hanAt(last+1, "年") {
		return
	}
	if e.hanAt(last+2, "代") {
		e.emit(digits+"s", KindJoint, last+2)
		return
	}
	y := 0
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return
		}
		y = 10*y + int(c-'0')
	}
	m := e.value(last + 2)
	if m < 1 || m > 12 || !e.hanAt(last+3, "月") {
		return
	}
	d, to := e.chineseDay(last + 4)
	e.date(y, m, d, to)
}

// chineseDay reads 14日 or 14号 at atom i, and gives the date's last atom.
func (e *emitter) chineseDay(i int) (day, last int) {
	if d := e.day(i); d > 0 && (e.hanAt(i+1, "日") || e.hanAt(i+1, "号")) {
		return d, i + 1
	}
	return 0, i - 1
}

// hanAt tells whether atom i is the character, with at most a space before.
func (e *emitter) hanAt(i int, c string) bool { return e.is(i, gram, "_ ") && e.str(i) == c }
