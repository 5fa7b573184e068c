package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"historian/corpus"
)

// A proposed document waits in the data folder until a moderator adds or
// drops it: it survives restarts, and is swept after a day.
const proposedDir = "proposed"

// MaxDocument is how many bytes a document may have that is added on Discord.
const MaxDocument = 4 << 20

// A ProposedDocument is a document that waits, and what would become of it.
type ProposedDocument struct {
	ID       string // of the proposal
	Name     string // of the file in the folder
	Replaces bool   // there is a file of that name, or of that document
	Document corpus.Document
	Problem  *corpus.Problem // why it can't be taken; nil if it can
}

// Propose keeps a document for a moderator to decide on, and tells what would
// become of it. id names the proposal, name the file.
func (l Library) Propose(id, name string, data []byte) (p ProposedDocument, err error) {
	if l.Corpus == "" || l.Data == "" {
		return p, ErrShipped
	}
	if name, err = safeName(name); err != nil {
		return p, err
	}
	dir := filepath.Join(l.Data, proposedDir, filepath.Base(id))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return p, err
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
		return p, err
	}
	p, err = l.Proposed(id)
	if err == nil && p.Problem != nil {
		err = os.RemoveAll(dir)
	}
	return p, err
}

// Proposed gives a proposal that waits; ErrDecided where there is none.
func (l Library) Proposed(id string) (p ProposedDocument, err error) {
	p.ID = id
	dir := filepath.Join(l.Data, proposedDir, filepath.Base(id))
	fsys, err := corpus.Dir(dir)
	if err != nil {
		return p, ErrDecided
	}
	for doc, err := range corpus.Read(fsys, corpus.Options{MaxFile: MaxDocument}) {
		switch {
		case errors.As(err, &p.Problem):
			p.Name = p.Problem.Path
			return p, nil
		case err != nil:
			return p, ErrDecided
		}
		p.Document, p.Name = doc, doc.Path
	}
	for _, ext := range extensions {
		if _, err := os.Stat(filepath.Join(l.Corpus, p.Document.ID+ext)); err == nil {
			p.Replaces = true
		}
	}
	return p, nil
}

// Add moves a proposed document into the folder of documents, as a whole or
// not at all. The one it replaces is kept beside the proposal's place.
func (l Library) Add(id string) (p ProposedDocument, err error) {
	if p, err = l.Proposed(id); err != nil {
		return p, err
	}
	dir := filepath.Join(l.Data, proposedDir, filepath.Base(id))
	taken := dir + ".taken" // whoever renames it decides
	if err := os.Rename(dir, taken); err != nil {
		return p, ErrDecided
	}
	defer func() {
		if err != nil {
			_ = os.Rename(taken, dir) // it can be tried again
		} else {
			_ = os.RemoveAll(taken)
		}
	}()
	data, err := os.ReadFile(filepath.Join(taken, p.Name))
	if err != nil {
		return p, err
	}
	root, err := os.OpenRoot(l.Corpus)
	if err != nil {
		return p, err
	}
	defer func() { _ = root.Close() }()
	if err := replace(root, p.Name, data); err != nil {
		return p, err
	}
	for _, ext := range extensions { // one document, one file
		if other := p.Document.ID + ext; other != p.Name {
			if err := root.Remove(other); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return p, err
			}
		}
	}
	return p, nil
}

// Drop throws a proposal away.
func (l Library) Drop(id string) error {
	dir := filepath.Join(l.Data, proposedDir, filepath.Base(id))
	if err := os.Rename(dir, dir+".taken"); err != nil {
		return ErrDecided
	}
	return os.RemoveAll(dir + ".taken")
}

// replace writes a file below root as a whole: a reader sees the old or the
// new one.
func replace(root *os.Root, name string, data []byte) error {
	temp := "." + name + ".new"
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		_ = root.Remove(temp)
	}
	return err
}

// extensions of documents that can be added.
var extensions = []string{".md", ".markdown", ".txt", ".html", ".htm"}

// safeName makes a file name of one that came from outside: letters, digits,
// - and _, and an extension of a document. Its folder is left away.
func safeName(name string) (string, error) {
	base := path.Base(strings.ReplaceAll(name, "\\", "/"))
	ext := strings.ToLower(path.Ext(base))
	known := false
	for _, e := range extensions {
		known = known || e == ext
	}
	if !known {
		return "", fmt.Errorf("%w: %q: documents end in .md, .txt or .html", ErrName, base)
	}
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSuffix(base, path.Ext(base))) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	stem := strings.Trim(b.String(), "-_")
	if r := []rune(stem); len(r) > 60 {
		stem = strings.Trim(string(r[:60]), "-_")
	}
	if stem == "" {
		return "", fmt.Errorf("%w: %q: give it a name of letters or digits", ErrName, base)
	}
	return stem + ext, nil
}

// proposedLife is how long a proposed document waits.
const proposedLife = 24 * time.Hour

// Sweep removes documents that waited too long.
func (l Library) Sweep(now time.Time) error {
	entries, err := os.ReadDir(filepath.Join(l.Data, proposedDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		info, e2 := e.Info()
		if e2 == nil && now.Sub(info.ModTime()) > proposedLife {
			err = errors.Join(err, os.RemoveAll(filepath.Join(l.Data, proposedDir, e.Name())))
		}
	}
	return err
}
