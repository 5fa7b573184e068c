package index

import "math"

// The features of a passage for a query. Worth means what terms are worth
// (see importance), as a share of what all terms of the query are; so
// features mean the same in every corpus and for every question.
const (
	fBM25       = iota // textbook BM25 of the text
	fLanguage          // query likelihood with little smoothing: frequent terms count on
	fHead              // BM25 of title and headings
	fHeadCover         // worth of the terms in the head
	fHeadShare         // share of the head's content words that the question has
	fHeadBoth          // the product of the two
	fHeadPair          // worth of neighbours in the question that are neighbours in the head
	fHeadLoose         // worth of terms that the head has in other words
	fCover             // worth of the terms in the text
	fCoverAll          // in text or head
	fMissTop           // worth of the best term where it is missing
	fNames             // worth of the names there
	fLength            // log of the length over the mean
	fPair              // worth of neighbours in the question that are so in the text
	fNear              // of content terms within 8 words
	fRun               // of the longest run of terms in the question's order
	fWindow8           // of the best 8 words
	fWindow20          // of the best 20
	fSent              // of the best sentence
	fSentBM25          // of the best sentence for its length
	fSentPrev          // of two sentences together
	fSentHead          // of a sentence and the head together
	fSentFirst         // of the first sentence
	fSentLoose         // of a sentence with half for other words
	fSentLen           // log of the best sentence's length
	fSentPlace         // where in the text it is, 0 to 1
	fLooseOnly         // worth of terms there in other words only
	fLoose             // in other words, whether there too or not
	fWanted            // the best sentence has a value of the kind asked for
	fWantedAny         // some sentence has
	fWantedSent        // worth of the best sentence that has
	fWantedNear        // or follows one that has
	featureCount
)

var featureNames = [featureCount]string{
	"bm25", "language model", "head bm25", "head cover", "head share", "head both", "head pair", "head loose",
	"cover", "cover all", "miss top", "names", "length",
	"pair", "near", "run", "window 8", "window 20",
	"sentence", "sentence bm25", "sentence previous", "sentence head", "sentence first", "sentence loose",
	"sentence length", "sentence place", "loose only", "loose", "wanted", "wanted any", "wanted sentence", "wanted near",
}

// features are the values of all features for one passage.
type features [featureCount]float64

// Constants of BM25: textbook values. No other tried changed hit@1 by 0.1.
const (
	k1 = 1.2
	b  = 0.75
)

// score computes the features of a passage.
func (s *scorer) score(v *vector, f *features) {
	*f = features{}
	s.find(v)
	script := spaced
	if v.Unspaced {
		script = unspaced
	}
	length := float64(v.Len) / s.meanLen[script]
	s.frequencies(length, f)
	s.sentences(v, f)
	s.neighbours(f)
	f[fWindow8], f[fWindow20] = s.window(8), s.window(20)
	f[fLength] = math.Log(max(length, .05))
	for i := range f {
		switch i {
		case fLanguage, fHeadShare, fLength, fSentLen, fSentPlace, fWanted, fWantedAny:
		default:
			f[i] /= s.total
		}
	}
	f[fHeadBoth] = f[fHeadShare] * f[fHeadCover]
}

// find notes where the query's terms and the wanted values are.
func (s *scorer) find(v *vector) {
	clear(s.tf)
	clear(s.head)
	clear(s.looseTF)
	s.exact, s.loose, s.values = s.exact[:0], s.loose[:0], s.values[:0]
	for i, o := range v.Body {
		k := s.slots[o.Term]
		if k == 0 {
			if s.classes[o.Term]&s.want != 0 {
				s.values = append(s.values, o.Pos)
			}
			continue
		}
		for ; k != 0; k = s.forms[k].next {
			form := &s.forms[k]
			switch {
			case len(form.rest) > 0 && !follows(v.Body[i:], form.rest):
			case form.loose:
				s.loose = append(s.loose, place{o.Pos, form.term})
				s.looseTF[form.term]++
			default:
				s.exact = append(s.exact, place{o.Pos, form.term})
				s.tf[form.term]++
			}
		}
	}
	s.findHead(v.Head)
}

// follows tells whether the terms stand at the positions after the first of
// field, one at each.
func follows(field []occurrence, terms []termID) bool {
	at := field[0].Pos
	i := 0
	for _, o := range field[1:] {
		if o.Pos > at+uint32(i)+1 {
			return false
		}
		if o.Pos == at+uint32(i)+1 && o.Term == terms[i] {
			if i++; i == len(terms) {
				return true
			}
		}
	}
	return false
}

func (s *scorer) findHead(head []occurrence) {
	s.headWords, s.headMatches, s.headPairs, s.looseHead = 0, 0, 0, 0
	last, lastPos := -1, uint32(0)
	for i, o := range head {
		if s.classes[o.Term]&classStop != 0 {
			continue
		}
		s.headWords++
		k := s.slots[o.Term]
		for k != 0 && len(s.forms[k].rest) > 0 && !follows(head[i:], s.forms[k].rest) {
			k = s.forms[k].next
		}
		if k == 0 {
			continue
		}
		term := int(s.forms[k].term)
		if s.forms[k].loose {
			s.looseHead += s.terms[term].worth
			continue
		}
		s.headMatches++
		s.head[term]++
		if last >= 0 && o.Pos-lastPos <= 2 {
			if d := s.terms[term].pos - s.terms[last].pos; d > 0 && d <= 2 {
				s.headPairs += min(s.terms[term].worth, s.terms[last].worth)
			}
		}
		last, lastPos = term, o.Pos
	}
}

// frequencies computes what depends on how often the terms occur alone.
func (s *scorer) frequencies(length float64, f *features) {
	norm := k1 * (1 - b + b*length)
	for i := range s.terms {
		t := &s.terms[i]
		tf, head := s.tf[i], s.head[i]
		if head > 0 {
			f[fHead] += t.worth * head * (k1 + 1) / (head + k1)
			f[fHeadCover] += t.worth
		}
		if tf > 0 || head > 0 {
			f[fCoverAll] += t.worth
		}
		if loose := s.looseTF[i]; loose > 0 {
			part := t.worth * loose / (loose + 1)
			f[fLoose] += part
			if tf == 0 {
				f[fLooseOnly] += part
			}
		}
		if tf == 0 {
			continue
		}
		f[fBM25] += t.worth * tf * (k1 + 1) / (tf + norm)
		f[fLanguage] += t.weight * math.Log(1+20*tf/(t.df+1))
		f[fCover] += t.worth
		if t.name {
			f[fNames] += t.worth
		}
	}
	if s.top >= 0 && s.tf[s.top] == 0 && s.head[s.top] == 0 {
		f[fMissTop] = s.terms[s.top].worth
	}
	f[fLanguage] /= max(1, s.contents)
	f[fHeadShare] = s.headMatches / max(1, s.headWords)
	f[fHeadPair], f[fHeadLoose] = s.headPairs, s.looseHead
}
