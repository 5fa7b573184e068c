package bot

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/index"
)

// Actions of buttons. A custom ID is "h1.action.asker.signature": nothing is
// stored, so buttons outlive restarts and new indexes; what the answer was
// about is read from the message again.
const (
	actMore   = "more"
	actWhy    = "why"
	actDelete = "delete"
	actShare  = "share"
	actGood   = "good"
	actBad    = "bad"
)

const idVersion = "h1"

// signingKey derives the key for custom IDs from the bot's secret.
func signingKey(secret string) []byte {
	mac := hmac.New(sha256.New, []byte("historian custom id"))
	mac.Write([]byte(secret))
	return mac.Sum(nil)
}

// customID signs an action for the person who asked.
func (b *Bot) customID(action, asker string) string {
	body := idVersion + "." + action + "." + asker
	return body + "." + b.signature(body)
}

func (b *Bot) signature(body string) string {
	mac := hmac.New(sha256.New, b.key)
	mac.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:9])
}

// parseID gives the action and asker of a custom ID, if we signed it.
func (b *Bot) parseID(id string) (action, asker string, ok bool) {
	i := strings.LastIndexByte(id, '.')
	if i < 0 || !hmac.Equal([]byte(b.signature(id[:i])), []byte(id[i+1:])) {
		return "", "", false
	}
	parts := strings.Split(id[:i], ".")
	if len(parts) != 3 || parts[0] != idVersion {
		return "", "", false
	}
	return parts[1], parts[2], true
}

// buttons gives the buttons under a reply.
func (b *Bot) buttons(r Reply, asker string, private bool, w words) []Button {
	id := func(action string) string { return b.customID(action, asker) }
	var out []Button
	if !r.Abstained {
		out = append(out, Button{Label: w.More, ID: id(actMore)}, Button{Label: w.Why, ID: id(actWhy), Quiet: true})
		if private {
			out = append(out, Button{Label: w.Share, ID: id(actShare), Quiet: true})
		}
		out = append(out, Button{Emoji: "👍", ID: id(actGood), Quiet: true}, Button{Emoji: "👎", ID: id(actBad), Quiet: true})
	}
	if !private {
		out = append(out, Button{Label: w.Delete, ID: id(actDelete), Quiet: true})
	}
	return out
}

// press does what a button says. done means that nothing is to be sent.
func (b *Bot) press(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) (r Reply, done bool) {
	w := wordsFor(string(i.Locale))
	action, asker, ok := b.parseID(i.MessageComponentData().CustomID)
	if !ok || i.Message == nil {
		return Reply{Content: w.Outdated, Ephemeral: true}, false
	}
	switch action {
	case actGood, actBad:
		if action == actGood {
			b.stats.Good.Add(1)
		} else {
			b.stats.Bad.Add(1)
		}
		return Reply{Content: w.Thanks, Ephemeral: true}, false
	case actDelete:
		if userOf(i) != asker && !manages(i) {
			return Reply{Content: w.Forbidden, Ephemeral: true}, false
		}
		if err := (sender{s}).remove(i.ChannelID, i.Message.ID); err != nil {
			b.sendFailed("delete", i.ChannelID, err)
			return Reply{Content: w.Failed, Ephemeral: true}, false
		}
		return Reply{}, true
	case actShare:
		if userOf(i) != asker {
			return Reply{Content: w.Forbidden, Ephemeral: true}, false
		}
	}
	question := b.questionOf(s, i.Message)
	if question == "" {
		return Reply{Content: w.Outdated, Ephemeral: true}, false
	}
	a, err := b.answerer.Answer(ctx, index.Question{Text: question})
	switch {
	case err != nil:
		b.log.Error("can't answer", "error", err)
		return Reply{Content: w.Failed, Ephemeral: true}, false
	case action == actMore:
		return renderMore(a, w), false
	case action == actWhy:
		return renderWhy(a), false
	case action == actShare:
		r := render(a, w)
		r.Content = clipContent(echo(question) + r.Content)
		r.Buttons = b.buttons(r, asker, false, w)
		return r, false
	}
	return Reply{Content: w.Outdated, Ephemeral: true}, false
}

// renderMore shows the further passages, privately.
func renderMore(a index.Answer, w words) Reply {
	if len(a.More) == 0 {
		return Reply{Content: w.NoMore, Ephemeral: true}
	}
	a.Excerpts = a.More
	a.ReadAs = ""
	r := render(a, w)
	r.Ephemeral = true
	return r
}

// renderWhy shows how the answer came about, privately: the terms, the parts
// of the best scores, how sure it is.
func renderWhy(a index.Answer) Reply {
	var t strings.Builder
	fmt.Fprintf(&t, "query       %s\nconfidence  %.0f %% (answers from %.0f %%)\nindex       %s\n\n", a.Query, 100*a.Confidence, 100*a.Threshold, a.Generation)
	for _, term := range a.Query.Terms {
		if term.Weight >= 0.5 && term.Text != "" {
			fmt.Fprintf(&t, "%-16s in %d passages\n", clip(term.Text, 16), term.DF)
		}
	}
	for n, h := range a.Hits[:min(len(a.Hits), 3)] {
		fmt.Fprintf(&t, "\n%d. %s  %.3f\n", n+1, clip(plainCitation(h.Passage), 60), h.Score)
		for k, p := range h.Parts {
			if k == 6 {
				break
			}
			fmt.Fprintf(&t, "   %-14s %6.2f × %.2f\n", p.Name, p.Value, p.Weight)
		}
	}
	text := strings.ReplaceAll(defuse(t.String()), "```", "'''")
	return Reply{Content: "```\n" + clip(text, contentLimit-10) + "\n```", Ephemeral: true}
}

// clipContent keeps a message within Discord's limit.
func clipContent(s string) string { return clip(s, contentLimit) }

// userOf gives the ID of the person behind an interaction.
func userOf(i *discordgo.Interaction) string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// manages tells whether the person may manage messages in the channel.
func manages(i *discordgo.Interaction) bool {
	return i.Member != nil && i.Member.Permissions&(discordgo.PermissionManageMessages|discordgo.PermissionAdministrator) != 0
}
