package bot

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// deferAfter is how long an answer may take before the interaction is
// acknowledged without it. Discord gives up after three seconds.
const deferAfter = 1500 * time.Millisecond

// onInteraction answers a command, a button or an autocompletion.
func (b *Bot) onInteraction(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction) {
	defer b.rescue("interaction", nil)
	if i == nil || !b.memory.first(i.ID) {
		return
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommand:
		b.conclude(ctx, s, i, b.private(i), func(ctx context.Context) (Reply, bool) { return b.command(ctx, i), false })
	case discordgo.InteractionMessageComponent:
		b.conclude(ctx, s, i, true, func(ctx context.Context) (Reply, bool) { return b.press(ctx, s, i) })
	case discordgo.InteractionApplicationCommandAutocomplete:
		b.respondFailed(sender{s}.respond(i, responseChoices, map[string]any{"choices": b.complete(i)}, nil))
	default: // pings come by HTTP only; modals we show none
	}
}

// conclude sends what answer gives, or defers and completes if it takes long.
func (b *Bot) conclude(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, private bool, answer func(context.Context) (Reply, bool)) {
	type result struct {
		r    Reply
		done bool
	}
	began := time.Now()
	results := make(chan result, 1)
	go func() {
		res := result{r: Reply{Content: wordsFor(string(i.Locale)).Failed, Ephemeral: true}}
		defer func() { results <- res }()
		defer b.rescue("interaction", nil)
		res.r, res.done = answer(ctx)
	}()
	out := sender{s}
	timer := time.NewTimer(deferAfter)
	defer timer.Stop()
	select {
	case res := <-results:
		if res.done {
			b.respondFailed(out.respond(i, responseDeferredUpdate, nil, nil))
			return
		}
		b.respondFailed(out.respond(i, responseMessage, payloadOf(res.r), res.r.Files))
		return
	case <-timer.C:
	}
	flags := 0
	if private {
		flags = flagEphemeral
	}
	if err := out.respond(i, responseDeferred, map[string]any{"flags": flags}, nil); err != nil {
		b.respondFailed(err)
		return
	}
	res := <-results
	if time.Since(began) > tokenLife || res.done {
		return
	}
	b.respondFailed(out.complete(i, res.r))
}

func (b *Bot) respondFailed(err error) {
	if err != nil {
		b.log.Error("can't respond to an interaction", "error", err)
	}
}

// private tells whether a command is answered to the asker alone.
func (b *Bot) private(i *discordgo.Interaction) bool {
	data := i.ApplicationCommandData()
	if data.CommandType == discordgo.MessageApplicationCommand {
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
func (b *Bot) command(ctx context.Context, i *discordgo.Interaction) Reply {
	data := i.ApplicationCommandData()
	locale := string(i.Locale)
	w := wordsFor(locale)
	private := b.private(i)
	if data.CommandType == discordgo.MessageApplicationCommand {
		return b.find(ctx, i, data, w)
	}
	sub, options := subcommand(data)
	var r Reply
	switch sub {
	case "ask":
		if !b.memory.allow(userOf(i), i.ChannelID) {
			return Reply{Content: w.Slow, Ephemeral: true}
		}
		question := text(options, "question")
		r = b.Ask(ctx, Question{Text: question, Locale: locale})
		r.Content = clipContent(echo(question) + r.Content)
		r.Buttons = b.buttons(r, userOf(i), private, w)
	case "timeline":
		if lang := text(options, "language"); lang != "" {
			locale = lang
		}
		r = b.Timeline(text(options, "model"), locale)
	case "sources":
		r = b.Sources(w)
	case "privacy":
		r = Reply{Content: w.Privacy}
	default:
		r = Reply{Content: say(w.Help, b.opts.Command)}
	}
	r.Ephemeral = private
	return r
}

// find answers what a message asks, privately: the person who wrote it did
// not call the bot.
func (b *Bot) find(ctx context.Context, i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData, w words) Reply {
	if !b.memory.allow(userOf(i), i.ChannelID) {
		return Reply{Content: w.Slow, Ephemeral: true}
	}
	question := ""
	if data.Resolved != nil && data.Resolved.Messages[data.TargetID] != nil {
		question = strings.TrimSpace(b.withoutSelf(data.Resolved.Messages[data.TargetID].Content))
	}
	r := b.Ask(ctx, Question{Text: question, Locale: string(i.Locale)})
	r.Content = clipContent(echo(question) + r.Content)
	r.Buttons = b.buttons(r, userOf(i), true, w)
	r.Ephemeral = true
	return r
}

// subcommand gives the name and options of the subcommand that was called.
func subcommand(data discordgo.ApplicationCommandInteractionData) (string, []*discordgo.ApplicationCommandInteractionDataOption) {
	if len(data.Options) == 0 || data.Options[0] == nil {
		return "", nil
	}
	return data.Options[0].Name, data.Options[0].Options
}

// text gives the value of a text option; empty where it isn't given.
func text(options []*discordgo.ApplicationCommandInteractionDataOption, name string) string {
	for _, o := range options {
		if o != nil && o.Name == name {
			s, _ := o.Value.(string)
			return s
		}
	}
	return ""
}

// flag gives the value of a yes-or-no option; false where it isn't given.
func flag(options []*discordgo.ApplicationCommandInteractionDataOption, name string) bool {
	for _, o := range options {
		if o != nil && o.Name == name {
			v, _ := o.Value.(bool)
			return v
		}
	}
	return false
}
