package bot

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// Shadow mode: in a channel where the bot is new it says nothing. Moderators
// see in their own channel what it would have said, and judge that; when
// enough was good, it proposes to go live.

// Actions of the buttons under shadow answers. What they are about is a
// channel and a percentage: "123-60".
const (
	actRight = "desk-right" // that would have been good
	actWrong = "desk-wrong"
	actLive  = "desk-live" // answer there from now on
)

// shadow shows moderators what the bot would have said to a message.
func (b *Bot) shadow(s *discordgo.Session, m Message, r Reply) {
	g := b.desk.Guild(m.Guild)
	if r.Ignored || r.Abstained || g.Moderator == "" || !b.memory.once("shadow "+m.ID, b.now(), oldEdit) {
		return
	}
	locale := m.at.Language
	percent := int(100 * r.Confidence)
	channel := m.Channel
	if m.Parent != "" {
		channel = m.Parent // judged together, as they are set together
	}
	head := say(shadowSaid.in(locale), m.Channel, percent, "https://discord.com/channels/"+m.Guild+"/"+m.Channel+"/"+m.ID) + "\n" + echo(m.Text)
	about := channel + "-" + strconv.Itoa(percent)
	post := Reply{Content: clip(head+r.Content, contentLimit-verdictRoom), Buttons: []Button{
		{Emoji: "👍", ID: b.sign(customID{actRight, b.self(), about}), Quiet: true},
		{Emoji: "👎", ID: b.sign(customID{actWrong, b.self(), about}), Quiet: true},
	}}
	if err := b.sender(s).send(g.Moderator, post); err != nil {
		b.sendFailed(s, "shadow", place{guild: m.Guild, channel: g.Moderator}, err)
	}
}

// verdictRoom is kept free under a shadow answer for who judged it how.
const verdictRoom = 60

// verdict begins the line that tells who judged a shadow answer.
const verdict = "\n-# ⚖ "

// judge keeps what a moderator thinks of a shadow answer.
func (b *Bot) judge(o order, about string, good bool) Reply {
	m := o.i.Message
	content, _, _ := strings.Cut(m.Content, verdict)
	r := Reply{Content: content, Buttons: buttonsOf(m)}
	channel, percent, ok := readAbout(about)
	if !ok {
		return r
	}
	if err := b.desk.Judge(o.guild, channel, m.ID, percent, good); err != nil {
		r.Content += verdict + b.failed(o, err).Content
		r.Content = clip(r.Content, contentLimit)
		return r
	}
	emoji := "👎"
	if good {
		emoji = "👍"
	}
	r.Content += verdict + emoji + " <@" + o.by + ">"
	b.proposeLive(o, channel)
	return r
}

// readAbout reads what a button of a shadow answer is about.
func readAbout(about string) (channel string, percent int, ok bool) {
	channel, n, ok := strings.Cut(about, "-")
	percent, err := strconv.Atoi(n)
	return channel, percent, ok && err == nil
}

// buttonsOf gives the buttons under a message as they are.
func buttonsOf(m *discordgo.Message) (out []Button) {
	for _, row := range m.Components {
		r, ok := row.(*discordgo.ActionsRow)
		if !ok {
			continue
		}
		for _, c := range r.Components {
			if x, ok := c.(*discordgo.Button); ok {
				button := Button{Label: x.Label, ID: x.CustomID, Quiet: x.Style != discordgo.PrimaryButton}
				if x.Emoji != nil {
					button.Emoji = x.Emoji.Name
				}
				out = append(out, button)
			}
		}
	}
	return out
}

// proposeLive proposes once to answer in a channel, when enough of what the
// bot would have said there was good.
func (b *Bot) proposeLive(o order, channel string) {
	judged, err := b.desk.Judgements(o.guild, channel)
	if err != nil {
		b.log.Error("can't read judgements", "error", err)
		return
	}
	p, ok := desk.Propose(judged)
	if !ok || b.settingOf(place{guild: o.guild, channel: channel}).Mode != desk.ModeShadow {
		return
	}
	if first, err := b.desk.Once(o.guild, "live "+channel); err != nil || !first {
		return
	}
	locale := b.desk.Guild(o.guild).Language
	r := Reply{Content: say(liveProposed.in(locale), channel, p.AllGood, p.Judged, p.Good, p.All, p.Threshold)}
	r.Buttons = []Button{{Label: say(liveLabel.in(locale), p.Threshold), ID: b.sign(customID{actLive, b.self(), channel + "-" + strconv.Itoa(p.Threshold)})}}
	if err := b.sender(o.s).send(b.desk.Guild(o.guild).Moderator, r); err != nil {
		b.sendFailed(o.s, "propose", place{guild: o.guild, channel: b.desk.Guild(o.guild).Moderator}, err)
	}
}

// goLive has the bot answer in a channel from now on.
func (b *Bot) goLive(o order, about string) Reply {
	channel, percent, ok := readAbout(about)
	if !ok {
		return o.say(startAgain)
	}
	mode := string(desk.ModeAmbient)
	a := asked{mode: &mode, threshold: &percent, said: []string{"mode ambient", fmt.Sprintf("threshold %d", percent)}}
	p := place{guild: o.guild, channel: channel}
	return b.save(o, a, "channel "+channel, func(g *desk.Guild) {
		if g.Channels == nil {
			g.Channels = map[string]desk.Place{}
		}
		g.Channels[channel] = a.onto(g.Channels[channel])
	}, func() string { return b.settingLine("<#"+channel+">", b.settingOf(p).Place, o.locale) })
}

// shadowAgain lets a channel that goes back to shadow mode get a proposal
// anew.
func (b *Bot) shadowAgain(guild string, a asked, where string) {
	channel, ok := strings.CutPrefix(where, "channel ")
	if !ok || a.mode == nil || *a.mode != string(desk.ModeShadow) {
		return
	}
	if err := b.desk.Again(guild, "live "+channel); err != nil {
		b.log.Warn("can't forget a proposal", "error", err)
	}
}
