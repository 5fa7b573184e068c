package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"historian/bot"
	"historian/corpus"
	"historian/index"
)

// A row is a question of a question set; README.md beside the sets tells more.
type row struct {
	ID        string  `json:"id"`
	Question  string  `json:"question"`
	Hex       string  `json:"hex"` // raw bytes in place of Question
	Expect    string  `json:"expect"`
	Addressed *string `json:"addressed"` // only rows of ordinary channel messages have it
	channel   bool    // it has it, be it null
}

// A played row is what people see in reply to it.
type played struct {
	ID        string   `json:"id"`
	Reply     string   `json:"reply"`
	Excerpt   string   `json:"excerpt"`
	Excerpts  []string `json:"excerpts,omitempty"`
	Abstained bool     `json:"abstained"`
	Ignored   bool     `json:"ignored"`
}

// self is the bot's user ID in the question sets.
const self = "1100000000000000001"

// questions plays rows through the bot's own handlers and writes the replies.
func questions(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("questions", flag.ContinueOnError)
	folder := flags.String("corpus", "", "answer from this `folder` alone; empty for the shipped documents")
	lang := flags.String("only", "", "leave out documents in other languages than this, such as en or zh")
	surface := flags.String("surface", "ask", "ask or ambient; rows of channel messages are always ambient")
	replies := flags.String("replies", "", "`file` to write the replies to")
	files, err := parseSets(flags, args, stderr)
	if err != nil {
		return err
	}
	if *replies == "" || *surface != "ask" && *surface != "ambient" {
		flags.Usage()
		return errUsage
	}
	fsys := corpus.Shipped()
	if *folder != "" {
		if fsys, err = corpus.Dir(*folder); err != nil {
			return err
		}
	}
	ix, done, err := temporary(ctx, fsys, *lang)
	if err != nil {
		return err
	}
	defer done()
	b := bot.New(ix, bot.Options{Ambient: map[string]bool{"1": true}, Logger: slog.New(slog.NewTextHandler(stderr, nil))})
	b.SetSelf(self)
	out := new(bytes.Buffer)
	n := 0
	for _, file := range files {
		err := eachLine(file, func(line []byte) error {
			r, err := readRow(line)
			if err != nil {
				return err
			}
			n++
			return json.NewEncoder(out).Encode(play(ctx, b, r, *surface == "ambient" || r.channel))
		})
		if err != nil {
			return err
		}
	}
	if err := os.WriteFile(*replies, out.Bytes(), 0o600); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d rows played, replies in %s\n", n, *replies)
	return err
}

func readRow(line []byte) (row, error) {
	var r row
	var keys map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(line, &r), json.Unmarshal(line, &keys)); err != nil {
		return r, err
	}
	_, r.channel = keys["addressed"]
	if r.Hex != "" {
		raw, err := hex.DecodeString(r.Hex)
		if err != nil {
			return r, fmt.Errorf("row %s: %w", r.ID, err)
		}
		r.Question = string(raw)
	}
	return r, nil
}

var mention = regexp.MustCompile(`<@!?(\d+)>`)

// play has the bot hear a row in a fresh context.
func play(ctx context.Context, b *bot.Bot, r row, ambient bool) played {
	m := bot.Message{Text: r.Question, Direct: !ambient, Ambient: ambient, Everyone: strings.Contains(r.Question, "@everyone") || strings.Contains(r.Question, "@here") || strings.Contains(r.Question, "<@&")}
	for _, id := range mention.FindAllStringSubmatch(r.Question, -1) {
		m.Mentions = append(m.Mentions, id[1])
	}
	reply := b.Hear(ctx, m)
	p := played{ID: r.ID, Reply: reply.Content, Excerpts: reply.Excerpts, Abstained: reply.Abstained, Ignored: reply.Ignored}
	if len(p.Excerpts) > 0 {
		p.Excerpt = p.Excerpts[0]
	}
	return p
}

// temporary makes an index of the documents in a language, all if empty, that
// is gone in the end.
func temporary(ctx context.Context, fsys fs.FS, lang string) (ix *index.Index, done func(), err error) {
	dir, err := os.MkdirTemp("", "historian-evaluate-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) }
	docs := func(yield func(corpus.Document, error) bool) {
		for d, err := range corpus.Read(fsys, corpus.Options{}) {
			if err == nil && lang != "" && !strings.HasPrefix(d.Lang, lang) {
				continue
			}
			if !yield(d, err) {
				return
			}
		}
	}
	at := filepath.Join(dir, "index")
	if _, err := index.Build(ctx, at, docs, index.BuildOptions{}); err != nil {
		remove()
		return nil, nil, err
	}
	if ix, err = index.Open(at); err != nil {
		remove()
		return nil, nil, err
	}
	ix.Translate(lexiconOf(ctx))
	return ix, func() {
		_ = ix.Close()
		remove()
	}, nil
}
