package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"historian/bot/desk"
)

func TestProposedDocuments(t *testing.T) {
	t.Parallel()
	l := desk.Library{Data: t.TempDir(), Corpus: t.TempDir()}
	files := func() string {
		t.Helper()
		entries, err := os.ReadDir(l.Corpus)
		must(t, err)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return strings.Join(names, " ")
	}
	for name, want := range map[string]string{
		"Rules.MD": "rules.md", "../../etc/passwd.txt": "passwd.txt", `C:\temp\House Rules (final).html`: "house-rules-final.html",
		"花园 规则.md": "花园-规则.md", ".hidden.md": "hidden.md", "_draft.md": "draft.md", "rules.exe": "", ".md": "", "corrections.yaml": "", strings.Repeat("x", 300) + ".md": strings.Repeat("x", 60) + ".md",
	} {
		p, err := l.Propose("1", name, []byte("# A title\n\nA paragraph that can be quoted.\n"))
		if want == "" {
			if !errors.Is(err, desk.ErrName) {
				t.Errorf("%q: %v, want a refusal", name, err)
			}
			continue
		}
		if err != nil || p.Name != want || p.Problem != nil {
			t.Errorf("%q: %q %v (%v), want %q", name, p.Name, p.Problem, err, want)
		}
		must(t, l.Drop("1"))
	}
	if got := files(); got != "" {
		t.Errorf("nothing was added, but there is %s", got)
	}
	p, err := l.Propose("2", "rules.md", []byte("---\ntitel: x\n---\n\nText.\n"))
	if err != nil || p.Problem == nil || p.Problem.Line != 2 {
		t.Errorf("a bad document: %+v (%v)", p.Problem, err)
	}
	if _, err := l.Add("2"); !errors.Is(err, desk.ErrDecided) {
		t.Errorf("a bad document was added: %v", err)
	}

	add := func(id, name string) {
		t.Helper()
		_, err := l.Propose(id, name, []byte("# A title\n\nA paragraph that can be quoted.\n"))
		must(t, err)
		_, err = l.Add(id)
		must(t, err)
	}
	add("3", "rules.txt")
	p, err = l.Propose("4", "rules.md", []byte("# Rules\n\nAnother paragraph.\n"))
	if err != nil || !p.Replaces {
		t.Errorf("it doesn't say that it replaces: %+v (%v)", p, err)
	}
	_, err = l.Add("4")
	must(t, err)
	if got := files(); got != "rules.md" { // one document, one file
		t.Errorf("the folder holds %s", got)
	}
	if _, err := l.Add("4"); !errors.Is(err, desk.ErrDecided) {
		t.Errorf("added twice: %v", err)
	}

	_, err = l.Propose("5", "late.md", []byte("# A title\n\nA paragraph that can be quoted.\n"))
	must(t, err)
	must(t, l.Sweep(time.Now().Add(23*time.Hour)))
	if _, err := l.Proposed("5"); err != nil {
		t.Errorf("swept after 23 hours: %v", err)
	}
	must(t, l.Sweep(time.Now().Add(25*time.Hour)))
	if _, err := l.Add("5"); !errors.Is(err, desk.ErrDecided) {
		t.Errorf("not swept after 25 hours: %v", err)
	}
	must(t, (desk.Library{Data: filepath.Join(t.TempDir(), "none")}).Sweep(time.Now()))
}
