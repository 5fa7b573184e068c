package bot

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
)

// starterGrace is how long after the event of a forum post its first message
// may come by itself.
const starterGrace = time.Second

// onThread sees to it that the first message of a new forum post is heard,
// though its own event may never come.
func (b *Bot) onThread(ctx context.Context, s *discordgo.Session, t *discordgo.ThreadCreate) {
	defer b.rescue("thread", nil)
	if t.Channel == nil || !t.NewlyCreated || !b.forumPost(s, t.Channel) {
		return
	}
	if sleepFor(ctx, starterGrace) != nil || b.memory.turns.has(t.ID) {
		return
	}
	m, err := s.ChannelMessage(t.ID, t.ID)
	if err != nil {
		b.log.Debug("can't read the first message of a post", "channel", t.ID, "error", err)
		return
	}
	if m.GuildID == "" {
		m.GuildID = t.GuildID
	}
	b.onMessage(ctx, s, m)
}

func (b *Bot) forumPost(s *discordgo.Session, t *discordgo.Channel) bool {
	parent := b.channel(s, t.ParentID)
	return parent != nil && parent.Type == discordgo.ChannelTypeGuildForum
}
