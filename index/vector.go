package index

import (
	"encoding/binary"
	"slices"
	"sort"

	"historian/corpus"
	"historian/index/lang"
)

// An analysed passage is a passage cut into terms, before terms have IDs:
// occurrences count in terms, the distinct terms in order of appearance.
type analysed struct {
	terms []string
	freqs []int // of each term in head and body
	vec   vector
}

// analyse cuts a passage with what stands above it into terms.
func analyse(p *corpus.Passage) analysed {
	a := analyser{ids: map[string]termID{}}
	from := 0
	for _, s := range append([]string{p.Title}, p.Trail...) {
		from, _ = a.field(&a.vec.Head, s, from)
	}
	var starts []int
	a.vec.Len, starts = a.field(&a.vec.Body, p.Text, 0)
	a.vec.Sents = sentenceStarts(p.Text, a.vec.Body, starts)
	a.vec.Unspaced = bodyUnspaced(a.vec.Body, a.terms)
	return a.analysed
}

// bodyUnspaced tells whether most of a body is in a script without spaces.
// Numbers belong to no script: a list of dates in a Chinese document is
// Chinese.
func bodyUnspaced(body []occurrence, terms []string) bool {
	of := [scripts]int{}
	for _, o := range body {
		switch term := terms[o.Term]; {
		case lang.Unspaced(term):
			of[unspaced]++
		case !isDigit(term[0]):
			of[spaced]++
		}
	}
	return of[unspaced] > of[spaced]
}

type analyser struct {
	analysed
	ids map[string]termID
}

// field appends the terms of s to the field, with positions from from, and
// gives the position after the last and where in s each occurrence starts.
func (a *analyser) field(field *[]occurrence, s string, from int) (next int, starts []int) {
	next = from
	for _, t := range lang.Analyze(s) {
		id, ok := a.ids[t.Term]
		if !ok {
			id = termID(len(a.terms))
			a.ids[t.Term] = id
			a.terms = append(a.terms, t.Term)
			a.freqs = append(a.freqs, 0)
		}
		a.freqs[id]++
		*field = append(*field, occurrence{id, uint32(from + t.Pos)})
		starts = append(starts, t.Start)
		next = max(next, from+t.Pos+1)
	}
	return next, starts
}

// sentenceStarts gives the position of each sentence's first term; starts are
// the byte offsets of the body's terms.
func sentenceStarts(text string, body []occurrence, starts []int) []uint32 {
	sents := []uint32{0}
	for _, s := range lang.Sentences(text) {
		i := sort.SearchInts(starts, s.Start)
		if i < len(body) && body[i].Pos > sents[len(sents)-1] {
			sents = append(sents, body[i].Pos)
		}
	}
	return sents
}

// appendVector appends a vector's record: length and script, head, body,
// sentence starts; positions as differences.
func appendVector(b []byte, v *vector) []byte {
	n := uint64(v.Len) << 1
	if v.Unspaced {
		n |= 1
	}
	b = binary.AppendUvarint(b, n)
	for _, field := range [][]occurrence{v.Head, v.Body} {
		b = binary.AppendUvarint(b, uint64(len(field)))
		last := uint32(0)
		for _, o := range field {
			b = binary.AppendUvarint(b, uint64(o.Term))
			b = binary.AppendUvarint(b, uint64(o.Pos-last))
			last = o.Pos
		}
	}
	b = binary.AppendUvarint(b, uint64(len(v.Sents)))
	last := uint32(0)
	for _, pos := range v.Sents {
		b = binary.AppendUvarint(b, uint64(pos-last))
		last = pos
	}
	return b
}

// decodeVector reads a record into v. Terms must be below terms.
func decodeVector(b []byte, v *vector, terms int) error {
	d := decoder{b: b}
	n := d.uint()
	v.Len, v.Unspaced = n>>1, n&1 == 1
	v.Head = d.field(v.Head[:0], terms)
	v.Body = d.field(v.Body[:0], terms)
	v.Sents = v.Sents[:0]
	last := uint32(0)
	for range d.count() {
		last += uint32(d.uint())
		v.Sents = append(v.Sents, last)
	}
	if d.err == nil && (len(v.Sents) == 0 || v.Sents[0] != 0) {
		d.fail()
	}
	return d.err
}

func (d *decoder) field(field []occurrence, terms int) []occurrence {
	n := d.count()
	field = slices.Grow(field, n)[:n]
	last, most := uint32(0), uint32(0)
	b := d.b
	for i := range field {
		// The inner loop of ranking: most numbers take one byte or two.
		var term, pos uint32
		switch {
		case len(b) > 1 && b[0] < 0x80:
			term, b = uint32(b[0]), b[1:]
		case len(b) > 2 && b[1] < 0x80:
			term, b = uint32(b[0]&0x7f)|uint32(b[1])<<7, b[2:]
		case len(b) > 3 && b[2] < 0x80:
			term, b = uint32(b[0]&0x7f)|uint32(b[1]&0x7f)<<7|uint32(b[2])<<14, b[3:]
		default:
			d.b = b
			term = uint32(d.uint())
			b = d.b
		}
		if len(b) > 0 && b[0] < 0x80 {
			pos, b = uint32(b[0]), b[1:]
		} else {
			d.b = b
			pos = uint32(d.uint())
			b = d.b
		}
		last += pos
		most = max(most, term)
		field[i] = occurrence{termID(term), last}
	}
	d.b = b
	if n > 0 && int64(most) >= int64(terms) {
		d.fail()
	}
	if d.err != nil {
		return field[:0]
	}
	return field
}
