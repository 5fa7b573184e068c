package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"syscall"

	"historian/corpus"
	"historian/index"
)

// open opens the index to answer from. Call what it returns in the end. With
// a corpus it is a temporary one; where the data folder can't be written, too.
func open(ctx context.Context, o options, stderr io.Writer) (*index.Live, func(), error) {
	if o.corpus != "" {
		fsys, err := corpus.Dir(o.corpus)
		if err != nil {
			return nil, nil, err
		}
		return openTemporary(ctx, fsys, stderr)
	}
	built, err := index.Prepare(ctx, o.data)
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		fmt.Fprintf(stderr, "preview: can't keep the index (%v); using a temporary one\n", err)
		return openTemporary(ctx, corpus.Shipped(), stderr)
	case err != nil:
		return nil, nil, err
	case built:
		fmt.Fprintf(stderr, "built the index of the documents that come with the program in %s\n", o.data)
	}
	return follow(ctx, o.data, stderr, func() {})
}

// openTemporary makes an index of the documents that is gone in the end.
func openTemporary(ctx context.Context, fsys fs.FS, stderr io.Writer) (*index.Live, func(), error) {
	data, err := os.MkdirTemp("", "historian-preview-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { _ = os.RemoveAll(data) }
	report, err := index.Reindex(ctx, data, corpus.Read(fsys, corpus.Options{}), index.ReindexOptions{})
	for _, p := range report.Skipped {
		fmt.Fprintln(stderr, "preview: skipped", p)
	}
	if err != nil {
		remove()
		return nil, nil, err
	}
	return follow(ctx, data, stderr, remove)
}

// follow opens the index in data and every newer one, as the bot does.
func follow(ctx context.Context, data string, stderr io.Writer, then func()) (*index.Live, func(), error) {
	live, err := index.Follow(ctx, data, index.FollowOptions{Logger: logger(stderr)})
	if err != nil {
		then()
		return nil, nil, fmt.Errorf("open index: %w", err)
	}
	return live, func() {
		_ = live.Close() // only read from
		then()
	}, nil
}

// logger tells of what goes wrong; the rest is on the page.
func logger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
