package corpus

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// maxNesting is how deep quotes and lists may nest within a line: real
// documents stay under ten, and parsing takes the square of it.
const maxNesting = 64

// overNested gives the first line that opens more quotes and lists than
// anybody writes; 0 for none.
func overNested(source string) int {
	n := 0
	for line := range strings.Lines(source) {
		n++
		markers := 0
		for _, c := range line {
			if c == '>' || c == '-' || c == '*' || c == '+' {
				markers++
			} else if c != ' ' && c != '\t' {
				break
			}
		}
		if markers > maxNesting && strings.Trim(line, "-* \t\r\n") != "" {
			return n
		}
	}
	return 0
}

// markdownBlocks finds the blocks of Markdown from offset body on.
func markdownBlocks(source string, body int) []block {
	data := []byte(source[body:])
	root := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(data))
	var out []block
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		start, end, ok := extent(n)
		if !ok {
			continue
		}
		b := block{start: lineStart(source, body+start), end: body + end}
		switch n := n.(type) {
		case *ast.Heading:
			b.kind, b.level, b.heading = heading, n.Level, plainText(n, data)
		case *ast.List:
			b.kind = list
		case *east.Table:
			b.kind = table
			b.end = lineEnd(source, b.end)
		case *ast.FencedCodeBlock:
			b.kind = code
			b.start = lineStart(source, max(body, b.start-1)) // with the fences
			if next := lineEnd(source, b.end); isFence(source[min(b.end, next):next]) {
				b.end = next
			}
		case *ast.CodeBlock:
			b.kind = code
		case *ast.HTMLBlock:
			if strings.HasPrefix(strings.TrimSpace(source[b.start:b.end]), "<") {
				continue // markup, not words
			}
		}
		if b.kind != code {
			b.end = b.start + len(strings.TrimRight(source[b.start:b.end], " \t\r\n"))
		}
		if b.end > b.start {
			out = append(out, b)
		}
	}
	return out
}

// extent gives the byte range of a block's lines, its descendants' included.
func extent(n ast.Node) (start, end int, ok bool) {
	start = -1
	// The walker never fails: the callback returns no error.
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			if start < 0 || s.Start < start {
				start = s.Start
			}
			end = max(end, s.Stop)
		}
		return ast.WalkContinue, nil
	})
	return start, end, start >= 0 && end > start
}

// plainText gives the words of a block without markup.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Text:
				b.Write(n.Segment.Value(source))
				if n.SoftLineBreak() {
					b.WriteByte(' ')
				}
			case *ast.String:
				b.Write(n.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

func lineStart(s string, i int) int { return strings.LastIndexByte(s[:i], '\n') + 1 }

// lineEnd gives the end of the line that i is on; i just behind a newline is
// on the next line.
func lineEnd(s string, i int) int {
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(s)
}

func isFence(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~")
}
