package index

// A Query is the index's reading of a Question. String prints it.
type Query struct {
	Lang  string // language the question is written in
	Terms []QueryTerm
}

// A QueryTerm is one thing asked for, in all the forms it may take in a
// passage: the word, its stem, its other spellings, its translations. All
// forms count as one term (Pirkola 1998: tf and df are those of the union).
type QueryTerm struct {
	Text   string  // as written in the question
	Forms  []Form  // first is the normalised word itself
	Weight float64 // importance in the question, before idf; 1 is a plain content word
	IDF    float64 // rarity in the documents, of all forms together; set by Search, at its greatest where no form occurs
	DF     int     // passages that hold any form; set by Search
	Entity bool    // names a thing (GPT-3, OpenAI): an answer must be about it
}

// A Form is one normalised term that can stand for a QueryTerm.
type Form struct {
	Term   string
	Weight float64 // 1 for the word itself, less for looser forms
}
