package bot

import (
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// privacy tells what is read and kept as the bot is configured where it is
// asked.
func (b *Bot) privacy(at setting, locale string) string {
	g := b.desk.Guild(at.guild)
	days := int(b.desk.Keep() / (24 * time.Hour))
	parts := []string{readsCalls.in(locale)}
	switch at.Mode {
	case desk.ModeAmbient:
		parts = append(parts, readsAll.in(locale))
	case desk.ModeShadow:
		parts = append(parts, readsShadow.in(locale))
	}
	parts = append(parts, keepsMemory.in(locale))
	switch {
	case !b.desk.On():
		parts = append(parts, keepsNothing.in(locale))
	case at.guild == "":
		parts = append(parts, keepsVotes.in(locale), keepsNoDirect.in(locale))
	default:
		if !g.NoGaps {
			parts = append(parts, say(keepsGaps.in(locale), days))
		}
		if g.Questions && !g.NoGaps {
			parts = append(parts, say(keepsQuestions.in(locale), days))
		}
		parts = append(parts, say(keepsServerVotes.in(locale), days), say(keepsActions.in(locale), days))
	}
	parts = append(parts, keepsLog.in(locale), say(forgetHint.in(locale), b.opts.Command))
	return strings.Join(parts, "\n")
}

// forget removes what can be linked to the person who asks for it.
func (b *Bot) forget(i *discordgo.Interaction, locale string) Reply {
	person := userOf(i)
	b.memory.forget(person)
	n, err := b.desk.Forget(person)
	switch {
	case err != nil && b.desk.On():
		b.log.Error("can't forget a person", "error", err)
		return Reply{Content: deskFailed.in(locale)}
	case n == 0:
		return Reply{Content: forgotNothing.in(locale)}
	}
	return Reply{Content: say(forgot.in(locale), n)}
}
