package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"historian/bot/desk"
	"historian/index"
)

// Actions of the buttons of reindex. What a button is about is the ID of the
// proposed document.
const (
	actAdd   = "desk-add"   // add the document above, and reindex
	actDrop  = "desk-drop"  // don't
	actForce = "desk-force" // publish though the corpus shrank
)

// reindex indexes the documents anew, or shows what would become of a
// document that is to be added.
func (b *Bot) reindex(ctx context.Context, o order) Reply {
	if f := attached(o, "document"); f != nil {
		return b.propose(ctx, o, f)
	}
	return b.build(ctx, o, false)
}

// between is how far two edits that show progress are apart.
const between = 2 * time.Second

// build indexes the documents, and shows how far it is.
func (b *Bot) build(ctx context.Context, o order, force bool) Reply {
	if !b.building.TryLock() {
		return o.say(reindexBusy)
	}
	defer b.building.Unlock()
	o.show(o.say(reindexBegins))
	last := b.now()
	progress := func(p index.Progress) {
		if now := b.now(); now.Sub(last) >= between {
			last = now
			o.show(o.say(reindexProgress, p.Files, p.Passages))
		}
	}
	var lost []desk.Correction
	report, err := b.opts.Library.Reindex(ctx, force, progress, func(ctx context.Context, ix *index.Index) error {
		lost = desk.Lost(ctx, ix, b.desk.Corrections())
		return nil
	})
	switch {
	case errors.Is(err, desk.ErrNoLibrary):
		return o.say(noLibrary)
	case errors.Is(err, index.ErrShrunk):
		r := o.say(reindexShrank, escape(err.Error()))
		r.Buttons = []Button{{Label: forceLabel.in(o.locale), ID: b.sign(customID{action: actForce, asker: o.by}), Quiet: true}}
		return r
	case errors.Is(err, index.ErrNoPassages), errors.Is(err, index.ErrProblems):
		return o.say(reindexRefused, escape(err.Error()))
	case err != nil && report.Generation == "":
		return b.failed(o, fmt.Errorf("reindex: %w", err))
	}
	if err := b.desk.Reindexed(); err != nil {
		b.log.Warn("can't note the corrections as of now", "error", err)
	}
	b.noted(o, fmt.Sprintf("reindex: %s, %d documents, %d passages", report.Generation, report.Documents, report.Passages))
	return b.reportOf(o, report, lost)
}

// reportOf tells what a reindex did, what it skipped and why.
func (b *Bot) reportOf(o order, r index.Report, lost []desk.Correction) Reply {
	l := lines{}
	l.add(say(reindexDone.in(o.locale), "`"+r.Generation+"`", r.Documents, r.Passages, r.Elapsed.Round(time.Millisecond)))
	for n, p := range r.Skipped {
		if n == 10 {
			l.add(say(andMore.in(o.locale), len(r.Skipped)-n))
			break
		}
		l.add(say(skippedSaid.in(o.locale), escape(clip(p.Error(), 300))))
	}
	for n, c := range lost {
		if n == 5 {
			l.add(say(andMore.in(o.locale), len(lost)-n))
			break
		}
		l.add(say(lostSaid.in(o.locale), escape(clip(c.Question, 120))))
	}
	return l.reply()
}

// noted writes an action down; that it can't is logged, not told.
func (b *Bot) noted(o order, what string) {
	b.log.Info("a moderator acted", "server", o.guild, "did", what)
	if err := b.desk.Note(o.guild, o.did(what)); err != nil && !errors.Is(err, desk.ErrOff) {
		b.log.Warn("can't note what a moderator did", "error", err)
	}
}

func (b *Bot) rollback(ctx context.Context, o order) Reply {
	from, to, err := b.opts.Library.Rollback(ctx)
	switch {
	case errors.Is(err, desk.ErrNoLibrary):
		return o.say(noLibrary)
	case errors.Is(err, index.ErrNoOlder), errors.Is(err, index.ErrNoIndex):
		return o.say(noOlder)
	case err != nil:
		return b.failed(o, err)
	}
	b.noted(o, "rollback: from "+from+" to "+to)
	return o.say(rolledBack, "`"+to+"`", "`"+from+"`")
}
