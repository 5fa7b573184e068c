package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
)

// A Correction is what a moderator says of a question: which passage answers
// it, which doesn't, or that it is none.
type Correction struct {
	Question string `yaml:"question"`
	Answer   string `yaml:"answer,omitempty"` // ID of the passage that answers
	Wrong    string `yaml:"wrong,omitempty"`  // ID of one that doesn't
	Ignore   bool   `yaml:"ignore,omitempty"` // it is no question
	Quote    string `yaml:"quote,omitempty"`  // the passage's first words
	By       string `yaml:"by,omitempty"`     // ID of the moderator
	Date     string `yaml:"date,omitempty"`   // YYYY-MM-DD
}

// ID names a correction, for taking it back.
func (c Correction) ID() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []any{c.Question, c.Answer, c.Wrong, c.Ignore}))
	return hex.EncodeToString(sum[:6])
}

// ErrNoCorrections: no file is configured for corrections.
var ErrNoCorrections = errors.New("no file for corrections")

// Corrections gives all corrections, the oldest first.
func (d *Desk) Corrections() []Correction {
	c := &d.corrections
	_ = c.refresh() // told by CorrectionsProblem
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all)
}

// CorrectionsProblem tells what is wrong with the file of the corrections.
func (d *Desk) CorrectionsProblem() error { return d.corrections.refresh() }

// CorrectionsFile gives the path of the file; "" for none.
func (d *Desk) CorrectionsFile() string { return d.corrections.path }

// Correct adds a correction to the file, in force at once. It gives it back
// as it is kept.
func (d *Desk) Correct(guild string, x Correction) (Correction, error) {
	x.Date = dayOf(d.now())
	x.Question, x.Quote, x.Answer, x.Wrong = line(x.Question), clip(line(x.Quote)), line(x.Answer), line(x.Wrong)
	err := d.corrections.edit(func(text string) (string, error) {
		block, err := formatCorrection(x)
		if text == "" {
			text = correctionsHead
		}
		if !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		return text + block, err
	})
	if err != nil {
		return x, err
	}
	return x, d.noteIfOn(guild, Action{By: x.By, What: "corrected “" + x.Question + "”: " + x.what()})
}

// line makes one line of printable text of what came from outside.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar, r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return strings.Join(strings.Fields(s), " ")
}

func (c Correction) what() string {
	switch {
	case c.Ignore:
		return "not a question"
	case c.Answer != "":
		return "answered by " + c.Answer
	}
	return "not answered by " + c.Wrong
}

// Undo takes a correction back. ok is false where there is none of that ID.
func (d *Desk) Undo(guild, id string, by string) (x Correction, ok bool, err error) {
	err = d.corrections.edit(func(text string) (string, error) {
		head, blocks := splitCorrections(text)
		all, err := ParseCorrections("", []byte(text))
		if err != nil {
			return text, err
		}
		if len(all) != len(blocks) {
			return text, fmt.Errorf("%s: was edited so that single corrections can't be told apart: begin each with “- question:”", filepath.Base(d.corrections.path))
		}
		for i := len(all) - 1; i >= 0; i-- {
			if all[i].ID() == id {
				x, ok = all[i], true
				return head + strings.Join(slices.Delete(blocks, i, i+1), ""), nil
			}
		}
		return text, nil
	})
	if err != nil || !ok {
		return x, false, err
	}
	return x, true, d.noteIfOn(guild, Action{By: by, What: "took back the correction of “" + x.Question + "”: " + x.what()})
}

// noteIfOn notes an action where there is a log: corrections are kept without.
func (d *Desk) noteIfOn(guild string, a Action) error {
	if !d.On() {
		return nil
	}
	return d.Note(guild, a)
}

// edit changes the file as one step: as it is now, not as it was read.
func (c *corrections) edit(change func(text string) (string, error)) error {
	if c.path == "" {
		return ErrNoCorrections
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	data, err := os.ReadFile(c.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("corrections: %w", err)
	}
	text, err := change(string(data))
	if err != nil {
		return err
	}
	all, err := ParseCorrections(filepath.Base(c.path), []byte(text))
	if err != nil {
		return err
	}
	if text == string(data) {
		return nil
	}
	root, err := os.OpenRoot(filepath.Dir(c.path))
	if err != nil {
		return fmt.Errorf("corrections: %w", err)
	}
	defer func() { _ = root.Close() }()
	if err := replace(root, filepath.Base(c.path), []byte(text)); err != nil {
		return fmt.Errorf("corrections: %w", err)
	}
	c.set(all)
	c.time, c.size, c.problem = time.Time{}, 0, nil // is read again at the next question
	return nil
}

func (c *corrections) text() ([]byte, error) {
	if c.path == "" {
		return nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	data, err := os.ReadFile(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
