package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
	"historian/index"
)

// setChannel changes or shows the settings of a channel.
func (b *Bot) setChannel(_ context.Context, o order) Reply {
	channel := text(o.options, "channel")
	if channel == "" {
		channel = o.i.ChannelID
	}
	p := b.placeOf(o.s, o.guild, channel)
	asked, refusal, ok := b.placeAsked(o)
	if !ok {
		return refusal
	}
	if !asked.any() {
		return Reply{Content: b.settingLine("<#"+channel+">", b.settingOf(p).Place, o.locale)}
	}
	return b.save(o, asked, "channel "+channel, func(g *desk.Guild) {
		if g.Channels == nil {
			g.Channels = map[string]desk.Place{}
		}
		g.Channels[channel] = asked.onto(g.Channels[channel])
	}, func() string { return b.settingLine("<#"+channel+">", b.settingOf(p).Place, o.locale) })
}

// setServer changes or shows the settings of a server.
func (b *Bot) setServer(_ context.Context, o order) Reply {
	asked, refusal, ok := b.placeAsked(o)
	if !ok {
		return refusal
	}
	review := text(o.options, "moderators")
	if review != "" && !b.writable(o, review) {
		return o.say(noRightsThere, review)
	}
	show := func() string { return b.serverLine(o) }
	digest, hasDigest := flagGiven(o, "digest")
	gaps, hasGaps := flagGiven(o, "gaps")
	questions, hasQuestions := flagGiven(o, "questions")
	if !asked.any() && review == "" && !hasDigest && !hasGaps && !hasQuestions {
		return Reply{Content: show()}
	}
	for _, f := range []struct {
		name      string
		on, given bool
	}{{"digest", digest, hasDigest}, {"gaps", gaps, hasGaps}, {"questions", questions, hasQuestions}} {
		if f.given {
			asked.said = append(asked.said, fmt.Sprintf("%s %v", f.name, f.on))
		}
	}
	if review != "" {
		asked.said = append(asked.said, "moderators "+review)
	}
	return b.save(o, asked, "server", func(g *desk.Guild) {
		g.Place = asked.onto(g.Place)
		if review != "" {
			g.Moderator = review
		}
		if hasDigest {
			g.Digest = digest
		}
		if hasGaps {
			g.NoGaps = !gaps
		}
		if hasQuestions {
			g.Questions = questions
		}
	}, show)
}

// flagGiven gives a yes-or-no option, and whether it is given.
func flagGiven(o order, name string) (on, given bool) {
	i := slices.IndexFunc(o.options, func(x *discordgo.ApplicationCommandInteractionDataOption) bool {
		return x != nil && x.Name == name
	})
	return flag(o.options, name), i >= 0
}

// asked is what a moderator wants changed of a place; nil is as it was.
type asked struct {
	mode, language *string
	documents      *[]string
	threshold      *int
	said           []string // for the log
}

func (a asked) any() bool {
	return a.mode != nil || a.language != nil || a.documents != nil || a.threshold != nil
}

func (a asked) onto(p desk.Place) desk.Place {
	if a.mode != nil {
		p.Mode = desk.Mode(*a.mode)
	}
	if a.documents != nil {
		p.Documents = *a.documents
	}
	if a.threshold != nil {
		p.Threshold = *a.threshold
	}
	if a.language != nil {
		p.Language = *a.language
	}
	return p
}

// placeAsked reads what a moderator wants changed; ok is false where the reply
// says what is wrong with it.
func (b *Bot) placeAsked(o order) (a asked, r Reply, ok bool) {
	choice := func(name string) *string {
		v := text(o.options, name)
		if v == "" {
			return nil
		}
		a.said = append(a.said, name+" "+v)
		if v == unset {
			v = ""
		}
		return &v
	}
	a.mode, a.language = choice("mode"), choice("language")
	if v := text(o.options, "documents"); v != "" {
		names, unknown := b.documentNames(v)
		if unknown != "" {
			return a, o.say(noSuchDocument, "“"+escape(clip(oneLine(unknown), 80))+"”", b.opts.Command), false
		}
		a.documents = &names
		a.said = append(a.said, "documents "+v)
	}
	for _, x := range o.options {
		if x != nil && x.Name == "threshold" {
			n, _ := x.Value.(float64)
			percent := int(n)
			a.threshold = &percent
			a.said = append(a.said, fmt.Sprintf("threshold %d", percent))
		}
	}
	return a, r, true
}

// documentNames reads a list of documents and folders; unknown is the first
// that there is none of. "all" means no list.
func (b *Bot) documentNames(list string) (names []string, unknown string) {
	c := b.answerer.Catalog()
	for _, n := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",，、\n", r) }) {
		n = strings.Trim(strings.TrimSpace(n), "/")
		switch {
		case n == "":
			continue
		case n == "all" || n == unset:
			return nil, ""
		case !slices.ContainsFunc(c.Documents, func(d index.DocumentInfo) bool { return index.Covers([]string{n}, d.ID) }):
			return nil, n
		}
		names = append(names, n)
	}
	return names, ""
}

// errStays says that a change was refused, and nothing changed.
var errStays = errors.New("refused")

// save changes settings, if the bot can do what they ask, and tells how they
// are then.
func (b *Bot) save(o order, a asked, where string, change func(*desk.Guild), show func() string) Reply {
	listens := b.unasked("")
	needs := a.mode != nil && (*a.mode == string(desk.ModeAmbient) || *a.mode == string(desk.ModeShadow))
	if needs && !b.contentAllowed(o.s) {
		return o.say(needsContent)
	}
	_, err := b.desk.Change(o.guild, o.did(where+": "+strings.Join(a.said, ", ")), func(g *desk.Guild) error {
		change(g)
		if a.mode != nil && *a.mode == string(desk.ModeShadow) && g.Moderator == "" {
			return errStays
		}
		return nil
	})
	switch {
	case errors.Is(err, errStays):
		return o.say(needsReview, b.adminCommand())
	case errors.Is(err, desk.ErrSetting):
		return o.say(wrongSetting, escape(err.Error()))
	case err != nil:
		return b.failed(o, err)
	}
	b.shadowAgain(o.guild, a, where)
	text := saved.in(o.locale) + "\n" + show()
	if needs && !listens && b.relisten() {
		text += "\n" + reconnects.in(o.locale)
	}
	return Reply{Content: clip(text, contentLimit)}
}

// settingLine tells how the bot behaves somewhere.
func (b *Bot) settingLine(where string, p desk.Place, locale string) string {
	mode := modeNames[string(p.Mode)]
	if p.Mode == "" {
		mode = modeNames[string(desk.ModeMention)]
	}
	documents, threshold, language := allDocuments.in(locale), usualPercent.in(locale), askersOwn.in(locale)
	if len(p.Documents) > 0 {
		documents = escape(clip(strings.Join(p.Documents, ", "), 200))
	}
	if p.Threshold > 0 {
		threshold = say(fromPercent.in(locale), p.Threshold)
	}
	if p.Language != "" {
		language = p.Language
	}
	return say(settingSaid.in(locale), where, mode.in(locale), documents, threshold, language)
}

// writable tells whether the bot can write in a channel; where the server
// doesn't tell, it is taken to.
func (b *Bot) writable(o order, channel string) bool {
	perms, err := o.s.State.UserChannelPermissions(b.self(), channel)
	const needed = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages
	return err != nil || perms&needed == needed
}
