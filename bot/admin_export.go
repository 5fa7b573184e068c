package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"historian/bot/desk"
)

// export gives what the desk keeps of a server as files.
func (b *Bot) export(_ context.Context, o order) Reply {
	what := text(o.options, "what")
	if what == "" {
		what = exportSettings
	}
	var files []File
	var err error
	switch what {
	case exportCorrections:
		files, err = b.exportCorrections()
	case exportGaps:
		files, err = b.exportGaps(o.guild)
	case exportLog:
		files, err = b.exportLog(o.guild)
	default:
		var data []byte
		data, err = b.desk.Export(o.guild)
		files = []File{textFile("settings.yaml", "application/yaml", data)}
	}
	if err != nil {
		return b.failed(o, err)
	}
	b.noted(o, "export "+what)
	r := o.say(exported)
	if len(files) == 0 {
		r = o.say(nothingToExport)
	}
	r.Files = files
	return r
}

func textFile(name, kind string, data []byte) File { return File{Name: name, Type: kind, Data: data} }

// exportCorrections gives the file of corrections, and what changed in it
// since the last reindex as a patch.
func (b *Bot) exportCorrections() (files []File, err error) {
	data, err := b.desk.CorrectionsText()
	if err != nil {
		return nil, err
	}
	if len(data) > 0 {
		files = append(files, textFile(desk.CorrectionsName, "application/yaml", data))
	}
	patch, err := b.desk.CorrectionsDiff()
	if len(patch) > 0 {
		files = append(files, textFile("corrections.diff", "text/x-diff", patch))
	}
	return files, err
}

func (b *Bot) exportGaps(guild string) ([]File, error) {
	all, err := b.desk.Gaps(guild)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var t bytes.Buffer
	fmt.Fprintln(&t, "asked\tlast\tabout\tquestions")
	for _, g := range all {
		fmt.Fprintf(&t, "%d\t%s\t%s\t%s\n", g.Asked, g.Last.Format(time.DateOnly), strings.Join(g.Words, " "), oneLine(strings.Join(g.Questions, " | ")))
	}
	return []File{textFile("gaps.tsv", "text/tab-separated-values", t.Bytes())}, nil
}

// exportedActions is how many of the moderators' actions export gives.
const exportedActions = 10_000

func (b *Bot) exportLog(guild string) ([]File, error) {
	all, err := b.desk.Actions(guild, exportedActions)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var t bytes.Buffer
	for _, a := range all {
		fmt.Fprintf(&t, "%s\t%s\t%s\n", a.Time.Format(time.RFC3339), a.By, oneLine(a.What))
	}
	return []File{textFile("log.tsv", "text/tab-separated-values", t.Bytes())}, nil
}

// importSettings replaces the settings of a server by those of a file.
func (b *Bot) importSettings(ctx context.Context, o order) Reply {
	f := attached(o, "file")
	if f == nil {
		return o.say(startAgain)
	}
	data, refusal, ok := b.download(ctx, o, f)
	if !ok {
		return refusal
	}
	listens := b.unasked("")
	guilds, err := desk.ParseSettings(oneLine(f.Filename), data)
	if err == nil && guilds[o.guild].Unasked() && !b.contentAllowed(o.s) {
		return o.say(needsContent)
	}
	if err == nil {
		_, err = b.desk.Import(o.guild, oneLine(f.Filename), data, o.did("import settings"))
		if err != nil && (errors.Is(err, desk.ErrOff)) {
			return b.failed(o, err)
		}
	}
	if err != nil {
		return o.say(badSettings, escape(clip(err.Error(), 500)))
	}
	r := Reply{Content: saved.in(o.locale) + "\n" + b.serverLine(o)}
	if !listens && b.unasked("") && b.relisten() {
		r.Content += "\n" + reconnects.in(o.locale)
	}
	return r
}
