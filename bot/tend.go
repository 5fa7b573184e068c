package bot

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
)

// tendEvery is how often the desk is tended to.
const tendEvery = time.Minute

// tend keeps the desk tidy until ctx ends: writes what was counted, removes
// what has been kept for its time, posts digests.
func (b *Bot) tend(ctx context.Context) {
	b.tidy()
	for sleepFor(ctx, tendEvery) == nil {
		b.Tend()
	}
}

// Tend does what is due at the desk; Run does so every minute.
func (b *Bot) Tend() {
	b.tidy()
	if s := b.session.Load(); s != nil {
		b.postDigests(s)
	}
}

// tidy is one round of tending.
func (b *Bot) tidy() {
	defer b.rescue("tend", nil)
	if err := b.desk.Flush(); err != nil {
		b.log.Error("can't write counts", "error", err)
	}
	if b.memory.once("expire", b.now(), time.Hour) {
		if err := b.desk.Expire(); err != nil {
			b.log.Error("can't remove what is old", "error", err)
		}
		if err := b.opts.Library.Sweep(b.now()); err != nil {
			b.log.Warn("can't remove documents that waited too long", "error", err)
		}
	}
	listened := b.unasked("")
	settings := b.desk.RefreshSettings()
	if !listened && b.unasked("") {
		b.relisten()
	}
	for what, err := range map[string]error{"settings": settings, "corrections": b.desk.CorrectionsProblem()} {
		if err != nil && b.memory.once("broken "+what+err.Error(), b.now(), time.Hour) {
			b.log.Error("a file can't be read; what it said before holds", "file", what, "error", err)
		}
	}
}

// postDigests posts the weekly digest in each server where it is due.
func (b *Bot) postDigests(s *discordgo.Session) {
	defer b.rescue("digest", nil)
	for guild, g := range b.desk.Guilds() {
		due, err := b.desk.DigestDue(guild)
		if err != nil {
			b.log.Error("can't tell whether a digest is due", "error", err)
		}
		if !due {
			continue
		}
		l := lines{}
		week, err := b.desk.Week(guild)
		if err == nil {
			l.add(say(digestHead.in(g.Language), week.Answers, week.Abstentions))
			err = b.listGaps(&l, guild, g.Language, shownGaps)
		}
		if err == nil {
			err = b.listFlagged(&l, guild, g.Language)
		}
		if err == nil {
			err = b.listConflicts(&l, g.Language)
		}
		if err != nil {
			b.log.Error("can't write a digest", "error", err)
			continue
		}
		if err := b.sender(s).send(g.Moderator, l.reply()); err != nil {
			b.sendFailed(s, "digest", place{guild: guild, channel: g.Moderator}, err)
		}
	}
}
