package corpus_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"historian/corpus"
)

// read gives the documents of a folder in memory and what was wrong.
func read(t *testing.T, files map[string]string) (docs []corpus.Document, problems []string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for doc, err := range corpus.Read(fsys, corpus.Options{MaxFile: 1 << 20}) {
		if err != nil {
			problems = append(problems, err.Error())
			continue
		}
		checkRanges(t, doc)
		docs = append(docs, doc)
	}
	return docs, problems
}

// checkRanges holds passages to be ranges of their document, in order.
func checkRanges(t *testing.T, doc corpus.Document) {
	t.Helper()
	at := 0
	ids := map[string]bool{}
	for _, p := range doc.Passages {
		if p.Start < at || p.End > len(doc.Text) || p.Text != doc.Text[p.Start:p.End] || p.Text == "" {
			t.Fatalf("%s: passage [%d:%d] after %d is not its range of the text", doc.Path, p.Start, p.End, at)
		}
		if ids[p.ID] {
			t.Fatalf("%s: passage ID %s twice", doc.Path, p.ID)
		}
		ids[p.ID] = true
		at = p.End
	}
}

func TestShipped(t *testing.T) {
	langs := map[string]int{}
	pairs := map[string][]string{}
	for doc, err := range corpus.Read(corpus.Shipped(), corpus.Options{}) {
		if err != nil {
			t.Error(err)
			continue
		}
		checkRanges(t, doc)
		langs[doc.Lang] += len(doc.Passages)
		pairs[doc.Pair] = append(pairs[doc.Pair], doc.Lang)
		if len(doc.Sources) == 0 {
			t.Errorf("%s names no source", doc.Path)
		}
	}
	for pair, of := range pairs {
		if len(of) != 2 {
			t.Errorf("%s is in %v, want English and Chinese", pair, of)
		}
	}
	if langs["en"] < 100 || langs["zh-Hans"] < 100 {
		t.Errorf("passages by language: %v", langs)
	}
}

func TestProblems(t *testing.T) {
	good := "# Good\n\nA paragraph that can be quoted."
	for _, tt := range []struct{ name, file, text, want string }{
		{"binary", "a.txt", "\x00\x01\x02PNG", "a.txt: is a binary file (save it as Markdown, text or HTML, or take it out of the folder)"},
		{"encoding", "a.txt", "one\ntwo caf\xe9 \xff\n", "a.txt:2: is neither UTF-8, UTF-16 nor GB18030 (save it as UTF-8)"},
		{"too large", "a.md", strings.Repeat("x", 1<<20+1), "a.md: is larger than 1 MiB (cut it into several documents)"},
		{"empty", "a.md", " \n", "a.md: is empty (write something into it, or take it out of the folder)"},
		{"picture", "a.png", "x", "a.png: is no document: .png files are not read (save it as .md, .txt or .html, or take it out of the folder)"},
		{"open front matter", "a.md", "---\ntitle: x\n\nText.", "a.md:1: front matter is not closed (add a line with --- after the last key)"},
		{"unknown key", "a.md", "---\ntitle: x\ntitel: y\n---\nText.", `a.md:3: front matter: unknown field "titel" (use only the keys title, url, date, lang, pair, license, sources and timeline)`},
		{"bad date", "a.md", "---\ndate: May\n---\nText.", `a.md:2: date "May" is not a date (write it as 2019, 2019-02 or 2019-02-14)`},
		{"headings only", "a.md", "# A\n\n## B\n", "a.md: has nothing to quote (give it a paragraph of text, or take it out of the folder)"},
		{"uncited event", "a.md", "---\ntimeline: [{date: 2019-01, name: A, label: b, cites: nowhere}]\n---\nText.", `a.md:2: timeline entry 2019-01 "A" cites words that no passage holds: "nowhere" (copy them from the passage, to the letter)`},
		{"same name", "good.txt", "Another text that can be quoted.", "good.txt: has the same name as good.md (rename one of them: a document is known by its path without extension)"},
		{"deep front matter", "a.md", "---\ntitle: " + strings.Repeat("[", 100) + "\n---\nText.", "a.md:2: front matter is nested too deep (use only the keys title, url, date, lang, pair, license, sources and timeline)"},
		{"tag without a value", "a.md", "---\nsources: !00 \n---\nText.", "a.md:2: front matter is broken (use only the keys title, url, date, lang, pair, license, sources and timeline, with plain values)"},
		{"deep quotes", "a.md", "Text.\n\n" + strings.Repeat("> ", 1000) + "x", "a.md:3: nests quotes or lists deeper than any text for people (take the markers off that line)"},
		{"deep HTML", "a.html", strings.Repeat("<div>\n", 100000), "a.html:301: HTML is nested deeper than any page for people (save the article as Markdown or text)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			docs, problems := read(t, map[string]string{"good.md": good, tt.file: tt.text})
			if d := cmp.Diff([]string{tt.want}, problems); d != "" {
				t.Errorf("problems (-want +got):\n%s", d)
			}
			if len(docs) != 1 || docs[0].Title != "Good" {
				t.Errorf("the good document is not read beside it: %v", docs)
			}
		})
	}
}

func TestEmptyFolder(t *testing.T) {
	for _, err := range corpus.Read(fstest.MapFS{}, corpus.Options{}) {
		if !errors.Is(err, corpus.ErrEmpty) {
			t.Errorf("got %v, want ErrEmpty", err)
		}
	}
	if _, err := corpus.Dir(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that isn't there opens")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := corpus.Dir(file); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a file as corpus: %v", err)
	}
}

func TestLinksOutOfTheFolder(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret.md")
	if err := os.WriteFile(secret, []byte("The secret is out of here."), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link.md")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	fsys, err := corpus.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for doc, err := range corpus.Read(fsys, corpus.Options{}) {
		if err == nil {
			t.Errorf("read %q through the link", doc.Text)
		}
	}
}

func TestEncodings(t *testing.T) {
	const text = "# 标题\r\n\r\n这是一段可以引用的话，足够长，可以被引用。\r\n"
	utf16, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	bare, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("# Title\n\nPlain Latin text in two bytes a letter.")
	docs, problems := read(t, map[string]string{"a.md": text, "b.md": "\xef\xbb\xbf" + text, "c.md": utf16, "d.md": gb, "e.md": bare})
	if len(problems) > 0 {
		t.Errorf("problems: %v", problems)
	}
	for _, d := range docs {
		want := "这是一段可以引用的话，足够长，可以被引用。"
		if d.Path == "e.md" {
			want = "Plain Latin text in two bytes a letter."
		}
		if len(d.Passages) != 1 || d.Passages[0].Text != want {
			t.Errorf("%s: %+v", d.Path, d.Passages)
		}
	}
}

// TestRawSource reads a real page saved from the web, with all its debris.
func TestRawSource(t *testing.T) {
	shared := os.Getenv("HISTORIAN_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	dir := filepath.Join(shared, "source")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no %s: the raw page is not ours to ship", dir)
	}
	var all bytes.Buffer
	trails := map[string]string{}
	for doc, err := range corpus.Read(os.DirFS(dir), corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		checkRanges(t, doc)
		for _, p := range doc.Passages {
			fmt.Fprintln(&all, p.Trail, p.Text)
			for _, fact := range []string{"参数量:1.17 亿", "参数量:1750 亿", "未公开"} {
				if strings.Contains(p.Text, fact) {
					trails[fact] += strings.Join(p.Trail, " ")
				}
			}
		}
	}
	for _, debris := range []string{"C#", "Kingbase", "Redis", "crontab", "conda", "蓝桥杯", "uniapp", "写的再详细", "#GPT", "相关文章", "&a…"} {
		if strings.Contains(all.String(), debris) {
			t.Errorf("%q is in a passage", debris)
		}
	}
	for fact, model := range map[string]string{"参数量:1.17 亿": "GPT(2018)", "参数量:1750 亿": "GPT-3(2020)", "未公开": "GPT-4(2023)"} {
		if !strings.Contains(trails[fact], model) {
			t.Errorf("%q stands under %q, want %q", fact, trails[fact], model)
		}
	}
}

// TestLinear reads what would be slow if reading were not linear.
func TestLinear(t *testing.T) {
	docs, problems := read(t, map[string]string{
		"headings.md": strings.Repeat("# H\n", 100_000) + "\nSomething to quote stands here.",
		"line.txt":    strings.Repeat("word ", 200_000),
		"list.txt":    strings.Repeat("-\n", 300_000) + "item that says something",
		"quotes.md":   strings.Repeat(strings.Repeat("> ", 50)+"deep\n\n", 500),
		"brackets.md": strings.Repeat("[", 50_000) + " and " + strings.Repeat("*a _b `", 20_000),
		"page.html":   strings.Repeat("<p>The same paragraph <b>again</b> and again.</p>\n", 10_000),
		"same.md":     strings.Repeat("The same paragraph again and again and again.\n\n", 20_000),
	})
	if len(docs) != 7 {
		t.Errorf("%d documents, problems %v", len(docs), problems)
	}
}

func fuzz(f *testing.F, ext string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for doc, err := range corpus.Read(fstest.MapFS{"a" + ext: {Data: []byte(text)}}, corpus.Options{}) {
			if err == nil {
				checkRanges(t, doc)
				if !strings.HasPrefix(doc.Passages[0].ID, "a#") {
					t.Errorf("ID %q", doc.Passages[0].ID)
				}
			}
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, ".md", "# A\n\ntext\n\n- a\n  - b\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|1|2|\n", "---\ntitle: x\n---\ny", "> q\n\n1. a\n2. b")
}

func FuzzPlain(f *testing.F) {
	fuzz(f, ".txt", "Title\n\n1. One\n-\nitem\n", "🔹 A:\n-\nb。\n相关文章:\nx\ny…...\n", "\xff\xfea\x00")
}

func FuzzHTML(f *testing.F) {
	fuzz(f, ".html", "<h1>A</h1><p>b<ul><li>c<pre>d\ne</pre>", "<table><tr><td>a<td>b", "<!doctype html><title>t</title>x")
}
