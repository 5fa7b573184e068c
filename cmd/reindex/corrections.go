package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"historian/bot/desk"
	"historian/corpus"
	"historian/index"
)

// golden are the corrections of moderators, which a new index should honour.
type golden struct {
	all, lost []desk.Correction
}

// readCorrections reads the corrections: among the documents, or beside the
// index of those that come with the program. None is none.
func readCorrections(o options) (g *golden, err error) {
	folder := o.corpus
	if folder == "" {
		folder = o.data
	}
	data, err := os.ReadFile(filepath.Join(folder, desk.CorrectionsName))
	if errors.Is(err, fs.ErrNotExist) {
		return &golden{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	all, err := desk.ParseCorrections(desk.CorrectionsName, data)
	return &golden{all: all}, err
}

// verify asks the new index. That a passage is gone is told, and refuses
// nothing: documents change.
func (g *golden) verify(ctx context.Context, ix *index.Index) error {
	g.lost = desk.Lost(ctx, ix, g.all)
	return nil
}

// notes tells which corrections the index does not honour.
func (g *golden) notes() []index.DocumentNotes {
	if len(g.lost) == 0 {
		return nil
	}
	d := index.DocumentNotes{Path: desk.CorrectionsName}
	for _, c := range g.lost {
		d.Notes = append(d.Notes, corpus.Note{What: fmt.Sprintf("“%s”: the passage that answers it is gone; correct it anew, or take it out", c.Question)})
	}
	return []index.DocumentNotes{d}
}
