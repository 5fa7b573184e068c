package bot_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"historian/bot"
	"historian/bot/discordtest"
	"historian/corpus"
	"historian/index"
)

var update = flag.Bool("update", false, "write the golden replies anew")

// TestGolden plays cases: a text file each, with documents, a message and the
// reply to it as people read it.
//
//	doc.md      documents, by name; none means those that come with Historian
//	message     what somebody writes; a first line "ambient", "mention" or "direct"
//	            says where
//	reply       what the bot answers, its buttons last
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden replies: %v", err)
	}
	shipped, limits := openIndex(t, nil), discordtest.New(t, discordtest.Options{})
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			docs := fstest.MapFS{}
			var message string
			reply := -1
			for i, f := range a.Files {
				switch {
				case f.Name == "message":
					message = strings.TrimRight(string(f.Data), "\n")
				case f.Name == "reply":
					reply = i
				default:
					docs[f.Name] = &fstest.MapFile{Data: f.Data}
				}
			}
			ix := shipped
			if len(docs) > 0 {
				ix = openIndex(t, docs)
			}
			where, text, _ := strings.Cut(message, "\n")
			played := play(ix, where, text)
			if !played.Ignored {
				body, err := bot.Payload(played)
				if err != nil {
					t.Fatal(err)
				}
				for _, rule := range limits.CheckMessage(body, len(played.Files)) {
					t.Errorf("Discord would not take this: %s", rule)
				}
			}
			got := readable(played)
			if *update {
				if reply < 0 {
					a.Files = append(a.Files, txtar.File{Name: "reply"})
					reply = len(a.Files) - 1
				}
				a.Files[reply].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if reply < 0 || string(a.Files[reply].Data) != got {
				t.Errorf("the reply is now:\n%s\nIf that is right, run go test ./bot -update and review the diff.", got)
			}
		})
	}
}

const self = "1100000000000000001"

func play(a bot.Answerer, where, text string) bot.Reply {
	b := bot.New(a, bot.Options{})
	b.SetSelf(self)
	switch where {
	case "timeline":
		r := b.Timeline(text, "", "en-US")
		return r
	case "时间线":
		return b.Timeline(text, "", "zh-CN")
	}
	m := bot.Message{Text: text, Direct: where == "direct", Ambient: where == "ambient"}
	if where == "mention" {
		m.Mentions = []string{self}
	}
	return b.Hear(context.Background(), m)
}

// readable shows a reply as text.
func readable(r bot.Reply) string {
	var b strings.Builder
	switch {
	case r.Ignored:
		b.WriteString("(silence)\n")
	default:
		b.WriteString(r.Content + "\n")
	}
	for _, f := range r.Files {
		fmt.Fprintf(&b, "[%s: %s]\n", f.Name, f.Alt)
	}
	return b.String()
}

// openIndex makes an index of documents, of the shipped ones for nil, once for
// all tests that ask for the same.
func openIndex(t testing.TB, docs fstest.MapFS) *index.Index {
	t.Helper()
	key := ""
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		key += name + "\x00" + string(docs[name].Data) + "\x00"
	}
	made, _ := indexes.LoadOrStore(key, sync.OnceValues(func() (*index.Index, error) { return makeIndex(docs) }))
	ix, err := made.(func() (*index.Index, error))()
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// indexes holds a func() (*index.Index, error) for each set of documents;
// their folders are gone when the tests end.
var (
	indexes     sync.Map
	indexFolder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "historian-bot-tests-") })
)

func makeIndex(docs fstest.MapFS) (*index.Index, error) {
	folder, err := indexFolder()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(folder, "")
	if err != nil {
		return nil, err
	}
	fsys := corpus.Shipped()
	if docs != nil {
		fsys = docs
	}
	dir = filepath.Join(dir, "index")
	report, err := index.Build(context.Background(), dir, corpus.Read(fsys, corpus.Options{}), index.BuildOptions{})
	if err != nil {
		return nil, err
	}
	if len(report.Skipped) > 0 {
		return nil, fmt.Errorf("skipped: %v", report.Skipped)
	}
	return index.Open(dir)
}

// one answers everything with one passage.
type one struct{ text, title, heading string }

func (o one) Answer(_ context.Context, q index.Question) (index.Answer, error) {
	p := corpus.Passage{ID: "x", Title: o.title, Trail: []string{o.heading}, URL: "https://example.org/a", Lang: "en", Text: o.text}
	marks := []index.Mark{{From: 0, To: min(3, len(o.text)), Kind: index.MarkMatch}}
	if len(o.text) > 10 {
		marks = append(marks, index.Mark{From: 4, To: 9, Kind: index.MarkAnswer})
	}
	e := index.Excerpt{Text: o.text, End: len(o.text), Marks: marks, Passage: p}
	return index.Answer{Question: q, Excerpts: []index.Excerpt{e, e, e}, Confidence: 1}, nil
}

func (o one) Catalog() index.Catalog                { return index.Catalog{} }
func (o one) Passage(string) (corpus.Passage, bool) { return corpus.Passage{}, false }

// live matches what Discord would act on.
var live = regexp.MustCompile(`<(?:@[!&]?|#)\d+>|@everyone|@here|(?i:discord(?:app)?\.(?:gg|com/invite)/)`)

// FuzzReply holds replies to what they promise, whatever a document and a
// person write.
func FuzzReply(f *testing.F) {
	f.Add("GPT-2 came out in **2019**.", "T", "H", "when?")
	f.Add("```go\nx := 1\n```\n| a | b |\n|--|--|\n<@123> @everyone [l](https://discord.gg/abc)", "<@&1>", "# h", "<@1>\n> q")
	f.Add(strings.Repeat("长句子没有标点", 400), "标题", "", "？什么")
	f.Add("-\nitem\n-\n*x_y`z|| https://example.org/a_b_c)", "a](b", "c)", "who")
	f.Fuzz(func(t *testing.T, text, title, heading, question string) {
		if !utf8.ValidString(text+title+heading) || text == "" {
			t.Skip("documents are valid UTF-8 and not empty")
		}
		b := bot.New(one{text, title, heading}, bot.Options{})
		b.SetSelf(self)
		r := b.Ask(context.Background(), bot.Question{Text: question})
		if n := utf8.RuneCountInString(r.Content); n > 2000 || n == 0 {
			t.Fatalf("reply of %d characters", n)
		}
		if !utf8.ValidString(r.Content) {
			t.Fatalf("reply is not UTF-8: %q", r.Content)
		}
		if m := live.FindString(r.Content); m != "" {
			t.Fatalf("reply holds %q: %q", m, r.Content)
		}
		if !r.Abstained && !strings.Contains(r.Content, "-# ") {
			t.Fatalf("reply lost its source: %q", r.Content)
		}
		if fences := strings.Count(r.Content, "```"); fences%2 != 0 {
			t.Fatalf("a fence is cut: %q", r.Content)
		}
	})
}

type broken struct{ one }

func (broken) Answer(_ context.Context, q index.Question) (index.Answer, error) {
	if q.Text == "panic" {
		panic("broken")
	}
	return index.Answer{}, errors.New("broken")
}

func TestFailuresAreKind(t *testing.T) {
	b := bot.New(broken{}, bot.Options{})
	b.SetSelf(self)
	for _, text := range []string{"panic", "error"} {
		r := b.Hear(context.Background(), bot.Message{Text: text, Direct: true})
		if !strings.HasPrefix(r.Content, "Sorry") || strings.Contains(r.Content, "broken") {
			t.Errorf("%s: %q", text, r.Content)
		}
	}
}

func TestWhoIsAnswered(t *testing.T) {
	ix := openIndex(t, nil)
	b := bot.New(ix, bot.Options{})
	b.SetSelf(self)
	const q = "when was GPT-2 released?"
	for _, tt := range []struct {
		what   string
		m      bot.Message
		answer bool
	}{
		{"a mention", bot.Message{Text: "<@" + self + "> " + q, Mentions: []string{self}}, true},
		{"a direct message", bot.Message{Text: q, Direct: true}, true},
		{"a reply to the bot", bot.Message{Text: q, ReplyTo: self}, true},
		{"an ambient question", bot.Message{Text: q, Ambient: true}, true},
		{"a question elsewhere", bot.Message{Text: q}, false},
		{"a question to somebody", bot.Message{Text: "<@2> " + q, Mentions: []string{"2"}, Ambient: true}, false},
		{"a question to everyone", bot.Message{Text: "@everyone " + q, Everyone: true, Ambient: true}, false},
		{"a reply to somebody", bot.Message{Text: q, ReplyTo: "2", Ambient: true}, false},
		{"a remark", bot.Message{Text: "GPT-2 was released in 2019", Ambient: true}, false},
		{"an ambient question without an answer", bot.Message{Text: "when was the castle built?", Ambient: true}, false},
	} {
		if r := b.Hear(context.Background(), tt.m); r.Ignored == tt.answer {
			t.Errorf("%s: ignored %v, answer %q", tt.what, r.Ignored, r.Content)
		}
	}
}
