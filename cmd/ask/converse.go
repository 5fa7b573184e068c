package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/peterh/liner"

	"historian/index"
)

const greeting = `Ask a question, also one that follows up the last, such as "and GPT-3?". :help tells more; Ctrl-D ends.
`

const help = `:more   further passages for the last question
:why    how the last answer came about
:help   this
:quit   end; so does Ctrl-D
Up and down give earlier questions, Ctrl-R searches them; they are kept until you end.
`

// converse answers questions one after the other, each read against the one
// before.
func converse(ctx context.Context, ix *index.Index, o options, r reader, stdout, stderr io.Writer) int {
	if !o.json {
		fmt.Fprint(stderr, greeting)
	}
	var last index.Answer
	err := each(ctx, r, func(line string) (bool, error) {
		switch command, isCommand := strings.CutPrefix(line, ":"); {
		case line == "":
			return false, nil
		case isCommand:
			return obey(command, o, last, stdout, stderr)
		}
		a, err := ix.Answer(ctx, index.Question{Text: line, Lang: o.lang, Follows: or(last.ReadAs, last.Question.Text)})
		if err != nil {
			return false, err
		}
		last = a
		return false, show(stdout, o, a)
	})
	if err != nil {
		fmt.Fprintln(stderr, "ask:", err)
		return exitError
	}
	return exitAnswered
}

// obey does what a line that begins with a colon says.
func obey(command string, o options, last index.Answer, stdout, stderr io.Writer) (done bool, err error) {
	asked := last.Question.Text != ""
	switch command {
	case "quit", "q", "exit":
		return true, nil
	case "help", "h", "?":
		_, err = io.WriteString(stdout, help)
	case "more", "why":
		switch more := last.More; {
		case !asked:
			fmt.Fprintln(stderr, "Ask a question first.")
		case command == "why":
			err = explain(stdout, last)
		case last.Abstained() || len(more()) == 0:
			fmt.Fprintln(stderr, "There are no further passages.")
		default:
			further := last
			further.Excerpts, further.ReadAs, further.Conflict = more(), "", nil
			o.explain = false
			err = show(stdout, o, further)
		}
	default:
		fmt.Fprintf(stderr, "There is no command :%s; :help lists them.\n", printable(command))
	}
	return false, err
}

// lines reads the lines of a file or pipe.
type lines struct{ *bufio.Scanner }

// maxLine bounds a line, in bytes: a question is far shorter.
const maxLine = 1 << 20

func newLines(r io.Reader) lines {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	return lines{s}
}

func (l lines) next() (string, error) {
	if l.Scan() {
		return l.Text(), nil
	}
	if err := l.Err(); err != nil {
		return "", err
	}
	return "", io.EOF
}

func (lines) close() {}

// An editor lets people edit lines at a terminal.
type editor struct {
	state   *liner.State
	aborted bool // the last line was, by Ctrl-C
}

func newEditor() *editor {
	e := &editor{state: liner.NewLiner()}
	e.state.SetCtrlCAborts(true)
	e.state.SetMultiLineMode(true)
	return e
}

// next reads a line. Ctrl-C empties it, and ends where it is pressed twice.
func (e *editor) next() (string, error) {
	line, err := e.state.Prompt("? ")
	switch {
	case errors.Is(err, liner.ErrPromptAborted) && !e.aborted:
		e.aborted = true
		return "", nil
	case errors.Is(err, liner.ErrPromptAborted):
		return "", io.EOF
	case err != nil:
		return "", err
	}
	e.aborted = false
	if strings.TrimSpace(line) != "" {
		e.state.AppendHistory(line)
	}
	return line, nil
}

func (e *editor) close() { _ = e.state.Close() } // the terminal is as it was, or gone
