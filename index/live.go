package index

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"

	"historian/corpus"
)

// FollowOptions of Follow. The zero value has the defaults.
type FollowOptions struct {
	Lexicon func() *Lexicon // called for each generation opened: what to translate by; nil means by ours
	Logger  *slog.Logger    // nil means slog.Default
	Engine  string          // address of the search engine to follow, through the data folder; empty for none
	Poll    time.Duration   // between looks at the pointer where no event tells of it; 0 means 10 s
}

// A Live answers from the generation that a data folder serves, and changes
// to the next when one is published. It is safe for concurrent use.
type Live struct {
	lexicon func() *Lexicon // what to translate by
	data    string
	log     *slog.Logger
	current atomic.Pointer[Index]
	failed  string         // ID that could not be opened, so as to tell once
	stop    func()         // ends watch
	running sync.WaitGroup // watch, and the closing of old generations
}

// Follow opens the generation that data serves, and follows the pointer until
// ctx ends or Close. Where that one can't be opened it falls back on the
// newest that can, and says so in the log.
func Follow(ctx context.Context, data string, opts FollowOptions) (*Live, error) {
	l := &Live{data: data, log: opts.Logger, lexicon: func() *Lexicon { return nil }}
	if l.log == nil {
		l.log = slog.Default()
	}
	if opts.Poll <= 0 {
		opts.Poll = 10 * time.Second
	}
	if opts.Engine != "" {
		if err := Mirror(ctx, opts.Engine, data); err != nil {
			l.log.Error("can't follow the search engine, going on with the index that was there", "error", err)
		}
	}
	ix, err := openCurrent(data)
	if err != nil {
		fallback, ok := openNewest(data)
		if !ok {
			return nil, err
		}
		l.log.Error("can't open the current index, falling back", "error", err, "generation", fallback.Generation())
		ix = fallback
	}
	if opts.Lexicon != nil {
		l.lexicon = opts.Lexicon
	}
	ix.Translate(l.lexicon())
	l.current.Store(ix)
	ctx, l.stop = context.WithCancel(ctx)
	events, closeEvents := l.events()
	l.running.Add(1)
	go func() {
		defer l.running.Done()
		defer func() { _ = closeEvents() }()
		l.watch(ctx, events, opts.Poll)
	}()
	if opts.Engine != "" {
		l.running.Go(func() { l.mirror(ctx, opts.Engine, opts.Poll) })
	}
	return l, nil
}

// openCurrent opens what the pointer names. A generation may be replaced and
// pruned between a look at the pointer and the opening, so it looks again.
func openCurrent(data string) (*Index, error) {
	for {
		dir, err := Current(data)
		if err != nil {
			return nil, err
		}
		ix, err := Open(dir)
		if err == nil {
			return ix, nil
		}
		if now, e := Current(data); e != nil || now == dir {
			return nil, err
		}
	}
}

// openNewest opens the newest generation that can be opened.
func openNewest(data string) (*Index, bool) {
	ids, err := generationIDs(data)
	for i := len(ids) - 1; i >= 0 && err == nil; i-- {
		if ix, err := Open(filepath.Join(data, generationsDir, ids[i])); err == nil {
			return ix, true
		}
	}
	return nil, false
}

// events tells of changes in the data folder, where the system can.
func (l *Live) events() (<-chan fsnotify.Event, func() error) {
	none := func() error { return nil }
	w, err := fsnotify.NewWatcher()
	if err != nil {
		l.log.Warn("can't watch the index, polling instead", "error", err)
		return nil, none
	}
	if err := w.Add(l.data); err != nil {
		l.log.Warn("can't watch the index, polling instead", "error", err)
		return nil, w.Close
	}
	return w.Events, w.Close
}

// watch looks at the pointer when an event tells of it, and now and then.
func (l *Live) watch(ctx context.Context, events <-chan fsnotify.Event, poll time.Duration) {
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			if filepath.Base(e.Name) != pointerName {
				continue
			}
		case <-ticker.C:
		}
		l.refresh()
	}
}

// refresh changes to the generation that the pointer names, if it is another
// and can be opened.
func (l *Live) refresh() {
	dir, err := Current(l.data)
	old := l.current.Load()
	if err == nil && filepath.Base(dir) == old.Generation() {
		l.failed = ""
		return
	}
	var next *Index
	if err == nil {
		next, err = openCurrent(l.data)
	}
	if err != nil {
		if failed := dir + err.Error(); failed != l.failed {
			l.failed = failed
			l.log.Error("can't open the new index, keeping the old one", "error", err, "generation", old.Generation())
		}
		return
	}
	l.failed = ""
	next.Translate(l.lexicon())
	l.current.Store(next)
	l.log.Info("index changed", "from", old.Generation(), "to", next.Generation(), "passages", next.gen.passages())
	l.running.Add(1)
	go func() {
		defer l.running.Done()
		if err := old.Close(); err != nil { // waits for its searches
			l.log.Warn("can't close the old index", "error", err)
		}
	}()
}

// Close ends following and closes the index after the last search.
func (l *Live) Close() error {
	l.stop()
	l.running.Wait()
	return l.current.Load().Close()
}

// with runs f on the current index, again if it was replaced and closed
// before f began.
func (l *Live) with(f func(*Index) error) error {
	for {
		ix := l.current.Load()
		err := f(ix)
		if !errors.Is(err, ErrClosed) || l.current.Load() == ix {
			return err
		}
	}
}

// Answer answers from the current generation.
func (l *Live) Answer(ctx context.Context, q Question) (a Answer, err error) {
	err = l.with(func(ix *Index) (err error) {
		a, err = ix.Answer(ctx, q)
		return err
	})
	return a, err
}

// Catalog lists what the current generation holds. The slices are shared:
// don't change them.
func (l *Live) Catalog() (c Catalog) {
	err := l.with(func(ix *Index) (err error) {
		c, err = ix.contents()
		return err
	})
	if err != nil {
		l.log.Error("can't read the catalog", "error", err)
	}
	return c
}

// Generation gives the ID of the current generation.
func (l *Live) Generation() string { return l.current.Load().Generation() }

// Passage gives a passage of the current generation by its ID.
func (l *Live) Passage(id string) (p corpus.Passage, ok bool) {
	err := l.with(func(ix *Index) (err error) {
		p, ok, err = ix.find(id)
		return err
	})
	if err != nil {
		l.log.Error("can't read a passage", "error", err)
	}
	return p, ok
}
