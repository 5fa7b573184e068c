package bot

import (
	"slices"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// A setting is how the bot behaves where something is said.
type setting struct {
	guild string // "" outside servers
	desk.Place
}

// settingOf gives what moderators set for a place; where they set nothing,
// what the bot is configured to do.
func (b *Bot) settingOf(p place) setting {
	if p.guild == "" {
		return setting{Place: desk.Place{Mode: desk.ModeMention}}
	}
	own, all := b.desk.At(p.guild, p.settings()...)
	if own.Mode == "" && slices.ContainsFunc(p.settings(), func(id string) bool { return b.opts.Ambient[id] }) {
		all.Mode = desk.ModeAmbient
	}
	if all.Mode == "" {
		all.Mode = desk.ModeMention
	}
	return setting{p.guild, all}
}

// settingAt is settingOf for the channel of an interaction. It asks the server
// nothing: an interaction has no time for that, and may come from where the
// bot is no member, but was brought along by a person: then it is as in a
// direct message.
func (b *Bot) settingAt(s *discordgo.Session, i *discordgo.Interaction) setting {
	if _, member := i.AuthorizingIntegrationOwners[discordgo.ApplicationIntegrationGuildInstall]; len(i.AuthorizingIntegrationOwners) > 0 && !member {
		return b.settingOf(place{})
	}
	p := place{guild: i.GuildID, channel: i.ChannelID}
	if c, err := s.State.Channel(i.ChannelID); err == nil && c.IsThread() {
		p.parent = c.ParentID
	}
	return b.settingOf(p)
}

// unasked tells whether the bot listens to what nobody says to it: in a
// server; "" asks of all of them.
func (b *Bot) unasked(guild string) bool {
	return len(b.opts.Ambient) > 0 || b.desk.Unasked(guild)
}

// public tells whether the bot says anything that others see.
func (s setting) public() bool { return s.Mode != desk.ModeOff && s.Mode != desk.ModeShadow }

// locale gives the language of the bot's own words: that of the place in
// public, else the asker's.
func (s setting) locale(asker string, private bool) string {
	if s.Language != "" && !private {
		return s.Language
	}
	return asker
}
