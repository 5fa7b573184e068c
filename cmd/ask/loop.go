package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"historian/index"
)

// loop answers the lines of stdin, each for itself; at a terminal it is a
// conversation, in which a question may follow up the one before. The exit
// code is that of the last question of stdin, or of how the conversation ended.
func loop(ctx context.Context, ix *index.Index, o options, stdin io.Reader, stdout, stderr io.Writer) int {
	if isTerminal(stdin) && isTerminal(stdout) {
		return converse(ctx, ix, o, newEditor(), stdout, stderr)
	}
	code, asked := exitAnswered, false
	err := each(ctx, newLines(stdin), func(line string) (done bool, err error) {
		if line != "" {
			code, asked = ask(ctx, ix, o, line, stdout, stderr), true
		}
		return false, nil
	})
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "ask: read questions:", err)
		return exitError
	case !asked && ctx.Err() == nil:
		fmt.Fprintln(stderr, `ask: no question; usage: ask [flags] "question"`)
		return exitUsage
	}
	return code
}

// A reader reads lines; after the last it gives io.EOF.
type reader interface {
	next() (string, error)
	close()
}

// each hands on the lines, trimmed, until there are none, do is done, or ctx
// ends.
func each(ctx context.Context, r reader, do func(line string) (done bool, err error)) error {
	defer r.close()
	type read struct {
		line string
		err  error
	}
	for ctx.Err() == nil {
		got := make(chan read, 1)
		go func() { // a line may never come
			line, err := r.next()
			got <- read{line, err}
		}()
		select {
		case <-ctx.Done():
			return nil
		case g := <-got:
			if errors.Is(g.err, io.EOF) {
				return nil
			}
			if g.err != nil {
				return g.err
			}
			if done, err := do(strings.TrimSpace(g.line)); done || err != nil {
				return err
			}
		}
	}
	return nil
}
