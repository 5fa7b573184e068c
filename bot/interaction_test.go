package bot_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"historian/bot"
	"historian/bot/discordtest"
)

// TestNeverLate: with a search that takes two seconds, whatever people do is
// acknowledged within Discord's three, and answered.
func TestNeverLate(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes the seconds that it is about")
	}
	d := discord(t)
	ix := openIndex(t, docs)
	r := start(t, d, ix, bot.Options{})
	w := r.w
	ask := func(question string, private bool) discordtest.Interaction {
		return r.Slash("gpt ask", discordtest.Invoke{User: r.AddMember("asker", 0), Options: discordtest.Object{"question": question, "private": private}})
	}
	public, private := r.response(ask(keys, false)).Message, r.response(ask(keys, true)).Message
	reply := r.Say(w.Text, w.User, "<@"+w.Bot+"> "+opening, discordtest.Say{})
	answer := r.repliesTo(w.Text, reply, "2019")
	r.must(r.stop())

	r = start(t, d, slow{Answerer: ix, wait: 2 * time.Second}, bot.Options{})
	began := len(d.Requests())
	asker := func(m discordtest.Message) string {
		user, _ := m.InteractionMetadata["user"].(discordtest.Object)
		id, _ := user["id"].(string)
		return id
	}
	do := map[string]discordtest.Interaction{
		"ask":           ask(keys, false),
		"ask privately": ask(keys, true),
		"find":          r.MessageCommand("Find the answer", reply, discordtest.Invoke{User: r.AddMember("finder", 0)}),
		"timeline":      r.Slash("gpt timeline", discordtest.Invoke{}),
		"sources":       r.Slash("gpt sources", discordtest.Invoke{}),
		"help":          r.Slash("gpt help", discordtest.Invoke{}),
		"privacy":       r.Slash("gpt privacy", discordtest.Invoke{}),
		"complete":      r.Autocomplete("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": "c"}, Focused: "question"}),
		"why":           r.Click(public, public.Buttons()["Why this?"], discordtest.Invoke{}),
		"why of reply":  r.Click(answer, answer.Buttons()["Why this?"], discordtest.Invoke{}),
		"good":          r.Click(answer, answer.Buttons()["👍"], discordtest.Invoke{}),
		"share":         r.Click(private, private.Buttons()["Share"], discordtest.Invoke{User: asker(private)}),
		"delete":        r.Click(public, public.Buttons()["Delete"], discordtest.Invoke{User: asker(public)}),
	}
	for what, i := range do {
		if _, err := d.WaitAcknowledged(soon(t), i); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, what := range []string{"ask", "ask privately", "find", "why of reply"} {
		resp := r.response(do[what])
		if !resp.Deferred || resp.Message.Content == "" {
			t.Errorf("%s: deferred %v, %q", what, resp.Deferred, resp.Message.Content)
		}
	}
	r.shown(w.Text, func(m discordtest.Message) bool {
		return !m.Ephemeral() && m.ID > private.ID && m.Buttons()["Delete"] != "" && asker(m) == asker(private)
	})
	r.must(r.WaitFor(soon(t), w.Text, func(all []discordtest.Message) bool {
		return !slices.ContainsFunc(all, func(m discordtest.Message) bool { return m.ID == public.ID })
	}))
	for _, q := range d.Requests()[began:] {
		if q.Status >= 400 {
			t.Errorf("%v", q)
		}
	}
}

// TestNothingAfterTheToken: an answer that takes longer than the token of its
// interaction lives is not sent.
func TestNothingAfterTheToken(t *testing.T) {
	t.Parallel()
	d := discord(t)
	g := newGate(openIndex(t, docs))
	r := start(t, d, g, bot.Options{Now: d.Now})
	i := r.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys}})
	if kind, err := d.WaitAcknowledged(soon(t), i); err != nil || kind != 5 {
		t.Fatalf("acknowledged by type %d, error %v", kind, err)
	}
	d.Advance(15 * time.Minute)
	close(g.open)
	r.answers()
	for _, q := range d.Requests() {
		if strings.HasPrefix(q.Route, "/webhooks/") || q.Status == http.StatusUnauthorized {
			t.Errorf("sent after the token's end: %v", q)
		}
	}
}

// TestUserInstalled: people who installed the bot for themselves use it where
// it is no member, and all it can do there is answer interactions.
func TestUserInstalled(t *testing.T) {
	t.Parallel()
	d := discord(t)
	r := start(t, d, openIndex(t, docs), bot.Options{})
	elsewhere := r.AddForeignChannel()
	in := discordtest.Invoke{Channel: elsewhere, User: r.w.User, Options: discordtest.Object{"question": keys}}
	public := r.response(r.Slash("gpt ask", in)).Message
	contains(t, "the answer", public.Content, "warden")
	in.Options = discordtest.Object{"question": keys, "private": true}
	private := r.response(r.Slash("gpt ask", in)).Message
	in.Options = nil
	contains(t, "why", r.response(r.Click(public, public.Buttons()["Why this?"], in)).Message.Content, "I looked for")
	r.Click(private, private.Buttons()["Share"], in)
	r.shown(elsewhere, func(m discordtest.Message) bool {
		return !m.Ephemeral() && m.ID > private.ID && m.Content == public.Content
	})
	r.Click(public, public.Buttons()["Delete"], in)
	r.must(r.WaitFor(soon(t), elsewhere, func(all []discordtest.Message) bool {
		return !slices.ContainsFunc(all, func(m discordtest.Message) bool { return m.ID == public.ID })
	}))
	id := r.Say(elsewhere, r.w.Moderator, opening, discordtest.Say{})
	contains(t, "the answer", r.response(r.MessageCommand("Find the answer", id, in)).Message.Content, "4 May 2019")
	contains(t, "the timeline", r.response(r.Slash("gpt timeline", in)).Message.Content, "Opening")
	if n := r.Invalid(); n > 0 {
		t.Errorf("%d refused requests: %v", n, d.Requests())
	}
}
