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
)

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
