package bot

import (
	"time"

	"github.com/bwmarrin/discordgo"
)

// A place is where something was written, as far as it decides how to answer.
type place struct {
	guild   string // "" outside servers
	channel string
	parent  string // the channel that a thread or forum post belongs to
	title   string // of a thread or forum post
	direct  bool   // a conversation with the bot alone
	locked  bool   // moderators closed it
	forum   bool   // a forum post
}

// settings gives the IDs whose settings apply, the nearest first: those of a
// channel hold in its threads and posts.
func (p place) settings() []string {
	if p.parent == "" {
		return []string{p.channel}
	}
	return []string{p.channel, p.parent}
}

// placeOf reads where a message was written. What the server doesn't tell is
// taken so that the bot keeps quiet: a channel of unknown kind is no direct
// message unless nothing speaks against it.
func (b *Bot) placeOf(s *discordgo.Session, guild, channel string) place {
	p := place{guild: guild, channel: channel}
	c := b.channel(s, channel)
	if c == nil {
		p.direct = guild == ""
		return p
	}
	if p.guild == "" {
		p.guild = c.GuildID
	}
	p.direct = p.guild == "" && c.Type != discordgo.ChannelTypeGroupDM
	if c.IsThread() {
		p.parent, p.title = c.ParentID, c.Name
		p.locked = c.ThreadMetadata != nil && c.ThreadMetadata.Locked
		if parent := b.channel(s, c.ParentID); parent != nil {
			p.forum = parent.Type == discordgo.ChannelTypeGuildForum
		}
	}
	return p
}

// found is a channel as the server told of it when asked; nil if it didn't.
type found struct {
	*discordgo.Channel
	at time.Time
}

// foundLife is how long a channel's state is believed that no event tells of.
const foundLife = 5 * time.Minute

// channel gives a channel, from the gateway's state or by asking; nil where
// the server doesn't tell.
func (b *Bot) channel(s *discordgo.Session, id string) *discordgo.Channel {
	if id == "" {
		return nil
	}
	if c, err := s.State.Channel(id); err == nil {
		return c
	}
	if f, ok := b.memory.places.Get(id); ok && time.Since(f.at) < foundLife {
		return f.Channel
	}
	c, err := s.Channel(id, discordgo.WithRestRetries(0))
	if err != nil {
		b.log.Debug("a channel is unknown", "channel", id, "error", err)
		c = nil
	}
	b.memory.places.Add(id, found{c, time.Now()})
	return c
}
