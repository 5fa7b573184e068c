package bot

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"historian/index"
	"historian/index/lang"
)

// quote renders an excerpt as a block quote of at most limit characters, its
// marks in bold. The words are the document's; its Markdown is shown as such
// where Discord has the like, and as plain characters where not.
func quote(e index.Excerpt, limit int) string {
	for _, cut := range cuts(e.Text) {
		if s := blockQuote(renderExcerpt(e, cut)); length(s) <= limit {
			return s
		}
	}
	return blockQuote(escape(clip(e.Text, limit/3))) // escapes at most double, the quote's marks add a line each
}

// cuts gives the lengths an excerpt can be shown at, longest first: whole, then
// up to each sentence's end, then up to some grapheme; never within what is
// rendered in one piece, unless the excerpt begins with it.
func cuts(text string) []int {
	var ends []int
	for g := uniseg.NewGraphemes(text); g.Next(); {
		_, to := g.Positions()
		ends = append(ends, to)
	}
	pieces := segments.FindAllStringSubmatchIndex(text, -1)
	var out []int
	sentences := lang.Sentences(text)
	for i := len(sentences) - 2; i >= 0; i-- {
		out = append(out, outside(text, sentences[i].End, pieces))
	}
	for n := len(ends) * 4 / 5; n > 0; n = n * 4 / 5 {
		if end := ends[n]; len(out) == 0 || len(sentences) > 0 && end < sentences[0].End {
			out = append(out, outside(text, end, pieces))
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return append([]int{len(text)}, slices.DeleteFunc(slices.Compact(out), func(n int) bool { return n == 0 })...)
}

// outside moves a cut that falls into a piece before it; into one that the
// text begins with, to the end of a line.
func outside(text string, cut int, pieces [][]int) int {
	for _, p := range pieces {
		if cut <= p[0] || p[1] <= cut {
			continue
		}
		if before := len(strings.TrimRight(text[:p[0]], " \t\n")); before > 0 {
			return before
		}
		if line := strings.LastIndexByte(text[:cut], '\n'); line > 0 {
			return line
		}
	}
	return cut
}

// blockQuote puts the quote mark before every line.
func blockQuote(s string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n> ")
}

// segments matches what is rendered in one piece: fenced code, inline code,
// images and links, headings, bullets on lines of their own, runs of table
// rows, emphasis marks, addresses in angle brackets.
var segments = regexp.MustCompile("(?m)(?s:^[ \t]*```[^\n]*\n(.*?)(?:^[ \t]*```[ \t]*$|\\z))" +
	"|`([^`\n]+)`" +
	`|!?\[([^\]\n]*)\]\((https?://[^\s()<>]+)(?: "[^"\n]*")?\)` +
	`|^#{1,6}[ \t]+(.+)$` +
	`|^[ \t]*[-*+•·●][ \t]*\n(?:[ \t]*[-*+•·●][ \t]*\n)*` +
	`|((?:^[ \t]*\|.*\|[ \t]*(?:\n|\z))+)` +
	`|(\*\*|__)` +
	`|<(https?://[^\s<>]+)>`)

// renderExcerpt renders the first cut bytes of an excerpt.
func renderExcerpt(e index.Excerpt, cut int) string {
	text := e.Text[:cut]
	w := excerptWriter{text: text, marks: joined(e.Marks, text)}
	at := 0
	for _, m := range segments.FindAllStringSubmatchIndex(text, -1) {
		w.words(at, m[0])
		at = m[1]
		group := func(n int) string { return text[m[2*n]:m[2*n+1]] }
		switch {
		case m[2] >= 0:
			w.fence(group(1))
		case m[4] >= 0:
			w.raw("`" + defuse(group(2)) + "`")
		case m[6] >= 0:
			w.raw(link(group(3), group(4)))
		case m[10] >= 0:
			w.raw("**" + escape(strings.Trim(group(5), "# *_")) + "**")
		case m[12] >= 0:
			w.renderTable(group(6))
		case m[14] >= 0: // the document's own emphasis: ours shows the answer
		case m[16] >= 0:
			w.raw(escape(group(8)))
		default:
			w.raw("- ")
		}
	}
	w.words(at, len(text))
	if cut < len(e.Text) {
		w.raw("…")
	}
	return w.b.String()
}

type excerptWriter struct {
	b     strings.Builder
	text  string
	marks []index.Mark
}

func (w *excerptWriter) raw(s string) { w.b.WriteString(s) }

// fence writes lines as a code block.
func (w *excerptWriter) fence(s string) {
	s = strings.ReplaceAll(defuse(strings.TrimRight(s, "\n")), "```", "`"+gap+"`"+gap+"`")
	w.raw("```\n" + s + "\n```\n")
}

// words writes a range of the text with its marks in bold.
func (w *excerptWriter) words(from, to int) {
	for _, m := range w.marks {
		if m.From >= to || m.To <= from || m.From < from || m.To > to {
			continue
		}
		w.raw(escapeAt(w.text, from, m.From))
		w.raw("**" + escape(w.text[m.From:m.To]) + "**")
		from = m.To
	}
	w.raw(escapeAt(w.text, from, to))
}

// escapeAt escapes a range of text; only one that begins a line can begin a
// quote or heading there.
func escapeAt(text string, from, to int) string {
	s := escape(text[from:to])
	if from > 0 && text[from-1] != '\n' {
		if strings.HasPrefix(s, `\>`) || strings.HasPrefix(s, `\#`) {
			return s[1:]
		}
	}
	return s
}

// joined gives the marks that lie within text, on one line each, those that
// touch made one: Discord reads ** after ** as neither.
func joined(marks []index.Mark, text string) []index.Mark {
	var out []index.Mark
	for _, m := range marks {
		if m.To > len(text) || m.From >= m.To || strings.ContainsAny(text[m.From:m.To], "\n*`") || strings.TrimSpace(text[m.From:m.To]) != text[m.From:m.To] {
			continue
		}
		if n := len(out) - 1; n >= 0 && m.From <= out[n].To {
			out[n].To = max(out[n].To, m.To)
			continue
		}
		out = append(out, m)
	}
	return out
}

// linkLimit is how long an address may be, in characters, to be worth its
// place in a message.
const linkLimit = 300

var brackets = strings.NewReplacer("(", "%28", ")", "%29")

// link is a masked link that doesn't unfurl; words alone where there is no URL.
func link(words, url string) string {
	words, url = strings.TrimSpace(words), brackets.Replace(strings.TrimSpace(url))
	if words == "" {
		words = url
	}
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") || strings.ContainsAny(url, " <>\n\t") || length(url) > linkLimit || invite.MatchString(url) {
		return escape(words)
	}
	return "[" + strings.ReplaceAll(escapeWords(words), "://", ":"+gap+"//") + "](<" + url + ">)"
}
