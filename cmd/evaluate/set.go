package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"historian/corpus"
	"historian/index"
)

// A set is a corpus with questions whose passages are known.
type set struct {
	name      string
	passages  []passage
	questions []question
	titles    map[string]string // of passages, by ID
}

// A passage is a line of corpus.jsonl.
type passage struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Lang  string `json:"lang"`
}

// A question is a line of queries.jsonl with its lines of qrels.tsv.
type question struct {
	ID         string   `json:"id"`
	Text       string   `json:"text"`
	Lang       string   `json:"lang"`
	Answers    []string `json:"answers"`
	Answerable *bool    `json:"answerable"` // nil means yes
	targets    []string
}

// answerable tells whether some passage of the set answers.
func (q *question) answerable() bool { return len(q.targets) > 0 }

// readSet reads the set in dir.
func readSet(dir string) (*set, error) {
	s := &set{name: filepath.Base(filepath.Clean(dir)), titles: map[string]string{}}
	err := eachLine(filepath.Join(dir, "corpus.jsonl"), func(line []byte) error {
		var p passage
		err := json.Unmarshal(line, &p)
		s.passages = append(s.passages, p)
		s.titles[p.ID] = p.Title
		return err
	})
	if err != nil {
		return nil, err
	}
	targets := map[string][]string{}
	err = eachLine(filepath.Join(dir, "qrels.tsv"), func(line []byte) error {
		query, id, ok := strings.Cut(string(line), "\t")
		if _, known := s.titles[id]; !ok || !known {
			return fmt.Errorf("want a question's ID, a tab and a passage's ID of corpus.jsonl, have %q", line)
		}
		targets[query] = append(targets[query], id)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(filepath.Join(dir, "queries.jsonl"), func(line []byte) error {
		var q question
		err := json.Unmarshal(line, &q)
		q.targets = targets[q.ID]
		if q.answerable() || q.Answerable != nil && !*q.Answerable {
			s.questions = append(s.questions, q)
		}
		return err
	})
	return s, err
}

// eachLine calls f for each line that isn't empty.
func eachLine(path string, f func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return lines.Err()
}

// documents yields the passages for which keep holds, each a document.
func (s *set) documents(keep func(passage) bool) iter.Seq2[corpus.Document, error] {
	return func(yield func(corpus.Document, error) bool) {
		for _, p := range s.passages {
			if !keep(p) {
				continue
			}
			doc := corpus.Document{ID: p.ID, Path: p.ID, Title: p.Title, Lang: p.Lang, Text: p.Text,
				Passages: []corpus.Passage{{ID: p.ID, Doc: p.ID, Title: p.Title, Lang: p.Lang, Text: p.Text, End: len(p.Text)}}}
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// build indexes the passages for which keep holds in a temporary folder; done
// closes and removes it.
func (s *set) build(ctx context.Context, keep func(passage) bool) (ix *index.Index, done func(), err error) {
	dir, err := os.MkdirTemp("", "evaluate-")
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, "index")
	if _, err = index.Build(ctx, path, s.documents(keep), index.BuildOptions{}); err == nil {
		ix, err = index.Open(path)
	}
	if err == nil {
		ix.Translate(lexiconOf(ctx))
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, fmt.Errorf("%s: %w", s.name, err)
	}
	return ix, func() { ix.Close(); os.RemoveAll(dir) }, nil
}

func all(passage) bool { return true }
