package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
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
