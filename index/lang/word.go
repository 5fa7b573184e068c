package lang

import "strings"

// gram notes a character of a script without spaces, its pair with the next,
// and the number or date that begins here.
func (e *emitter) gram() {
	c := e.str(e.i)
	e.emit(c, KindWord, e.i)
	if e.is(e.i+1, gram, "_") {
		e.emit(c+e.str(e.i+1), KindGram, e.i+1)
	}
	e.chineseNumber()
	e.pos++
}

// word notes a word or number with the names, amounts and dates it begins.
func (e *emitter) word() {
	if e.atoms[e.i].kind == number {
		e.number()
		e.pos++
		return
	}
	if last := e.acronym(); last > e.i {
		e.pos++
		e.i = last
		return
	}
	w := e.str(e.i)
	if base, more, ok := e.contraction(w); ok {
		e.emit(stem(base), KindWord, e.i)
		e.compound(base)
		e.pos++
		e.i++
		if more != "" {
			e.emit(more, KindWord, e.i)
			e.pos++
		}
		return
	}
	known := words.look(w)
	e.emit(known.stem, KindWord, e.i)
	e.compound(w)
	e.name(w, 0)
	if known.month {
		e.month()
	}
	if known.number {
		e.numeral(w)
	}
	e.pos++
}

// acronym notes letters with dots between, U.S.A., as one word, and gives its
// last atom. One that spells a stop word keeps a dot, as does a stop word in
// capitals: the US is not us.
func (e *emitter) acronym() (last int) {
	last = e.i
	if e.atoms[e.i].to-e.atoms[e.i].from != 1 {
		start, end := e.norm.Original(e.atoms[e.i].from, e.atoms[e.i].to)
		if w := e.str(e.i); len(w) > 1 && end-start == len(w) && e.text[start] != w[0] && Stop(w) && e.text[start:end] == strings.ToUpper(w) && !e.shouted() {
			e.emit(w+".", KindWord, e.i)
		}
		return last
	}
	for e.is(last+1, letters, ".") && e.atoms[last+1].to-e.atoms[last+1].from == 1 {
		last++
	}
	if last == e.i {
		return last
	}
	var joined strings.Builder
	for i := e.i; i <= last; i++ {
		joined.WriteString(e.str(i))
	}
	w := joined.String()
	if Stop(w) {
		w += "."
	}
	e.emit(w, KindWord, last)
	return last
}

// shouted tells whether the word's neighbours are in capitals too, so that
// capitals say nothing.
func (e *emitter) shouted() bool {
	for _, i := range []int{e.i - 1, e.i + 1} {
		if i < 0 || i >= len(e.atoms) || e.atoms[i].kind != letters {
			continue
		}
		start, end := e.norm.Original(e.atoms[i].from, e.atoms[i].to)
		if s := e.text[start:end]; len(s) > 1 && s == strings.ToUpper(s) {
			return true
		}
	}
	return false
}

// contraction splits don't, GPT-2's, we'll into the word that carries the
// meaning and what of the rest does.
func (e *emitter) contraction(w string) (base, more string, ok bool) {
	if !e.is(e.i+1, letters, "'") {
		return "", "", false
	}
	switch e.str(e.i + 1) {
	case "s", "re", "ve", "ll", "d", "m":
		return w, "", true
	case "t":
		switch w {
		case "won":
			return "will", "not", true
		case "can":
			return "can", "not", true
		}
		if base, ok := strings.CutSuffix(w, "n"); ok && base != "" {
			return base, "not", true
		}
	}
	return "", "", false
}

// compound notes two words joined by a hyphen, dot or apostrophe as they are
// written without: e-mail, node.js, O'Brien.
func (e *emitter) compound(w string) {
	if !e.is(e.i+1, letters, "-.'") {
		return
	}
	second := e.str(e.i + 1)
	if e.atoms[e.i+1].gap == '\'' && len(second) <= 2 {
		return // a contraction
	}
	if len(w) == 1 && len(second) == 1 {
		return
	}
	e.emit(stem(w+second), KindJoint, e.i+1)
	e.name(w+second, 1)
}

// name notes a word with the number after it as one name, however it is
// written: GPT-2, gpt2, GPT 2. A variant's name is noted beside: gpt-3.5 and
// gpt-3.5-turbo; but gpt-4o is not gpt-4. skip is how many atoms w spans
// beyond the current one.
func (e *emitter) name(w string, skip int) {
	n := e.i + skip + 1
	if !e.is(n, number, "_- ") || Stop(w) || e.atoms[n].gap == ' ' && (monthOf(w) > 0 || scaleOf(w) > 0) {
		return
	}
	num := e.str(n)
	if len(num) > 6 || strings.Contains(num, ",") {
		return
	}
	joint := w + "-" + num
	if e.is(n+1, letters, "_") {
		n++
		joint += e.str(n)
	}
	e.emit(joint, KindJoint, n)
	if e.is(n+1, letters, "-") {
		e.emit(joint+"-"+e.str(n+1), KindJoint, n+1)
	}
}
