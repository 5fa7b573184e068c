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
		l, err := lotOfSet(ctx, dir)
		if err != nil {
			return err
		}
		lots = append(lots, l)
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
		printReliability(stdout, l, fitLogistic(others))
	}
	w := fitLogistic(lots)
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

// lotOfSet asks the questions of a set of half of its articles.
func lotOfSet(ctx context.Context, dir string) (lot, error) {
	s, err := readSet(dir)
	if err != nil {
		return lot{}, err
	}
	ix, done, err := s.build(ctx, func(p passage) bool { return !removed(p.Title) })
	if err != nil {
		return lot{}, err
	}
	defer done()
	l := lot{name: s.name}
	for i := range s.questions {
		q := &s.questions[i]
		if !q.answerable() {
			continue // written to deceive: measured, not learned from
		}
		a, err := ix.Answer(ctx, index.Question{Text: q.Text})
		if err != nil {
			return l, err
		}
		if len(a.Evidence) == 0 {
			continue
		}
		e := example{evidence: a.Evidence}
		for _, id := range q.targets {
			e.answerable = e.answerable || !removed(s.titles[id])
			e.right = e.right || a.Closest.Passage.ID == id
		}
		l.examples = append(l.examples, e)
	}
	return l, nil
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

// fitLogistic fits weights by gradient ascent on standardised evidence, each
// lot weighing alike.
func fitLogistic(lots []lot) []float64 {
	const rounds, rate, shrink = 400, 2.0, 1e-4
	n := len(lots[0].examples[0].evidence)
	mean, dev, count := make([]float64, n), make([]float64, n), 0.0
	each := func(f func(e *example, weight float64)) {
		for _, l := range lots {
			for i := range l.examples {
				f(&l.examples[i], 1/float64(len(l.examples)*len(lots)))
			}
		}
	}
	each(func(e *example, w float64) {
		count += w
		for j, p := range e.evidence {
			mean[j] += w * p.Value
			dev[j] += w * p.Value * p.Value
		}
	})
	for j := range mean {
		mean[j] /= count
		dev[j] = math.Sqrt(max(1e-9, dev[j]/count-mean[j]*mean[j]))
	}
	mean[0], dev[0] = 0, 1 // the bias
	w := make([]float64, n)
	for range rounds {
		grad := make([]float64, n)
		each(func(e *example, weight float64) {
			z := 0.0
			for j, p := range e.evidence {
				z += w[j] * (p.Value - mean[j]) / dev[j]
			}
			d := -1 / (1 + math.Exp(-z))
			if e.right {
				d++
			}
			for j, p := range e.evidence {
				grad[j] += weight * d * (p.Value - mean[j]) / dev[j]
			}
		})
		for j := range w {
			w[j] += rate * (grad[j] - shrink*w[j])
			w[j] = reasonable(lots[0].examples[0].evidence[j].Name, w[j])
		}
	}
	for j := 1; j < n; j++ {
		w[j] /= dev[j]
		w[0] -= w[j] * mean[j]
	}
	return w
}

// reasonable keeps evidence for an answer from counting against it, and the
// other way round, where that is true of the lots alone.
func reasonable(name string, w float64) float64 {
	switch name {
	case "bias", "terms", "foreign":
		return w
	case "lost", "unknown":
		return min(0, w)
	}
	return max(0, w)
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
