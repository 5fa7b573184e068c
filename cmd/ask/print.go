package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"historian/index"
)

// A jsonAnswer is what -json prints. Scripts rely on its names.
type jsonAnswer struct {
	Question   string        `json:"question"`
	ReadAs     string        `json:"read_as,omitempty"` // a follow-up, with what it takes from the question before
	Abstained  bool          `json:"abstained"`
	Reason     string        `json:"reason,omitempty"` // for abstaining
	Confidence float64       `json:"confidence"`
	Threshold  float64       `json:"threshold"`
	Excerpts   []jsonExcerpt `json:"excerpts"`
	Topics     []string      `json:"topics,omitempty"` // what the documents do tell
	Generation string        `json:"generation"`
}

type jsonExcerpt struct {
	Text    string   `json:"text"`
	Heading string   `json:"heading"` // the headings above it
	Title   string   `json:"title"`   // of its document
	URL     string   `json:"url"`
	Passage string   `json:"passage"` // ID
	Lang    string   `json:"lang"`
	Marks   [][2]int `json:"marks"` // byte ranges of text
	Kinds   []string `json:"kinds"` // of the marks
}

func printJSON(w io.Writer, a index.Answer) error {
	out := jsonAnswer{Question: a.Question.Text, ReadAs: a.ReadAs, Abstained: a.Abstained(), Reason: string(a.Reason), Confidence: a.Confidence,
		Threshold: a.Threshold, Excerpts: []jsonExcerpt{}, Generation: a.Generation}
	for _, e := range a.Excerpts {
		x := jsonExcerpt{Text: e.Text, Heading: heading(e), Title: e.Passage.Title, URL: e.Passage.URL,
			Passage: e.Passage.ID, Lang: e.Passage.Lang, Marks: [][2]int{}, Kinds: []string{}}
		for _, m := range e.Marks {
			x.Marks = append(x.Marks, [2]int{m.From, m.To})
			x.Kinds = append(x.Kinds, string(m.Kind))
		}
		out.Excerpts = append(out.Excerpts, x)
	}
	for _, t := range a.Topics {
		out.Topics = append(out.Topics, t.Name)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

func heading(e index.Excerpt) string { return strings.Join(e.Passage.Trail, " › ") }

// printText prints an answer for people: each excerpt, and under it the citation.
func printText(w io.Writer, o options, a index.Answer) error {
	var b strings.Builder
	if a.ReadAs != "" {
		b.WriteString(readAs(a) + printable(a.ReadAs) + "\n")
	}
	if a.Conflict != nil {
		b.WriteString(differ(a) + "\n")
	}
	if a.Abstained() {
		b.WriteString(sorry(a))
	}
	for i, e := range a.Excerpts {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n    — %s\n", marked(e, o.bold), printable(citation(e)))
		if e.Passage.URL != "" {
			fmt.Fprintf(&b, "      %s\n", printable(e.Passage.URL))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func citation(e index.Excerpt) string {
	if h := heading(e); h != "" {
		return e.Passage.Title + " › " + h
	}
	return e.Passage.Title
}

const (
	boldOn  = "\x1b[1m"
	boldOff = "\x1b[0m"
)

// marked gives the excerpt with what answers in bold, or, where no span does,
// the words that match.
func marked(e index.Excerpt, bold bool) string {
	text := printable(e.Text)
	if !bold || len(text) != len(e.Text) {
		return text
	}
	kind := index.MarkMatch
	for _, m := range e.Marks {
		if m.Kind == index.MarkAnswer {
			kind = index.MarkAnswer
		}
	}
	var b strings.Builder
	at := 0
	for _, m := range e.Marks {
		if m.Kind == kind {
			b.WriteString(text[at:m.From] + boldOn + text[m.From:m.To] + boldOff)
			at = m.To
		}
	}
	return b.String() + text[at:]
}

// printable takes out control characters: documents must not command the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}

// readAs says how a follow-up was read, in the language of the question.
func readAs(a index.Answer) string {
	if strings.HasPrefix(a.Query.Lang, "zh") {
		return "理解为："
	}
	return "Reading this as: "
}

// differ says that the first two excerpts give different values.
func differ(a index.Answer) string {
	one, other := printable(a.Conflict.Values[0]), printable(a.Conflict.Values[1])
	if strings.HasPrefix(a.Query.Lang, "zh") {
		return "文档说法不一：" + one + " 或 " + other + "。"
	}
	return "The documents differ here: " + one + " or " + other + "."
}

// sorry says that there is no answer, in the language of the question.
func sorry(a index.Answer) string {
	var topics []string
	for _, t := range a.Topics {
		topics = append(topics, printable(t.Name))
	}
	chinese := strings.HasPrefix(a.Query.Lang, "zh")
	switch {
	case a.Reason == index.NoQuestion && chinese:
		return "请用文字提问，例如：GPT-2 是什么时候发布的？\n"
	case a.Reason == index.NoQuestion:
		return "Ask something in words, such as: when was GPT-2 released?\n"
	case chinese && len(topics) > 0:
		return "抱歉，文档里没有这个答案。文档里有：" + strings.Join(topics, "；") + "\n"
	case chinese:
		return "抱歉，文档里没有这个答案。\n"
	case len(topics) > 0:
		return "Sorry, that is not in the documents. They do tell about: " + strings.Join(topics, "; ") + "\n"
	}
	return "Sorry, that is not in the documents.\n"
}

func isTerminal(f any) bool {
	file, ok := f.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
