package index

import "historian/corpus"

// A Question is a person's words.
type Question struct {
	Text string
	// Lang is the asker's language as BCP 47 ("en", "zh-Hans", "zh-Hant");
	// empty means: the language the question is written in.
	Lang string
	// Follows is the text of the question this one follows up; empty for none.
	Follows string
	// Documents are the IDs of the documents to answer from, or of folders of
	// them; empty means all.
	Documents []string
	// Pin is the ID of the passage that answers, as people who know have said;
	// empty where nobody has.
	Pin string
	// Not are IDs of passages that don't answer, as people who know have said.
	Not []string
}

// An Answer is what the documents say to a question: excerpts with
// citations, or none. Finding nothing is a value, not an error.
type Answer struct {
	Question   Question
	Query      Query     // how the question was read
	ReadAs     string    // the question a follow-up was read as; empty for others
	Excerpts   []Excerpt // one to three, best first; none when the documents don't answer
	Conflict   *Conflict // set where the first two excerpts give different values; nil for none
	Closest    Excerpt   // the excerpt that came closest, shown or not
	Evidence   []Part    // what Confidence is made of
	Confidence float64   // probability that the first excerpt answers, 0 to 1, calibrated
	Threshold  float64   // below it nothing is answered
	Reason     Reason    // why there is no excerpt; zero when there is one
	Missing    []string  // words of the question, verbatim, that the documents don't hold
	Topics     []Topic   // when there is no excerpt: up to three things the documents do tell
	Hits       []Hit     // candidates in rank order, for explanations; at most 10
	Generation string    // ID of the generation that answered

	further func() []Excerpt // what More gives; nil for none
}

// Abstained tells whether the documents hold no answer.
func (a Answer) Abstained() bool { return len(a.Excerpts) == 0 }

// A Reason says why an Answer has no excerpt.
type Reason string

// The reasons.
const (
	Answered         Reason = ""                  // it has excerpts
	NoQuestion       Reason = "no-question"       // nothing to look for: empty, only emoji, punctuation, …
	NoMatch          Reason = "no-match"          // no passage shares a content word
	UnknownEntity    Reason = "unknown-entity"    // it asks about a thing the documents don't name
	MissingAttribute Reason = "missing-attribute" // the thing is known, what is asked of it isn't
	LowConfidence    Reason = "low-confidence"    // something matched, too little to trust
)

// An Excerpt is what is shown of a passage: Text is a byte range of the
// passage's text, never altered.
type Excerpt struct {
	Text       string
	Start, End int            // byte range in Passage.Text
	Marks      []Mark         // sorted, not overlapping
	Passage    corpus.Passage // where it comes from: title, trail, URL, language
}

// A Mark is a byte range of an Excerpt's Text to emphasise.
type Mark struct {
	From, To int
	Kind     MarkKind
}

// A MarkKind says what a Mark marks.
type MarkKind string

// The kinds of marks.
const (
	MarkMatch  MarkKind = "match"  // a word of the question
	MarkAnswer MarkKind = "answer" // the span that answers: a date, a number, a name
)

// A Topic is something the documents tell about: a document or a section.
type Topic struct {
	Name    string // title or heading
	Lang    string
	Title   string // title of the document
	URL     string
	Passage string // ID of its first passage
}

// A Hit is a passage with its score.
type Hit struct {
	Passage corpus.Passage
	Score   float64

	query     *Query // as it is read for a passage in another language; nil for the asker's
	weighting int
	f         *features
}

// Parts tells what the score is made of.
func (h Hit) Parts() []Part {
	if h.f == nil {
		return nil
	}
	return learned().parts(h.f, h.weighting)
}

// A Part is one feature's share of a score.
type Part struct {
	Name   string
	Value  float64 // of the feature
	Weight float64 // Value × Weight is its share
}
