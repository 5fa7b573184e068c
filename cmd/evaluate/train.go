package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"historian/corpus"
	"historian/index"
)

// train learns the ranking model from sets and writes it; the trials on
// what was held aside go to stdout.
func train(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate train", flag.ContinueOnError)
	out := flags.String("o", "index/model.json", "`file` to write the model to")
	trial := flags.Bool("trials", true, "tell how the same learning does on what is held aside")
	asked := flags.String("questions", "", "also learn from the answerable rows of this question set `file`, on the shipped documents")
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
	if *asked != "" {
		ix, done, err := temporary(ctx, corpus.Shipped(), "")
		if err != nil {
			return err
		}
		defer done()
		labelled, err := labelRows(*asked)
		if err != nil {
			return err
		}
		sets = append(sets, index.TrainingSet{Name: "questions", Index: ix, Questions: labelled})
	}
	model, trials, err := index.Train(ctx, sets, *trial)
	if err != nil {
		return err
	}
	for _, t := range trials {
		fmt.Fprintf(stdout, "%-16s %5d questions, hit@1 on articles held aside %.2f %%, on a set held aside with its kin %.2f %%\n", t.Set, t.Questions, 100*t.Articles, 100*t.Apart)
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

// labelRows gives the rows of a question set that expect an answer, with the
// passages that hold it: those whose text under its headings matches a
// pattern of every group.
func labelRows(file string) ([]index.Labelled, error) {
	var passages []corpus.Passage
	for doc, err := range corpus.Read(corpus.Shipped(), corpus.Options{}) {
		if err != nil {
			return nil, err
		}
		passages = append(passages, doc.Passages...)
	}
	var out []index.Labelled
	err := eachLine(file, func(line []byte) error {
		var r struct {
			ID, Question, Expect, Cluster, Lang string
			Must                                [][]string
		}
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		if r.Expect != "answer" || len(r.Must) == 0 {
			return nil
		}
		groups, err := compile(r.Must)
		if err != nil {
			return fmt.Errorf("row %s: %w", r.ID, err)
		}
		l := index.Labelled{Text: r.Question, Group: r.Cluster}
		for _, p := range passages {
			if strings.HasPrefix(p.Lang, r.Lang[:min(2, len(r.Lang))]) && matches(groups, p) {
				l.Targets = append(l.Targets, p.ID)
			}
		}
		if len(l.Targets) > 0 {
			out = append(out, l)
		}
		return nil
	})
	return out, err
}

func compile(must [][]string) (groups [][]*regexp.Regexp, err error) {
	for _, patterns := range must {
		var group []*regexp.Regexp
		for _, p := range patterns {
			re, err := regexp.Compile("(?i)" + p)
			if err != nil {
				return nil, err
			}
			group = append(group, re)
		}
		groups = append(groups, group)
	}
	return groups, nil
}

// dashes are folded, and marks of emphasis left out, before patterns are
// matched.
var dashes = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-", "*", "", "_", "", "`", "", "~", "")

func matches(groups [][]*regexp.Regexp, p corpus.Passage) bool {
	text := dashes.Replace(norm.NFKC.String(strings.Join(append(append([]string{p.Title}, p.Trail...), p.Text), " ")))
	for _, group := range groups {
		found := false
		for _, re := range group {
			found = found || re.MatchString(text)
		}
		if !found {
			return false
		}
	}
	return true
}
