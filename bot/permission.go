package bot

import (
	"strings"

	"github.com/bwmarrin/discordgo"
)

// codes of refusals that concern a channel ("JSON Error Codes").
const (
	codeNoHistory = 160002 // can't reply without permission to read message history
	codeArchived  = 50083  // the thread is archived, or locked
)

// sendFailed logs a failed request. A channel that refuses the bot is left
// alone for a while, and its moderators are told, once.
func (b *Bot) sendFailed(s *discordgo.Session, doing string, p place, err error) {
	switch code(err) {
	case discordgo.ErrCodeMissingAccess, discordgo.ErrCodeMissingPermissions, codeNoHistory:
		if b.memory.deny(p.channel) {
			b.log.Error("no permission in a channel; give the bot View Channel, Send Messages (in Threads) and Read Message History there, or take it out",
				"doing", doing, "channel", p.channel, "error", err)
			b.tellModerators(s, p)
		}
	case codeArchived:
		b.memory.deny(p.channel)
		b.log.Debug("a thread is closed", "channel", p.channel)
	default:
		b.log.Error("request failed", "doing", doing, "channel", p.channel, "error", err)
	}
}

// tellModerators says where the bot was asked something that it may not
// answer, and the mend: in the channel where Discord itself writes to the
// moderators (of Community servers), else to the owner. Whether it said so
// before stands in that conversation, so that a restart doesn't repeat it.
func (b *Bot) tellModerators(s *discordgo.Session, p place) {
	if p.guild == "" {
		return
	}
	g, err := s.State.Guild(p.guild)
	if err != nil {
		if g, err = s.Guild(p.guild); err != nil {
			b.log.Debug("can't read who moderates a server", "guild", p.guild, "error", err)
			return
		}
	}
	w := wordsFor(g.PreferredLocale)
	where := "<#" + p.channel + ">"
	for _, to := range b.moderators(s, g, p.channel) {
		said, err := s.ChannelMessages(to, 50, "", "", "")
		if err == nil && b.saidBefore(said, where) {
			return
		}
		if err := b.sender(s).say(to, say(w.NoPermission, where, missing(s, b.self(), p, w))); err == nil {
			return
		}
	}
	b.log.Debug("nobody could be told of the missing permission", "guild", p.guild)
}

// moderators gives the channels in which to reach the moderators, the best
// first.
func (b *Bot) moderators(s *discordgo.Session, g *discordgo.Guild, but string) []string {
	var out []string
	if own := b.desk.Guild(g.ID).Moderator; own != "" && own != but {
		out = append(out, own)
	}
	if g.PublicUpdatesChannelID != "" && g.PublicUpdatesChannelID != but {
		out = append(out, g.PublicUpdatesChannelID)
	}
	if dm, err := s.UserChannelCreate(g.OwnerID); err == nil {
		out = append(out, dm.ID)
	}
	return out
}

func (b *Bot) saidBefore(messages []*discordgo.Message, what string) bool {
	for _, m := range messages {
		if m.Author != nil && m.Author.ID == b.self() && strings.Contains(m.Content, what) {
			return true
		}
	}
	return false
}

// A permission is a right by the name that Discord shows.
type permission struct {
	bit  int64
	name string
}

// needed are the permissions that answers in a channel need.
var needed = []permission{
	{discordgo.PermissionViewChannel, "View Channel"},
	{discordgo.PermissionSendMessages, "Send Messages"},
	{discordgo.PermissionReadMessageHistory, "Read Message History"},
	{discordgo.PermissionAttachFiles, "Attach Files"},
}

// neededInThreads are those that answers in a thread or forum post need.
var neededInThreads = []permission{needed[0], {discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"}, needed[2], needed[3]}

// lacks names those of some permissions that are not among perms.
func lacks(perms int64, of []permission) (names []string) {
	for _, p := range of {
		if perms&p.bit == 0 && perms&discordgo.PermissionAdministrator == 0 {
			names = append(names, p.name)
		}
	}
	return names
}

// missing names the permissions that the bot lacks in a channel; all that it
// needs where that can't be found out.
func missing(s *discordgo.Session, me string, p place, w words) string {
	of := needed
	if p.parent != "" {
		of = neededInThreads
	}
	perms, err := s.UserChannelPermissions(me, p.channel)
	names := lacks(perms, of)
	if err != nil || len(names) == 0 {
		names = lacks(0, of)
	}
	return w.list(names)
}
