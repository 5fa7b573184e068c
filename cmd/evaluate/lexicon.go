package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"historian/index"
)

// lexiconKey is the key of the lexicon that a command's indexes translate by.
type lexiconKey struct{}

// withLexicon reads the lexicon of LEXICON_PATH for the indexes to come.
func withLexicon(ctx context.Context, list string, stderr io.Writer) (context.Context, error) {
	l, bad, err := index.ReadLexicon(list)
	for _, b := range bad {
		fmt.Fprintln(stderr, "evaluate: skipped", b)
	}
	return context.WithValue(ctx, lexiconKey{}, l), err
}

func lexiconOf(ctx context.Context) *index.Lexicon {
	l, _ := ctx.Value(lexiconKey{}).(*index.Lexicon)
	return l
}

// checkLexicons prints what lexicons hold, and what is wrong with their lines.
func checkLexicons(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate lexicon", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage) }
	if err := flags.Parse(args); err != nil {
		return errUsage
	}
	problems := 0
	for _, name := range flags.Args() {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, p := range index.CheckLexicon(name, string(data)) {
			problems++
			fmt.Fprintln(stdout, p)
		}
	}
	l, _, err := index.ReadLexicon(strings.Join(flags.Args(), string(filepath.ListSeparator)))
	if err != nil {
		return err
	}
	if flags.NArg() == 0 {
		l = lexiconOf(ctx)
	}
	if l == nil {
		l = index.OwnLexicon()
	}
	en, zh := l.Stats()
	fmt.Fprintf(stdout, "%d English and %d Chinese entries, with ours\n", en, zh)
	if problems > 0 {
		return fmt.Errorf("%d problems", problems)
	}
	return nil
}
