package bot_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"image/png"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"historian/bot"
	"historian/bot/discordtest"
	"historian/index"
)

// These tests run the bot against a Discord of their own: gateway and REST as
// documented, every request held against Discord's description.

// docs are about a community garden, so that nothing depends on the documents
// that come with the program.
var docs = fstest.MapFS{"garden.md": {Data: []byte(`---
title: Garden rules
lang: en
timeline:
  - date: 2019-05-04
    name: Opening
    cites: "opened on 4 May 2019"
  - date: 2021
    name: Greenhouse
    cites: "built in 2021"
---

## Opening

The community garden opened on 4 May 2019 with forty plots.

## Greenhouse

The greenhouse was built in 2021 and holds eighty seedling trays.

## Compost

Compost bins stand behind the tool shed. Bins are emptied every second Friday.

## Water

Watering is allowed before ten in the morning, since the well runs low at noon.

## Keys

Keys to the tool shed are handed out by the warden on Saturdays, for a deposit of twenty euros.
`)}}

// TestMain runs many tests at once: they wait for each other's ends of
// connections far more than they work.
func TestMain(m *testing.M) {
	flag.Parse()
	if flag.Lookup("test.fuzz").Value.String() == "" { // there it means processes
		if err := flag.Set("test.parallel", "10"); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	if indexed.data != "" {
		_ = os.RemoveAll(indexed.data)
	}
	if folder, err := indexFolder(); err == nil {
		_ = os.RemoveAll(folder)
	}
	os.Exit(code)
}

// running is a bot on a fake Discord.
type running struct {
	*discordtest.Server
	t   *testing.T
	w   discordtest.World
	bot *bot.Bot
	end context.CancelFunc
	err chan error
}

func discord(t *testing.T) *discordtest.Server {
	t.Helper()
	return discordtest.New(t, discordtest.Options{})
}

// quick is a fake that beats fast enough for short idle times, for the tests
// in which a connection falls silent: discordgo gives a connection up, and
// what it missed, after five beats without an answer.
func quick(t *testing.T) *discordtest.Server {
	t.Helper()
	return discordtest.New(t, discordtest.Options{HeartbeatInterval: 500 * time.Millisecond})
}

// gateway is patient, as a busy machine needs it.
func gateway(d *discordtest.Server) bot.Gateway {
	return bot.Gateway{
		Token: d.Token(), API: d.URL(), ShardID: -1,
		Idle: patience, OpenTimeout: patience, Backoff: 20 * time.Millisecond, Pace: 50 * time.Millisecond, Grace: 10 * time.Second,
	}
}

// impatient is for the tests in which a connection falls silent.
func impatient(g *bot.Gateway) { g.Idle, g.OpenTimeout = 3*time.Second, 3*time.Second }

// patience is how long tests wait for what must come.
const patience = time.Minute

// start runs a bot that answers by a until the test ends, and waits for its
// commands.
func start(t *testing.T, d *discordtest.Server, a bot.Answerer, o bot.Options, how ...func(*bot.Gateway)) *running {
	t.Helper()
	r := launch(t, d, a, o, how...)
	r.must(r.WaitCommands())
	return r
}

// launch runs a bot that answers by a until the test ends.
func launch(t *testing.T, d *discordtest.Server, a bot.Answerer, o bot.Options, how ...func(*bot.Gateway)) *running {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	o.Secret = d.Token()
	ctx, end := context.WithCancel(t.Context())
	r := &running{Server: d, t: t, w: d.World, bot: bot.New(a, o), end: end, err: make(chan error, 1)}
	g := gateway(d)
	for _, h := range how {
		h(&g)
	}
	go func() { r.err <- r.bot.Run(ctx, g) }()
	t.Cleanup(func() { _ = r.stop() })
	r.must(d.WaitReady(soon(t), 1))
	return r
}

// stop ends the bot and gives what its Run gave.
func (r *running) stop() error {
	r.end()
	select {
	case err := <-r.err:
		r.err <- err
		return err
	case <-time.After(patience):
		return errors.New("the bot doesn't end")
	}
}

// WaitCommands waits until the bot has looked after its commands.
func (r *running) WaitCommands() error {
	_, err := r.WaitRequest(soon(r.t), 0, func(q discordtest.Request) bool { return strings.HasSuffix(q.Route, "/commands") && q.Status == 200 })
	for err == nil && len(r.Commands("")) == 0 {
		_, err = r.WaitRequest(soon(r.t), 0, func(q discordtest.Request) bool { return q.Method == http.MethodPut && q.Status != 0 })
	}
	return err
}

func (r *running) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *running) message(channel string) discordtest.Message {
	r.t.Helper()
	m, err := r.WaitMessage(soon(r.t), channel)
	r.must(err)
	return m
}

// shown waits for a message in a channel that ok accepts.
func (r *running) shown(channel string, ok func(discordtest.Message) bool) (m discordtest.Message) {
	r.t.Helper()
	r.must(r.WaitFor(soon(r.t), channel, func(all []discordtest.Message) bool {
		i := slices.IndexFunc(all, ok)
		if i >= 0 {
			m = all[i]
		}
		return i >= 0
	}))
	return m
}

func (r *running) response(i discordtest.Interaction) discordtest.Response {
	r.t.Helper()
	resp, err := r.WaitResponse(soon(r.t), i)
	r.must(err)
	return resp
}

// silent checks that the bot says nothing to what was said last in a channel:
// a direct question asked after it is answered, and nothing stands before.
func (r *running) silent(channel string) {
	r.t.Helper()
	before := len(r.Messages(channel))
	r.Say(r.w.DM, r.w.User, "where are the compost bins?", discordtest.Say{})
	r.message(r.w.DM)
	if after := r.Messages(channel); len(after) != before {
		r.t.Errorf("the bot said %q", after[len(after)-1].Content)
	}
}

func soon(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func contains(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%s lacks %q:\n%s", what, p, text)
		}
	}
}

const (
	opening = "when did the garden open?"
	keys    = "who hands out keys to the tool shed?"
)

func TestMention(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	id := r.Say(r.w.Text, r.w.User, "<@"+r.w.Bot+"> "+opening, discordtest.Say{})
	m := r.message(r.w.Text)
	contains(t, "the reply", m.Content, "4 May 2019", "Garden rules › Opening")
	if m.Reference == nil || m.Reference.MessageID != id {
		t.Errorf("the reply refers to %+v, want %s", m.Reference, id)
	}
	if len(m.Mentions) != 0 || m.MentionEveryone {
		t.Errorf("the reply pings %+v", m.Mentions)
	}

	r.EditMessage(r.w.Text, id, "<@"+r.w.Bot+"> "+keys)
	r.must(r.WaitFor(soon(t), r.w.Text, func(all []discordtest.Message) bool {
		return strings.Contains(all[len(all)-1].Content, "warden")
	}))
	r.ShowPreview(r.w.Text, id, discordtest.Object{"title": "a link"})
	r.DeleteMessage(r.w.Text, id)
	r.must(r.WaitFor(soon(t), r.w.Text, func(all []discordtest.Message) bool { return len(all) == 0 }))
}

func TestFollowUpByReply(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, nil), bot.Options{})
	r.Say(r.w.Text, r.w.User, "<@"+r.w.Bot+"> when was GPT-2 announced?", discordtest.Say{})
	first := r.message(r.w.Text)
	contains(t, "the reply", first.Content, "14 February 2019")
	r.Say(r.w.Text, r.w.User, "and GPT-3?", discordtest.Say{ReplyTo: first.ID})
	contains(t, "the follow-up", r.message(r.w.Text).Content, "2020")
}

func TestDirectMessage(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	r.Say(r.w.DM, r.w.User, keys, discordtest.Say{})
	contains(t, "the reply", r.message(r.w.DM).Content, "warden")
	r.Say(r.w.DM, r.w.User, "who won the chess tournament?", discordtest.Say{})
	contains(t, "the abstention", r.message(r.w.DM).Content, "not in the documents")
}

func TestSilence(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	w := r.w
	for _, say := range []struct {
		text string
		how  discordtest.Say
	}{
		{opening, discordtest.Say{}}, // the channel is not ambient
		{"<@" + w.Bot + "> " + opening, discordtest.Say{Bot: true}},
		{"<@" + w.Bot + "> " + opening, discordtest.Say{Webhook: true}},
		{"<@" + w.Moderator + "> " + opening, discordtest.Say{}},
	} {
		r.Say(w.Text, w.User, say.text, say.how)
	}
	r.silent(w.Text)
}

func TestAmbient(t *testing.T) {
	t.Parallel()
	d := discord(t)
	w := d.World
	r := start(t, d, openIndex(t, docs), bot.Options{Ambient: map[string]bool{w.Text: true}})
	for _, channel := range []string{w.Text, w.Thread} {
		r.Say(channel, w.User, opening, discordtest.Say{})
		contains(t, "the reply", r.message(channel).Content, "4 May 2019")
	}
	r.Say(w.Text, w.User, "lovely weather for the garden today", discordtest.Say{})
	r.Say(w.Text, w.User, "who won the chess tournament?", discordtest.Say{})
	r.Say(w.Post, w.User, opening, discordtest.Say{}) // not ambient
	r.silent(w.Text)
	r.silent(w.Post)
}

func TestSlashAsk(t *testing.T) {
	t.Parallel()
	d := discord(t)
	r := start(t, d, openIndex(t, docs), bot.Options{})
	resp := r.response(r.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys}}))
	contains(t, "the answer", resp.Message.Content, keys, "warden", "Garden rules › Keys")
	if resp.Message.Ephemeral() || resp.Deferred {
		t.Errorf("ephemeral %v, deferred %v", resp.Message.Ephemeral(), resp.Deferred)
	}
	resp = r.response(r.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys, "private": true}}))
	if !resp.Message.Ephemeral() {
		t.Error("a private answer is public")
	}

	// Buttons live on after a restart, and serve those whom they are for.
	r.must(r.stop())
	r = start(t, d, openIndex(t, docs), bot.Options{})
	press := func(m discordtest.Message, label, user string) discordtest.Message {
		t.Helper()
		return r.response(r.Click(m, m.Buttons()[label], discordtest.Invoke{User: user})).Message
	}
	r.Click(resp.Message, resp.Message.Buttons()["Share"], discordtest.Invoke{})
	shared := r.shown(r.w.Text, func(m discordtest.Message) bool {
		return !m.Ephemeral() && m.Buttons()["Delete"] != "" && m.ID > resp.Message.ID
	})
	contains(t, "the shared answer", shared.Content, "warden")
	r.shown(r.w.Text, func(m discordtest.Message) bool { return m.ID == resp.Message.ID && m.Buttons()["Share"] == "" })
	if why := press(shared, "Why this?", r.w.Moderator); !why.Ephemeral() || !strings.Contains(why.Content, "I looked for") {
		t.Errorf("why: %q", why.Content)
	}
	if more := press(shared, "More passages", r.w.Moderator); !more.Ephemeral() {
		t.Errorf("more passages are public: %q", more.Content)
	}
	stranger := r.AddMember("stranger", 0)
	contains(t, "a stranger's delete", press(shared, "Delete", stranger).Content, "Only the person who asked")
	press(shared, "👎", stranger)
	if n := r.bot.Stats().Bad.Load(); n != 1 {
		t.Errorf("%d thumbs down, want 1", n)
	}
	r.Click(shared, shared.Buttons()["Delete"], discordtest.Invoke{User: r.w.Moderator})
	r.must(r.WaitFor(soon(t), r.w.Text, func(all []discordtest.Message) bool {
		return !slices.ContainsFunc(all, func(m discordtest.Message) bool { return m.ID == shared.ID })
	}))
}

func TestLocale(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	resp := r.response(r.Slash("gpt ask", discordtest.Invoke{Locale: "zh-TW", Options: discordtest.Object{"question": "who won the chess tournament?"}}))
	contains(t, "the abstention", resp.Message.Content, "文件裡沒有這個內容")
}

func TestTimeline(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, nil), bot.Options{})
	m := r.response(r.Slash("gpt timeline", discordtest.Invoke{})).Message
	contains(t, "the timeline", m.Content, "GPT-2", "14 Feb 2019", "1.5B", "<https://")
	if len(m.Attachments) != 1 {
		t.Fatalf("%d attachments, want the picture", len(m.Attachments))
	}
	contains(t, "the picture's description", m.Attachments[0]["description"].(string), "GPT-3")
	f, _ := r.Attachment(m.Attachments[0])
	picture, err := png.Decode(bytes.NewReader(f.Data))
	if err != nil || picture.Bounds().Dx() < 800 {
		t.Errorf("picture %v, error %v", picture, err)
	}
}

func TestMessageCommandAndAutocomplete(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	id := r.Say(r.w.Text, r.w.Moderator, opening, discordtest.Say{})
	m := r.response(r.MessageCommand("Find the answer", id, discordtest.Invoke{})).Message
	if contains(t, "the answer", m.Content, "4 May 2019"); !m.Ephemeral() {
		t.Error("an answer to somebody else's question is public")
	}
	choices := r.response(r.Autocomplete("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": "comp"}, Focused: "question"})).Choices
	if len(choices) == 0 || choices[0]["name"] != "Garden rules: Compost" {
		t.Errorf("choices %v", choices)
	}
}

// slow answers after a while, or not at all.
type slow struct {
	bot.Answerer
	wait time.Duration
	end  func() // panics, say
}

func (s slow) Answer(ctx context.Context, q index.Question) (index.Answer, error) {
	time.Sleep(s.wait)
	if s.end != nil {
		s.end()
	}
	return s.Answerer.Answer(ctx, q)
}

func TestSlowAnswerIsDeferred(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), slow{Answerer: openIndex(t, docs), wait: 1800 * time.Millisecond}, bot.Options{})
	private := r.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys, "private": true}})
	resp := r.response(private)
	if !resp.Deferred || !resp.Message.Ephemeral() {
		t.Errorf("deferred %v, ephemeral %v", resp.Deferred, resp.Message.Ephemeral())
	}
	contains(t, "the answer", resp.Message.Content, "warden")
	r.Say(r.w.DM, r.w.User, keys, discordtest.Say{})
	r.message(r.w.DM)
	if !slices.ContainsFunc(r.Requests(), func(q discordtest.Request) bool { return strings.HasSuffix(q.Route, "/typing") }) {
		t.Error("nothing shows that the bot is at work")
	}
}

func TestPanicIsContained(t *testing.T) {
	t.Parallel()
	var calm atomic.Bool
	r := start(t, discord(t), slow{Answerer: openIndex(t, docs), end: func() {
		if !calm.Load() {
			panic("broken")
		}
	}}, bot.Options{})
	ask := discordtest.Invoke{Options: discordtest.Object{"question": keys}}
	contains(t, "the reply", r.response(r.Slash("gpt ask", ask)).Message.Content, "something went wrong")
	r.Say(r.w.DM, r.w.User, keys, discordtest.Say{})
	contains(t, "the reply", r.message(r.w.DM).Content, "something went wrong")
	calm.Store(true)
	contains(t, "the next reply", r.response(r.Slash("gpt ask", ask)).Message.Content, "warden")
}

func TestCommandsAreRegisteredOnce(t *testing.T) {
	t.Parallel()
	d := discord(t)
	puts := func() (n int) {
		for _, q := range d.Requests() {
			if q.Method == http.MethodPut {
				n++
			}
		}
		return n
	}
	for range 2 {
		r := start(t, d, openIndex(t, docs), bot.Options{})
		r.must(r.stop())
		if n := puts(); n != 1 {
			t.Fatalf("registered %d times, want once", n)
		}
	}
	r := start(t, d, openIndex(t, docs), bot.Options{Command: "ask-us"})
	_, err := r.WaitRequest(soon(t), 0, func(discordtest.Request) bool { return puts() == 2 })
	r.must(err)
}

func TestFloodIsDamped(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	for range 12 {
		r.Say(r.w.Text, r.w.User, "<@"+r.w.Bot+"> "+opening, discordtest.Say{})
	}
	r.Say(r.w.Text, r.w.Moderator, "<@"+r.w.Bot+"> "+keys, discordtest.Say{})
	r.must(r.WaitFor(soon(t), r.w.Text, func(all []discordtest.Message) bool {
		return slices.ContainsFunc(all, func(m discordtest.Message) bool { return strings.Contains(m.Content, "warden") })
	}))
	replies := 0
	for _, m := range r.Messages(r.w.Text) {
		if m.Author.ID == r.w.Bot && strings.Contains(m.Content, "2019") {
			replies++
		}
	}
	if replies > 6 {
		t.Errorf("%d replies to one person at once", replies)
	}
}

func TestHostileQuestions(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	for i, q := range []string{
		"@everyone <@" + r.w.Moderator + "> who has the keys?", strings.Repeat("where is the compost? ", 90), "🌱🌱🌱", `keys AND (shed OR "`, "-+~*:^/\\", "```\nkeys\n```",
		"https://discord.gg/abc keys", "||keys|| > # -# [shed](https://example.org)",
	} {
		person := r.AddMember("asker"+string(rune('a'+i)), 0)
		m := r.response(r.Slash("gpt ask", discordtest.Invoke{User: person, Options: discordtest.Object{"question": q}})).Message
		if m.Content == "" || m.MentionEveryone || len(m.Mentions) > 0 || strings.Contains(m.Content, "discord.gg/") {
			t.Errorf("%q: %+v", q, m)
		}
	}
}
