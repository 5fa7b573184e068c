package bot

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// typingAfter is how long people see nothing before they see "typing".
const typingAfter = 800 * time.Millisecond

// oldEdit is the age from which an edit of a message that has no reply gets
// none: nobody looks for one there any more.
const oldEdit = time.Hour

// onMessage answers a message, if it is for the bot.
func (b *Bot) onMessage(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	if b.fromPerson(m) {
		b.take(ctx, s, versionOf(m))
	}
}

// onEdit answers an edited question anew, in the reply it already has. That a
// link's preview was added is an update, too, and changes nothing.
func (b *Bot) onEdit(ctx context.Context, s *discordgo.Session, m *discordgo.Message) {
	if m == nil || m.EditedTimestamp == nil && !b.memory.turns.has(m.ID) {
		return
	}
	if m.Author == nil && b.memory.turns.has(m.ID) { // some servers tell what changed, no more
		whole, err := s.ChannelMessage(m.ChannelID, m.ID)
		if err != nil {
			b.log.Debug("can't read an edited message", "channel", m.ChannelID, "error", err)
			return
		}
		whole.GuildID = m.GuildID
		m = whole
	}
	if b.fromPerson(m) {
		v := versionOf(m)
		v.unknown = !b.memory.turns.has(m.ID)
		b.take(ctx, s, v)
	}
}

// onDelete deletes the replies to deleted questions.
func (b *Bot) onDelete(ctx context.Context, s *discordgo.Session, channel string, ids ...string) {
	for _, id := range ids {
		b.take(ctx, s, version{id: id, channel: channel})
	}
}

// fromPerson tells messages that people wrote from those of bots, webhooks
// and Discord itself. What discordgo can't parse arrives without an author.
func (b *Bot) fromPerson(m *discordgo.Message) bool {
	return m != nil && m.ID != "" && m.Author != nil && !m.Author.Bot && !m.Author.System && m.Author.ID != b.self() && m.WebhookID == "" &&
		(m.Type == discordgo.MessageTypeDefault || m.Type == discordgo.MessageTypeReply)
}

func versionOf(m *discordgo.Message) version {
	v := version{id: m.ID, channel: m.ChannelID, message: m}
	if m.EditedTimestamp != nil {
		v.edited = *m.EditedTimestamp
	}
	return v
}

// take works on a version of a message when it is its turn.
func (b *Bot) take(ctx context.Context, s *discordgo.Session, v version) {
	b.memory.turns.run(v, func(v version, reply string, stale func() bool) (now string) {
		defer b.rescue("message", func() { now = reply })
		switch {
		case v.message != nil:
			return b.answerMessage(ctx, s, v, reply, stale)
		case reply != "":
			return b.withdraw(s, v.channel, reply)
		}
		return ""
	})
}

// answerMessage makes the reply to a message what it should be, and gives its
// ID; "" for none.
func (b *Bot) answerMessage(ctx context.Context, s *discordgo.Session, v version, reply string, stale func() bool) string {
	m := v.message
	heard, ok := b.messageOf(s, m)
	if !ok || b.memory.refused(m.ChannelID) {
		return reply
	}
	addressed := b.addressed(heard)
	if heard.at.Mode == desk.ModeOff {
		return reply
	}
	if addressed && heard.at.public() && !b.memory.allow(m.Author.ID, m.ChannelID) {
		b.askForPatience(s, m)
		return reply
	}
	stop := func() {}
	if addressed && heard.at.public() {
		stop = b.typing(s, m.ChannelID)
	}
	r := b.Hear(ctx, heard)
	stop()
	switch {
	case stale(): // a newer version waits
		return reply
	case heard.at.Mode == desk.ModeShadow:
		b.shadow(s, heard, r)
		return reply
	case r.Ignored && reply != "": // it is no question any more
		return b.withdraw(s, m.ChannelID, reply)
	case r.Ignored:
		return ""
	case !addressed && !b.memory.allow(m.Author.ID, m.ChannelID):
		return reply
	}
	if reply == "" && v.unknown {
		if reply = b.replyTo(s, m); reply == "" && b.now().Sub(m.Timestamp) > oldEdit {
			return ""
		}
	}
	return b.deliver(s, heard, reply, r)
}

// deliver sends a reply, or changes the one there is. One that was deleted
// stays so.
func (b *Bot) deliver(s *discordgo.Session, m Message, reply string, r Reply) string {
	out := b.sender(s)
	if reply != "" {
		if err := out.edit(m.Channel, reply, r); err != nil && code(err) != discordgo.ErrCodeUnknownMessage {
			b.sendFailed(s, "edit", m.place(), err)
		}
		return reply
	}
	id, err := out.reply(m.Channel, m.ID, r)
	if err != nil {
		b.sendFailed(s, "reply", m.place(), err)
	}
	return id
}

// withdraw deletes a reply.
func (b *Bot) withdraw(s *discordgo.Session, channel, reply string) string {
	if err := b.sender(s).remove(channel, reply); err != nil {
		b.sendFailed(s, "delete", place{channel: channel}, err) // nobody waits for it: moderators needn't know
	}
	return ""
}

// replyTo finds the reply to a message that was answered before this process
// began; "" for none.
func (b *Bot) replyTo(s *discordgo.Session, m *discordgo.Message) string {
	later, err := s.ChannelMessages(m.ChannelID, 50, "", m.ID, "")
	if err != nil {
		b.log.Debug("can't read a channel", "channel", m.ChannelID, "error", err)
	}
	for _, l := range later {
		if l.Author != nil && l.Author.ID == b.self() && l.MessageReference != nil && l.MessageReference.MessageID == m.ID {
			return l.ID
		}
	}
	return ""
}

// messageOf reads what decides about a message; not ok in a thread that
// moderators closed.
func (b *Bot) messageOf(s *discordgo.Session, m *discordgo.Message) (heard Message, ok bool) {
	heard = Message{
		ID: m.ID, Author: m.Author.ID, Channel: m.ChannelID, Guild: m.GuildID,
		Text: m.Content, Everyone: m.MentionEveryone || len(m.MentionRoles) > 0,
	}
	pinged := false
	for _, u := range m.Mentions {
		if u == nil {
			continue
		}
		pinged = pinged || u.ID == b.self()
		if strings.Contains(m.Content, u.ID) { // a reply pings its author without a mention in the text
			heard.Mentions = append(heard.Mentions, u.ID)
		}
	}
	if b.withoutSelf(m.Content) != m.Content {
		heard.Mentions = append(heard.Mentions, b.self()) // not every server lists mentions
	}
	b.readReference(s, m, &heard, pinged)
	if m.GuildID != "" && !b.unasked(m.GuildID) && !b.addressed(heard) {
		return heard, true // nothing here is for the bot, whatever the place
	}
	p := b.placeOf(s, m.GuildID, m.ChannelID)
	heard.Guild, heard.Parent = p.guild, p.parent
	if g, err := s.State.Guild(p.guild); err == nil {
		heard.Home = g.PreferredLocale
	}
	heard.Direct = p.direct && m.Member == nil
	heard.at = b.settingOf(p)
	heard.Ambient = heard.at.Mode == desk.ModeAmbient || heard.at.Mode == desk.ModeShadow
	if p.forum && m.ID == m.ChannelID { // the first message of a post has the post's ID
		heard.Title = p.title
	}
	return heard, !p.locked
}

// readReference reads what a message replies to.
func (b *Bot) readReference(s *discordgo.Session, m *discordgo.Message, heard *Message, pinged bool) {
	ref := m.ReferencedMessage
	if to := m.MessageReference; ref == nil && to != nil && to.Type == discordgo.MessageReferenceTypeDefault { // a forward refers, too
		heard.ReplyTo = "\x00unknown"
		if !pinged {
			return // to somebody else, or without wanting an answer
		}
		var err error
		if ref, err = s.ChannelMessage(m.ChannelID, m.MessageReference.MessageID); err != nil {
			b.log.Debug("can't read what a message replies to", "channel", m.ChannelID, "error", err)
			heard.ReplyTo = b.self() // it pings us
			return
		}
	}
	if ref == nil || ref.Author == nil {
		return
	}
	heard.ReplyTo = ref.Author.ID
	if ref.Author.ID == b.self() {
		heard.Follows = b.questionOf(s, ref)
	}
}

// typing shows "typing" if the answer takes long. The function it gives ends
// that.
func (b *Bot) typing(s *discordgo.Session, channel string) (stop func()) {
	t := time.AfterFunc(typingAfter, func() {
		defer b.rescue("typing", nil)
		if err := s.ChannelTyping(channel); err != nil {
			b.log.Debug("can't show typing", "error", err)
		}
	})
	return func() { t.Stop() }
}

// patience is how often somebody is asked for patience.
const patience = 30 * time.Second

// askForPatience puts a sign under a message that comes too soon after many
// others: a message about it would be one too many.
func (b *Bot) askForPatience(s *discordgo.Session, m *discordgo.Message) {
	if !b.memory.once("patience "+m.Author.ID, b.now(), patience) {
		return
	}
	if err := s.MessageReactionAdd(m.ChannelID, m.ID, "⏳"); err != nil {
		b.log.Debug("can't react", "channel", m.ChannelID, "error", err)
	}
}
