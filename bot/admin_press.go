package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// deskPress does what a button of the desk says, if whoever presses it may.
// The message it stands in tells of what is done.
func (b *Bot) deskPress(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, id customID) {
	o := order{s: s, i: i, guild: i.GuildID, by: userOf(i), locale: string(i.Locale), show: func(Reply) {}}
	press := map[string]orderly{
		actPick:  {do: func(ctx context.Context, o order) Reply { return b.pick(ctx, o, id.about) }, shared: true},
		actUndo:  {do: func(_ context.Context, o order) Reply { return b.undo(o, id.about) }, shared: true},
		actAdd:   {do: func(ctx context.Context, o order) Reply { return b.add(ctx, o, id.about) }, shared: true},
		actDrop:  {do: func(_ context.Context, o order) Reply { return b.drop(o, id.about) }, shared: true},
		actForce: {do: func(ctx context.Context, o order) Reply { return b.build(ctx, o, true) }, shared: true},
		actLive:  {do: func(_ context.Context, o order) Reply { return b.goLive(o, id.about) }},
		actRight: {do: func(_ context.Context, o order) Reply { return b.judge(o, id.about, true) }},
		actWrong: {do: func(_ context.Context, o order) Reply { return b.judge(o, id.about, false) }},
	}
	who, ok := press[id.action]
	if refusal, no := b.refuse(o, who.shared); no || !ok {
		if !no {
			refusal = o.say(startAgain)
		}
		b.conclude(ctx, s, i, true, func(context.Context) Reply { return ephemeral(refusal) })
		return
	}
	out := b.sender(s)
	if err := out.acknowledge(i, responseDeferredUpdate, nil); err != nil {
		b.respondFailed(err)
		return
	}
	b.carryOut(ctx, out, o, who)
}
