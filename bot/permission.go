package bot

import (
	"github.com/bwmarrin/discordgo"
)

// sendFailed logs a failed request, and leaves a channel alone that refuses
// the bot: the first time as an error that names the mend, then quietly.
func (b *Bot) sendFailed(_ *discordgo.Session, doing string, p place, err error) {
	switch code(err) {
	case discordgo.ErrCodeMissingAccess, discordgo.ErrCodeMissingPermissions:
		if b.memory.deny(p.channel) {
			b.log.Error("no permission in a channel; give the bot View Channel, Send Messages (in Threads) and Read Message History there, or take it out",
				"doing", doing, "channel", p.channel, "error", err)
		}
	default:
		b.log.Error("request failed", "doing", doing, "channel", p.channel, "error", err)
	}
}
