package index

import (
	"time"

	"historian/corpus"
)

// A Catalog lists what a generation holds, without the passages.
type Catalog struct {
	Generation string         // ID of the generation
	Created    time.Time      // when it was built, UTC
	Passages   int            // all of them
	Languages  map[string]int // passages by language
	Documents  []DocumentInfo // in path order
	Events     []Event        // of all documents, by date, then name, then language
}

// A DocumentInfo is a document as a list of sources shows it.
type DocumentInfo struct {
	ID, Title, URL, Date, Lang, Pair, License string
	Sources                                   []corpus.Source
	Sections                                  []Section // its headings, in order
	Passages                                  int
}

// A Section is a heading with the first passage under it.
type Section struct {
	Trail   []string // outermost first
	Passage string   // passage ID
}

// An Event is a timeline entry with the passage it rests on.
type Event struct {
	corpus.Event
	Lang     string         // language of the label
	Pair     string         // events of paired documents with the same date and name are one
	Citation corpus.Passage // the cited passage
}
