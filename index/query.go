package index

import (
	"fmt"
	"strings"

	"historian/index/lang"
)

// A Query is the index's reading of a Question. String prints it.
type Query struct {
	Lang   string // language the question is written in
	Want   Want   // the kind of thing it asks for
	Terms  []QueryTerm
	text   string // the question
	folded string // the question, folded
}

// A QueryTerm is one thing asked for, in all the forms it may take in a
// passage: the word, its stem, its other spellings, its translations. All
// forms count as one term (Pirkola 1998: tf and df are those of the union).
type QueryTerm struct {
	Text   string // as written in the question
	Start  int    // byte range in the question
	End    int
	Pos    int      // ordinal of its first word or character in the question
	Pair   bool     // two characters of a script without spaces, a word or only neighbours
	Forms  []Form   // first is the normalised word itself
	Loose  []string // words of the same sense that the documents have; set by Search
	Weight float64  // importance in the question, before idf; 1 is a plain content word
	IDF    float64  // rarity in the documents, of all forms together; set by Search, at its greatest where no form occurs
	DF     int      // passages that hold any form; set by Search
	Worth  float64  // what it is worth to a passage to hold it, learned; set by Search
	Held   float64  // probability that the passage that answers holds it, learned; set by Search
	Entity bool     // names a thing (GPT-3, OpenAI): an answer must be about it

	aside bool // stands beside what is asked: a passage may well lack it
}

// A Form is one normalised term that can stand for a QueryTerm.
type Form struct {
	Term   string
	Rest   []string // terms that follow it, of a phrase
	Weight float64  // 1 for the word itself, less for looser forms
}

// maxTerms is how many terms of a question count; of a longer one, the first.
// A question of 4,000 characters is mostly something else than a question.
const maxTerms = 120

// Importance of a term in the question, before idf.
const (
	stopWeight     = 0.2 // grammar words still tell "who was" from "who is"
	charWeight     = 0.5 // a Chinese character beside its pairs
	stopChar       = 0.1
	stopPair       = 0.2 // 的是: two grammar characters
	halfStopPair   = 0.5 // 的书: mostly across two words
	frameWeight    = 0.1 // 啥时候: says what kind of answer is wanted
	nameWeight     = 1.5
	latinWeight    = 2.5 // a word or number among Chinese: as much as the pairs of a Chinese name
	unspacedShares = 2   // a question is in such a script if it has more than 1 in so many of its terms
)

// ParseQuery reads a question: its terms with their weights, names first
// among equals.
func ParseQuery(q Question) Query {
	tokens := lang.Analyze(q.Text)
	query := Query{Lang: q.Lang, text: q.Text, folded: fold(q.Text)}
	query.Want = wantOf(query.folded)
	if query.Want == WantDefinition && asksMeaning.matches(query.folded) && capitals.MatchString(q.Text) {
		query.Want = WantExpansion
	}
	if query.Lang == "" {
		query.Lang = lang.Detect(q.Text)
	}
	chinese := mostlyUnspaced(tokens)
	asking, beside := frameSpans(q.Text), asides(q.Text)
	at := make(map[string]int) // index of a term by its first form
	for i := 0; i < len(tokens) && len(query.Terms) < maxTerms; i++ {
		t := tokens[i]
		term := QueryTerm{Text: q.Text[t.Start:t.End], Pos: t.Pos, Forms: []Form{{Term: t.Term, Weight: 1}}, Weight: weigh(t, chinese), Entity: isName(t), Start: t.Start, End: t.End, Pair: t.Kind == lang.KindGram}
		if inFrame(t, asking) {
			term.Weight = min(term.Weight, frameWeight)
		}
		term.aside = !term.Entity && inside(t, beside)
		// Tokens over the same words are spellings of one thing: two and 2,
		// or a date ever less exactly.
		for i+1 < len(tokens) && tokens[i+1].Start == t.Start && tokens[i+1].End == t.End && tokens[i+1].Pos == t.Pos {
			i++
			term.Forms = append(term.Forms, Form{Term: tokens[i].Term, Weight: looser(tokens[i], len(term.Forms))})
		}
		for _, usual := range lang.Informal(fold(term.Text)) {
			term.Forms = append(term.Forms, Form{Term: lang.Analyze(usual)[0].Term, Weight: 1})
		}
		if j, ok := at[t.Term]; ok {
			query.Terms[j].Weight = max(query.Terms[j].Weight, term.Weight)
			continue
		}
		at[t.Term] = len(query.Terms)
		query.Terms = append(query.Terms, term)
	}
	query.Terms = append(query.Terms, implied(q.Text, query.folded)...)
	return query
}

// mixed tells whether a question has words in both kinds of script.
func (q Query) mixed() bool {
	var has [scripts]bool
	for i := range q.Terms {
		if t := &q.Terms[i]; t.Weight >= contentWeight && t.End > t.Start && !t.Entity {
			script := spaced
			if lang.Unspaced(t.Forms[0].Term) {
				script = unspaced
			}
			has[script] = true
		}
	}
	return has[spaced] && has[unspaced]
}

// isName tells whether a token names a thing for sure: letters with a number,
// as GPT-2, which other things of the kind differ from by a digit only.
func isName(t lang.Token) bool {
	return t.Kind == lang.KindJoint && strings.ContainsAny(t.Term, "0123456789") && (t.Term[0] < '0' || t.Term[0] > '9')
}

func looser(t lang.Token, n int) float64 {
	if t.Kind == lang.KindDate {
		return 1 / float64(n+1)
	}
	return 1
}

func mostlyUnspaced(tokens []lang.Token) bool {
	n := 0
	for _, t := range tokens {
		if lang.Unspaced(t.Term) {
			n++
		}
	}
	return unspacedShares*n > len(tokens)
}

// weigh gives a token's weight; chinese is whether the question is in a
// script without spaces.
func weigh(t lang.Token, chinese bool) float64 {
	stop := lang.Stop(t.Term)
	switch {
	case chinese && !stop && !lang.Unspaced(t.Term):
		return latinWeight
	case t.Kind == lang.KindJoint:
		return nameWeight
	case t.Kind == lang.KindGram && lang.StopPair(t.Term):
		return stopPair
	case t.Kind == lang.KindGram && lang.HalfStop(t.Term):
		return halfStopPair
	case t.Kind == lang.KindGram:
		return 1
	case t.Kind == lang.KindWord && lang.Unspaced(t.Term):
		if stop {
			return stopChar
		}
		return charWeight
	case stop:
		return stopWeight
	}
	return 1
}

// String prints the query as its terms with forms and weights:
// "gpt-2^1.5* (two 2)^1", a star for a name.
func (q Query) String() string {
	var b strings.Builder
	for i, t := range q.Terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		forms := make([]string, len(t.Forms))
		for i, f := range t.Forms {
			forms[i] = f.Term
		}
		if len(forms) > 1 {
			fmt.Fprintf(&b, "(%s)", strings.Join(forms, " "))
		} else {
			b.WriteString(forms[0])
		}
		if t.Weight != 1 {
			fmt.Fprintf(&b, "^%g", t.Weight)
		}
		if t.Entity {
			b.WriteByte('*')
		}
	}
	return b.String()
}
