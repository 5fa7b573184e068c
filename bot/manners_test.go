package bot_test

import (
	"slices"
	"strings"
	"testing"

	"historian/bot"
	"historian/bot/discordtest"
)

// TestMissingPermissionIsToldOnce: moderators hear of a channel where the bot
// may not answer, once, though it is asked again and started again.
func TestMissingPermissionIsToldOnce(t *testing.T) {
	t.Parallel()
	d := discord(t)
	w := d.World
	told := func(r *running, channel func() string) discordtest.Message {
		t.Helper()
		other := r.AddTextChannel("other")
		r.Overwrite(other, w.Bot, 0, discordtest.SendMessages)
		for range 3 {
			r.Say(other, r.AddMember("asker", 0), "<@"+w.Bot+"> "+keys, discordtest.Say{})
		}
		until(t, "the moderators to be told", func() bool { return channel() != "" && len(r.Messages(channel())) > 0 })
		m := r.message(channel())
		contains(t, "the notice", m.Content, "<#"+other+">", "Send Messages")
		return m
	}
	r := start(t, d, openIndex(t, docs), bot.Options{})
	first := told(r, func() string { return r.DirectChannel(w.Owner) })
	if strings.Contains(first.Content, "View Channel, Send") {
		t.Errorf("it asks for a permission it has: %s", first.Content)
	}
	r.must(r.stop())
	r = start(t, d, openIndex(t, docs), bot.Options{})
	other := first.Content[strings.Index(first.Content, "<#")+2 : strings.Index(first.Content, ">")]
	before := r.Invalid()
	r.Say(other, w.User, "<@"+w.Bot+"> "+keys, discordtest.Say{})
	until(t, "the refusal", func() bool { return r.Invalid() > before })
	r.answers()
	if n := len(r.Messages(r.DirectChannel(w.Owner))); n != 1 {
		t.Errorf("the owner was told %d times, want once", n)
	}
	moderators := r.BecomeCommunity()
	told(r, func() string { return moderators })
}

// TestCooldown: who asks too much at once is asked for patience by a reaction,
// or to their eyes alone.
func TestCooldown(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	w := r.w
	for range 8 {
		r.Say(w.Text, w.User, "<@"+w.Bot+"> "+opening, discordtest.Say{})
	}
	r.must(r.WaitFor(soon(t), w.Text, func(all []discordtest.Message) bool {
		return slices.ContainsFunc(all, func(m discordtest.Message) bool { return len(m.Reactions) == 1 })
	}))
	m := r.response(r.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys}})).Message
	if contains(t, "the answer", m.Content, "One moment"); !m.Ephemeral() {
		t.Error("everybody is told of one person's cooldown")
	}
	r.Say(w.Text, w.Moderator, "<@"+w.Bot+"> "+keys, discordtest.Say{})
	r.shown(w.Text, func(m discordtest.Message) bool { return strings.Contains(m.Content, "warden") })
	signs := 0
	for _, m := range r.Messages(w.Text) {
		signs += len(m.Reactions)
	}
	if signs != 1 {
		t.Errorf("%d reactions, want one", signs)
	}
}

// TestRemarks: what people say about an answer is not for the bot.
func TestRemarks(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, nil), bot.Options{})
	w := r.w
	r.Say(w.Text, w.User, "<@"+w.Bot+"> when was GPT-2 announced?", discordtest.Say{})
	answer := r.message(w.Text)
	for _, remark := range []string{"thanks!", "谢谢", "lol that was quick", "ok 👍", "great, I had no idea that it was so long ago"} {
		r.Say(w.Text, r.AddMember("chatty", 0), remark, discordtest.Say{ReplyTo: answer.ID})
	}
	r.Say(w.Text, r.AddMember("terse", 0), "and InstructGPT", discordtest.Say{ReplyTo: answer.ID})
	r.message(w.Text)
	r.Say(w.DM, w.User, "when was GPT-3 announced?", discordtest.Say{})
	r.message(w.DM)
	if n := len(r.Messages(w.Text)); n != 9 {
		t.Errorf("%d messages, want a question, five remarks, a follow-up and two replies", n)
	}
}

// TestFollowUps reads replies to answers against the question answered, as far
// back as the replies lead, and says how.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, nil), bot.Options{})
	w := r.w
	for _, chain := range [][][2]string{
		{{"when was GPT-2 announced?", "14 February 2019"}, {"and GPT-3?", "Reading this as: when was GPT-3 announced?"}, {"how big was it?", "Reading this as: how big was GPT-3?"}},
		{{"GPT-2 是什么时候发布的？", "2019"}, {"那 GPT-3 呢？", "理解为：GPT-3 是什么时候发布的？"}, {"它有多大？", "理解为：GPT-3有多大？"}},
		{{"GPT-2 是什麼時候發布的？", "2019"}, {"那 GPT-3 呢？", "理解為：GPT-3 是什麼時候發布的？"}},
	} {
		for _, channel := range []string{w.Text, w.DM} {
			if channel == w.DM && chain[0][0] != "when was GPT-2 announced?" {
				continue // one person can't ask so much at once
			}
			last := ""
			for n, step := range chain {
				text := step[0]
				if n == 0 {
					text = "<@" + w.Bot + "> " + text
				}
				asker := w.User
				if channel == w.Text {
					asker = r.AddMember("asker", 0)
				}
				r.Say(channel, asker, text, discordtest.Say{ReplyTo: last})
				m := r.message(channel)
				contains(t, step[0], m.Content, step[1])
				last = m.ID
			}
		}
	}
}
