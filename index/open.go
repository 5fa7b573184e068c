package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sync"

	"historian/corpus"
)

// ErrClosed: the index was closed.
var ErrClosed = errors.New("index is closed")

// An Index answers from one generation. It is safe for concurrent use.
type Index struct {
	gen    *generation
	ranker ranker

	mu     sync.RWMutex // held for reading by whoever reads gen
	closed bool

	catalog func() (Catalog, error) // read once, when asked for
	names   func() map[string]bool  // of things in the documents; the same

	introductions func() map[string][]DocumentInfo // by topic; the same
}

// Open opens the generation in dir for reading. Its errors are ErrNoIndex,
// ErrDamaged, ErrFormat or those of the file system, wrapped.
func Open(dir string) (*Index, error) {
	var g *generation
	err := guard(func() (err error) {
		g, err = openGeneration(dir)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	ix := &Index{gen: g, catalog: sync.OnceValues(g.catalog)}
	ix.names = sync.OnceValue(func() map[string]bool { return namesOf(ix.Catalog()) })
	ix.introductions = sync.OnceValue(func() map[string][]DocumentInfo { return introductionsOf(ix.Catalog()) })
	return ix, nil
}

// Close waits for the searches under way and gives the files back.
func (ix *Index) Close() error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return nil
	}
	ix.closed = true
	return ix.gen.close()
}

// read runs a function that reads the generation.
func (ix *Index) read(f func() error) error {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	if ix.closed {
		return ErrClosed
	}
	return guard(f)
}

// guard runs a function that reads mapped files, and makes an error of a
// panic: files that are altered or cut short while they are mapped can have
// anything in them, or end in a fault.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v\n%s", ErrDamaged, r, debug.Stack())
		}
	}()
	return f()
}

// Generation gives the ID of the generation: the name of its folder.
func (ix *Index) Generation() string { return filepath.Base(ix.gen.dir) }

// Search gives the n best passages for a query, best first, and sets the
// rarity of the query's terms.
func (ix *Index) Search(ctx context.Context, q Query, n int) (hits []Hit, err error) {
	err = ix.read(func() (err error) {
		hits, err = ix.ranker.search(ctx, ix.gen, q, n)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return hits, nil
}

// SearchAmong is Search that ranks so many candidates rather than the usual
// number, to measure what those left out are worth.
func (ix *Index) SearchAmong(ctx context.Context, q Query, n, candidates int) (hits []Hit, err error) {
	err = ix.read(func() (err error) {
		hits, err = ix.ranker.searchAmong(ctx, ix.gen, q, n, candidates)
		return err
	})
	return hits, err
}

// Passage gives a passage by its ID.
func (ix *Index) Passage(id string) (corpus.Passage, bool) {
	p, ok, _ := ix.find(id)
	return p, ok
}

func (ix *Index) find(id string) (p corpus.Passage, ok bool, err error) {
	err = ix.read(func() error {
		n, found := ix.gen.numberOf(id)
		if !found {
			return nil
		}
		p, err = ix.gen.passage(n)
		ok = err == nil && p.ID == id
		return err
	})
	if !ok {
		p = corpus.Passage{}
	}
	return p, ok, err
}

// Catalog lists what the generation holds. The slices are shared: don't
// change them.
func (ix *Index) Catalog() Catalog {
	c, _ := ix.contents()
	return c
}

func (ix *Index) contents() (c Catalog, err error) {
	err = ix.read(func() (err error) {
		c, err = ix.catalog()
		return err
	})
	c.Generation = ix.Generation()
	return c, err
}

// answerHits is how many hits an answer is composed of.
const answerHits = 20

// answerThreshold is the confidence below which nothing is answered.
const answerThreshold = 0.33

// Answer reads a question, by the one that it follows up if any, searches and
// composes the answer.
func (ix *Index) Answer(ctx context.Context, question Question) (Answer, error) {
	asked, readAs := question, ""
	if asked.Follows != "" {
		if text, differs := followUp(asked.Follows, asked.Text, func(w string) bool { return ix.names()[w] }); differs {
			asked.Text, readAs = text, text
		}
	}
	q := ParseQuery(asked)
	hits, err := ix.searchIn(ctx, question, q, answerHits)
	if err != nil {
		return Answer{}, err
	}
	a := Compose(q, ix.introduced(question, q, hits), answerThreshold)
	if question.Pin != "" {
		if a, err = ix.pin(ctx, question, q, a); err != nil {
			return Answer{}, err
		}
	}
	a.Question, a.ReadAs, a.Generation = question, readAs, ix.Generation()
	return a, nil
}
