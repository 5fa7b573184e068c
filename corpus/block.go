package corpus

// A block is a piece of a document as its format shows it: what passages are
// made of.
type block struct {
	kind       blockKind
	level      int    // of a heading, from 1; of others 0
	start, end int    // byte range of the document's text, trimmed
	heading    string // a heading's words without markup
	linked     bool   // nothing but links
}

type blockKind int

const (
	paragraph blockKind = iota
	heading
	list // items, or one item where the format tells them apart
	table
	code
)

// withoutDebris leaves out the blocks that are no part of the article.
func withoutDebris(text string, blocks []block) ([]block, []note) {
	spans := make([]span, len(blocks))
	for i, b := range blocks {
		spans[i] = span{start: b.start, end: b.end, text: text[b.start:b.end], heading: b.kind == heading, item: b.kind == list, linked: b.linked}
		switch b.kind {
		case heading:
			spans[i].text = b.heading
		case table, code:
			spans[i].text = ""
		}
	}
	drop, notes := findDebris(spans)
	kept := blocks[:0:0]
	for i, b := range blocks {
		if !drop[i] {
			kept = append(kept, b)
		}
	}
	return kept, notes
}
