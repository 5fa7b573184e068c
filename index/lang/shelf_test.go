package lang_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"historian/index/lang"
)

// TestEveryEntryIsFound looks every entry of our own files up, from both
// sides.
func TestEveryEntryIsFound(t *testing.T) {
	files, err := filepath.Glob("lexicon/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lexicon: %v", err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for sc := bufio.NewScanner(f); sc.Scan(); {
			en, list, ok := strings.Cut(sc.Text(), "\t")
			words := strings.FieldsFunc(lang.Normalize(en).Text, func(r rune) bool { return r == ' ' || r == '-' })
			if !ok || strings.HasPrefix(en, "#") || len(words) > 4 {
				continue
			}
			for zh := range strings.SplitSeq(list, "|") {
				n, senses := lang.OwnLexicon().Chinese(words)
				if n != len(words) || len(senses) < 8 && !slices.Contains(senses, lang.Normalize(zh).Text) {
					t.Errorf("%s: %q is %d words: %q, without %q", name, en, n, senses, zh)
				}
				text := []rune(lang.Normalize(zh).Text)
				if len(text) > 8 {
					continue
				}
				if n, senses := lang.OwnLexicon().English(text); n != len(text) || len(senses) == 0 {
					t.Errorf("%s: %q is %d characters: %q", name, zh, n, senses)
				}
			}
		}
	}
}

// TestAddedLater: an entry added after one like it was looked up is found.
func TestAddedLater(t *testing.T) {
	l := lang.NewLexicon()
	for _, tt := range []struct{ line, want string }{{"Zug\t火车", "火车"}, {"zug\t列车|火车", "火车 列车"}} {
		if _, err := l.Add("test", strings.NewReader(tt.line)); err != nil {
			t.Fatal(err)
		}
		if _, senses := l.Chinese([]string{"zug"}); strings.Join(senses, " ") != tt.want {
			t.Errorf("after %q: %q", tt.line, senses)
		}
	}
}
