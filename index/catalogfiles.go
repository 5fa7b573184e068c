package index

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"historian/corpus"
)

// infoOf starts a document's entry in the catalog.
func infoOf(d *corpus.Document) *DocumentInfo {
	return &DocumentInfo{ID: d.ID, Title: d.Title, URL: d.URL, Date: d.Date, Lang: d.Lang, Pair: d.Pair,
		License: d.License, Sources: d.Sources}
}

// note counts a passage, and begins a section where its trail is new.
func (d *DocumentInfo) note(p *corpus.Passage) {
	d.Passages++
	if n := len(d.Sections); n == 0 || !slices.Equal(d.Sections[n-1].Trail, p.Trail) {
		d.Sections = append(d.Sections, Section{Trail: p.Trail, Passage: p.ID})
	}
}

// line gives the document's line of the catalog file.
func (d *DocumentInfo) line() ([]byte, error) {
	b, err := json.Marshal(d)
	return append(b, '\n'), err
}

// A storedEvent is an Event on disk: the passage by number.
type storedEvent struct {
	corpus.Event
	Lang  string
	Pair  string
	Cites passageNum
}

// writeTimeline writes the events by date, then name, then language.
func (w *writer) writeTimeline() error {
	slices.SortStableFunc(w.events, func(a, b storedEvent) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Lang, b.Lang))
	})
	return w.writeFile(timelineName, func(f io.Writer) error {
		e := json.NewEncoder(f)
		for i := range w.events {
			if err := e.Encode(&w.events[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// catalog reads the catalog. It has all documents, so for a large corpus it is large.
func (g *generation) catalog() (c Catalog, err error) {
	c = Catalog{Created: g.man.Created, Passages: g.man.Passages, Languages: g.man.Languages}
	if c.Documents, err = readLines[DocumentInfo](filepath.Join(g.dir, catalogName)); err != nil {
		return c, err
	}
	events, err := readLines[storedEvent](filepath.Join(g.dir, timelineName))
	for _, e := range events {
		p, err := g.passage(e.Cites)
		if err != nil {
			return c, err
		}
		c.Events = append(c.Events, Event{Event: e.Event, Lang: e.Lang, Pair: e.Pair, Citation: p})
	}
	return c, err
}

// readLines reads a file of JSON values.
func readLines[T any](path string) (all []T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var v T
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, filepath.Base(path), err)
		}
		all = append(all, v)
	}
}
