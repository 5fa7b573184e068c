package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"historian/corpus"
)

// ErrNoPassages: the documents hold nothing to index.
var ErrNoPassages = errors.New("no passages: the corpus holds no text that can be indexed")

// BuildOptions of Build. The zero value has the defaults.
type BuildOptions struct {
	Origin   string         // what the documents come from, kept in the generation
	Workers  int            // that analyse; 0 means one a processor
	Progress func(Progress) // called after each file; nil for none
}

// Progress tells how far a build is.
type Progress struct {
	Files, Documents, Passages int // Files counts those skipped too
}

// A Report tells what a build did.
type Report struct {
	Generation string         // ID of the generation, empty where none was published
	Documents  int            // taken
	Passages   int            // indexed
	Languages  map[string]int // passages by language
	Skipped    []*corpus.Problem
	Notes      []DocumentNotes // of documents that have some, in path order
	Bytes      int64           // of all files
	Elapsed    time.Duration
}

// DocumentNotes are what the reader noted about a document.
type DocumentNotes struct {
	Path  string
	Notes []corpus.Note
}

// Build writes a generation with the documents into dir, which it makes. What
// is wrong with a document (a *corpus.Problem among docs, an ID that was
// there before) is reported and leaves only that one out. After an error
// there is no dir.
func Build(ctx context.Context, dir string, docs iter.Seq2[corpus.Document, error], opts BuildOptions) (Report, error) {
	start := time.Now()
	if err := os.Mkdir(dir, 0o755); err != nil {
		if errors.Is(err, fs.ErrExist) {
			err = fmt.Errorf("%s is there already", dir)
		}
		return Report{}, fmt.Errorf("build index: %w", err)
	}
	collector.begin()
	report, err := build(ctx, dir, docs, opts)
	collector.end()
	report.Elapsed = time.Since(start)
	if err != nil {
		err = errors.Join(fmt.Errorf("build index: %w", err), os.RemoveAll(dir))
	}
	return report, err
}

func build(ctx context.Context, dir string, docs iter.Seq2[corpus.Document, error], opts BuildOptions) (Report, error) {
	w, err := newWriter(dir, opts)
	if err != nil {
		return Report{}, err
	}
	err = analyseAll(ctx, docs, opts.Workers, w.add)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && w.man.Passages == 0 {
		err = ErrNoPassages
	}
	if err != nil {
		return w.report, errors.Join(err, w.abandon())
	}
	err = w.finish()
	return w.report, err
}

// A job is a document on its way to the index.
type job struct {
	doc      corpus.Document
	problem  *corpus.Problem // instead of doc
	passages []analysed
	done     chan struct{} // closed when analysed
}

// analyseAll has the documents analysed by workers and added in their order.
func analyseAll(ctx context.Context, docs iter.Seq2[corpus.Document, error], workers int, add func(*job) error) error {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	group, ctx := errgroup.WithContext(ctx)
	todo := make(chan *job, workers)    // to be analysed
	queue := make(chan *job, 4*workers) // to be added, in order
	group.Go(func() error {
		defer close(todo)
		defer close(queue)
		return readAll(ctx, docs, todo, queue)
	})
	for range workers {
		group.Go(func() error {
			for j := range todo {
				tellLanguages(&j.doc)
				for i := range j.doc.Passages {
					if ctx.Err() != nil {
						break
					}
					j.passages = append(j.passages, analyse(&j.doc.Passages[i]))
				}
				close(j.done)
			}
			return nil
		})
	}
	group.Go(func() error {
		for j := range queue {
			<-j.done
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := add(j); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// readAll hands the documents out as jobs, until ctx ends.
func readAll(ctx context.Context, docs iter.Seq2[corpus.Document, error], todo, queue chan<- *job) error {
	for doc, err := range docs {
		j := &job{doc: doc, done: make(chan struct{})}
		if err != nil && !errors.As(err, &j.problem) {
			return err
		}
		select {
		case queue <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
		if j.problem != nil {
			close(j.done)
			continue
		}
		select {
		case todo <- j:
		case <-ctx.Done():
			close(j.done)
			return ctx.Err()
		}
	}
	return nil
}
