package index

import (
	"slices"
	"strings"

	"historian/index/lang"
)

// introductionsOf gives the documents that have words before their first
// heading, by what their titles say.
func introductionsOf(c Catalog) map[string][]DocumentInfo {
	out := map[string][]DocumentInfo{}
	for _, d := range c.Documents {
		if len(d.Sections) == 0 || len(d.Sections[0].Trail) > 0 {
			continue
		}
		var terms []string
		for _, t := range lang.Analyze(d.Title) {
			if !lang.Stop(t.Term) {
				terms = append(terms, t.Term)
			}
		}
		key := keyOf(terms)
		out[key] = append(out[key], d)
	}
	return out
}

// keyOf gives the same key for the same terms, whatever their order and number.
func keyOf(terms []string) string {
	slices.Sort(terms)
	return strings.Join(slices.Compact(terms), " ")
}

// topic gives the key of a question that has nothing but a topic ("tell me
// about GPT-4", "GPT-4 是什么"); empty for other questions.
func (q Query) topic() string {
	switch q.Want {
	case WantAny, WantDefinition:
	default:
		return ""
	}
	var terms []string
	for _, t := range q.Terms {
		if t.Weight >= contentWeight && t.Start < t.End {
			terms = append(terms, t.Forms[0].Term)
		}
	}
	return keyOf(terms)
}

// introduced puts the introduction of the topic first that is all a question
// has: whatever else a document says of its topic, that is what tells what it
// is. Of paired documents, the one in the asker's language has it.
func (ix *Index) introduced(question Question, q Query, hits []Hit) []Hit {
	key := q.topic()
	if key == "" || len(hits) == 0 {
		return hits
	}
	asker := base(q.Lang)
	if strings.ContainsFunc(q.text, lang.IsHan) {
		asker = "zh" // however many names it has: ChatGPT是啥
	}
	var intro DocumentInfo
	for _, d := range ix.introductions()[key] {
		for _, other := range ix.Catalog().Documents {
			if d.Pair != "" && other.Pair == d.Pair && base(other.Lang) == asker && len(other.Sections) > 0 && len(other.Sections[0].Trail) == 0 {
				d = other
			}
		}
		if intro.ID == "" || base(d.Lang) == asker && base(intro.Lang) != asker {
			intro = d
		}
	}
	if intro.ID == "" || !question.covers(intro.ID) || slices.Contains(question.Not, intro.Sections[0].Passage) {
		return hits
	}
	p, ok := ix.Passage(intro.Sections[0].Passage)
	if !ok {
		return hits
	}
	lead, err := ix.HitOf(q, p)
	if err != nil {
		return hits // ranking goes without it
	}
	if i := slices.IndexFunc(hits, func(h Hit) bool { return h.Passage.ID == p.ID }); i >= 0 {
		lead = hits[i]
		hits = slices.Delete(hits, i, i+1)
	}
	if len(hits) > 0 {
		lead.Score = max(lead.Score, hits[0].Score)
	}
	return slices.Insert(hits, 0, lead)
}
