package index

import (
	"encoding/binary"
	"fmt"

	"historian/corpus"
)

// Records are made of varints and strings. A string is written against a
// base it often begins with: the number of bytes shared, the number of
// further bytes, and those.

// appendString appends s against base.
func appendString(b []byte, base, s string) []byte {
	n := 0
	for n < len(s) && n < len(base) && s[n] == base[n] {
		n++
	}
	b = binary.AppendUvarint(b, uint64(n))
	b = binary.AppendUvarint(b, uint64(len(s)-n))
	return append(b, s[n:]...)
}

// A decoder reads a record. After anything that can't be, it has an error,
// and yields zero values.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) uint() int {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || v > 1<<40 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return int(v)
}

// count reads a number of things that take a byte each at least.
func (d *decoder) count() int {
	n := d.uint()
	if n > len(d.b) {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) string(base string) string {
	shared := d.uint()
	n := d.count()
	if shared > len(base) || d.err != nil {
		d.fail()
		return ""
	}
	s := base[:shared] + string(d.b[:n])
	d.b = d.b[n:]
	return s
}

func (d *decoder) fail() {
	d.b = nil
	if d.err == nil {
		d.err = fmt.Errorf("%w: a record can't be read", ErrDamaged)
	}
}

// appendDocument appends what the passages of a document share: the base
// their own records are written against.
func appendDocument(b []byte, d *corpus.Document) []byte {
	for _, s := range []string{d.ID, d.Title, d.URL, d.Lang, d.Pair} {
		b = appendString(b, "", s)
	}
	return b
}

// appendPassage appends a passage's record. back is the number of bytes from
// the document's record to this one.
func appendPassage(b []byte, d *corpus.Document, p *corpus.Passage, back int64) []byte {
	b = binary.AppendUvarint(b, uint64(back))
	b = appendString(b, d.ID, p.ID)
	b = appendString(b, d.ID, p.Doc)
	b = appendString(b, d.Title, p.Title)
	b = appendString(b, d.URL, p.URL)
	b = appendString(b, d.Lang, p.Lang)
	b = appendString(b, d.Pair, p.Pair)
	b = binary.AppendUvarint(b, uint64(len(p.Trail)))
	for _, heading := range p.Trail {
		b = appendString(b, "", heading)
	}
	b = binary.AppendUvarint(b, uint64(p.Start))
	b = binary.AppendUvarint(b, uint64(p.End))
	return appendString(b, "", p.Text)
}

// decodePassage reads the passage whose record begins at offset at of file.
func decodePassage(file []byte, at, end uint64) (p corpus.Passage, err error) {
	if at > end || end > uint64(len(file)) {
		return p, fmt.Errorf("%w: a passage lies beyond its file", ErrDamaged)
	}
	r := decoder{b: file[at:end]}
	back := r.uint()
	if uint64(back) > at {
		r.fail()
		return p, r.err
	}
	base := decoder{b: file[at-uint64(back) : at]}
	id, title, url, lang, pair := base.string(""), base.string(""), base.string(""), base.string(""), base.string("")
	p.ID, p.Doc, p.Title = r.string(id), r.string(id), r.string(title)
	p.URL, p.Lang, p.Pair = r.string(url), r.string(lang), r.string(pair)
	if n := r.count(); n > 0 {
		p.Trail = make([]string, n)
		for i := range p.Trail {
			p.Trail[i] = r.string("")
		}
	}
	p.Start, p.End = r.uint(), r.uint()
	p.Text = r.string("")
	if base.err != nil {
		return corpus.Passage{}, base.err
	}
	return p, r.err
}
