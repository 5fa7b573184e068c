package bot_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"historian/bot"
	"historian/bot/discordtest"
	"historian/index"
)

// unsure answers as if it were not sure enough.
type unsure struct{ bot.Answerer }

func (u unsure) Answer(ctx context.Context, q index.Question) (index.Answer, error) {
	a, err := u.Answerer.Answer(ctx, q)
	a.Excerpts, a.Reason, a.Confidence = nil, index.LowConfidence, 0.8*a.Threshold
	return a, err
}

// TestDidYouMean: who asks vaguely picks from what came closest; the answer
// takes the place of the question back. Others see it for themselves.
func TestDidYouMean(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), unsure{openIndex(t, docs)}, bot.Options{})
	w := r.w
	id := r.Say(w.Text, w.User, "<@"+w.Bot+"> "+keys, discordtest.Say{})
	m := r.repliesTo(w.Text, id, "Did you mean")
	pick := m.Buttons()["Garden rules › Keys"]
	if pick == "" {
		t.Fatalf("buttons %v", m.Buttons())
	}
	other := r.response(r.Click(m, pick, discordtest.Invoke{User: w.Moderator})).Message
	if contains(t, "what others see", other.Content, "warden"); !other.Ephemeral() {
		t.Error("others change the reply")
	}
	r.Click(m, pick, discordtest.Invoke{})
	m = r.repliesTo(w.Text, id, "warden")
	contains(t, "the answer", m.Content, "Garden rules › Keys")
	if n := r.replies(w.Text, id); n != 1 || m.Buttons()["Why this?"] == "" {
		t.Errorf("%d replies, buttons %v", n, m.Buttons())
	}

	// In private, and nothing where nobody asked.
	private := r.response(r.Slash("gpt ask", discordtest.Invoke{User: w.Owner, Options: discordtest.Object{"question": keys, "private": true}})).Message
	r.Click(private, private.Buttons()["Garden rules › Keys"], discordtest.Invoke{User: w.Owner})
	r.shown(w.Text, func(m discordtest.Message) bool {
		return m.ID == private.ID && strings.Contains(m.Content, "warden") && strings.HasPrefix(m.Content, "-# ❓")
	})
}

// TestOutdatedButtons: an answer that would be another today says so, and
// offers to ask again; so does one whose buttons nobody here signed.
func TestOutdatedButtons(t *testing.T) {
	t.Parallel()
	d := discord(t)
	r := start(t, d, openIndex(t, docs), bot.Options{})
	w := r.w
	id := r.Say(w.Text, w.User, "<@"+w.Bot+"> "+keys, discordtest.Say{})
	old := r.repliesTo(w.Text, id, "warden")
	r.must(r.stop())

	changed := strings.ReplaceAll(string(docs["garden.md"].Data), "by the warden on Saturdays", "by the gardener on Sundays")
	r = start(t, d, openIndex(t, fstest.MapFS{"garden.md": {Data: []byte(changed)}}), bot.Options{})
	m := r.response(r.Click(old, old.Buttons()["Why this?"], discordtest.Invoke{User: w.Moderator})).Message
	if contains(t, "the notice", m.Content, keys, "no longer fit"); !m.Ephemeral() {
		t.Error("everybody reads of one person's press")
	}
	fresh := r.response(r.Click(m, m.Buttons()["Ask again"], discordtest.Invoke{User: w.Moderator})).Message
	if contains(t, "the fresh answer", fresh.Content, "gardener", "Sundays"); !fresh.Ephemeral() {
		t.Error("the fresh answer is public")
	}

	// Forged, of another version, of another secret: nothing happens but that.
	for _, forged := range []string{"", "x", "h2.delete." + w.Moderator + ".x.AAAAAAAAAAAAAAAA", "h1.delete." + w.User + ".AAAAAAAAAAAA", strings.Repeat("9.", 49)} {
		m := r.response(r.Forge(old, forged, discordtest.Invoke{User: r.AddMember("forger", 0)})).Message
		if m.Buttons()["Ask again"] == "" {
			t.Errorf("%q: %q offers no fresh answer", forged, m.Content)
		}
		if r.replies(w.Text, id) != 1 {
			t.Fatalf("%q deletes the reply", forged)
		}
	}

	// Without its question, an answer can't be found again.
	r.must(r.stop())
	r.DeleteMessage(w.Text, id)
	r = start(t, d, openIndex(t, docs), bot.Options{})
	m = r.response(r.Click(old, old.Buttons()["Why this?"], discordtest.Invoke{})).Message
	contains(t, "the notice", m.Content, "too old")
}
