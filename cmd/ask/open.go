package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"historian/corpus"
	"historian/index"
)

// open opens the index to answer from. Call what it returns in the end.
func open(ctx context.Context, o options, stderr io.Writer) (*index.Index, func(), error) {
	if o.corpus != "" {
		fsys, err := corpus.Dir(o.corpus)
		if err != nil {
			return nil, nil, err
		}
		return openTemporary(ctx, fsys, stderr)
	}
	if o.engine != "" {
		err := index.Mirror(ctx, o.engine, o.data)
		ix, done, e := openCurrent(o.data)
		if e != nil {
			return nil, nil, errors.Join(err, e)
		}
		if err != nil {
			fmt.Fprintf(stderr, "ask: using the index seen last: %v\n", err)
		}
		return ix, done, nil
	}
	built, err := index.Prepare(ctx, o.data)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		fmt.Fprintf(stderr, "ask: can't keep the index (%v); using a temporary one\n", err)
		return openTemporary(ctx, corpus.Shipped(), stderr)
	}
	if err != nil {
		return nil, nil, err
	}
	if built {
		fmt.Fprintf(stderr, "built the index of the documents that come with the program in %s\n", o.data)
	}
	return openCurrent(o.data)
}

func openCurrent(data string) (*index.Index, func(), error) {
	dir, err := index.Current(data)
	if err != nil {
		return nil, nil, err
	}
	ix, err := index.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	return ix, func() { _ = ix.Close() }, nil
}

// openTemporary makes an index of the documents that is gone in the end.
func openTemporary(ctx context.Context, fsys fs.FS, stderr io.Writer) (*index.Index, func(), error) {
	temp, err := os.MkdirTemp("", "historian-ask-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { _ = os.RemoveAll(temp) }
	dir := filepath.Join(temp, "index")
	report, err := index.Build(ctx, dir, corpus.Read(fsys, corpus.Options{}), index.BuildOptions{})
	for _, p := range report.Skipped {
		fmt.Fprintln(stderr, "ask: skipped", p)
	}
	if err != nil {
		remove()
		return nil, nil, err
	}
	ix, err := index.Open(dir)
	if err != nil {
		remove()
		return nil, nil, err
	}
	return ix, func() {
		_ = ix.Close()
		remove()
	}, nil
}
