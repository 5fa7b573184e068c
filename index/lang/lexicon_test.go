package lang_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode"

	"historian/index/lang"
)

// both takes out characters that are traditional forms of others and stand
// in simplified text of their own right, too: 著作, 黏土.
var both = strings.NewReplacer("甚", "", "著", "", "黏", "", "乾", "", "藉", "", "徵", "", "瞭", "", "麽", "", "於", "", "昇", "", "碁", "")

// TestOwnLexicon checks the files that come with us, line by line.
func TestOwnLexicon(t *testing.T) {
	files, err := filepath.Glob("lexicon/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lexicon: %v", err)
	}
	seen := map[string]string{}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var terms []string
		sc := bufio.NewScanner(f)
		for n := 1; sc.Scan(); n++ {
			line := sc.Text()
			if strings.HasPrefix(line, "#") || line == "" {
				continue
			}
			en, zh, ok := strings.Cut(line, "\t")
			if !ok || en == "" || zh == "" {
				t.Errorf("%s:%d: want a term, a tab and translations: %q", name, n, line)
				continue
			}
			terms = append(terms, en)
			if where := seen[en]; where != "" {
				t.Errorf("%s:%d: %q is in %s already", name, n, en, where)
			}
			seen[en] = name
			if strings.IndexFunc(en, lang.IsHan) >= 0 {
				t.Errorf("%s:%d: Chinese on the English side: %q", name, n, en)
			}
			have := map[string]bool{}
			for _, s := range strings.Split(zh, "|") {
				if s == "" || have[s] || strings.IndexFunc(s, func(r rune) bool { return lang.IsHan(r) || unicode.IsUpper(r) }) < 0 {
					t.Errorf("%s:%d: empty, repeated or not Chinese: %q in %q", name, n, s, zh)
				}
				if have[s] = true; lang.Normalize(both.Replace(s)).Text != strings.ToLower(both.Replace(s)) {
					t.Errorf("%s:%d: %q is not in simplified characters", name, n, s)
				}
			}
		}
		if !sort.StringsAreSorted(terms) {
			t.Errorf("%s: not sorted", name)
		}
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range lang.CheckLexicon(name, string(data)) {
			t.Error(p)
		}
	}
	en, zh := lang.OwnLexicon().Stats()
	t.Logf("%d English and %d Chinese terms", en, zh)
}

func TestLexiconFormats(t *testing.T) {
	l := lang.NewLexicon()
	bad, err := l.Add("glossary", strings.NewReader("# ours\nopen source\t开源|开放源码\n強化學習 强化学习 [qiang2 hua4] /reinforcement learning (ML)/to reinforce/\nnonsense\n"))
	if err != nil || len(bad) != 1 || bad[0].Line != 4 {
		t.Errorf("bad lines %v, %v, want line 4 alone", bad, err)
	}
	if n, s := l.Chinese([]string{"open", "sources", "code"}); n != 2 || strings.Join(s, "|") != "开源|开放源码" {
		t.Errorf("open sources: %d, %v", n, s)
	}
	if n, s := l.English([]rune("强化学习算法")); n != 4 || len(s) != 2 {
		t.Errorf("强化学习算法: %d, %v", n, s)
	}
}

// FuzzLexicon: whatever is read as an entry is found again by its own words.
func FuzzLexicon(f *testing.F) {
	f.Add("reinforcement learning\t强化学习|增强学习")
	f.Add("傳 传 [a] /b/c; d (e)/")
	f.Add("'00\t零零")
	f.Add("˜x\t甲")
	f.Fuzz(func(t *testing.T, line string) {
		l := lang.NewLexicon()
		bad, err := l.Add("fuzz", strings.NewReader(line))
		en, _, ours := strings.Cut(strings.TrimSpace(line), "\t")
		if err != nil || len(bad) > 0 || !ours || strings.ContainsAny(line, "\r\n#") || len(l.Words()) == 0 {
			return
		}
		words := strings.FieldsFunc(lang.Normalize(strings.TrimSpace(en)).Text, func(r rune) bool { return r == ' ' || r == '-' })
		if n, senses := l.Chinese(words); len(words) <= 4 && (n != len(words) || len(senses) == 0) {
			t.Fatalf("%q was added and can't be found", en)
		}
	})
}

func TestCheckLexicon(t *testing.T) {
	got := ""
	for _, p := range lang.CheckLexicon("g", "# ours\nzebra\t斑马\napple\t苹果|苹果\napple\t林檎\nno tab\n中文\t中文\nempty\t甲||乙\nfoo\tbar\na b c d e f g h\t甲\n傳 传 [chuan2] /to pass/\n") {
		got += p.String() + "\n"
	}
	for _, want := range []string{
		`g:3: "apple" is out of order: it belongs before "zebra"`,
		`g:3: "苹果" is there twice`,
		`g:4: "apple" is on line 3 already`,
		"g:5: neither ",
		`g:6: Chinese on the English side`,
		`g:7: a translation of "empty" is empty`,
		`g:8: not Chinese: "bar"`,
		`g:9: "a b c d e f g h" has more than 7 words`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q among\n%s", want, got)
		}
	}
	if strings.Contains(got, "g:10:") || strings.Contains(got, "g:2:") {
		t.Errorf("good lines among\n%s", got)
	}
}

// TestReadLexicon: operators' glossaries stand for our entries, dictionaries
// come after them, in folders and packed, too.
func TestReadLexicon(t *testing.T) {
	dir := t.TempDir()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, "柴迪科 柴迪科 [chai2 di2 ke1] /zydeco (music)/\n開源 开源 [kai1 yuan2] /to increase one's income/\n")
	z.Close()
	for name, data := range map[string][]byte{
		"glossary.txt": []byte("\uFEFFopen source\t敞开的源\nbroken line\nzorkmid\t佐克币\n"),
		"dict/d.u8.gz": packed.Bytes(), "dict/.hidden": []byte("broken\n"),
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	glossary := filepath.Join(dir, "glossary.txt")
	l, bad, err := lang.ReadLexicon(glossary + string(filepath.ListSeparator) + filepath.Join(dir, "dict"))
	if err != nil || len(bad) != 1 || bad[0].Name != glossary || bad[0].Line != 2 {
		t.Fatalf("bad lines %v, %v, want line 2 of %s", bad, err, glossary)
	}
	for _, tt := range []struct{ words, want string }{
		{"open source", "敞开的源"},
		{"zorkmid", "佐克币"},
		{"zydeco", "柴迪科"},
		{"server", "服务器"},
	} {
		n, senses := l.Chinese(strings.Fields(tt.words))
		if n == 0 || senses[0] != tt.want || tt.words == "open source" && len(senses) != 1 {
			t.Errorf("%s: %d words, %v, want %s", tt.words, n, senses, tt.want)
		}
	}
	if _, senses := l.English([]rune("开源")); senses[0] != "open sourc" {
		t.Errorf("开源: %v, want our own first", senses)
	}
	if _, _, err := lang.ReadLexicon(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("a missing file: %v", err)
	}
	if l, _, _ := lang.ReadLexicon(""); l != lang.OwnLexicon() {
		t.Error("an empty list isn't ours")
	}
}
