// Package corpus turns a folder of documents into passages.
//
// In: Markdown, plain text and HTML files, each with optional YAML front
// matter. Out: one Document a file, cut into Passages that can be quoted
// alone; or a Problem that names the file, the line, what is wrong and the
// mend. A bad file never takes the others down.
package corpus

// A Document is one file of the corpus, decoded and cut into passages.
type Document struct {
	ID       string    // path below the corpus folder, slash-separated, without extension
	Path     string    // path below the corpus folder, as read
	Title    string    // front matter, else first heading, else file name
	URL      string    // where readers find the document; may be empty
	Date     string    // YYYY, YYYY-MM or YYYY-MM-DD; may be empty
	Lang     string    // BCP 47: en, zh-Hans, zh-Hant, ja, …; empty where the file doesn't say
	Pair     string    // documents with the same non-empty Pair say the same in different languages
	License  string    // SPDX identifier or free text; may be empty
	Sources  []Source  // public sources the document rests on
	Timeline []Event   // dated events, in the order given
	Text     string    // the UTF-8 text that Passages are ranges of
	Passages []Passage // in document order
	Notes    []Note    // what the reader dropped, repaired or assumed
}

// A Source is a public page that a document's facts come from.
type Source struct {
	Title string
	URL   string
}

// A Passage is what is indexed, ranked and cited: a paragraph, a list with
// its lead-in, a table or a code block, verbatim.
type Passage struct {
	ID    string   // document ID, "#" and a hash of the text: stable over reindexing
	Doc   string   // Document.ID
	Title string   // Document.Title
	URL   string   // Document.URL, with a heading anchor where the format has them
	Lang  string   // Document.Lang; the index tells it where that is empty
	Pair  string   // Document.Pair
	Trail []string // headings above the passage, outermost first, without the title
	Text  string   // Document.Text[Start:End], verbatim
	Start int      // byte offsets into Document.Text
	End   int
}

// An Event is a dated entry of a document's timeline.
type Event struct {
	Date       string  // YYYY, YYYY-MM or YYYY-MM-DD
	Name       string  // what it is about: "GPT-2"
	Label      string  // what happened, in the document's language
	Parameters float64 // size in parameters; 0 where not public
	Cites      string  // words of exactly one passage of the document
	Passage    string  // ID of that passage, resolved when the document is read
}

// A Note tells what the reader did to a document beyond reading it.
type Note struct {
	Line int    // 1-based line in the file; 0 where it concerns the whole file
	What string // "dropped 52 lines of teasers: …"
}
