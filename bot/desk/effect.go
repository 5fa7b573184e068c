package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"historian/index"
	"historian/index/lang"
)

// An Effect is what the corrections say of a question.
type Effect struct {
	Pin    string   // ID of the passage that answers; "" for none
	Quote  string   // its first words
	Not    []string // IDs of passages that don't
	Ignore bool     // it is no question
}

// corrections are those of a file, as last read.
type corrections struct {
	path string

	mu      sync.Mutex
	time    time.Time // of the file, when it was read
	size    int64
	all     []Correction
	effects map[string]Effect // by the subject of the question
	ignored map[string]bool   // by the words of the question
	problem error             // why the file as it is can't be read; the last good one holds
}

// plain is a question as it is compared word for word.
func plain(question string) string {
	return strings.Join(strings.Fields(lang.Normalize(question).Text), " ")
}

func keyOf(question string) string {
	s := SubjectOf(index.ParseQuery(index.Question{Text: question}))
	if len(s.Terms) == 0 {
		return "=" + plain(question)
	}
	return s.key()
}

// set makes corrections those in force; of two that differ the later holds.
func (c *corrections) set(all []Correction) {
	c.all, c.effects, c.ignored = all, map[string]Effect{}, map[string]bool{}
	for _, x := range all {
		k := keyOf(x.Question)
		e := c.effects[k]
		switch {
		case x.Ignore:
			c.ignored[plain(x.Question)] = true
			continue
		case x.Answer != "":
			e.Pin, e.Quote = x.Answer, x.Quote
			e.Not = slices.DeleteFunc(e.Not, func(id string) bool { return id == x.Answer })
			delete(c.ignored, plain(x.Question))
		case x.Wrong != "":
			if e.Pin == x.Wrong {
				e.Pin, e.Quote = "", ""
			}
			if !slices.Contains(e.Not, x.Wrong) {
				e.Not = append(e.Not, x.Wrong)
			}
		}
		c.effects[k] = e
	}
}

// refresh reads the file where it has changed; none is no corrections.
func (c *corrections) refresh() error {
	if c.path == "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	info, err := os.Stat(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		c.set(nil)
		c.time, c.size, c.problem = time.Time{}, 0, nil
		return nil
	}
	if err == nil && info.ModTime().Equal(c.time) && info.Size() == c.size {
		return c.problem
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(c.path)
	}
	if err != nil {
		c.problem = fmt.Errorf("corrections: %w", err)
		return c.problem
	}
	c.time, c.size = info.ModTime(), info.Size()
	all, err := ParseCorrections(filepath.Base(c.path), data)
	if c.problem = err; err == nil {
		c.set(all)
	}
	return err
}

// Effect gives what the corrections say of a question. A file that can't be
// read is told by CorrectionsProblem; what was last read holds.
func (d *Desk) Effect(question string) Effect {
	c := &d.corrections
	_ = c.refresh() // told by CorrectionsProblem
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.all) == 0 {
		return Effect{}
	}
	e := c.effects[keyOf(question)]
	e.Not = slices.Clone(e.Not)
	e.Ignore = c.ignored[plain(question)]
	return e
}
