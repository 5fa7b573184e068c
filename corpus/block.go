package corpus

// A block is a piece of a document as its format shows it: what passages are
// made of.
type block struct {
	kind       blockKind
	level      int    // of a heading, from 1; of others 0
	start, end int    // byte range of the document's text, trimmed
	heading    string // a heading's words without markup
}

type blockKind int

const (
	paragraph blockKind = iota
	heading
	list // items, or one item where the format tells them apart
	table
	code
)
