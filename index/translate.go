package index

import (
	"slices"
	"strings"

	"historian/index/lang"
)

// A translated word is a word or phrase of a question with its senses in the
// other script's language. All senses stand for one term (Pirkola 1998).
type translated struct {
	source int        // the query term it translates; of a phrase, the rarest
	pos    int        // in the question
	senses [][]string // each the terms of a sense in order, without gaps between; none where it has no translation in the documents
	share  float64    // of the term's worth; 1 for a word or phrase as a whole
}

// partShare is the share of its worth that each part of a phrase has beside
// the phrase: who asks for the parameter count is helped by parameters, too.
// Of 0.3 to 1, the best both ways.
const partShare = 0.6

// A dictionary translates the longest known phrase at the head of a list.
type dictionary func(head []questionWord) (n int, senses [][]string)

// translate reads a query in the language of the other script: English for
// one in Chinese, Chinese for any other. What has no translation that known
// finds in the documents stays as it is, since names are often written in
// Latin letters in Chinese too, and numbers in digits; Chinese words without
// one have no senses, so that they are missed.
func translate(q *Query, l *lang.Lexicon, known func(sense []string) bool) []translated {
	words := wordsOf(q.text)
	chinese := scriptOf(*q) == unspaced
	look := lookUp(l, chinese, known)
	single, pairs := termsByStart(q)
	used := make([]bool, len(q.Terms))
	var out []translated
	for i := 0; i < len(words); {
		n, senses := look(words[i:])
		if n == 0 {
			n = untranslated(words[i:], look)
		}
		source, ok := single[words[i].start]
		if pair, two := pairs[words[i].start]; two && n > 1 {
			source, ok = pair, true
		}
		if ok && !allStop(words[i:i+n]) {
			used[source] = true
			if n == 1 {
				senses = append(senses, verbatim(&q.Terms[source])...)
			}
			if len(senses) > 0 || n > 1 {
				out = append(out, translated{source, q.Terms[source].Pos, senses, 1})
			}
			for _, p := range parts(words[i:i+n], look) {
				out = append(out, translated{source, q.Terms[source].Pos, p, partShare})
			}
		}
		i += n
	}
	for i := range q.Terms { // names, amounts and dates; what the question's form implies
		t := &q.Terms[i]
		switch {
		case used[i]:
		case t.End == t.Start:
			if senses := inScript(t, !chinese); senses != nil {
				out = append(out, translated{i, t.Pos, senses, 1})
			}
		case !t.Pair && (t.Entity || isDigit(t.Forms[0].Term[0])):
			out = append(out, translated{i, t.Pos, verbatim(t), 1})
		}
	}
	return out
}

// untranslated tells how many words at the head of a list, the first of which
// has no translation, are read as one: Chinese characters up to the next that
// has one or is of grammar.
func untranslated(head []questionWord, look dictionary) int {
	n := 1
	for n < len(head) && head[0].unspaced && head[n].unspaced && head[n].start == head[n-1].end &&
		!lang.Stop(head[0].text) && !lang.Stop(head[n].text) {
		if known, _ := look(head[n:]); known > 0 {
			break
		}
		n++
	}
	return n
}

// parts gives the senses of the words within a phrase, the longest first; of
// single characters, which are rarely words of their own, none.
func parts(phrase []questionWord, look dictionary) (out [][][]string) {
	for i := 0; i < len(phrase) && len(phrase) > 1; {
		n, senses := look(phrase[i:min(len(phrase), i+len(phrase)-1)])
		if n > 1 || n == 1 && !phrase[i].unspaced && !lang.Stop(phrase[i].text) {
			out = append(out, senses)
		}
		i += max(1, n)
	}
	return out
}

// translateForeign reads the words of a question that are in the other script
// than most of it in the language of the rest: people mix them, documents
// less. It calls add for each term of such a word or phrase with its senses.
func translateForeign(q *Query, l *lang.Lexicon, known func(sense []string) bool, add func(term int, senses [][]string)) {
	chinese := scriptOf(*q) == unspaced
	words := wordsOf(q.text)
	look := lookUp(l, !chinese, known)
	for i := 0; i < len(words); {
		n := 1
		if words[i].unspaced != chinese && !lang.Stop(words[i].text) {
			var senses [][]string
			if n, senses = look(words[i:]); n > 0 {
				for j := range q.Terms {
					if t := &q.Terms[j]; !t.Entity && t.End > t.Start && t.Start >= words[i].start && t.End <= words[i+n-1].end {
						add(j, senses)
					}
				}
			}
		}
		i += max(1, n)
	}
}

// termsByStart gives the query's terms, and its pairs of characters, by where
// they start in the question.
func termsByStart(q *Query) (single, pairs map[int]int) {
	single, pairs = make(map[int]int), make(map[int]int)
	for i := range q.Terms {
		t := &q.Terms[i]
		starts := single
		if t.Pair {
			starts = pairs
		}
		if _, taken := starts[t.Start]; !taken && t.End > t.Start {
			starts[t.Start] = i
		}
	}
	return single, pairs
}

// lookUp gives the dictionary from Chinese to English, or from English: the
// longest phrase that has a translation in the documents counts.
func lookUp(l *lang.Lexicon, fromChinese bool, known func([]string) bool) dictionary {
	return func(head []questionWord) (int, [][]string) {
		if head[0].unspaced != fromChinese {
			return 0, nil
		}
		run, texts := runOf(head), textsOf(head)
		for {
			var n int
			var translations []string
			if fromChinese {
				n, translations = l.English(run)
			} else {
				n, translations = l.Chinese(texts)
			}
			if n == 0 {
				return 0, nil
			}
			var senses [][]string
			for _, s := range translations {
				if terms := senseTerms(s); terms != nil && known(terms) {
					senses = append(senses, terms)
				}
			}
			if senses != nil {
				return n, senses
			}
			run, texts = run[:min(len(run), n-1)], texts[:min(len(texts), n-1)]
		}
	}
}

// verbatim gives the forms of a term that both scripts share: Latin letters
// and digits.
func verbatim(t *QueryTerm) [][]string { return inScript(t, false) }

// inScript gives the forms of a term in one of the scripts.
func inScript(t *QueryTerm, chinese bool) [][]string {
	var senses [][]string
	for _, f := range t.Forms {
		if lang.Unspaced(f.Term) == chinese {
			senses = append(senses, []string{f.Term})
		}
	}
	return senses
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// A questionWord is a word or character of a question, normalised.
type questionWord struct {
	text       string
	start, end int
	unspaced   bool
}

// wordsOf lists a text's words and characters.
func wordsOf(text string) []questionWord {
	var words []questionWord
	for _, t := range lang.Analyze(text) {
		if t.Kind == lang.KindWord {
			words = append(words, questionWord{lang.Normalize(text[t.Start:t.End]).Text, t.Start, t.End, lang.Unspaced(t.Term)})
		}
	}
	return words
}

// runOf gives the characters at the head of words that touch each other.
func runOf(words []questionWord) []rune {
	var run []rune
	for i, w := range words {
		if !w.unspaced || i > 0 && w.start != words[i-1].end {
			break
		}
		run = append(run, []rune(w.text)...)
	}
	return run
}

// textsOf gives the words at the head of words up to the first character.
func textsOf(words []questionWord) []string {
	var texts []string
	for _, w := range words {
		if w.unspaced || len(texts) == 8 {
			break
		}
		texts = append(texts, w.text)
	}
	return texts
}

func allStop(words []questionWord) bool {
	for _, w := range words {
		if !lang.Stop(w.text) {
			return false
		}
	}
	return true
}

// senseTerms gives the terms of a translation: pairs of characters, or words,
// which the lexicon has as stems. Nil for what can't be looked for.
func senseTerms(s string) []string {
	if !lang.Unspaced(s) {
		words := strings.Fields(s)
		if !slices.ContainsFunc(words, func(w string) bool { return !lang.Stop(w) }) {
			return nil
		}
		return words
	}
	var single, pairs []string
	for _, t := range lang.Analyze(s) {
		switch {
		case t.Kind == lang.KindGram:
			pairs = append(pairs, t.Term)
		case t.Kind == lang.KindWord && !lang.Unspaced(t.Term):
			return nil // mixed: too rare to be worth following
		case t.Kind == lang.KindWord:
			single = append(single, t.Term)
		}
	}
	switch {
	case len(single) == 1 && !lang.Stop(single[0]):
		return single
	case len(single) != len(pairs)+1:
		return nil
	}
	return pairs
}
