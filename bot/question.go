package bot

import (
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Later questions and buttons are read against the question that an answer of
// ours answers. Nothing is stored for that: it stands in the answer, or is
// the message that the answer replies to.

// echoed matches the line by which an answer to a command repeats the
// question.
var echoed = regexp.MustCompile(`(?m)^-# ❓ (.*)$`)

// echo repeats a question at the head of an answer that replies to no message.
func echo(question string) string { return "-# ❓ " + escape(clip(oneLine(question), 300)) + "\n" }

var unescape = strings.NewReplacer(`\\`, `\`, `\*`, `*`, `\_`, `_`, `\~`, `~`, "\\`", "`", `\|`, `|`, `\[`, `[`, `\]`, `]`, `\>`, `>`, `\#`, `#`, gap, "")

// questionOf finds the question that a message of ours answers: as a
// follow-up was read, else as the answer repeats it, else in the message it
// replies to; "" where none can be found.
func (b *Bot) questionOf(s *discordgo.Session, answer *discordgo.Message) string {
	if q := readAs(answer.Content); q != "" {
		return q
	}
	return b.askedIn(s, answer)
}

// askedIn is questionOf without the reading of follow-ups.
func (b *Bot) askedIn(s *discordgo.Session, answer *discordgo.Message) string {
	if m := echoed.FindStringSubmatch(answer.Content); m != nil {
		return unescape.Replace(m[1])
	}
	if ref := answer.MessageReference; ref != nil && ref.MessageID != "" {
		q := answer.ReferencedMessage
		if q == nil {
			channel := ref.ChannelID
			if channel == "" {
				channel = answer.ChannelID
			}
			var err error
			if q, err = s.ChannelMessage(channel, ref.MessageID); err != nil {
				b.log.Debug("can't read the question of an answer", "channel", channel, "error", err)
				return ""
			}
		}
		return strings.TrimSpace(b.withoutSelf(q.Content))
	}
	return ""
}

// readAs finds the line that says how a follow-up was read.
func readAs(content string) string {
	for line := range strings.Lines(content) {
		for _, w := range languages {
			before, after, _ := strings.Cut(w.ReadAs, "%s")
			if q, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), before); ok {
				return unescape.Replace(strings.TrimSuffix(q, after))
			}
		}
	}
	return ""
}
