package corpus

import "fmt"

// A Problem says why a file was left out, or what in it needs a mend.
type Problem struct {
	Path string // below the corpus folder
	Line int    // 1-based; 0 where it concerns the whole file
	What string // what is wrong: "front matter is not closed"
	Mend string // what to do: "add a line with --- after the last key"
}

// Error gives "path:line: what (mend)".
func (p *Problem) Error() string {
	at := p.Path
	if p.Line > 0 {
		at = fmt.Sprintf("%s:%d", p.Path, p.Line)
	}
	if p.Mend == "" {
		return fmt.Sprintf("%s: %s", at, p.What)
	}
	return fmt.Sprintf("%s: %s (%s)", at, p.What, p.Mend)
}
