package bot

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"historian/index"
)

// buttons gives the buttons under a reply.
func (b *Bot) buttons(a index.Answer, q Question, w words) []Button {
	id := func(action string) string { return b.sign(customID{action, q.Asker, firstMark(a)}) }
	var out []Button
	if !a.Abstained() {
		if len(a.More()) > 0 {
			out = append(out, Button{Label: w.More, ID: id(actMore)})
		}
		out = append(out, Button{Label: w.Why, ID: id(actWhy), Quiet: true})
		if q.Private && !q.Shared && q.at.public() {
			out = append(out, Button{Label: w.Share, ID: id(actShare), Quiet: true})
		}
		out = append(out, Button{Emoji: "👍", ID: id(actGood), Quiet: true}, Button{Emoji: "👎", ID: id(actBad), Quiet: true})
	}
	if !q.Private {
		out = append(out, Button{Label: w.Delete, ID: id(actDelete), Quiet: true})
	}
	return out
}

// press does what a button says.
func (b *Bot) press(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) {
	w := wordsFor(string(i.Locale))
	id, ok := b.parseID(i.MessageComponentData().CustomID)
	mine := ok && userOf(i) == id.asker
	whisper := func(answer func(context.Context) Reply) {
		b.conclude(ctx, s, i, true, func(ctx context.Context) Reply {
			r := answer(ctx)
			r.Ephemeral = true
			return r
		})
	}
	say := func(text string) { whisper(func(context.Context) Reply { return Reply{Content: text} }) }
	switch {
	case i.Message == nil:
		say(w.Outdated)
	case !ok:
		whisper(func(context.Context) Reply { return b.outdated(s, i, w) })
	case strings.HasPrefix(id.action, "desk-"):
		b.deskPress(ctx, s, i, id)
	case id.action == actGood, id.action == actBad:
		whisper(func(ctx context.Context) Reply {
			b.feedback(ctx, s, i, id)
			return Reply{Content: w.Thanks}
		})
	case id.action == actDelete && !mine && !manages(i), id.action == actShare && !mine:
		say(w.Forbidden)
	case id.action == actDelete:
		b.act(s, i, func(out sender) error { return out.erase(i) })
	case id.action == actShare:
		b.act(s, i, func(out sender) error { return b.share(ctx, out, i, w) })
	case id.action == actMeant && mine:
		b.act(s, i, func(out sender) error {
			return out.complete(i, b.meant(ctx, s, i, id, w))
		})
	default:
		whisper(func(ctx context.Context) Reply { return b.look(ctx, s, i, id, w) })
	}
}

// act acknowledges a button at once, without a message, and then does what
// the button is for.
func (b *Bot) act(s *discordgo.Session, i *discordgo.Interaction, do func(sender) error) {
	out := b.sender(s)
	if err := out.acknowledge(i, responseDeferredUpdate, nil); err != nil {
		b.respondFailed(err)
		return
	}
	b.respondFailed(do(out))
}

// look answers what a button asks about an answer: for those who press it
// alone.
func (b *Bot) look(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, id customID, w words) Reply {
	if id.action == actMeant {
		return b.meant(ctx, s, i, id, w)
	}
	question := b.questionOf(s, i.Message)
	if question == "" {
		return Reply{Content: w.Outdated}
	}
	if id.action == actAgain {
		return b.Ask(ctx, Question{Text: question, Locale: string(i.Locale), Asker: userOf(i), Private: true, Echo: true, at: b.settingAt(s, i)})
	}
	a, err := b.answer(ctx, b.settingAt(s, i), question, "")
	switch {
	case err != nil:
		return Reply{Content: w.Failed}
	case id.about != firstMark(a):
		return b.outdated(s, i, w)
	case id.action == actMore:
		return renderMore(a, w)
	case id.action == actWhy:
		return renderWhy(a, w)
	}
	return b.outdated(s, i, w)
}

// outdated says that a button is too old, and offers to ask the question
// anew.
func (b *Bot) outdated(s *discordgo.Session, i *discordgo.Interaction, w words) Reply {
	question := b.questionOf(s, i.Message)
	if question == "" {
		return Reply{Content: w.Outdated}
	}
	again := Button{Label: w.Again, ID: b.sign(customID{action: actAgain, asker: userOf(i)})}
	return Reply{Content: echo(question) + w.Changed, Buttons: []Button{again}}
}

// share shows a private answer to the channel, and takes the button away that
// did so.
func (b *Bot) share(ctx context.Context, out sender, i *discordgo.Interaction, w words) error {
	question := b.questionOf(out.s, i.Message)
	if question == "" {
		return out.follow(i, Reply{Content: w.Outdated, Ephemeral: true})
	}
	at := b.settingAt(out.s, i)
	a, err := b.answer(ctx, at, question, "")
	if err != nil {
		return out.follow(i, Reply{Content: w.Failed, Ephemeral: true})
	}
	q := Question{Text: question, Locale: string(i.Locale), Asker: userOf(i), Echo: true, at: at}
	if err := out.follow(i, b.dress(a, q, w)); err != nil {
		return err
	}
	q.Private, q.Shared = true, true
	return out.complete(i, b.dress(a, q, w))
}

// feedbackOnce is how long a person's opinion of an answer counts once.
const feedbackOnce = 24 * time.Hour

// feedback counts what a person thinks of an answer, and of the passage that
// it quotes first.
func (b *Bot) feedback(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, id customID) {
	if !b.memory.once("opinion "+userOf(i)+" "+i.Message.ID, b.now(), feedbackOnce) {
		return
	}
	if id.action == actGood {
		b.stats.Good.Add(1)
	} else {
		b.stats.Bad.Add(1)
	}
	if !b.desk.On() {
		return
	}
	at := b.settingAt(s, i)
	a, err := b.answer(ctx, at, b.questionOf(s, i.Message), "")
	if err != nil || id.about == "" || firstMark(a) != id.about {
		return // it is about an answer that is given no more
	}
	passage := a.Excerpts[0].Passage.ID
	flagged, err := b.desk.Vote(at.guild, passage, userOf(i), id.action == actGood)
	if err != nil {
		b.log.Error("can't count a vote", "error", err)
	}
	if flagged {
		b.flag(s, at.guild, passage)
	}
}

// flag tells moderators of a passage that people find unhelpful.
func (b *Bot) flag(s *discordgo.Session, guild, passage string) {
	g := b.desk.Guild(guild)
	all, err := b.desk.Flagged(guild)
	if err != nil || g.Moderator == "" {
		return // the list of gaps tells, too
	}
	for _, v := range all {
		if v.Passage != passage {
			continue
		}
		if err := b.sender(s).send(g.Moderator, Reply{Content: say(flaggedSaid.in(g.Language), b.flaggedLine(v))}); err != nil {
			b.sendFailed(s, "flag", place{guild: guild, channel: g.Moderator}, err)
		}
	}
}

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
