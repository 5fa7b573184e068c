package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"historian/index"
)

// train learns the ranking model from sets and writes it; the trials on
// articles held aside go to stdout.
func train(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate train", flag.ContinueOnError)
	out := flags.String("o", "index/model.json", "`file` to write the model to")
	dirs, err := parseSets(flags, args, stderr)
	if err != nil {
		return err
	}
	var sets []index.TrainingSet
	for _, dir := range dirs {
		s, err := readSet(dir)
		if err != nil {
			return err
		}
		ix, done, err := s.build(ctx, all)
		if err != nil {
			return err
		}
		defer done()
		sets = append(sets, index.TrainingSet{Name: s.name, Index: ix, Questions: s.labelled()})
	}
	model, trials, err := index.Train(ctx, sets)
	if err != nil {
		return err
	}
	for _, t := range trials {
		fmt.Fprintf(stdout, "%-16s %5d questions, hit@1 on articles held aside %.1f %%\n", t.Set, t.Questions, 100*t.Hit1)
	}
	return os.WriteFile(*out, model, 0o644)
}

// labelled gives the questions that have a passage.
func (s *set) labelled() []index.Labelled {
	var out []index.Labelled
	for _, q := range s.questions {
		if q.answerable() {
			out = append(out, index.Labelled{Text: q.Text, Targets: q.targets, Group: s.titles[q.targets[0]]})
		}
	}
	return out
}
