package bot

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
	"historian/index"
)

// The moderators' desk: /gpt-admin and the message commands that correct
// answers. Who may not manage the server is told so, whatever Discord shows.

// An order is what a moderator asks for.
type order struct {
	s       *discordgo.Session
	i       *discordgo.Interaction
	guild   string
	by      string // ID of the moderator
	locale  string
	options []*discordgo.ApplicationCommandInteractionDataOption
	show    func(Reply) // shows how far it is; does nothing where it can't
}

// did is what the log of the desk says of an order.
func (o order) did(what string) desk.Action { return desk.Action{By: o.by, What: what} }

// say is a reply in the moderator's language.
func (o order) say(l localised, args ...any) Reply {
	return Reply{Content: say(l.in(o.locale), args...)}
}

// An orderly carries out an order.
type orderly struct {
	do     func(context.Context, order) Reply
	slow   bool // it takes longer than a click, and shows how far it is
	shared bool // it changes what all servers share
}

// orderlies gives who carries out the subcommands of /gpt-admin.
func (b *Bot) orderlies() map[string]orderly {
	return map[string]orderly{
		"status":   {do: b.status},
		"channel":  {do: b.setChannel},
		"server":   {do: b.setServer},
		"reindex":  {do: b.reindex, slow: true, shared: true},
		"rollback": {do: b.rollback, shared: true},
		"gaps":     {do: b.gaps},
		"correct":  {do: b.correct, shared: true},
		"export":   {do: b.export},
		"import":   {do: b.importSettings, slow: true},
	}
}

// menus gives who carries out the moderators' commands in the menu of
// messages, by name.
func (b *Bot) menus() map[string]orderly {
	return map[string]orderly{
		menuAnswers.en: {do: b.thisAnswers, shared: true},
		menuWrong.en:   {do: b.wrongAnswer, shared: true},
		menuNone.en:    {do: b.notAQuestion, shared: true},
	}
}

// orderlyFor gives who carries out a command; ok is false where it is not for
// the desk.
func (b *Bot) orderlyFor(data discordgo.ApplicationCommandInteractionData) (o orderly, ok bool) {
	if data.CommandType == discordgo.MessageApplicationCommand {
		o, ok = b.menus()[data.Name]
		return o, ok
	}
	if data.Name != b.adminCommand() {
		return o, false
	}
	sub, _ := subcommand(data)
	if o, ok = b.orderlies()[sub]; !ok {
		o = orderly{do: b.status} // of a newer command than this program's
	}
	return o, true
}

func (b *Bot) adminCommand() string { return b.opts.Command + "-admin" }

// moderate answers a command of the desk, to the moderator alone.
func (b *Bot) moderate(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, who orderly) {
	_, options := subcommand(i.ApplicationCommandData())
	o := order{s: s, i: i, guild: i.GuildID, by: userOf(i), locale: string(i.Locale), options: options, show: func(Reply) {}}
	if refusal, no := b.refuse(o, who.shared); no {
		who = orderly{do: func(context.Context, order) Reply { return refusal }}
	}
	if !who.slow {
		b.conclude(ctx, s, i, true, func(ctx context.Context) Reply { return ephemeral(who.do(ctx, o)) })
		return
	}
	out := b.sender(s)
	if err := out.acknowledge(i, responseDeferred, map[string]any{"flags": flagEphemeral}); err != nil {
		b.respondFailed(err)
		return
	}
	b.carryOut(ctx, out, o, who)
}

// carryOut does what takes time, and edits the one message that tells of it.
func (b *Bot) carryOut(ctx context.Context, out sender, o order, who orderly) {
	began := b.now()
	tell := func(r Reply) {
		if b.now().Sub(began) > tokenLife {
			return
		}
		b.respondFailed(out.complete(o.i, r))
	}
	o.show = tell
	r := o.say(deskFailed)
	func() {
		defer b.rescue("desk", nil)
		r = who.do(ctx, o)
	}()
	tell(r)
}

func ephemeral(r Reply) Reply {
	r.Ephemeral = true
	return r
}

// refuse tells why an order is not carried out; no is false where it is.
func (b *Bot) refuse(o order, shared bool) (r Reply, no bool) {
	switch {
	case o.guild == "":
		return o.say(onlyInServers), true
	case !governs(o.i):
		return o.say(notModerator), true
	case shared && !b.keeps(o.s, o.guild):
		return o.say(notHome), true
	}
	return r, false
}

// governs tells whether the person may manage the server.
func governs(i *discordgo.Interaction) bool {
	return i.Member != nil && i.Member.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
}

// keeps tells whether the moderators of a server may change what all servers
// share: documents, index, corrections. Those that the operator names may; if
// none is named, those of the only server there is.
func (b *Bot) keeps(s *discordgo.Session, guild string) bool {
	switch {
	case len(b.opts.Keepers) > 0:
		return b.opts.Keepers[guild]
	case b.opts.Guild != "":
		return b.opts.Guild == guild
	case s.ShardCount > 1:
		return false
	}
	s.State.RLock()
	defer s.State.RUnlock()
	return len(s.State.Guilds) <= 1
}

// failed tells a moderator why the desk could not do something, and the log.
func (b *Bot) failed(o order, err error) Reply {
	switch {
	case errors.Is(err, desk.ErrOff) && b.desk.SettingsFile() != "":
		return o.say(settingsInFile)
	case errors.Is(err, desk.ErrOff):
		return o.say(deskOff)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		b.log.Error("the desk can't write", "error", err)
		return o.say(deskReadOnly)
	case errors.Is(err, syscall.ENOSPC):
		b.log.Error("the desk can't write", "error", err)
		return o.say(deskFull)
	case errors.Is(err, index.ErrBusy):
		return o.say(reindexBusy)
	}
	b.log.Error("the desk failed", "error", err)
	return o.say(deskFailed)
}
