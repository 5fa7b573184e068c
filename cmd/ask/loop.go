package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"historian/index"
)

// loop answers the lines of stdin. Its exit code is that of the last question.
func loop(ctx context.Context, ix *index.Index, o options, stdin io.Reader, stdout, stderr io.Writer) int {
	prompt := func() {
		if isTerminal(stdin) {
			fmt.Fprint(stderr, "? ")
		}
	}
	code, asked := exitAnswered, false
	lines := bufio.NewScanner(stdin)
	for prompt(); lines.Scan() && ctx.Err() == nil; prompt() {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			code, asked = ask(ctx, ix, o, line, stdout, stderr), true
		}
	}
	switch {
	case lines.Err() != nil:
		fmt.Fprintln(stderr, "ask: read questions:", lines.Err())
		return exitError
	case !asked && !isTerminal(stdin):
		fmt.Fprintln(stderr, `ask: no question; usage: ask [flags] "question"`)
		return exitUsage
	}
	return code
}
