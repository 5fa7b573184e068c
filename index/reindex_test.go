package index_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"historian/corpus"
	"historian/index"
)

// publish reindexes and gives the new generation's ID.
func publish(t testing.TB, data string, opts index.ReindexOptions, docs ...corpus.Document) string {
	t.Helper()
	report, err := index.Reindex(context.Background(), data, documents(docs...), opts)
	if err != nil {
		t.Fatal(err)
	}
	return report.Generation
}

// current gives the ID of the generation that is served.
func current(t testing.TB, data string) string {
	t.Helper()
	dir, err := index.Current(data)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Base(dir)
}

// generations lists what lies in the folder of generations.
func generations(t testing.TB, data string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(data, "generations"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestReindexKeepsThreeAndRollsBack(t *testing.T) {
	data := t.TempDir()
	var ids []string
	for range 5 {
		ids = append(ids, publish(t, data, index.ReindexOptions{}, towers()...))
	}
	if got := generations(t, data); strings.Join(got, " ") != strings.Join(ids[2:], " ") {
		t.Errorf("kept %v of %v", got, ids)
	}
	for i := 4; i > 2; i-- {
		from, to, err := index.Rollback(data)
		if err != nil || from != ids[i] || to != ids[i-1] || current(t, data) != to {
			t.Errorf("Rollback goes from %s to %s: %v; want %s to %s", from, to, err, ids[i], ids[i-1])
		}
	}
	if _, _, err := index.Rollback(data); !errors.Is(err, index.ErrNoOlder) {
		t.Errorf("Rollback beyond the last: %v", err)
	}
	if current(t, data) != ids[2] {
		t.Error("a failed rollback changed the served generation")
	}
}

func TestReindexRefuses(t *testing.T) {
	problem := &corpus.Problem{Path: "bad.md", What: "not text"}
	refusal := errors.New("golden questions fail")
	broken := errors.New("read error")
	for _, tt := range []struct {
		name string
		docs []any
		opts index.ReindexOptions
		want error
	}{
		{"half the passages", []any{towers()[0]}, index.ReindexOptions{}, index.ErrShrunk},
		{"half the passages, forced", []any{towers()[0]}, index.ReindexOptions{Force: true}, nil},
		{"a fourth of the passages", []any{towers()[0], towers()[1]}, index.ReindexOptions{}, nil},
		{"a problem", []any{towers()[0], towers()[1], problem}, index.ReindexOptions{}, nil},
		{"a problem, strict", []any{towers()[0], towers()[1], problem}, index.ReindexOptions{Strict: true}, index.ErrProblems},
		{"nothing", nil, index.ReindexOptions{}, index.ErrNoPassages},
		{"a reader's error", []any{towers()[0], broken}, index.ReindexOptions{}, broken},
		{"verification", []any{towers()[0], towers()[1]},
			index.ReindexOptions{Verify: func(context.Context, *index.Index) error { return refusal }}, refusal},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := t.TempDir()
			before := publish(t, data, index.ReindexOptions{}, towers()...)
			report, err := index.Reindex(context.Background(), data, each(tt.docs...), tt.opts)
			if !errors.Is(err, tt.want) {
				t.Errorf("error is %v, want %v", err, tt.want)
			}
			served, kept := before, 1
			if tt.want == nil {
				served, kept = report.Generation, 2
			}
			if got := current(t, data); got != served {
				t.Errorf("served is %s, want %s", got, served)
			}
			if got := generations(t, data); len(got) != kept {
				t.Errorf("the folder has %v", got)
			}
		})
	}
}

func TestReindexCheckPublishesNothing(t *testing.T) {
	data := t.TempDir()
	report, err := index.Reindex(context.Background(), data, documents(towers()...), index.ReindexOptions{Check: true})
	if err != nil || report.Passages != 4 || report.Generation != "" {
		t.Errorf("report is %+v, error %v", report, err)
	}
	if _, err := index.Current(data); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("Current: %v", err)
	}
	if got := generations(t, data); len(got) != 0 {
		t.Errorf("left %v", got)
	}
}

func TestReindexRemovesLitter(t *testing.T) {
	data := t.TempDir()
	litter := filepath.Join(data, "generations", ".new-20200101T000000.000Z-000000", "bleve")
	if err := os.MkdirAll(litter, 0o755); err != nil {
		t.Fatal(err)
	}
	id := publish(t, data, index.ReindexOptions{}, towers()...)
	if got := generations(t, data); len(got) != 1 || got[0] != id {
		t.Errorf("left %v", got)
	}
}

func TestReindexOneAtATime(t *testing.T) {
	data := t.TempDir()
	begun, end := make(chan bool), make(chan bool)
	first := make(chan error)
	go func() {
		_, err := index.Reindex(context.Background(), data, func(yield func(corpus.Document, error) bool) {
			close(begun)
			<-end
			documents(towers()...)(yield)
		}, index.ReindexOptions{})
		first <- err
	}()
	<-begun
	_, err := index.Reindex(context.Background(), data, documents(towers()...), index.ReindexOptions{Patience: 60 * time.Millisecond})
	if !errors.Is(err, index.ErrBusy) {
		t.Errorf("the second reindex: %v", err)
	}
	if _, _, err := index.Rollback(data); !errors.Is(err, index.ErrBusy) {
		t.Errorf("rollback meanwhile: %v", err)
	}
	close(end)
	if err := <-first; err != nil {
		t.Errorf("the first reindex: %v", err)
	}
	current(t, data)
}

func TestPruneSparesOpenGenerations(t *testing.T) {
	data := t.TempDir()
	publish(t, data, index.ReindexOptions{}, towers()...)
	dir, _ := index.Current(data)
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		publish(t, data, index.ReindexOptions{}, towers()...)
	}
	if _, ok := ix.Passage("tall#0"); !ok || len(generations(t, data)) != 4 {
		t.Errorf("passage found: %v, generations: %v", ok, generations(t, data))
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	publish(t, data, index.ReindexOptions{}, towers()...)
	if got := generations(t, data); len(got) != 3 {
		t.Errorf("kept %v after closing", got)
	}
}

func TestReindexReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	data := t.TempDir()
	before := publish(t, data, index.ReindexOptions{}, towers()...)
	if err := os.Chmod(filepath.Join(data, "generations"), 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(data, "generations"), 0o755)
	if _, err := index.Reindex(context.Background(), data, documents(towers()...), index.ReindexOptions{}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("error is %v", err)
	}
	if current(t, data) != before {
		t.Error("the served generation changed")
	}
}
