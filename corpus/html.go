package corpus

import (
	"bytes"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is how deep HTML may nest: real pages stay under 100, and what
// walks the tree does so by recursion.
const maxDepth = 300

// htmlText extracts the article of an HTML page: its text, on which the
// blocks are ranges, and its title and language where the page gives them.
func htmlText(source string) (text, title, lang string, blocks []block, problem *Problem) {
	if line := tooDeep(source); line > 0 {
		return "", "", "", nil, &Problem{Line: line, What: "HTML is nested deeper than any page for people", Mend: "save the article as Markdown or text"}
	}
	page, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return "", "", "", nil, &Problem{What: "HTML can't be parsed: " + err.Error(), Mend: "save the article as Markdown or text"}
	}
	w := htmlWriter{}
	root := page
	if article, err := readability.FromDocument(page, &url.URL{}); err == nil && article.Node != nil && len(textOf(article.Node)) > 200 {
		root, title, lang = article.Node, article.Title(), article.Language()
	} else {
		title, lang = pageTitle(page), ""
	}
	w.node(root)
	w.end(paragraph, 0)
	return w.buf.String(), strings.TrimSpace(title), lang, w.blocks, nil
}

// tooDeep gives the line where elements nest deeper than maxDepth; 0 where
// they don't.
func tooDeep(source string) int {
	z := html.NewTokenizer(strings.NewReader(source))
	depth, line := 0, 1
	for {
		switch t := z.Next(); t {
		case html.ErrorToken:
			return 0
		case html.StartTagToken:
			if name, _ := z.TagName(); !void[atom.Lookup(name)] {
				depth++
			}
		case html.EndTagToken:
			depth = max(0, depth-1)
		}
		line += bytes.Count(z.Raw(), []byte("\n"))
		if depth > maxDepth {
			return line
		}
	}
}

// void are elements without an end tag, or whose end tag people leave out.
var void = map[atom.Atom]bool{atom.Br: true, atom.Img: true, atom.Hr: true, atom.Input: true, atom.Meta: true, atom.Link: true,
	atom.P: true, atom.Li: true, atom.Td: true, atom.Tr: true, atom.Th: true, atom.Dt: true, atom.Dd: true, atom.Option: true,
	atom.Source: true, atom.Wbr: true, atom.Col: true, atom.Area: true, atom.Embed: true, atom.Param: true, atom.Track: true, atom.Base: true}

// An htmlWriter writes the text of a tree and notes its blocks.
type htmlWriter struct {
	buf    strings.Builder
	start  int // of the open block
	blocks []block
	pre    bool
}

func (w *htmlWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
	default:
		w.children(n)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Iframe, atom.Svg, atom.Head:
	case atom.Br:
		w.buf.WriteByte('\n')
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.block(n, heading, int(n.Data[1]-'0'))
	case atom.Li, atom.Dt, atom.Dd:
		w.end(paragraph, 0)
		if n.DataAtom == atom.Li {
			w.buf.WriteString("- ")
		}
		w.children(n)
		w.end(list, 0)
	case atom.Pre:
		w.end(paragraph, 0)
		w.pre = true
		w.children(n)
		w.pre = false
		w.end(code, 0)
	case atom.Tr:
		w.children(n)
		w.end(table, 0)
	case atom.Td, atom.Th:
		w.children(n)
		w.buf.WriteString(" | ")
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Blockquote, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Body:
		w.block(n, paragraph, 0)
	default:
		w.children(n)
	}
}

func (w *htmlWriter) block(n *html.Node, kind blockKind, level int) {
	w.end(paragraph, 0)
	w.children(n)
	w.end(kind, level)
}

func (w *htmlWriter) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// text writes character data, its white space folded outside pre.
func (w *htmlWriter) text(s string) {
	if w.pre {
		w.buf.WriteString(s)
		return
	}
	fields := strings.Fields(s)
	if len(fields) == 0 {
		fields = []string{""}
	}
	if s != "" && s[0] <= ' ' || w.buf.Len() > w.start && strings.TrimSpace(s) == "" {
		w.space()
	}
	w.buf.WriteString(strings.Join(fields, " "))
	if n := len(s); n > 0 && s[n-1] <= ' ' {
		w.space()
	}
}

func (w *htmlWriter) space() {
	if s := w.buf.String(); w.buf.Len() > w.start && s[len(s)-1] > ' ' {
		w.buf.WriteByte(' ')
	}
}

// end closes the open block, if it says something.
func (w *htmlWriter) end(kind blockKind, level int) {
	s := w.buf.String()
	start, end := trimRange(s, w.start, len(s))
	if end > start {
		b := block{kind: kind, level: level, start: start, end: end}
		if kind == heading {
			b.heading = s[start:end]
		}
		w.blocks = append(w.blocks, b)
		w.buf.WriteString("\n\n")
	}
	w.start = w.buf.Len()
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func pageTitle(n *html.Node) string {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Title {
			return textOf(c)
		}
	}
	return ""
}
