package bot

import (
	"strings"
	"unicode/utf8"

	"historian/corpus"
	"historian/index"
	"historian/index/lang"
)

// Lengths of rendered excerpts in characters: all three with their citations
// fit in a message.
const (
	firstShare = 1000
	otherShare = 380
	leastShare = 200 // of whatever is quoted
)

func length(s string) int { return utf8.RuneCountInString(s) }

// render dresses an answer in w's language, in at most limit characters. It
// is pure.
func render(a index.Answer, w words, limit int) Reply {
	if a.Abstained() {
		return renderNothing(a, w, limit)
	}
	var parts []string
	if a.ReadAs != "" {
		parts = append(parts, say(w.ReadAs, escape(clip(oneLine(a.ReadAs), 200))))
	}
	if foreign(a) {
		parts = append(parts, w.OtherLanguage)
	}
	if a.Conflict != nil && len(a.Excerpts) > 1 {
		parts = append(parts, say(w.Differ, escape(clip(oneLine(a.Conflict.Values[0]), 60)), escape(clip(oneLine(a.Conflict.Values[1]), 60))))
	}
	r := Reply{}
	used := length(strings.Join(parts, "\n"))
	for i, e := range a.Excerpts {
		share := otherShare
		if i == 0 {
			share = firstShare
		}
		cite := citation(e.Passage)
		block := quote(e, min(share, max(limit-used-length(cite)-2, leastShare))) + "\n" + cite
		if i > 0 && used+length(block)+1 > limit {
			break // the sources of what is shown survive; a further excerpt gives way
		}
		used += length(block) + 1
		parts = append(parts, block)
		r.Excerpts = append(r.Excerpts, plainCitation(e.Passage)+"\n"+e.Text)
	}
	r.Content = strings.Join(parts, "\n")
	return r
}

// renderMore shows the further passages.
func renderMore(a index.Answer, w words) Reply {
	more := a.More()
	if len(more) == 0 {
		return Reply{Content: w.NoMore}
	}
	a.Excerpts = more
	a.ReadAs = ""
	return render(a, w, contentLimit)
}

// renderNothing says that the documents don't hold an answer, what they lack,
// and what they tell instead.
func renderNothing(a index.Answer, w words, limit int) Reply {
	text := w.NotInDocuments
	var names []string
	for _, m := range a.Missing[:min(len(a.Missing), 3)] {
		names = append(names, say(w.Quote, escape(clip(oneLine(m), 40))))
	}
	if len(names) > 0 && a.Reason != index.NoQuestion && plainWords(a.Question.Text) {
		text += w.Between + say(w.Lacking, w.list(names))
	}
	names = names[:0]
	for _, t := range a.Topics {
		names = append(names, link(topicName(t), t.URL))
	}
	if len(names) > 0 {
		text += "\n" + say(w.Topics, w.list(names))
	}
	return Reply{Content: clip(text, limit), Abstained: true}
}

// plainWords tells whether a question is one line of words, so that its words
// can be named; what looks like code or commands is not repeated.
func plainWords(s string) bool {
	return !strings.ContainsAny(strings.TrimSpace(s), "<>{}\\\n\r\t\x00=;|$")
}

// topicName names a topic by its document, too, where the heading alone says
// little.
func topicName(t index.Topic) string {
	if t.Name == t.Title || t.Title == "" {
		return clip(oneLine(t.Name), 60)
	}
	return clip(oneLine(t.Title+" › "+t.Name), 80)
}

// foreign tells whether the first excerpt is in another language than the
// question.
func foreign(a index.Answer) bool {
	q := lang.Detect(a.Question.Text)
	e := a.Excerpts[0].Passage.Lang
	return q != "und" && e != "" && e != "und" && base(q) != base(e)
}

func base(tag string) string {
	b, _, _ := strings.Cut(tag, "-")
	return b
}

// citation is the small line under an excerpt: title and headings, linked
// where the document has a URL.
func citation(p corpus.Passage) string {
	return "-# " + link(clip(plainCitation(p), 150), p.URL)
}

// plainCitation is title › heading trail.
func plainCitation(p corpus.Passage) string {
	return oneLine(strings.Join(append([]string{p.Title}, p.Trail...), " › "))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
