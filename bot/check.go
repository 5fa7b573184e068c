package bot

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A Finding is a line of a check: what was looked at, and the mend where
// something is amiss.
type Finding struct {
	What string
	OK   bool
	Says string // what is so, or what is wrong and the mend
}

// Check looks whether the bot could run: token, intents, commands, and its
// permissions in the channels it answers unasked in.
func (b *Bot) Check(ctx context.Context, g Gateway) []Finding {
	tr, err := newTransport(g.API)
	if err != nil {
		return []Finding{{"address", false, err.Error()}}
	}
	s, err := newSession(g.withDefaults(), &http.Client{Transport: tr, Timeout: 15 * time.Second}, 0, 1)
	if err != nil {
		return []Finding{{"token", false, err.Error()}}
	}
	me, err := s.User("@me", discordgo.WithContext(ctx))
	if err != nil {
		return []Finding{{"token", false, refused(err).Error()}}
	}
	out := []Finding{{"token", true, "is that of " + me.Username}}
	app, err := applicationOf(ctx, s)
	if err != nil {
		app.ID = me.ID
		out = append(out, Finding{"application", lacksCommands(err), "can't be read, its ID is taken to be the bot's: " + err.Error()})
	} else {
		out = append(out, b.checkIntents(app))
	}
	out = append(out, b.checkCommands(ctx, s, app.ID), checkServers(ctx, s))
	for channel := range b.opts.Ambient {
		out = append(out, checkChannel(ctx, s, me.ID, channel))
	}
	return out
}

// application is what the check reads of the bot's application. Its ID is not
// always that of the bot's user.
type application struct {
	ID    string `json:"id"`
	Flags int    `json:"flags"`
}

func applicationOf(ctx context.Context, s *discordgo.Session) (app application, err error) {
	body, err := s.RequestWithBucketID(http.MethodGet, discordgo.EndpointApplications+"/@me", nil, discordgo.EndpointApplications, discordgo.WithContext(ctx))
	if err == nil {
		err = discordgo.Unmarshal(body, &app)
	}
	return app, err
}

// messageContentFlags are set where the application may read messages: for
// verified and for other applications (API reference, "Application Flags").
const messageContentFlags = 1<<18 | 1<<19

func (b *Bot) checkIntents(app application) Finding {
	switch {
	case len(b.opts.Ambient) == 0:
		return Finding{"intents", true, "none needs approval; AMBIENT_CHANNELS is empty"}
	case app.Flags&messageContentFlags == 0:
		return Finding{"intents", false, mends[4014]}
	}
	return Finding{"intents", true, "Message Content is switched on"}
}

func (b *Bot) checkCommands(ctx context.Context, s *discordgo.Session, app string) Finding {
	have, err := s.ApplicationCommands(app, b.opts.Guild, discordgo.WithContext(ctx))
	switch {
	case lacksCommands(err):
		return Finding{"commands", true, "are not known to this server; mentions, replies and direct messages work without"}
	case err != nil:
		return Finding{"commands", false, "can't be read: " + err.Error() + "; add the bot with the link of -invite"}
	case !sameCommands(have, b.Commands()):
		return Finding{"commands", true, "will be registered at the next start"}
	}
	return Finding{"commands", true, "are registered"}
}

// checkServers looks at what the bot may do in the servers it is in.
func checkServers(ctx context.Context, s *discordgo.Session) Finding {
	const what = "servers"
	servers, err := s.UserGuilds(200, "", "", false, discordgo.WithContext(ctx))
	switch {
	case err != nil:
		return Finding{what, lacksCommands(err), "can't be listed: " + err.Error()}
	case len(servers) == 0:
		return Finding{what, false, "the bot is in none; add it with the link of -invite"}
	}
	var lacking []string
	for _, g := range servers {
		if names := lacks(g.Permissions, needed); len(names) > 0 {
			lacking = append(lacking, fmt.Sprintf("%s: %s", g.Name, strings.Join(names, ", ")))
		}
	}
	if len(lacking) > 0 {
		return Finding{what, false, "give the bot's role what it lacks, or open the link of -invite again: " + strings.Join(lacking[:min(len(lacking), 10)], "; ")}
	}
	return Finding{what, true, fmt.Sprintf("has the permissions in all %d", len(servers))}
}

func checkChannel(ctx context.Context, s *discordgo.Session, me, channel string) Finding {
	what := "channel " + channel
	perms, err := s.UserChannelPermissions(me, channel, discordgo.WithContext(ctx))
	if err != nil {
		return Finding{what, false, "can't be seen: check AMBIENT_CHANNELS, and give the bot View Channel there"}
	}
	if names := lacks(perms, needed); len(names) > 0 {
		return Finding{what, false, fmt.Sprintf("give the bot %s there", strings.Join(names, ", "))}
	}
	return Finding{what, true, "has the permissions"}
}
