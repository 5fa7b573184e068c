package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"historian/corpus"
	"historian/index"
)

// An example is a question with what speaks for its answer, and whether that
// is right.
type example struct {
	evidence          []index.Part
	right, answerable bool
}

// A lot is the examples of one corpus.
type lot struct {
	name     string
	examples []example
}

// calibrate fits the regression that turns evidence into a probability: on
// sets with half of their articles taken away, and on question sets over
// several corpora. For each lot it tells how the regression fitted on the
// others does: AUC, and of the answers of about the same probability, how
// many were right.
func calibrate(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate calibrate", flag.ContinueOnError)
	out := flags.String("o", "index/confidence.json", "`file` to write the weights to")
	asked := flags.String("questions", "", "`folder` of question sets to calibrate on, too")
	raw := flags.String("corpus", "", "another `folder` of documents to ask the question sets of")
	dirs, err := parseSets(flags, args, stderr)
	if err != nil {
		return err
	}
	var lots []lot
	for _, dir := range dirs {
		more, err := lotsOfSet(ctx, dir)
		if err != nil {
			return err
		}
		lots = append(lots, more...)
	}
	if *asked != "" {
		more, err := lotsOfQuestions(ctx, *asked, *raw)
		if err != nil {
			return err
		}
		lots = append(lots, more...)
	}
	fmt.Fprintln(stdout, "lot              examples  AUC    of answers given this probability by a fit on the other lots, how many are right")
	for i, l := range lots {
		others := append(append([]lot(nil), lots[:i]...), lots[i+1:]...)
		printReliability(stdout, l, fit(others))
	}
	w := fit(lots)
	stored := map[string]float64{}
	for i, p := range lots[0].examples[0].evidence {
		stored[p.Name] = round(w[i], 3)
	}
	data, err := json.MarshalIndent(stored, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(*out, append(data, '\n'), 0o644)
}

// lotsOfSet asks the questions of a set of half of its articles; where some
// were written to deceive, all of the whole; and those about each long article
// of half of its passages: a small corpus on one topic.
func lotsOfSet(ctx context.Context, dir string) (lots []lot, err error) {
	s, err := readSet(dir)
	if err != nil {
		return nil, err
	}
	half := lot{name: s.name}
	if err := s.ask(ctx, &half, func(p passage) bool { return !removed(p.Title) }, (*question).answerable); err != nil {
		return nil, err
	}
	lots = []lot{half}
	if slices.ContainsFunc(s.questions, func(q question) bool { return !q.answerable() }) {
		whole := lot{name: s.name + " all"}
		if err := s.ask(ctx, &whole, all, func(*question) bool { return true }); err != nil {
			return nil, err
		}
		lots = append(lots, whole)
	}
	topics := lot{name: s.name + " topics"}
	for _, title := range s.topics() {
		about := func(p passage) bool { return p.Title == title && !removed(p.ID) }
		concerns := func(q *question) bool { return q.answerable() && s.titles[q.targets[0]] == title }
		if err := s.ask(ctx, &topics, about, concerns); err != nil {
			return nil, err
		}
	}
	if len(topics.examples) > 0 {
		lots = append(lots, topics)
	}
	return lots, nil
}

// topicPassages is how many passages an article needs to stand for a corpus
// on one topic.
const topicPassages = 20

// topics gives the titles of long articles, in the order of the passages.
func (s *set) topics() (titles []string) {
	count := map[string]int{}
	for _, p := range s.passages {
		if count[p.Title]++; count[p.Title] == topicPassages {
			titles = append(titles, p.Title)
		}
	}
	return titles
}

// ask adds to a lot those questions of a set for which concerns holds, asked
// of the passages for which keep holds.
func (s *set) ask(ctx context.Context, l *lot, keep func(passage) bool, concerns func(*question) bool) error {
	ix, done, err := s.build(ctx, keep)
	if err != nil {
		return err
	}
	defer done()
	for i := range s.questions {
		q := &s.questions[i]
		if !concerns(q) {
			continue
		}
		a, err := ix.Answer(ctx, index.Question{Text: q.Text})
		if err != nil {
			return err
		}
		if len(a.Evidence) == 0 {
			continue
		}
		e := example{evidence: a.Evidence}
		for _, id := range q.targets {
			_, there := ix.Passage(id)
			e.answerable = e.answerable || there
			e.right = e.right || a.Closest.Passage.ID == id
		}
		l.examples = append(l.examples, e)
	}
	return nil
}

// lotsOfQuestions asks the question sets of the shipped documents, of those
// in each language alone, and of another folder.
func lotsOfQuestions(ctx context.Context, dir, raw string) ([]lot, error) {
	var lots []lot
	for _, c := range []struct{ name, folder, lang string }{{"shipped", "", ""}, {"shipped en", "", "en"}, {"shipped zh", "", "zh"}, {"raw", raw, ""}} {
		fsys := corpus.Shipped()
		if c.name == "raw" {
			if raw == "" {
				continue
			}
			var err error
			if fsys, err = corpus.Dir(raw); err != nil {
				return nil, err
			}
		}
		ix, done, err := temporary(ctx, fsys, c.lang)
		if err != nil {
			return nil, err
		}
		l := lot{name: c.name}
		for _, file := range []string{"questions_dev.jsonl", "unanswerable_dev.jsonl"} {
			err := eachLine(filepath.Join(dir, file), func(line []byte) error {
				e, ok, err := askRow(ctx, ix, line, c.name == "raw")
				if ok {
					l.examples = append(l.examples, e)
				}
				return err
			})
			if err != nil {
				done()
				return nil, err
			}
		}
		done()
		lots = append(lots, l)
	}
	return lots, nil
}

// askRow asks a row of a question set; not ok for rows that don't concern the
// corpus.
func askRow(ctx context.Context, ix *index.Index, line []byte, raw bool) (e example, ok bool, err error) {
	var r struct {
		Question, Expect, Corpus string
		Optional                 bool
		Must                     [][]string
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return e, false, err
	}
	if raw && (r.Optional || r.Corpus == "shipped") {
		return e, false, nil
	}
	a, err := ix.Answer(ctx, index.Question{Text: r.Question})
	if err != nil || len(a.Evidence) == 0 || a.Reason == index.UnknownEntity || a.Reason == index.MissingAttribute {
		return e, false, err
	}
	groups, err := compile(r.Must)
	if err != nil {
		return e, false, err
	}
	p := a.Closest.Passage
	p.Text = a.Closest.Text
	e = example{evidence: a.Evidence, answerable: r.Expect == "answer"}
	e.right = e.answerable && matches(groups, p)
	return e, true, nil
}

// printReliability prints how weights do on a lot.
func printReliability(out io.Writer, l lot, w []float64) {
	const bins = 5
	var total, right [bins]int
	var high, low []float64
	for _, e := range l.examples {
		z := 0.0
		for j, p := range e.evidence {
			z += w[j] * p.Value
		}
		p := 1 / (1 + math.Exp(-z))
		bin := min(bins-1, int(p*bins))
		total[bin]++
		if e.right {
			right[bin]++
		}
		if e.answerable {
			high = append(high, p)
		} else {
			low = append(low, p)
		}
	}
	var cells strings.Builder
	for i := range bins {
		fmt.Fprintf(&cells, "  %d–%d%%: %.0f%% of %d", 100*i/bins, 100*(i+1)/bins, 100*float64(right[i])/float64(max(1, total[i])), total[i])
	}
	fmt.Fprintf(out, "%-16s %8d  %.3f%s\n", l.name, len(l.examples), auc(high, low), cells.String())
}
