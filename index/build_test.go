package index_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"historian/corpus"
	"historian/index"
)

// document makes a document of paragraphs, each a passage.
func document(id, title, lang string, paragraphs ...string) corpus.Document {
	d := corpus.Document{ID: id, Path: id + ".md", Title: title, URL: "https://example.org/" + id, Lang: lang}
	for i, text := range paragraphs {
		start := len(d.Text)
		d.Text += text
		d.Passages = append(d.Passages, corpus.Passage{
			ID: fmt.Sprintf("%s#%d", id, i), Doc: id, Title: title, URL: d.URL + "#part", Lang: lang,
			Trail: []string{"Part", fmt.Sprint(i)}, Text: text, Start: start, End: len(d.Text),
		})
		d.Text += "\n\n"
	}
	return d
}

// towers is a small corpus with a timeline.
func towers() []corpus.Document {
	tall := document("tall", "Tall tower", "en", "The tall tower was built in 1931. It is 381 metres high.", "Its stairs have 1,576 steps.")
	tall.Timeline = []corpus.Event{{Date: "1931", Name: "Tall tower", Label: "opened", Cites: "built in 1931", Passage: "tall#0"}}
	tall.Sources = []corpus.Source{{Title: "The tower's page", URL: "https://example.org/source"}}
	return []corpus.Document{
		tall,
		document("small", "Small tower", "en", "The small tower was built in 1850. Nobody climbs it."),
		document("zh/ta", "高塔", "zh-Hans", "高塔建于1931年，高381米。楼梯有1576级。"),
	}
}

// each yields documents, and an error for each that is one.
func each(all ...any) iter.Seq2[corpus.Document, error] {
	return func(yield func(corpus.Document, error) bool) {
		for _, x := range all {
			doc, _ := x.(corpus.Document)
			err, _ := x.(error)
			if !yield(doc, err) {
				return
			}
		}
	}
}

func documents(docs ...corpus.Document) iter.Seq2[corpus.Document, error] {
	return func(yield func(corpus.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func TestBuildAndOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	report, err := index.Build(context.Background(), dir, documents(towers()...), index.BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Documents != 3 || report.Passages != 4 || report.Languages["en"] != 3 || report.Languages["zh-Hans"] != 1 {
		t.Errorf("report is %+v", report)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, want := range towers()[0].Passages {
		got, ok := ix.Passage(want.ID)
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("Passage(%q): %s", want.ID, diff)
		}
	}
	if p, ok := ix.Passage("tall#9"); ok {
		t.Errorf("found a passage that isn't there: %v", p)
	}
	c := ix.Catalog()
	if len(c.Documents) != 3 || c.Documents[0].Title != "Tall tower" || len(c.Documents[0].Sections) != 2 || c.Passages != 4 {
		t.Errorf("catalog is %+v", c)
	}
	if len(c.Events) != 1 || c.Events[0].Citation.ID != "tall#0" || c.Events[0].Name != "Tall tower" {
		t.Errorf("events are %+v", c.Events)
	}
	for _, tt := range []struct{ question, want string }{
		{"when was the small tower built?", "small#0"},
		{"how many steps do the stairs of the tall tower have?", "tall#1"},
		{"高塔是哪一年建的？", "zh/ta#0"},
		{"高塔有多高", "zh/ta#0"},
	} {
		hits, err := ix.Search(context.Background(), index.ParseQuery(index.Question{Text: tt.question}), 1)
		if err != nil || len(hits) != 1 || hits[0].Passage.ID != tt.want {
			t.Errorf("%q finds %+v (%v), want %s", tt.question, hits, err, tt.want)
		}
	}
}

func TestBuildReports(t *testing.T) {
	docs := towers()
	again := docs[1]
	again.Path = "small.txt"
	twice := document("twice", "Twice", "en", "The same.", "The same.")
	twice.Passages[1].ID = twice.Passages[0].ID
	bad := &corpus.Problem{Path: "bad.md", Line: 3, What: "front matter is not closed"}
	dir := filepath.Join(t.TempDir(), "index")
	report, err := index.Build(context.Background(), dir, each(docs[0], bad, docs[1], again, twice), index.BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var skipped []string
	for _, p := range report.Skipped {
		skipped = append(skipped, p.Error())
	}
	want := []string{
		"bad.md:3: front matter is not closed",
		"small.txt: another document has the ID small too (rename one of the files)",
		"twice.md:3: the passage twice#0 is there already (remove the repetition)",
	}
	if diff := cmp.Diff(want, skipped); diff != "" {
		t.Error(diff)
	}
	if report.Documents != 3 || report.Passages != 4 {
		t.Errorf("report is %+v", report)
	}
}

func TestBuildFails(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	broken := errors.New("the disk is on fire")
	for _, tt := range []struct {
		name string
		ctx  context.Context
		docs iter.Seq2[corpus.Document, error]
		want error
	}{
		{"empty", context.Background(), documents(), index.ErrNoPassages},
		{"no passages", context.Background(), documents(document("a", "A", "en")), index.ErrNoPassages},
		{"reader fails", context.Background(), each(towers()[0], broken), broken},
		{"interrupted", ctx, documents(towers()...), context.Canceled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			if _, err := index.Build(tt.ctx, dir, tt.docs, index.BuildOptions{}); !errors.Is(err, tt.want) {
				t.Errorf("error is %v, want %v", err, tt.want)
			}
			if _, err := os.Stat(dir); !os.IsNotExist(err) {
				t.Errorf("the folder is left: %v", err)
			}
		})
	}
}
