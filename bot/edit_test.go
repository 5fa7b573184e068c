package bot_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"historian/bot"
	"historian/bot/discordtest"
	"historian/index"
)

// gate holds answers back until it is opened.
type gate struct {
	bot.Answerer
	reached chan string // the question, each time one arrives
	open    chan struct{}
}

func newGate(a bot.Answerer) *gate {
	return &gate{Answerer: a, reached: make(chan string, 100), open: make(chan struct{})}
}

func (g *gate) Answer(ctx context.Context, q index.Question) (index.Answer, error) {
	g.reached <- q.Text
	<-g.open
	return g.Answerer.Answer(ctx, q)
}

// TestEditWhileAnswering edits and deletes questions whose answers are still
// being made.
func TestEditWhileAnswering(t *testing.T) {
	t.Parallel()
	g := newGate(openIndex(t, docs))
	r := start(t, discord(t), g, bot.Options{})
	w := r.w
	mention := "<@" + w.Bot + "> "
	edited := r.Say(w.Text, w.User, mention+opening, discordtest.Say{})
	<-g.reached
	r.EditMessage(w.Text, edited, mention+keys)
	deleted := r.Say(w.Text, w.Moderator, mention+opening, discordtest.Say{})
	<-g.reached
	r.DeleteMessage(w.Text, deleted)
	close(g.open)
	r.repliesTo(w.Text, edited, "warden")
	r.answers()
	// A reply to the deleted question may be there for a moment.
	r.must(r.WaitFor(soon(t), w.Text, func(all []discordtest.Message) bool { return len(all) == 2 && r.replies(w.Text, edited) == 1 }))
}

func (r *running) replies(channel, id string) (n int) {
	for _, m := range r.Messages(channel) {
		if m.Author.ID == r.w.Bot && m.Reference != nil && m.Reference.MessageID == id {
			n++
		}
	}
	return n
}

// repliesTo waits for a reply to a message that holds text.
func (r *running) repliesTo(channel, id, text string) discordtest.Message {
	r.t.Helper()
	return r.shown(channel, func(m discordtest.Message) bool {
		return m.Author.ID == r.w.Bot && m.Reference != nil && m.Reference.MessageID == id && strings.Contains(m.Content, text)
	})
}

func TestEdits(t *testing.T) {
	t.Parallel()
	d := discord(t)
	r := start(t, d, openIndex(t, docs), bot.Options{})
	w := r.w
	mention := "<@" + w.Bot + "> "

	remark := r.Say(w.Text, r.AddMember("musing", 0), "who has the keys, I wonder", discordtest.Say{})
	r.EditMessage(w.Text, remark, mention+keys)
	r.repliesTo(w.Text, remark, "warden")

	unanswered := r.Say(w.Text, r.AddMember("curious", 0), mention+"who won the chess tournament?", discordtest.Say{})
	r.repliesTo(w.Text, unanswered, "not in the documents")
	r.EditMessage(w.Text, unanswered, mention+opening)
	r.repliesTo(w.Text, unanswered, "4 May 2019")
	r.EditMessage(w.Text, unanswered, mention+"who won the chess tournament?")
	r.repliesTo(w.Text, unanswered, "not in the documents")

	// What is not asked any more loses its reply.
	r.EditMessage(w.Text, unanswered, "never mind")
	r.must(r.WaitFor(soon(t), w.Text, func([]discordtest.Message) bool { return r.replies(w.Text, unanswered) == 0 }))

	// A reply that a moderator took away does not come back.
	r.DeleteMessage(w.Text, r.repliesTo(w.Text, remark, "warden").ID)
	before := len(d.Requests())
	r.EditMessage(w.Text, remark, mention+opening)
	_, err := d.WaitRequest(soon(t), before, func(q discordtest.Request) bool { return q.Method == http.MethodPatch && q.Status == 404 })
	r.must(err)
	r.silent(w.Text)

	// The reply of a process that has ended is known again.
	before2 := r.Say(w.Text, r.AddMember("patient", 0), mention+opening, discordtest.Say{})
	r.repliesTo(w.Text, before2, "4 May 2019")
	r.must(r.stop())
	r = start(t, d, openIndex(t, docs), bot.Options{})
	r.EditMessage(w.Text, before2, mention+keys)
	r.repliesTo(w.Text, before2, "warden")
	if n := r.replies(w.Text, before2); n != 1 {
		t.Errorf("%d replies after a restart, want one", n)
	}

	// Nobody looks for an answer to a message of yesterday.
	old := r.Say(w.Text, r.AddMember("late", 0), "who has the keys, I wonder", discordtest.Say{})
	r.must(r.stop())
	r = start(t, d, openIndex(t, docs), bot.Options{Now: func() time.Time { return time.Now().Add(24 * time.Hour) }})
	r.EditMessage(w.Text, old, mention+keys)
	r.silent(w.Text)
}

// TestForumPost asks in forum posts: in the first message, or in the title.
func TestForumPost(t *testing.T) {
	t.Parallel()
	d := discord(t)
	r := start(t, d, openIndex(t, docs), bot.Options{Ambient: map[string]bool{d.World.Forum: true}})
	w := r.w
	post, first := r.OpenPost(w.Forum, r.AddMember("poster", 0), "keys", keys)
	r.repliesTo(post, first, "warden")
	post, first = r.OpenPost(w.Forum, w.Moderator, opening, "see title, thanks!")
	r.repliesTo(post, first, "4 May 2019")
	r.Repeat(post, first)
	r.Say(post, w.User, "ah, thanks", discordtest.Say{})
	r.silent(post)

	// The first message may come before the post is known, or not at all by
	// itself.
	early := r.NextPost(w.Forum, r.AddMember("poster", 0), "compost", "where are the compost bins?", discordtest.MessageFirst)
	r.repliesTo(early, early, "tool shed")
	late := r.NextPost(w.Forum, r.AddMember("poster", 0), "compost", "where are the compost bins?", discordtest.MessageUntold)
	r.repliesTo(late, late, "tool shed")
	r.silent(late)
	for _, p := range []string{early, late} {
		if n := r.replies(p, p); n != 1 {
			t.Errorf("%d replies in a post, want one", n)
		}
	}

	r.Lock(post)
	r.Say(post, w.Moderator, opening, discordtest.Say{})
	r.silent(post)
	if slices.ContainsFunc(d.Requests(), func(q discordtest.Request) bool { return q.Status == 400 || q.Status == 403 }) {
		t.Error("the bot tries to write in a locked post")
	}
}
