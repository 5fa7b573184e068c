package lang

import "strings"

var hanDigit = map[string]int{
	"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}

// chineseNumber notes the value of a number in Chinese characters that
// begins at the current atom: 两, 十五, 三百二十, 十五亿, 二〇一九. A single
// 一 is seldom a number.
func (e *emitter) chineseNumber() {
	if !e.numeralAt(e.i) || e.i > 0 && e.atoms[e.i].gap == tight && (e.numeralAt(e.i-1) || e.atoms[e.i-1].kind == number) {
		return
	}
	last := e.i
	for e.is(last+1, gram, "_") && e.numeralAt(last+1) {
		last++
	}
	value, ok := e.hanValue(e.i, last)
	if ok && value != "" && !(last == e.i && value == "1") {
		e.emit(value, KindAmount, last)
		e.chineseYear(value, last)
		e.chineseMonth(value, last)
	}
}

// chineseMonth notes 三月十四日 and 三月 from a month on, whose number ends at
// atom last.
func (e *emitter) chineseMonth(value string, last int) {
	if !e.hanAt(last+1, "月") || len(value) > 2 {
		return
	}
	m := 0
	for _, c := range []byte(value) {
		m = 10*m + int(c-'0')
	}
	if m < 1 || m > 12 {
		return
	}
	from := last + 2
	to := from
	for e.is(to, gram, "_") && e.numeralAt(to) {
		to++
	}
	if to > from && (e.hanAt(to, "日") || e.hanAt(to, "号")) {
		if v, ok := e.hanValue(from, to-1); ok && len(v) <= 2 && v != "" {
			d := 0
			for _, c := range []byte(v) {
				d = 10*d + int(c-'0')
			}
			if 1 <= d && d <= 31 {
				e.date(0, m, d, to)
				return
			}
		}
	}
	e.date(0, m, 0, last+1)
}

func (e *emitter) numeralAt(i int) bool {
	if e.atoms[i].kind != gram {
		return false
	}
	c := e.str(i)
	_, digit := hanDigit[c]
	return digit || hanScale[c] > 0
}

// hanValue reads atoms as a number, digit by digit (二〇一九) or by scales
// (三百二十). Not ok where they make none: 千万 alone, 百万千.
func (e *emitter) hanValue(from, to int) (string, bool) {
	plain, scales := strings.Builder{}, false
	for i := from; i <= to; i++ {
		d, ok := hanDigit[e.str(i)]
		if !ok {
			scales = true
			break
		}
		plain.WriteByte(byte('0' + d))
	}
	if !scales {
		return plain.String(), true
	}
	var total, section, digit uint64
	seen := false // a digit that a scale can take
	for i := from; i <= to; i++ {
		c := e.str(i)
		if d, ok := hanDigit[c]; ok {
			digit, seen = uint64(d), true
			continue
		}
		switch z := hanScale[c]; {
		case z == 1 && !seen && section == 0:
			section = 10 // 十五
		case z < 4 && seen:
			section += digit * pow10(z)
		case z >= 4 && (seen || section > 0):
			total, section = (total+section+digit)*pow10(z), 0
		case z >= 4 && total > 0 && i > from && hanScale[e.str(i-1)] >= 4:
			total *= pow10(z) // 一万亿
		default:
			return "", false
		}
		digit, seen = 0, false
		if total > 1e15 {
			return "", false
		}
	}
	return itoa(int(total + section + digit)), true
}

func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}
