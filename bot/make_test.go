package bot_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"historian/bot"
	"historian/bot/discordtest"
)

// TestOtherMakes runs the bot on servers that are compatible with Discord and
// lack something of it: it does what they allow, and its log says what not.
func TestOtherMakes(t *testing.T) {
	t.Parallel()
	commands := []string{
		"GET /applications/{application_id}/commands", "PUT /applications/{application_id}/commands",
		"GET /applications/@me", "GET /oauth2/applications/@me",
	}
	rooms := []string{"GET /channels/{channel_id}", "POST /channels/{channel_id}/typing", "GET /guilds/{guild_id}"}
	for _, test := range []struct {
		name string
		make discordtest.Make
		says string
	}{
		{"no /gateway/bot", discordtest.Make{Lacks: []string{"GET /gateway/bot"}}, "running one"},
		{"/gateway/bot for others", discordtest.Make{Lacks: []string{"GET /gateway/bot"}, Status: http.StatusUnauthorized}, "running one"},
		{"no /gateway", discordtest.Make{Lacks: []string{"GET /gateway"}}, ""},
		{"no /users/@me", discordtest.Make{Lacks: []string{"GET /users/@me"}, Status: http.StatusNotImplemented}, "READY must"},
		{"no commands", discordtest.Make{Lacks: commands, Status: http.StatusNotImplemented}, "no application commands"},
		{"no commands, no channels", discordtest.Make{Lacks: append(commands, rooms...), Uncached: true}, "no application commands"},
		{"sparse", discordtest.Make{Sparse: true, Uncached: true, Unlimited: true}, ""},
		{"strict", discordtest.Make{Strict: true}, "sending them plain"},
		{"all at once", discordtest.Make{Lacks: append(append([]string{"GET /gateway/bot"}, commands...), rooms...), Sparse: true, Uncached: true, Strict: true, Unlimited: true}, "sending them plain"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{Make: test.make})
			var log syncBuffer
			r := launch(t, d, openIndex(t, docs), bot.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
			w := r.w
			for range 4 { // one more than it takes to learn that a server is strict
				id := r.Say(w.Text, r.AddMember("asker", 0), "<@"+w.Bot+"> "+opening, discordtest.Say{})
				m := r.message(w.Text)
				contains(t, "the reply", m.Content, "4 May 2019", "Garden rules › Opening")
				if m.Reference == nil || m.Reference.MessageID != id || len(m.Mentions) > 0 {
					t.Errorf("the reply refers to %+v and pings %v", m.Reference, m.Mentions)
				}
				r.EditMessage(w.Text, id, "<@"+w.Bot+"> "+keys)
				r.shown(w.Text, func(e discordtest.Message) bool { return e.ID == m.ID && strings.Contains(e.Content, "warden") })
			}
			first := r.Messages(w.Text)[1]
			r.Say(w.Text, r.AddMember("another", 0), "where are the compost bins?", discordtest.Say{ReplyTo: first.ID})
			contains(t, "the reply to a reply", r.message(w.Text).Content, "tool shed")
			r.Say(w.Text, w.User, opening, discordtest.Say{}) // asks nobody
			r.silent(w.Text)
			if !strings.Contains(log.String(), test.says) {
				t.Errorf("the log lacks %q:\n%s", test.says, log.String())
			}
			if i := slices.IndexFunc(d.Requests(), func(q discordtest.Request) bool { return q.Status >= 500 && q.Status != http.StatusNotImplemented }); i >= 0 {
				t.Errorf("%v", d.Requests()[i])
			}
		})
	}
}
