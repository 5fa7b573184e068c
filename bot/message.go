package bot

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// typingAfter is how long people see nothing before they see "typing".
const typingAfter = 800 * time.Millisecond

// onMessage answers a message, if it is for the bot.
func (b *Bot) onMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	defer b.rescue("message", nil)
	if !fromPerson(m) || b.memory.refused(m.ChannelID) || !b.memory.first(m.ID) {
		return
	}
	b.answerMessage(ctx, s, m)
}

// fromPerson tells messages that people wrote from those of bots, webhooks
// and Discord itself. What discordgo can't parse arrives without an author.
func fromPerson(m *discordgo.Message) bool {
	return m != nil && m.Author != nil && !m.Author.Bot && !m.Author.System && m.WebhookID == "" &&
		(m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply)
}

func (b *Bot) answerMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	heard := b.messageOf(s, m)
	out := sender{s}
	stop := b.typing(s, m.ChannelID, heard)
	r := b.Hear(ctx, heard)
	stop()
	if r.Ignored || !b.memory.allow(m.Author.ID, m.ChannelID) {
		return
	}
	r.Buttons = b.buttons(r, m.Author.ID, false, b.wordsOf(Question{Text: heard.Text}))
	id, err := out.reply(m.ChannelID, m.ID, r)
	if err != nil {
		b.sendFailed("reply", m.ChannelID, err)
		return
	}
	b.memory.replies.Add(m.ID, id)
}

// messageOf reads what decides about a message.
func (b *Bot) messageOf(s *discordgo.Session, m *discordgo.Message) Message {
	heard := Message{Text: m.Content, Everyone: m.MentionEveryone || len(m.MentionRoles) > 0, Direct: m.GuildID == "", Ambient: b.ambient(s, m.ChannelID)}
	for _, u := range m.Mentions {
		// A reply pings its author without a mention in the text.
		if u != nil && strings.Contains(m.Content, u.ID) {
			heard.Mentions = append(heard.Mentions, u.ID)
		}
	}
	if ref := m.ReferencedMessage; ref != nil && ref.Author != nil {
		heard.ReplyTo = ref.Author.ID
		if ref.Author.ID == b.self() {
			heard.Follows = b.questionOf(s, ref)
		}
	}
	return heard
}

// ambient tells whether the bot answers unasked in a channel, or in the
// channel a thread belongs to.
func (b *Bot) ambient(s *discordgo.Session, channel string) bool {
	if len(b.opts.Ambient) == 0 {
		return false
	}
	if b.opts.Ambient[channel] {
		return true
	}
	c, err := s.State.Channel(channel)
	if err != nil {
		if c, err = s.Channel(channel); err != nil {
			return false
		}
		_ = s.State.ChannelAdd(c) // only saves asking again
	}
	return c.IsThread() && b.opts.Ambient[c.ParentID]
}

// echoed matches the line by which an answer to a command repeats the
// question.
var echoed = regexp.MustCompile(`^-# ❓ (.*)`)

// echo repeats a question at the head of an answer, so that later ones can
// follow it up without anything being stored.
func echo(question string) string { return "-# ❓ " + escape(clip(oneLine(question), 300)) + "\n" }

var unescape = strings.NewReplacer(`\\`, `\`, `\*`, `*`, `\_`, `_`, `\~`, `~`, "\\`", "`", `\|`, `|`, `\[`, `[`, `\]`, `]`, `\>`, `>`, `\#`, `#`, gap, "")

// questionOf finds the question that a message of ours answers: in its first
// line, or in the message it replies to.
func (b *Bot) questionOf(s *discordgo.Session, answer *discordgo.Message) string {
	if m := echoed.FindStringSubmatch(answer.Content); m != nil {
		return unescape.Replace(m[1])
	}
	if ref := answer.MessageReference; ref != nil && ref.MessageID != "" {
		q := answer.ReferencedMessage
		if q == nil {
			var err error
			if q, err = s.ChannelMessage(ref.ChannelID, ref.MessageID); err != nil {
				return ""
			}
		}
		return strings.TrimSpace(b.withoutSelf(q.Content))
	}
	return ""
}

// typing shows "typing" if the answer takes long. The function it gives ends
// that.
func (b *Bot) typing(s *discordgo.Session, channel string, m Message) (stop func()) {
	if !m.Direct && m.ReplyTo != b.self() && !contains(m.Mentions, b.self()) {
		return func() {} // nobody waits
	}
	t := time.AfterFunc(typingAfter, func() {
		defer b.rescue("typing", nil)
		if err := s.ChannelTyping(channel); err != nil {
			b.log.Debug("can't show typing", "error", err)
		}
	})
	return func() { t.Stop() }
}

// onEdit answers an edited question anew, in the reply it already has.
func (b *Bot) onEdit(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	defer b.rescue("edit", nil)
	if !fromPerson(m) || m.EditedTimestamp == nil {
		return // an embed that unfurled is an update, too
	}
	reply, ok := b.memory.replies.Get(m.ID)
	if !ok {
		return
	}
	r := b.Hear(ctx, b.messageOf(s, m))
	out := sender{s}
	if r.Ignored {
		b.memory.replies.Remove(m.ID)
		if err := out.remove(m.ChannelID, reply); err != nil {
			b.sendFailed("delete", m.ChannelID, err)
		}
		return
	}
	r.Buttons = b.buttons(r, m.Author.ID, false, b.wordsOf(Question{Text: m.Content}))
	if err := out.edit(m.ChannelID, reply, r); err != nil {
		b.sendFailed("edit", m.ChannelID, err)
	}
}

// onDelete deletes the reply to a deleted question.
func (b *Bot) onDelete(s *discordgo.Session, channel string, ids ...string) {
	defer b.rescue("delete", nil)
	for _, id := range ids {
		reply, ok := b.memory.replies.Get(id)
		if !ok {
			continue
		}
		b.memory.replies.Remove(id)
		if err := (sender{s}).remove(channel, reply); err != nil {
			b.sendFailed("delete", channel, err)
		}
	}
}

// sendFailed logs a failed request, and leaves a channel alone that refuses
// the bot: the first time as an error that names the mend, then quietly.
func (b *Bot) sendFailed(doing, channel string, err error) {
	switch code(err) {
	case discordgo.ErrCodeMissingAccess, discordgo.ErrCodeMissingPermissions:
		if b.memory.deny(channel) {
			b.log.Error("no permission in a channel; give the bot View Channel, Send Messages (in Threads) and Read Message History there, or take it out",
				"doing", doing, "channel", channel, "error", err)
		}
	default:
		b.log.Error("request failed", "doing", doing, "channel", channel, "error", err)
	}
}
