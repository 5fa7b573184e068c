package bot

import (
	"context"
	"fmt"
	"strings"

	"historian/bot/desk"
	"historian/corpus"
)

// gaps tells what the documents lack, and what in them needs a look.
func (b *Bot) gaps(_ context.Context, o order) Reply {
	l := lines{}
	if err := b.listGaps(&l, o.guild, o.locale, shownGaps); err != nil {
		return b.failed(o, err)
	}
	if err := b.listFlagged(&l, o.guild, o.locale); err != nil {
		return b.failed(o, err)
	}
	if err := b.listConflicts(&l, o.locale); err != nil {
		return b.failed(o, err)
	}
	if l.text == "" {
		return o.say(noGaps)
	}
	return l.reply()
}

// shownGaps is how many gaps a list shows.
const shownGaps = 12

func (b *Bot) listGaps(l *lines, guild, locale string, most int) error {
	all, err := b.desk.Gaps(guild)
	if err != nil || len(all) == 0 {
		return err
	}
	l.add(gapsHead.in(locale))
	for n, g := range all {
		if n == most {
			l.add(say(andMore.in(locale), len(all)-n))
			break
		}
		l.add("- " + gapLine(g, locale))
		for _, q := range g.Questions {
			l.add("  - “" + escape(clip(oneLine(q), 120)) + "”")
		}
	}
	return nil
}

// gapLine tells how often people asked about what: "asked 14 times: training
// cost".
func gapLine(g desk.Gap, locale string) string {
	return say(gapSaid.in(locale), g.Asked, escape(clip(strings.Join(g.Words, " "), 100)), stamp(g.Last))
}

func (b *Bot) listFlagged(l *lines, guild, locale string) error {
	flagged, err := b.desk.Flagged(guild)
	if err != nil || len(flagged) == 0 {
		return err
	}
	l.add(flaggedHead.in(locale))
	for n, v := range flagged {
		if n == shownGaps {
			l.add(say(andMore.in(locale), len(flagged)-n))
			break
		}
		l.add("- " + b.flaggedLine(v))
	}
	return nil
}

// listConflicts lists passages that give different values, as long as both
// are there.
func (b *Bot) listConflicts(l *lines, locale string) error {
	all, err := b.desk.Conflicts()
	if err != nil {
		return err
	}
	n := 0
	for _, c := range all {
		first, ok1 := b.answerer.Passage(c.Passages[0])
		second, ok2 := b.answerer.Passage(c.Passages[1])
		if !ok1 || !ok2 {
			continue
		}
		switch n++; {
		case n > shownGaps:
			continue
		case n == 1:
			l.add(disagreeHead.in(locale))
		}
		side := func(p corpus.Passage, value string) string {
			return "“" + escape(clip(oneLine(value), 60)) + "” " + link(clip(plainCitation(p), 100), p.URL)
		}
		l.add("- " + side(first, c.Values[0]) + " ≠ " + side(second, c.Values[1]))
	}
	if n > shownGaps {
		l.add(say(andMore.in(locale), n-shownGaps))
	}
	return nil
}

func (b *Bot) flaggedLine(v desk.Votes) string {
	name := escape(v.Passage)
	if p, ok := b.answerer.Passage(v.Passage); ok {
		name = link(clip(plainCitation(p), 120), p.URL) + ": “" + escape(clip(oneLine(p.Text), 80)) + "”"
	}
	return fmt.Sprintf("%s 👍 %d 👎 %d", name, v.Good, v.Bad)
}
