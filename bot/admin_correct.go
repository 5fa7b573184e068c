package bot

import (
	"context"
	"errors"
	"strings"

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
