package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
	"historian/corpus"
	"historian/index"
)

// Actions of the buttons of corrections. What a button is about is the mark of
// a passage, or the ID of a correction.
const (
	actPick = "desk-pick" // this passage answers the question above
	actUndo = "desk-undo" // take the correction back
)

// corrected gives a question as the corrections of moderators change it.
func (b *Bot) corrected(ctx context.Context, q index.Question) index.Question {
	e := b.desk.Effect(q.Text)
	q.Not = e.Not
	if e.Pin != "" {
		q.Pin = desk.Find(ctx, b.answerer, e.Pin, e.Quote)
	}
	return q
}

// correctionsNow counts the corrections, and those whose passage is gone.
func (b *Bot) correctionsNow(ctx context.Context) (all, lost int) {
	c := b.desk.Corrections()
	return len(c), len(desk.Lost(ctx, b.answerer, c))
}

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
	return b.keepCorrection(o, desk.Correction{Question: t.question, Wrong: p.ID, Quote: p.Text, By: o.by})
}

// notAQuestion says that nobody asked anything there: the bot doesn't answer
// the like unasked. Its answer to it goes.
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
	if reply := t.message.ID; t.ours && len(r.Buttons) > 0 {
		if err := b.sender(o.s).remove(t.message.ChannelID, reply); err != nil {
			b.log.Debug("can't delete an answer", "error", err)
		}
	}
	return r
}

// correct corrects the answer to a question that is typed; without one it
// lists the corrections there are.
func (b *Bot) correct(ctx context.Context, o order) Reply {
	question, id := text(o.options, "question"), text(o.options, "answer")
	if question == "" {
		return b.listCorrections(o)
	}
	if !asksSomething(question) {
		return o.say(noQuestionThere)
	}
	if id == "" {
		a, err := b.answer(ctx, b.settingAt(o.s, o.i), question, "")
		if err != nil {
			return o.say(deskFailed)
		}
		return b.offer(o, question, passagesOf(a))
	}
	p, ok := b.answerer.Passage(id)
	if !ok {
		return o.say(noSuchPassage)
	}
	return b.keepCorrection(o, desk.Correction{Question: question, Answer: id, Quote: p.Text, By: o.by})
}

// keepCorrection writes a correction down, and offers to take it back.
func (b *Bot) keepCorrection(o order, c desk.Correction) Reply {
	c.Question = clip(oneLine(c.Question), 300)
	c, err := b.desk.Correct(o.guild, c)
	switch {
	case errors.Is(err, desk.ErrNoCorrections):
		return o.say(deskOff)
	case err != nil && b.desk.CorrectionsProblem() != nil:
		return o.say(badFile, escape(b.desk.CorrectionsProblem().Error()))
	case err != nil:
		return b.failed(o, err)
	}
	r := Reply{Content: echo(c.Question) + b.correctionSaid(c, o.locale)}
	r.Buttons = []Button{{Label: undoLabel.in(o.locale), ID: b.sign(customID{actUndo, o.by, c.ID()}), Quiet: true}}
	return r
}

// correctionSaid tells what a correction says.
func (b *Bot) correctionSaid(c desk.Correction, locale string) string {
	name := func(id string) string {
		if p, ok := b.answerer.Passage(id); ok {
			return link(clip(plainCitation(p), 150), p.URL)
		}
		return escape(id)
	}
	switch {
	case c.Ignore:
		return saidIgnored.in(locale)
	case c.Answer != "":
		return say(saidAnswers.in(locale), name(c.Answer))
	}
	return say(saidWrong.in(locale), name(c.Wrong))
}

// listed is how many corrections are listed, each with a button.
const listed = 8

func (b *Bot) listCorrections(o order) Reply {
	all := b.desk.Corrections()
	if err := b.desk.CorrectionsProblem(); err != nil {
		return o.say(badFile, escape(err.Error()))
	}
	if len(all) == 0 {
		return o.say(noCorrections)
	}
	var r Reply
	l := lines{text: say(latestCorrections.in(o.locale), len(all)) + "\n"}
	for n := range min(len(all), listed) {
		c := all[len(all)-1-n]
		number := string(rune('1' + n))
		who := ""
		if c.By != "" {
			who = " (<@" + c.By + ">, " + c.Date + ")"
		}
		l.add("**" + number + "** " + escape(clip(c.Question, 80)) + " → " + b.correctionSaid(c, o.locale) + who)
		r.Buttons = append(r.Buttons, Button{Label: undoLabel.in(o.locale) + " " + number, ID: b.sign(customID{actUndo, o.by, c.ID()}), Quiet: true})
	}
	r.Content = l.reply().Content
	return r
}

// pick keeps the passage that a moderator picked for the question above.
func (b *Bot) pick(ctx context.Context, o order, mark string) Reply {
	question := b.questionOf(o.s, o.i.Message)
	if question == "" {
		return o.say(startAgain)
	}
	p, ok := b.passageByMark(ctx, o, question, mark)
	if !ok {
		return o.say(startAgain)
	}
	return b.keepCorrection(o, desk.Correction{Question: question, Answer: p.ID, Quote: p.Text, By: o.by})
}

// passageByMark finds a passage that was offered: among those nearest to the
// question, or to the words that were quoted of it.
func (b *Bot) passageByMark(ctx context.Context, o order, question, mark string) (p corpus.Passage, ok bool) {
	texts := []string{question}
	for line := range strings.Lines(o.i.Message.Content) {
		if rest, ok := strings.CutPrefix(line, "**"); ok {
			if _, quote, ok := strings.Cut(rest, "** "); ok {
				texts = append(texts, unescape.Replace(strings.TrimSpace(quote)))
			}
		}
	}
	for _, t := range texts {
		a, err := b.answer(ctx, b.settingAt(o.s, o.i), t, "")
		if err != nil {
			return p, false
		}
		for _, h := range a.Hits {
			if passageMark(h.Passage.ID) == mark {
				return h.Passage, true
			}
		}
	}
	return p, false
}

// undo takes a correction back.
func (b *Bot) undo(o order, id string) Reply {
	c, ok, err := b.desk.Undo(o.guild, id, o.by)
	switch {
	case err != nil:
		return b.failed(o, err)
	case !ok:
		return o.say(undoneAlready)
	}
	return Reply{Content: echo(c.Question) + undone.in(o.locale)}
}
