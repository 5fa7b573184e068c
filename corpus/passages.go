package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths of passages, in bytes: an excerpt shows about 400 characters, and a
// passage should hold one thing to say.
const (
	maxPassage = 1200 // longer blocks are cut at lines, then at sentences
	minPassage = 40   // shorter ones join a neighbour under the same heading
)

// A cutter makes passages of a document's blocks.
type cutter struct {
	doc   *Document
	trail []block        // headings above
	open  *block         // the piece being made
	seen  map[string]int // texts, for passages that repeat
}

// cutPassages makes passages of blocks: a list, table or code block together
// with the line that leads to it, tiny pieces with their neighbour, long ones
// in parts. Every passage is a byte range of doc.Text.
func cutPassages(doc *Document, blocks []block) {
	c := cutter{doc: doc, seen: map[string]int{}}
	for i := range blocks {
		b := blocks[i]
		switch {
		case b.kind == heading:
			c.flush()
			for len(c.trail) > 0 && c.trail[len(c.trail)-1].level >= b.level {
				c.trail = c.trail[:len(c.trail)-1]
			}
			c.trail = append(c.trail, b)
		case c.open != nil && joins(doc.Text, *c.open, b):
			c.open.end = b.end
			if c.open.kind == paragraph {
				c.open.kind = b.kind
			}
		default:
			c.flush()
			c.open = &b
		}
	}
	c.flush()
}

// flush adds the open piece, in parts where it is long.
func (c *cutter) flush() {
	if c.open == nil {
		return
	}
	d := c.doc
	var names []string
	for _, h := range c.trail {
		if name := cleanHeading(h.heading); name != "" && !sameWords(name, d.Title) {
			names = append(names, name)
		}
	}
	for _, r := range parts(d.Text, *c.open) {
		text := d.Text[r[0]:r[1]]
		if !hasWords(text) {
			continue
		}
		d.Passages = append(d.Passages, Passage{
			ID: c.id(text), Doc: d.ID, Title: d.Title, URL: d.URL, Lang: d.Lang, Pair: d.Pair,
			Trail: names, Text: text, Start: r[0], End: r[1],
		})
	}
	c.open = nil
}

// id names a passage by its document and text; a repeated text gets a number.
func (c *cutter) id(text string) string {
	sum := sha256.Sum256([]byte(text))
	id := c.doc.ID + "#" + hex.EncodeToString(sum[:6])
	c.seen[id]++
	if n := c.seen[id]; n > 1 {
		return fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// joins tells whether block b belongs to the same passage as a before it.
func joins(text string, a, b block) bool {
	if b.end-a.start > maxPassage {
		return false
	}
	lead := strings.TrimRight(text[a.start:a.end], " \t\r\n*_")
	switch {
	case a.kind == paragraph && b.kind != paragraph:
		return strings.HasSuffix(lead, ":") || strings.HasSuffix(lead, "：") || a.end-a.start < minPassage
	case a.kind == list && b.kind == list:
		return true // items of one list, told apart by the format
	case a.kind == paragraph && b.kind == paragraph:
		return a.end-a.start < minPassage || b.end-b.start < minPassage
	}
	return false
}

// parts cuts a block longer than a passage may be: at line ends, else at
// sentence ends, else at spaces or characters.
func parts(text string, b block) [][2]int {
	var out [][2]int
	for start := b.start; start < b.end; {
		end := b.end
		if end-start > maxPassage {
			end = start + cutAt(text[start:start+maxPassage])
		}
		s, e := trimRange(text, start, end)
		if e > s {
			out = append(out, [2]int{s, e})
		}
		start = end
	}
	return out
}

// cutAt gives the best place to end a passage within s, which is as long as a
// passage may be: behind the last line, sentence or space of its second half.
func cutAt(s string) int {
	half := len(s) / 2
	if i := strings.LastIndexByte(s, '\n'); i > half {
		return i + 1
	}
	best := 0
	for _, end := range []string{". ", "? ", "! ", "。", "？", "！", "；"} {
		if i := strings.LastIndex(s, end); i > half {
			best = max(best, i+len(end))
		}
	}
	if best > 0 {
		return best
	}
	if i := strings.LastIndexAny(s, " \t"); i > half {
		return i + 1
	}
	for i := len(s); i > half; i-- {
		if utf8.RuneStart(s[i-1]) {
			return i - 1 // before the last character that may be cut
		}
	}
	return len(s) // unreachable: UTF-8 has a character start in four bytes
}

func trimRange(text string, start, end int) (int, int) {
	s := text[start:end]
	start += len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	return start, start + len(strings.TrimSpace(s))
}

// hasWords tells whether s has something to read: a letter or a digit.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// cleanHeading takes off a heading what only decorates it: emoji, bullets and
// a closing colon.
func cleanHeading(h string) string {
	h = strings.TrimFunc(h, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.So, unicode.Sk, unicode.Cf, unicode.Variation_Selector)
	})
	return strings.TrimSpace(strings.TrimRight(h, ":："))
}

// sameWords tells whether two headings say the same but for case, spaces and
// punctuation.
func sameWords(a, b string) bool { return bareWords(a) == bareWords(b) }

func bareWords(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
