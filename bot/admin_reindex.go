package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

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

// attached gives the file of an option; nil where there is none.
func attached(o order, name string) *discordgo.MessageAttachment {
	data := o.i.ApplicationCommandData()
	if data.Resolved == nil {
		return nil
	}
	return data.Resolved.Attachments[text(o.options, name)]
}

// propose shows what would be indexed of a document, for a moderator to
// decide.
func (b *Bot) propose(ctx context.Context, o order, f *discordgo.MessageAttachment) Reply {
	data, refusal, ok := b.download(ctx, o, f)
	if !ok {
		return refusal
	}
	p, err := b.opts.Library.Propose(o.i.ID, f.Filename, data)
	switch {
	case errors.Is(err, desk.ErrShipped):
		return o.say(noFolder)
	case errors.Is(err, desk.ErrName):
		return o.say(badDocument, escape(err.Error()))
	case err != nil:
		return b.failed(o, err)
	case p.Problem != nil:
		return o.say(badDocument, escape(p.Problem.Error()))
	}
	r := b.preview(o, p)
	r.Buttons = []Button{
		{Label: addLabel.in(o.locale), ID: b.sign(customID{actAdd, o.by, p.ID})},
		{Label: dropLabel.in(o.locale), ID: b.sign(customID{actDrop, o.by, p.ID}), Quiet: true},
	}
	return r
}

// preview tells what would be indexed of a document.
func (b *Bot) preview(o order, p desk.ProposedDocument) Reply {
	d, l := p.Document, lines{}
	l.add(say(wouldAdd.in(o.locale), escape(p.Name), escape(clip(oneLine(d.Title), 100)), len(d.Passages)))
	if p.Replaces {
		l.add(wouldReplace.in(o.locale))
	}
	for n, note := range d.Notes {
		if n == 5 {
			l.add(say(andMore.in(o.locale), len(d.Notes)-n))
			break
		}
		l.add("-# " + escape(clip(oneLine(note.What), 200)))
	}
	trail := ""
	for n, x := range d.Passages {
		if n == 8 {
			l.add(say(andMore.in(o.locale), len(d.Passages)-n))
			break
		}
		if t := strings.Join(x.Trail, " › "); t != trail {
			trail = t
			l.add("**" + escape(clip(oneLine(t), 100)) + "**")
		}
		l.add("> " + escape(clip(oneLine(x.Text), 120)))
	}
	return l.reply()
}

// add puts the proposed document among the others, and reindexes.
func (b *Bot) add(ctx context.Context, o order, id string) Reply {
	p, err := b.opts.Library.Add(id)
	switch {
	case errors.Is(err, desk.ErrDecided):
		return o.say(decided)
	case err != nil:
		return b.failed(o, err)
	}
	what := "added " + p.Name
	if p.Replaces {
		what = "replaced " + p.Name
	}
	b.noted(o, what)
	r := b.build(ctx, o, false)
	r.Content = clip(say(added.in(o.locale), escape(p.Name))+"\n"+r.Content, contentLimit)
	return r
}

func (b *Bot) drop(o order, id string) Reply {
	if err := b.opts.Library.Drop(id); err != nil {
		return o.say(decided)
	}
	return o.say(dropped)
}

// cdn are the hosts that Discord keeps attachments on.
var cdn = []string{"cdn.discordapp.com", "media.discordapp.net"}

// download fetches an attachment, from Discord alone, of bounded size.
func (b *Bot) download(ctx context.Context, o order, f *discordgo.MessageAttachment) (data []byte, refusal Reply, ok bool) {
	if f.Size > desk.MaxDocument {
		return nil, o.say(tooLarge, desk.MaxDocument>>20), false
	}
	u, err := url.Parse(f.URL)
	if err != nil || !slices.Contains(cdn, u.Hostname()) && !b.otherServer.Load() {
		b.log.Warn("an attachment lies elsewhere than on Discord", "host", u.Hostname())
		return nil, o.say(deskFailed), false
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	data, err = fetch(ctx, o.s.Client, f.URL)
	switch {
	case errors.Is(err, errTooLarge):
		return nil, o.say(tooLarge, desk.MaxDocument>>20), false
	case err != nil:
		b.log.Warn("can't fetch an attachment", "error", err)
		return nil, o.say(cantFetch), false
	}
	return data, refusal, true
}

var errTooLarge = errors.New("too large")

func fetch(ctx context.Context, client *http.Client, from string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch attachment: %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, desk.MaxDocument+1))
	if err == nil && len(data) > desk.MaxDocument {
		err = errTooLarge
	}
	return data, err
}
