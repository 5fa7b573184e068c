package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// buildRandom builds a generation of random passages.
func buildRandom(t testing.TB, n int) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "index")
	if _, err := Build(context.Background(), dir, asDocuments(randomPassages(n)), BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// eachFile calls f with every file of a fresh copy of a generation.
func eachFile(t *testing.T, dir string, f func(t *testing.T, copied, path string)) {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		t.Run(name, func(t *testing.T) {
			copied := filepath.Join(t.TempDir(), "index")
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			f(t, copied, filepath.Join(copied, name))
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// harms are ways to spoil a file. They give false where they change nothing.
var harms = []struct {
	name string
	do   func(r *rand.Rand, text []byte) ([]byte, bool)
}{
	{"cut short", func(r *rand.Rand, text []byte) ([]byte, bool) {
		if len(text) == 0 {
			return nil, false
		}
		return text[:r.IntN(len(text))], true
	}},
	{"longer", func(_ *rand.Rand, text []byte) ([]byte, bool) { return append(text, 0), true }},
	{"bytes altered", func(r *rand.Rand, text []byte) ([]byte, bool) {
		for range 1 + r.IntN(8) {
			if len(text) > 0 {
				text[r.IntN(len(text))] ^= byte(1 + r.IntN(255))
			}
		}
		return text, len(text) > 0
	}},
	{"zeros from somewhere on", func(r *rand.Rand, text []byte) ([]byte, bool) {
		if len(text) == 0 {
			return nil, false
		}
		from := r.IntN(len(text))
		changed := false
		for i := range text[from:] {
			changed = changed || text[from+i] != 0
			text[from+i] = 0
		}
		return text, changed
	}},
}

// TestOpenDamaged spoils every file of a generation: Open says so.
func TestOpenDamaged(t *testing.T) {
	eachFile(t, buildRandom(t, 300), func(t *testing.T, dir, path string) {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(5, uint64(len(whole))))
		for _, h := range harms {
			for range 4 {
				text, changed := h.do(r, append([]byte(nil), whole...))
				if !changed {
					continue
				}
				if err := os.WriteFile(path, text, 0o644); err != nil {
					t.Fatal(err)
				}
				ix, err := Open(dir)
				if err == nil {
					ix.Close()
				}
				if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFormat) {
					t.Errorf("%s: Open gives %v", h.name, err)
				}
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNoIndex) {
			t.Errorf("removed: Open gives %v", err)
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
		ix, err := Open(dir)
		if err != nil {
			t.Fatalf("restored: %v", err)
		}
		ix.Close()
	})
}

// TestReadDamaged spoils every file in a way that no checksum tells: as in a
// large generation, whose content isn't checked when it is opened. Reading
// gives something or an error, never a panic, a hang or a fault.
func TestReadDamaged(t *testing.T) {
	eachFile(t, buildRandom(t, 300), func(t *testing.T, dir, path string) {
		if filepath.Base(path) == manifestName {
			t.Skip("has its own sum always")
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(6, uint64(len(whole))))
		for _, h := range harms {
			for range 8 {
				text, _ := h.do(r, append([]byte(nil), whole...))
				if err := os.WriteFile(path, text, 0o644); err != nil {
					t.Fatal(err)
				}
				vouch(t, dir)
				if ix, err := Open(dir); err == nil {
					readAllOf(ix)
					ix.Close()
				} else if !errors.Is(err, ErrDamaged) {
					t.Errorf("%s: Open gives %v", h.name, err)
				}
			}
		}
	})
}

// vouch makes the manifest agree with whatever the files hold.
func vouch(t *testing.T, dir string) {
	t.Helper()
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, manifestName)); err != nil {
		t.Fatal(err)
	}
	if err := m.write(dir); err != nil {
		t.Fatal(err)
	}
}

// readAllOf reads whatever can be read of an index.
func readAllOf(ix *Index) {
	for _, q := range []string{"wax1 wbx2 wcx0", "what is wdx1?", "一丁"} {
		_, _ = ix.Answer(context.Background(), Question{Text: q})
	}
	for n := range 300 {
		ix.Passage(fmt.Sprintf("d%d#0", n))
	}
	ix.Catalog()
}

// TestReadCutShort cuts files short while they are open.
func TestReadCutShort(t *testing.T) {
	eachFile(t, buildRandom(t, 300), func(t *testing.T, dir, path string) {
		ix, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer ix.Close()
		if err := os.Truncate(path, 1); err != nil {
			t.Fatal(err)
		}
		readAllOf(ix)
	})
}

func TestOpenWhatIsNoIndex(t *testing.T) {
	empty := t.TempDir()
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "notes.md"), []byte("# Notes"), 0o644); err != nil {
		t.Fatal(err)
	}
	newer := buildRandom(t, 1)
	if err := os.WriteFile(filepath.Join(newer, manifestName), []byte(`{"format": 99, "files": {"shape": "new"}}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, dir string
		want      error
	}{
		{"no folder", filepath.Join(empty, "none"), ErrNoIndex},
		{"empty folder", empty, ErrNoIndex},
		{"another folder", other, ErrNoIndex},
		{"a file", filepath.Join(other, "notes.md"), ErrNoIndex},
		{"a newer format", newer, ErrFormat},
	} {
		if _, err := Open(tt.dir); !errors.Is(err, tt.want) {
			t.Errorf("%s: Open gives %v, want %v", tt.name, err, tt.want)
		}
	}
}
