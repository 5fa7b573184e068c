// Command ask answers a question on the terminal, as the bot would.
//
//	ask [-json] [-explain] [-corpus DIR] [-data DIR] [-lang L] "question"
//
// Without a question it reads some from standard input, a line each; at a
// terminal it is a conversation, with history and follow-ups. With
// -corpus it answers from that folder alone, through a temporary index;
// otherwise from the index in the data folder, which it makes of the documents
// that come with the program if there is none.
//
// It exits with 0 when it answered, 3 when the documents don't hold the
// answer, 1 after an error, 2 when called wrongly.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/joho/godotenv"
	"golang.org/x/text/language"

	"historian/index"
)

func main() { os.Exit(start()) }

func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(os.Stderr, "ask: .env:", err)
		return exitUsage
	}
	return run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
}

// Exit codes.
const (
	exitAnswered  = 0
	exitError     = 1
	exitUsage     = 2
	exitAbstained = 3
)

type options struct {
	corpus, data, lang, question string
	asked                        bool   // there is a question, though it may be empty
	engine                       string // INDEX_URL
	lexicon                      string // LEXICON_PATH
	json, explain, bold          bool
}

func parse(args []string, getenv func(string) string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("ask", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, `usage: ask [flags] "question"`)
		flags.PrintDefaults()
	}
	flags.BoolVar(&o.json, "json", false, "print the answer as JSON")
	flags.BoolVar(&o.explain, "explain", false, "print how the question was read and what was found")
	flags.StringVar(&o.corpus, "corpus", "", "answer from this `folder` of documents alone")
	flags.StringVar(&o.data, "data", or(getenv("DATA_DIR"), "data"), "`folder` of the index (DATA_DIR)")
	flags.StringVar(&o.lang, "lang", "", "your `language`, such as en or zh-Hans; empty for that of the question")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	o.engine = getenv("INDEX_URL")
	o.lexicon = getenv("LEXICON_PATH")
	o.question, o.asked = strings.Join(flags.Args(), " "), flags.NArg() > 0
	if _, err := language.Parse(o.lang); o.lang != "" && err != nil {
		fmt.Fprintf(stderr, "ask: -lang %q is no language: give a tag such as en or zh-Hans\n", o.lang)
		return o, err
	}
	return o, nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args, getenv, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitAnswered
	}
	if err != nil {
		return exitUsage
	}
	o.bold = isTerminal(stdout) && getenv("NO_COLOR") == ""
	lexicon, bad, err := index.ReadLexicon(o.lexicon)
	if err != nil {
		fmt.Fprintln(stderr, "ask: LEXICON_PATH:", err)
		return exitError
	}
	for _, b := range bad {
		fmt.Fprintln(stderr, "ask: skipped", b)
	}
	ix, closeIndex, err := open(ctx, o, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "ask:", err)
		return exitError
	}
	defer closeIndex()
	ix.Translate(lexicon)
	if !o.asked {
		return loop(ctx, ix, o, stdin, stdout, stderr)
	}
	return ask(ctx, ix, o, o.question, stdout, stderr)
}

// ask answers one question and gives the exit code.
func ask(ctx context.Context, ix *index.Index, o options, text string, stdout, stderr io.Writer) int {
	a, err := ix.Answer(ctx, index.Question{Text: text, Lang: o.lang})
	if err == nil {
		err = show(stdout, o, a)
	}
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "ask:", err)
		return exitError
	case a.Abstained():
		return exitAbstained
	}
	return exitAnswered
}

func show(w io.Writer, o options, a index.Answer) error {
	if o.json {
		return printJSON(w, a)
	}
	if err := printText(w, o, a); err != nil || !o.explain {
		return err
	}
	return explain(w, a)
}
