package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
	"historian/corpus"
	"historian/index"
)

// A target is the message whose menu a moderator used, as far as corrections
// go.
type target struct {
	question string // what it asks or answers
	answer   string // a person's answer to the question; "" for none
	ours     bool   // it is an answer of the bot
	message  *discordgo.Message
}

// targetOf reads the message of a menu command: an answer of the bot, a
// person's answer to somebody's question, or a question.
func (b *Bot) targetOf(o order) (t target, ok bool) {
	data := o.i.ApplicationCommandData()
	if data.Resolved == nil || data.Resolved.Messages[data.TargetID] == nil {
		return t, false
	}
	t.message = data.Resolved.Messages[data.TargetID]
	if t.message.ChannelID == "" {
		t.message.ChannelID = o.i.ChannelID
	}
	switch m := t.message; {
	case m.Author != nil && m.Author.ID == b.self():
		t.question, t.ours = b.questionOf(o.s, m), true
	case m.ReferencedMessage != nil || m.MessageReference != nil && m.MessageReference.MessageID != "":
		t.answer = strings.TrimSpace(m.Content)
		t.question = b.askedIn(o.s, m)
	default:
		t.question = strings.TrimSpace(b.withoutSelf(m.Content))
	}
	return t, asksSomething(t.question)
}

// thisAnswers says of an answer of the bot that it answers, at once; of any
// other message, which passage does is asked first.
func (b *Bot) thisAnswers(ctx context.Context, o order) Reply {
	t, ok := b.targetOf(o)
	if !ok {
		return o.say(noQuestionThere)
	}
	at := b.settingAt(o.s, o.i)
	a, err := b.answer(ctx, at, t.question, "")
	if err != nil {
		return o.say(deskFailed)
	}
	if t.ours && !a.Abstained() {
		return b.keepCorrection(o, desk.Correction{Question: t.question, Answer: a.Excerpts[0].Passage.ID, Quote: a.Excerpts[0].Passage.Text, By: o.by})
	}
	choices := passagesOf(a)
	if t.answer != "" {
		if told, err := b.answer(ctx, at, t.answer, ""); err == nil {
			choices = slices.Concat(passagesOf(told), choices)
		}
	}
	return b.offer(o, t.question, choices)
}

// passagesOf gives the passages nearest to a question, each once.
func passagesOf(a index.Answer) (out []corpus.Passage) {
	for _, h := range a.Hits {
		out = append(out, h.Passage)
	}
	return out
}

// offered is how many passages a moderator can pick from.
const offered = 5

// offer asks which passage answers a question.
func (b *Bot) offer(o order, question string, choices []corpus.Passage) Reply {
	l := lines{text: echo(question)}
	r := Reply{}
	var seen []string
	for _, p := range choices {
		if slices.Contains(seen, p.ID) || len(seen) == offered {
			continue
		}
		seen = append(seen, p.ID)
		n := string(rune('0' + len(seen)))
		if len(seen) == 1 {
			l.add(whichPassage.in(o.locale))
		}
		l.add("**" + n + "** " + escape(clip(oneLine(p.Text), 220)) + "\n" + citation(p))
		r.Buttons = append(r.Buttons, Button{Label: n, ID: b.sign(customID{actPick, o.by, passageMark(p.ID)})})
	}
	if len(seen) == 0 {
		l.add(nothingNear.in(o.locale))
	}
	r.Content = l.reply().Content
	return r
}

// wrongAnswer takes the passage that answered a question out of its answers.
func (b *Bot) wrongAnswer(ctx context.Context, o order) Reply {
	t, ok := b.targetOf(o)
	if !ok {
		return o.say(noQuestionThere)
	}
	a, err := b.answer(ctx, b.settingAt(o.s, o.i), t.question, "")
	if err != nil {
		return o.say(deskFailed)
	}
	if a.Abstained() {
		return o.say(notAnswered)
	}
	p := a.Excerpts[0].Passage
	r := b.keepCorrection(o, desk.Correction{Question: t.question, Wrong: p.ID, Quote: p.Text, By: o.by})
	if t.ours && len(r.Buttons) > 0 {
		b.mend(ctx, o, t)
	}
	return r
}

// mend changes an answer that stands in a channel to what it is now.
func (b *Bot) mend(ctx context.Context, o order, t target) {
	q := Question{Text: t.question, Echo: echoed.MatchString(t.message.Content), at: b.settingAt(o.s, o.i)}
	for _, button := range buttonsOf(t.message) {
		if id, ok := b.parseID(button.ID); ok {
			q.Asker = id.asker
		}
	}
	q.Locale = q.at.locale("", false)
	a, err := b.answer(ctx, q.at, q.Text, "")
	if err != nil {
		return
	}
	if !a.Abstained() && a.Confidence < b.threshold(q, a) {
		a.Excerpts = nil
	}
	if err := b.sender(o.s).edit(t.message.ChannelID, t.message.ID, b.dress(a, q, b.wordsOf(q))); err != nil {
		b.sendFailed(o.s, "mend", place{guild: o.guild, channel: t.message.ChannelID}, err)
	}
}

// notAQuestion says that nobody asked anything there: the bot doesn't answer
// the like unasked. Its answer goes.
func (b *Bot) notAQuestion(_ context.Context, o order) Reply {
	t, ok := b.targetOf(o)
	if !ok {
		return o.say(noQuestionThere)
	}
	question := t.question
	if t.answer != "" { // the message itself, not what it replies to
		question = t.answer
	}
	r := b.keepCorrection(o, desk.Correction{Question: question, Ignore: true, By: o.by})
	reply := t.message.ID
	if !t.ours {
		reply = b.replyTo(o.s, t.message)
	}
	if reply != "" && len(r.Buttons) > 0 {
		if err := b.sender(o.s).remove(t.message.ChannelID, reply); err != nil {
			b.log.Debug("can't delete an answer", "error", err)
		}
	}
	return r
}
