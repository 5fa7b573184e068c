package index_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"historian/corpus"
	"historian/index"
)

var update = flag.Bool("update", false, "write the golden rankings anew")

// TestRankings plays questions on the documents that come with the program
// and compares the rankings with golden files, so that a change of ranking
// shows in review. A file has the question, the heading that should come
// first ("none" where nothing should be answered), and below what came:
// the target's rank, how sure the index is, and the best hits. totals.txt
// sums up.
func TestRankings(t *testing.T) {
	const dir = "testdata/rankings"
	files, err := filepath.Glob(dir + "/*.txt")
	if err != nil || len(files) < 2 {
		t.Fatalf("no golden rankings: %v", err)
	}
	ix := shipped(t)
	var all totals
	for _, file := range files {
		if filepath.Base(file) == "totals.txt" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		question, target := header(t, file, data)
		a, err := ix.Answer(context.Background(), index.Question{Text: question})
		if err != nil {
			t.Fatal(err)
		}
		golden(t, file, data, all.ranking(question, target, a))
	}
	data, err := os.ReadFile(dir + "/totals.txt")
	if err != nil && !*update {
		t.Fatal(err)
	}
	golden(t, dir+"/totals.txt", data, all.String())
}

func golden(t *testing.T, file string, want []byte, got string) {
	t.Helper()
	switch {
	case string(want) == got:
	case *update:
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s is now:\n%s\nIf that is better, run go test ./index -run Rankings -update and review the diff.", file, got)
	}
}

// header reads the two lines that a person wrote.
func header(t *testing.T, file string, data []byte) (question, target string) {
	t.Helper()
	lines := bytes.SplitN(data, []byte("\n"), 3)
	question, isQuestion := strings.CutPrefix(string(lines[0]), "question: ")
	if len(lines) < 2 || !isQuestion {
		t.Fatalf("%s: want a first line \"question: …\" and a second \"target: …\"", file)
	}
	target, isTarget := strings.CutPrefix(string(lines[1]), "target:   ")
	if !isTarget {
		t.Fatalf("%s:2: want \"target:   …\"", file)
	}
	return question, target
}

// totals counts over all rankings.
type totals struct {
	answerable, first, top5, answered, unanswerable, refused int
	reciprocal                                               float64
}

// ranking writes one golden file and counts it.
func (s *totals) ranking(question, target string, a index.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "question: %s\ntarget:   %s\n", question, target)
	rank := 0
	for i, h := range a.Hits {
		if cited(h.Passage) == target {
			rank = i + 1
			break
		}
	}
	switch {
	case target == "none":
		s.unanswerable++
		if a.Abstained() {
			s.refused++
		}
		fmt.Fprintf(&b, "rank:     –\n")
	case rank == 0:
		s.answerable++
		fmt.Fprintf(&b, "rank:     not among %d hits\n", len(a.Hits))
	default:
		s.answerable++
		s.reciprocal += 1 / float64(rank)
		if rank == 1 {
			s.first++
		}
		if rank <= 5 {
			s.top5++
		}
		fmt.Fprintf(&b, "rank:     %d\n", rank)
	}
	if target != "none" && !a.Abstained() {
		s.answered++
	}
	verdict := "answered"
	if a.Abstained() {
		verdict = "not answered"
	}
	fmt.Fprintf(&b, "sure:     %.0f %%, %s\n\n", 100*a.Confidence, verdict)
	for _, h := range a.Hits[:min(5, len(a.Hits))] {
		fmt.Fprintf(&b, "%6.1f  %s\n", h.Score, cited(h.Passage))
	}
	return b.String()
}

func (s *totals) String() string {
	n := float64(max(1, s.answerable))
	return fmt.Sprintf("hit@1     %d of %d\nhit@5     %d of %d\nMRR       %.3f\nanswered  %d of %d\nrefused   %d of %d unanswerable\n",
		s.first, s.answerable, s.top5, s.answerable, s.reciprocal/n, s.answered, s.answerable, s.refused, s.unanswerable)
}

func cited(p corpus.Passage) string {
	return strings.Join(append([]string{p.Title}, p.Trail...), " › ")
}

// shipped is an index of the documents that come with the program.
func shipped(t *testing.T) *index.Index {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if _, err := index.Build(context.Background(), dir, corpus.Read(corpus.Shipped(), corpus.Options{}), index.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}
