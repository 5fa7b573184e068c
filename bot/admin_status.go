package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// lines collects lines of a reply that fit into a message.
type lines struct {
	text string
	full bool
}

// add adds a line, unless it doesn't fit any more.
func (l *lines) add(line string) {
	if l.full = l.full || length(l.text)+length(line)+1 > contentLimit-40; !l.full {
		l.text += line + "\n"
	}
}

func (l *lines) reply() Reply { return Reply{Content: strings.TrimSpace(l.text)} }

// lastActions is how many of the moderators' actions status shows.
const lastActions = 8

// status tells how the bot is doing.
func (b *Bot) status(ctx context.Context, o order) Reply {
	c := b.answerer.Catalog()
	var l lines
	add := func(t localised, args ...any) { l.add(say(t.in(o.locale), args...)) }
	var langs []string
	for _, tag := range slices.Sorted(maps.Keys(c.Languages)) {
		langs = append(langs, fmt.Sprintf("%s %d", tag, c.Languages[tag]))
	}
	add(statusIndex, "`"+c.Generation+"`", len(c.Documents), c.Passages, strings.Join(langs, ", "), stamp(c.Created))
	up, all := b.shardsUp(), max(o.s.ShardCount, 1)
	add(statusConn, say(statusShards.in(o.locale), up, all), (b.now().Sub(b.since)).Round(time.Second))
	if !b.desk.On() {
		add(statusOff)
	}
	if week, err := b.desk.Week(o.guild); err == nil && b.desk.On() {
		add(statusWeek, week.Answers, week.Abstentions)
	}
	if n, lost := b.correctionsNow(ctx); n > 0 {
		line := say(statusFixes.in(o.locale), n)
		if lost > 0 {
			line += say(statusLost.in(o.locale), lost)
		}
		l.add(line)
	}
	g := b.desk.Guild(o.guild)
	l.add(b.serverLine(o))
	shown := slices.Sorted(maps.Keys(g.Channels))
	if len(shown) > 0 {
		add(statusPlaces)
	}
	for k, id := range shown {
		if k == 10 {
			add(andMore, len(shown)-k)
			break
		}
		l.add("- " + b.settingLine("<#"+id+">", b.settingOf(place{guild: o.guild, channel: id}).Place, o.locale))
	}
	actions, err := b.desk.Actions(o.guild, lastActions)
	if err != nil {
		return b.failed(o, err)
	}
	if len(actions) > 0 {
		add(statusLog)
	}
	for _, a := range actions {
		l.add("- " + actionLine(a))
	}
	return l.reply()
}

func actionLine(a desk.Action) string {
	where, what := "", oneLine(a.What)
	if rest, ok := strings.CutPrefix(what, "channel "); ok {
		where, what, _ = strings.Cut(rest, ": ")
		where = "<#" + where + "> "
	}
	return stamp(a.Time) + " <@" + a.By + "> " + where + escape(clip(what, 150))
}

// serverLine tells a server's settings.
func (b *Bot) serverLine(o order) string {
	g := b.desk.Guild(o.guild)
	line := b.settingLine(thisServer.in(o.locale), g.Place, o.locale)
	if g.Moderator != "" {
		line += " " + say(reviewSaid.in(o.locale), g.Moderator)
	}
	for _, x := range []struct {
		on   bool
		said localised
	}{{g.Digest, digestSaid}, {g.Questions, questionsSaid}, {g.NoGaps, noGapsSaid}} {
		if x.on {
			line += " " + x.said.in(o.locale)
		}
	}
	return line
}

// stamp shows a time in the reader's time zone, as Discord does
// ("Timestamp Styles").
func stamp(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return fmt.Sprintf("<t:%d:f>", t.Unix())
}

// shardsUp counts the shards of this process that are connected.
func (b *Bot) shardsUp() (n int) {
	b.shardsMu.Lock()
	defer b.shardsMu.Unlock()
	for _, up := range b.shards {
		if up {
			n++
		}
	}
	return n
}

// contentAllowed tells whether the application may read messages that nobody
// addresses to it; where the server doesn't tell, it is taken to.
func (b *Bot) contentAllowed(s *discordgo.Session) bool {
	app, err := applicationOf(context.Background(), s)
	if err != nil {
		b.log.Debug("can't read the application", "error", err)
		return true
	}
	return app.Flags&messageContentFlags != 0
}
