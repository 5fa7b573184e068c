// Command reindex makes an index of a folder of documents and publishes it; a
// running bot changes to it by itself.
//
//	reindex [-corpus DIR] [-data DIR] [-check] [-strict] [-force] [-json]
//	reindex [-data DIR] -rollback
//
// It exits with 0 when done, 1 after an error, 2 when called wrongly, 4 when
// it refuses because the corpus has shrunk (-force overrides), 5 when files
// were skipped under -strict. Whatever happens, the index that was served
// before stays until the new one is complete and verified.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/joho/godotenv"

	"historian/corpus"
	"historian/index"
)

func main() { os.Exit(start()) }

func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(os.Stderr, "reindex: .env:", err)
		return exitUsage
	}
	return run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
}

// Exit codes.
const (
	exitDone     = 0
	exitError    = 1
	exitUsage    = 2
	exitShrunk   = 4
	exitProblems = 5
)

// patience is how long to wait for another reindex.
const patience = 5 * time.Second

type options struct {
	corpus, data                         string
	check, strict, force, rollback, json bool
	engine, lexicon                      string // INDEX_URL, LEXICON_PATH
}

func parse(args []string, getenv func(string) string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("reindex", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.corpus, "corpus", getenv("CORPUS_DIR"), "`folder` of documents; empty for those that come with the program (CORPUS_DIR)")
	flags.StringVar(&o.data, "data", or(getenv("DATA_DIR"), "data"), "`folder` of the index (DATA_DIR)")
	flags.BoolVar(&o.check, "check", false, "build and report, but publish nothing")
	flags.BoolVar(&o.strict, "strict", false, "fail if a file is skipped")
	flags.BoolVar(&o.force, "force", false, "publish though the corpus shrank")
	flags.BoolVar(&o.rollback, "rollback", false, "serve the index before the current one again")
	flags.BoolVar(&o.json, "json", false, "report as JSON")
	o.engine = getenv("INDEX_URL")
	o.lexicon = getenv("LEXICON_PATH")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "reindex: unexpected argument %q\n", flags.Arg(0))
		flags.Usage()
		return o, flag.ErrHelp
	}
	return o, nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	o, err := parse(args, getenv, stderr)
	if err != nil {
		return exitUsage
	}
	if o.rollback {
		return rollback(ctx, o, stdout, stderr)
	}
	origin, docs, files, err := open(o.corpus)
	if err != nil {
		fmt.Fprintln(stderr, "reindex:", err)
		return exitError
	}
	lexicon, bad, err := index.ReadLexicon(o.lexicon)
	if err != nil {
		fmt.Fprintln(stderr, "reindex: LEXICON_PATH:", err)
		return exitError
	}
	for _, b := range bad {
		fmt.Fprintln(stderr, "reindex: skipped", b)
	}
	golden, err := readCorrections(o)
	if err != nil {
		fmt.Fprintln(stderr, "reindex:", err)
		return exitError
	}
	bar := newBar(stderr, files)
	report, err := index.Reindex(ctx, o.data, docs, index.ReindexOptions{
		BuildOptions: index.BuildOptions{Origin: origin, Progress: bar.show},
		Force:        o.force, Strict: o.strict, Check: o.check, Patience: patience,
		Verify: func(ctx context.Context, ix *index.Index) error {
			ix.Translate(lexicon)
			return golden.verify(ctx, ix)
		},
	})
	bar.end()
	report.Notes = append(report.Notes, golden.notes()...)
	if err == nil && o.engine != "" && !o.check {
		err = index.Publish(ctx, o.engine, o.data)
	}
	if o.json {
		printJSON(stdout, o, report, err)
	} else {
		printText(stdout, o, report)
	}
	if err != nil {
		fmt.Fprintln(stderr, "reindex:", err)
	}
	return code(err)
}

func code(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, index.ErrShrunk):
		return exitShrunk
	case errors.Is(err, index.ErrProblems):
		return exitProblems
	}
	return exitError
}

// open opens the documents, and counts the files for the progress bar.
func open(folder string) (origin string, docs iter.Seq2[corpus.Document, error], files int, err error) {
	fsys := corpus.Shipped()
	if folder == "" {
		origin, err = index.ShippedOrigin()
	} else {
		origin = "folder"
		fsys, err = corpus.Dir(folder)
	}
	if err != nil {
		return "", nil, 0, err
	}
	// Unreadable folders are reported by the reader; here they just don't count.
	_ = fs.WalkDir(fsys, ".", func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files++
		}
		return nil
	})
	return origin, corpus.Read(fsys, corpus.Options{}), files, nil
}

func rollback(ctx context.Context, o options, stdout, stderr io.Writer) int {
	from, to, err := index.Rollback(o.data)
	if err == nil && o.engine != "" {
		err = index.Publish(ctx, o.engine, o.data)
	}
	if err != nil {
		fmt.Fprintln(stderr, "reindex:", err)
		return exitError
	}
	if o.json {
		return encode(stdout, map[string]string{"from": from, "to": to})
	}
	fmt.Fprintf(stdout, "serving %s again instead of %s\n", to, or(from, "nothing"))
	return exitDone
}
