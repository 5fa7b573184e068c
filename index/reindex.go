package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"historian/corpus"
)

// Refusals of Reindex, for callers that branch. The served generation stays.
var (
	// ErrShrunk: the corpus has lost too many of its passages.
	ErrShrunk = errors.New("the corpus shrank")
	// ErrProblems: documents were skipped, and ReindexOptions.Strict is set.
	ErrProblems = errors.New("documents were skipped")
)

const (
	keptGenerations = 3
	// maxShrinkage is the share of its passages that a corpus may lose without force.
	maxShrinkage = 0.3
)

// ReindexOptions of Reindex. The zero value has the defaults.
type ReindexOptions struct {
	BuildOptions
	Force    bool          // publish though the corpus shrank
	Strict   bool          // refuse if a document was skipped
	Check    bool          // build and verify, but don't publish
	Patience time.Duration // how long to wait for another reindex; 0 means not at all
	// Verify is asked about the new generation before it is published; an
	// error refuses it. Nil means: no questions.
	Verify func(context.Context, *Index) error
	// needed is asked when the data folder is claimed: another process may
	// have done the work. Nil means: always.
	needed func() bool
}

// Reindex builds a generation of the documents beside those in the data
// folder, verifies it and makes it the one that is served. Whatever goes
// wrong, the generation that was served before stays so, and nothing of the
// new one is left.
func Reindex(ctx context.Context, data string, docs iter.Seq2[corpus.Document, error], opts ReindexOptions) (report Report, err error) {
	release, err := claim(data, opts.Patience)
	if err != nil {
		return report, fmt.Errorf("reindex: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	if opts.needed != nil && !opts.needed() {
		return report, nil
	}
	if err := sweep(data); err != nil {
		return report, fmt.Errorf("reindex: remove what an earlier run left: %w", err)
	}
	id := newID(time.Now())
	temp := filepath.Join(data, generationsDir, newPrefix+id)
	if report, err = Build(ctx, temp, docs, opts.BuildOptions); err != nil {
		return report, err
	}
	if err = admit(ctx, data, temp, report, opts); err == nil && !opts.Check {
		err = publish(data, temp, id)
	}
	if err != nil || opts.Check {
		return report, errors.Join(err, removeIfThere(temp))
	}
	report.Generation = id
	if err := prune(data, keptGenerations); err != nil {
		return report, fmt.Errorf("published %s, but can't remove old generations: %w", id, err)
	}
	return report, nil
}

// admit tells by its error why the new generation must not be published.
func admit(ctx context.Context, data, temp string, report Report, opts ReindexOptions) error {
	if n := len(report.Skipped); opts.Strict && n > 0 {
		return fmt.Errorf("%w: %d problems", ErrProblems, n)
	}
	if err := admitSize(data, report.Passages, opts); err != nil {
		return err
	}
	if err := verify(temp); err != nil {
		return err
	}
	ix, err := Open(temp)
	if err != nil {
		return err
	}
	if opts.Verify != nil {
		err = opts.Verify(ctx, ix)
	}
	return errors.Join(err, ix.Close(), ctx.Err())
}

// admitSize refuses a corpus that shrank. That the shipped documents give way
// to somebody's own, however few, is no shrinkage.
func admitSize(data string, passages int, opts ReindexOptions) error {
	dir, err := Current(data)
	if err != nil || opts.Force {
		return nil
	}
	before, err := readManifest(dir)
	if err != nil || isShipped(before.Origin) && !isShipped(opts.Origin) {
		return nil
	}
	lost := 1 - float64(passages)/float64(before.Passages)
	if lost <= maxShrinkage {
		return nil
	}
	return fmt.Errorf("%w by %.0f %%, from %d passages to %d: force it if that is meant",
		ErrShrunk, 100*lost, before.Passages, passages)
}

// verify reads all files of a generation against its manifest.
func verify(dir string) error {
	m, err := readManifest(dir)
	if err != nil {
		return err
	}
	return m.check(dir, true)
}

// publish gives the generation in temp its name and points to it.
func publish(data, temp, id string) error {
	generations := filepath.Join(data, generationsDir)
	final := filepath.Join(generations, id)
	if err := os.Rename(temp, final); err != nil {
		return err
	}
	err := syncPath(generations)
	if err == nil {
		err = point(data, id)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("publish: %w", err), os.RemoveAll(final))
	}
	return nil
}

func removeIfThere(dir string) error {
	if err := os.RemoveAll(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Rollback serves the newest intact generation before the served one again,
// and tells the IDs of both. Where the served one is unknown, that is the
// newest of all.
func Rollback(data string) (from, to string, err error) {
	if _, err := os.Stat(filepath.Join(data, generationsDir)); err != nil {
		return "", "", fmt.Errorf("roll back: %w in %s", ErrNoIndex, data)
	}
	release, err := claim(data, 0)
	if err != nil {
		return "", "", fmt.Errorf("roll back: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	if dir, err := Current(data); err == nil {
		from = filepath.Base(dir)
	}
	ids, err := generationIDs(data)
	if err != nil {
		return from, "", fmt.Errorf("roll back: %w", err)
	}
	for i := len(ids) - 1; i >= 0; i-- {
		if from != "" && ids[i] >= from || verify(filepath.Join(data, generationsDir, ids[i])) != nil {
			continue
		}
		return from, ids[i], point(data, ids[i])
	}
	return from, "", fmt.Errorf("roll back: %w", ErrNoOlder)
}
