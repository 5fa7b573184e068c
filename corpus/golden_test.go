package corpus_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"historian/corpus"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads the documents of testdata and compares what became of them:
// passages with their headings, and notes.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			var want string
			kept := archive.Files[:0:0]
			for _, f := range archive.Files {
				if name, ok := strings.CutPrefix(f.Name, "in/"); ok {
					files[name] = string(f.Data)
					kept = append(kept, f)
				} else {
					want = string(f.Data)
				}
			}
			got := describe(read(t, files))
			if *update {
				kept = append(kept, txtar.File{Name: "out", Data: []byte(got)})
				archive.Files = kept
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("-want +got; run with -update, then review the change:\n%s", d)
			}
		})
	}
}

// describe writes documents as a person can read them.
func describe(docs []corpus.Document, problems []string) string {
	var b strings.Builder
	for _, d := range docs {
		fmt.Fprintf(&b, "%s: %s\n", d.Path, d.Title)
		for _, p := range d.Passages {
			fmt.Fprintf(&b, "\n[%d:%d] %s\n", p.Start, p.End, strings.Join(p.Trail, " › "))
			for line := range strings.Lines(p.Text) {
				fmt.Fprintf(&b, "    %s\n", strings.TrimSuffix(line, "\n"))
			}
		}
		fmt.Fprintln(&b)
		for _, n := range d.Notes {
			fmt.Fprintf(&b, "note, line %d: %s\n", n.Line, n.What)
		}
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "problem: %s\n", p)
	}
	return b.String()
}
