package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"historian/index"
)

// loss measures what it costs to rank only the usual number of candidates: a
// set's questions with its passages among many invented ones.
func loss(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate loss", flag.ContinueOnError)
	passages := flags.Int("passages", 100_000, "`number` of passages, with the set's")
	candidates := flags.Int("candidates", 4000, "`number` of candidates to compare with")
	questions := flags.Int("questions", 1000, "`number` of questions, spread over the set")
	dirs, err := parseSets(flags, args, stderr)
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		s, err := readSet(dir)
		if err != nil {
			return err
		}
		if err := s.loss(ctx, *passages, *candidates, *questions, stdout); err != nil {
			return err
		}
	}
	return nil
}

func (s *set) loss(ctx context.Context, passages, candidates, questions int, stdout io.Writer) (err error) {
	h, err := newHistorian()
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.index(ctx, newWriter(passages, s)); err != nil {
		return err
	}
	ix, err := index.Open(h.dir())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ix.Close()) }()
	n, usual, more := 0, 0, 0
	for i := range min(questions, len(s.questions)) {
		q := &s.questions[(i*stride)%len(s.questions)]
		if !q.answerable() {
			continue
		}
		query := index.ParseQuery(index.Question{Text: q.Text, Lang: q.Lang})
		few, err := ix.Search(ctx, query, 1)
		if err != nil {
			return err
		}
		many, err := ix.SearchAmong(ctx, query, 1, candidates)
		if err != nil {
			return err
		}
		n++
		usual += q.hit(few)
		more += q.hit(many)
	}
	_, err = fmt.Fprintf(stdout, "%s among %d passages: hit@1 of %d questions %.2f, with %d candidates %.2f: lost %.2f\n",
		s.name, passages, n, percent(usual, n), candidates, percent(more, n), percent(more, n)-percent(usual, n))
	return err
}

// hit is 1 if the first hit is one of the question's passages.
func (q *question) hit(hits []index.Hit) int {
	if len(hits) > 0 && slices.Contains(q.targets, hits[0].Passage.ID) {
		return 1
	}
	return 0
}
