// Command evaluate measures the index on questions with known passages, and
// trains its ranking on them.
//
//	evaluate retrieval [-json] [-baseline] SET_DIR…
//	evaluate questions [-corpus DIR] [-only LANG] [-surface ask|ambient] -replies OUT.jsonl FILE.jsonl…
//	evaluate calibrate [-o FILE] [-questions DIR] [-corpus DIR] SET_DIR…
//	evaluate bench [-json] [-passages N] [-questions N] [-profile DIR] [SET_DIR]
//	evaluate growth [-most N] [-questions N] [-plot FILE] [SET_DIR]
//	evaluate loss [-passages N] [-candidates N] [-questions N] SET_DIR…
//	evaluate lexicon [FILE…]
//	evaluate train [-o FILE] [-trials=BOOL] [-questions FILE] SET_DIR…
//
// A set is a folder in the manner of BEIR: corpus.jsonl, queries.jsonl and
// qrels.tsv. It exits with 0 when done, 1 after an error, 2 when called
// wrongly.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2
)

// A command is one of evaluate's.
type command func(ctx context.Context, args []string, stdout, stderr io.Writer) error

var commands = map[string]command{
	"bench":     bench,
	"calibrate": calibrate,
	"growth":    growth,
	"lexicon":   checkLexicons,
	"loss":      loss,
	"questions": questions,
	"retrieval": retrieval,
	"train":     train,
}

const usage = `usage: evaluate retrieval [-json] [-baseline] SET_DIR…
       evaluate questions [-corpus DIR] [-only LANG] [-surface ask|ambient] -replies OUT.jsonl FILE.jsonl…
       evaluate calibrate [-o FILE] [-questions DIR] [-corpus DIR] SET_DIR…
       evaluate bench [-json] [-passages N] [-questions N] [-profile DIR] [SET_DIR]
       evaluate growth [-most N] [-questions N] [-plot FILE] [SET_DIR]
       evaluate loss [-passages N] [-candidates N] [-questions N] SET_DIR…
       evaluate lexicon [FILE…]
       evaluate train [-o FILE] [-trials=BOOL] [-questions FILE] SET_DIR…
`

// errUsage: called wrongly; what is wrong has been said.
var errUsage = errors.New("called wrongly")

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	if len(args) == 0 || commands[args[0]] == nil {
		fmt.Fprint(stderr, usage)
		return exitUsage
	}
	ctx, err := withLexicon(ctx, getenv("LEXICON_PATH"), stderr)
	if err != nil {
		fmt.Fprintln(stderr, "evaluate: LEXICON_PATH:", err)
		return exitError
	}
	err = commands[args[0]](ctx, args[1:], stdout, stderr)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, flag.ErrHelp), errors.Is(err, errUsage):
		return exitUsage
	}
	fmt.Fprintf(stderr, "evaluate %s: %v\n", args[0], err)
	return exitError
}

// parseSets parses a command's flags and gives the folders after them.
func parseSets(flags *flag.FlagSet, args []string, stderr io.Writer) ([]string, error) {
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage); flags.PrintDefaults() }
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, errUsage
	}
	if flags.NArg() == 0 {
		flags.Usage()
		return nil, errUsage
	}
	return flags.Args(), nil
}
