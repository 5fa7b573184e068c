package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain runs the process of a system that bench measures, where it is one.
func TestMain(m *testing.M) {
	if os.Getenv(asChild) != "" {
		main()
	}
	os.Exit(m.Run())
}

func TestBench(t *testing.T) {
	for _, args := range [][]string{{"-questions", "20"}, {writeSet(t, towers)}} {
		var out, errs bytes.Buffer
		args = append([]string{"bench", "-json", "-passages", "100"}, args...)
		if code := run(context.Background(), args, os.Getenv, &out, &errs); code != exitDone {
			t.Fatalf("%q: exit code %d: %s", args, code, &errs)
		}
		var systems []string
		for line := range strings.Lines(out.String()) {
			var c cost
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			systems = append(systems, c.System)
			if c.Passages != 100 || c.P50 <= 0 || c.P99 < c.P50 || c.IndexS <= 0 || c.Disk <= 0 {
				t.Errorf("costs are %s", line)
			}
		}
		if got := strings.Join(systems, ", "); got != "historian, bleve en" {
			t.Errorf("systems are %s", got)
		}
	}
}

func TestLoss(t *testing.T) {
	var out, errs bytes.Buffer
	args := []string{"loss", "-passages", "50", "-candidates", "40", writeSet(t, towers)}
	if code := run(context.Background(), args, os.Getenv, &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	want := "towers among 50 passages: hit@1 of 2 questions 100.00, with 40 candidates 100.00: lost 0.00\n"
	if out.String() != want {
		t.Errorf("%s, want %s", &out, want)
	}
}

// TestGrowth: a row a size and system, and a plot that is well-formed XML.
func TestGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("indexes 1,000 passages twice")
	}
	plot := filepath.Join(t.TempDir(), "growth.svg")
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"growth", "-most", "1000", "-questions", "10", "-plot", plot}, os.Getenv, &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	if n := strings.Count(out.String(), "\n| 1000 | "); n != len(benchSystems) {
		t.Errorf("the table is %s", &out)
	}
	f, err := os.Open(plot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := 0
	for d := xml.NewDecoder(f); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "polyline" {
			lines++
		}
	}
	if lines != len(panels)*len(benchSystems) {
		t.Errorf("the plot has %d lines", lines)
	}
}

// TestSyntheticDocuments: the same every time, as many passages as asked for,
// each a range of its document.
func TestSyntheticDocuments(t *testing.T) {
	var texts []string
	for range 2 {
		n, text := 0, ""
		for doc, err := range newWriter(21, nil).documents() {
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range doc.Passages {
				if p.Text != doc.Text[p.Start:p.End] || !strings.HasSuffix(p.Text, ".") {
					t.Errorf("passage %s is %q", p.ID, p.Text)
				}
				n++
			}
			text += doc.Text
		}
		if n != 21 {
			t.Errorf("%d passages, want 21", n)
		}
		texts = append(texts, text)
	}
	if texts[0] != texts[1] {
		t.Error("writing twice gives two texts")
	}
}
