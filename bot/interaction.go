package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// deferAfter is how long an answer may take before the interaction is
// acknowledged without it. Discord gives up after three seconds.
const deferAfter = 1500 * time.Millisecond

// onInteraction answers a command, a button or an autocompletion.
func (b *Bot) onInteraction(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) {
	defer b.rescue("interaction", nil)
	if i == nil || i.Token == "" || !b.memory.first(i.ID) {
		return
	}
	if app := b.app.Load(); i.AppID == "" && app != nil {
		i.AppID = *app // not every server repeats it
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		if who, ok := b.orderlyFor(i.ApplicationCommandData()); ok {
			b.moderate(ctx, s, i, who)
			return
		}
		b.conclude(ctx, s, i, b.private(s, i), func(ctx context.Context) Reply { return b.command(ctx, s, i) })
	case discordgo.InteractionMessageComponent:
		b.press(ctx, s, i)
	case discordgo.InteractionApplicationCommandAutocomplete:
		b.respondFailed(b.sender(s).acknowledge(i, responseChoices, map[string]any{"choices": b.complete(i)}))
	default: // pings come by HTTP only; modals we show none
	}
}

// conclude sends what answer gives as a new message, or defers and completes
// if it takes long.
func (b *Bot) conclude(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, private bool, answer func(context.Context) Reply) {
	began := b.now()
	results := make(chan Reply, 1)
	go func() {
		r := Reply{Content: wordsFor(string(i.Locale)).Failed, Ephemeral: private}
		defer func() { results <- r }()
		defer b.rescue("interaction", nil)
		r = answer(ctx)
	}()
	out := b.sender(s)
	timer := time.NewTimer(deferAfter)
	defer timer.Stop()
	select {
	case r := <-results:
		b.respondFailed(out.respond(i, responseMessage, r))
		return
	case <-timer.C:
	}
	flags := 0
	if private {
		flags = flagEphemeral
	}
	if err := out.acknowledge(i, responseDeferred, map[string]any{"flags": flags}); err != nil {
		b.respondFailed(err)
		return
	}
	r := <-results
	if b.now().Sub(began) > tokenLife {
		b.log.Warn("an answer came too late to be sent", "after", b.now().Sub(began))
		return
	}
	b.respondFailed(out.complete(i, r))
}

// codeUnknownInteraction is Discord's error code for an interaction whose
// time is over, such as one that comes again after a resume.
const codeUnknownInteraction = 10062

func (b *Bot) respondFailed(err error) {
	switch {
	case err == nil:
	case code(err) == codeUnknownInteraction:
		b.log.Warn("an interaction came too late to be answered", "error", err)
	default:
		b.log.Error("can't respond to an interaction", "error", err)
	}
}

// private tells whether a command is answered to the asker alone. In a thread
// that moderators closed everything is.
func (b *Bot) private(s *discordgo.Session, i *discordgo.Interaction) bool {
	if c, err := s.State.Channel(i.ChannelID); err == nil && c.IsThread() && c.ThreadMetadata != nil && c.ThreadMetadata.Locked {
		return true
	}
	data := i.ApplicationCommandData()
	if data.CommandType == discordgo.MessageApplicationCommand || !b.settingAt(s, i).public() {
		return true
	}
	sub, options := subcommand(data)
	switch sub {
	case "ask":
		return flag(options, "private")
	case "timeline":
		return false
	}
	return true
}

// command answers a slash command or a message command.
func (b *Bot) command(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) Reply {
	data := i.ApplicationCommandData()
	locale := string(i.Locale)
	at := b.settingAt(s, i)
	private := b.private(s, i)
	q := Question{Locale: at.locale(locale, private), Asker: userOf(i), Private: private, Echo: true, at: at}
	w := wordsFor(locale)
	sub, options := subcommand(data)
	var r Reply
	switch {
	case at.Mode == desk.ModeOff && (sub == "ask" || data.CommandType == discordgo.MessageApplicationCommand):
		return Reply{Content: offHere.in(locale), Ephemeral: true}
	case data.CommandType == discordgo.MessageApplicationCommand:
		q.Text = b.target(s, data)
		return b.askSlowly(ctx, q, i.ChannelID)
	case sub == "ask":
		q.Text = text(options, "question")
		return b.askSlowly(ctx, q, i.ChannelID)
	case sub == "timeline":
		r = b.Timeline(text(options, "model"), text(options, "language"), locale)
		if i.AppPermissions != 0 && i.AppPermissions&discordgo.PermissionAttachFiles == 0 {
			r.Files = nil
		}
	case sub == "sources":
		r = b.Sources(w)
	case sub == "privacy":
		r = Reply{Content: b.privacy(at, locale)}
	case sub == "forget":
		r = b.forget(i, locale)
	default:
		r = Reply{Content: say(w.Help, b.opts.Command)}
	}
	r.Ephemeral = q.Private
	return r
}

// askSlowly answers a question unless its asker asked many just now.
func (b *Bot) askSlowly(ctx context.Context, q Question, channel string) Reply {
	if !b.memory.allow(q.Asker, channel) {
		return Reply{Content: b.wordsOf(q).Slow, Ephemeral: true}
	}
	return b.Ask(ctx, q)
}

// target reads the question of the message whose menu was used; of one of our
// own answers, the question it answers.
func (b *Bot) target(s *discordgo.Session, data discordgo.ApplicationCommandInteractionData) string {
	if data.Resolved == nil || data.Resolved.Messages[data.TargetID] == nil {
		return ""
	}
	m := data.Resolved.Messages[data.TargetID]
	if m.Author != nil && m.Author.ID == b.self() {
		return b.questionOf(s, m)
	}
	return strings.TrimSpace(b.withoutSelf(m.Content))
}

// subcommand gives the name and options of the subcommand that was called.
func subcommand(data discordgo.ApplicationCommandInteractionData) (string, []*discordgo.ApplicationCommandInteractionDataOption) {
	if len(data.Options) == 0 || data.Options[0] == nil {
		return "", nil
	}
	return data.Options[0].Name, data.Options[0].Options
}

// optionValue gives the value of an option, of the type it should have; the zero
// value where it isn't given.
func optionValue[T any](options []*discordgo.ApplicationCommandInteractionDataOption, name string) (v T) {
	i := slices.IndexFunc(options, func(o *discordgo.ApplicationCommandInteractionDataOption) bool { return o != nil && o.Name == name })
	if i >= 0 {
		v, _ = options[i].Value.(T)
	}
	return v
}

func text(options []*discordgo.ApplicationCommandInteractionDataOption, name string) string {
	return optionValue[string](options, name)
}

func flag(options []*discordgo.ApplicationCommandInteractionDataOption, name string) bool {
	return optionValue[bool](options, name)
}
