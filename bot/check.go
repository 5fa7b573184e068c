package bot

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Permissions are the rights the bot uses in a server: see channels, write in
// them and in threads, attach the picture of the timeline, read what a reply
// replies to.
const Permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionAttachFiles | discordgo.PermissionReadMessageHistory

// InviteURL gives the link by which a bot is added to a server, with the
// scopes and rights it uses.
func InviteURL(applicationID string) string {
	q := url.Values{"client_id": {applicationID}, "scope": {"bot applications.commands"}, "permissions": {strconv.FormatInt(Permissions, 10)}}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}

// ApplicationID reads the application's ID from a token, which begins with it.
func ApplicationID(token string) (string, bool) {
	head, _, ok := strings.Cut(token, ".")
	id, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(head, "="))
	if !ok || err != nil || strings.Trim(string(id), "0123456789") != "" || len(id) < 10 {
		return "", false
	}
	return string(id), true
}

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
	out = append(out, b.checkCommands(ctx, s, app.ID))
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

func checkChannel(ctx context.Context, s *discordgo.Session, me, channel string) Finding {
	what := "channel " + channel
	perms, err := s.UserChannelPermissions(me, channel, discordgo.WithContext(ctx))
	if err != nil {
		return Finding{what, false, "can't be seen: check AMBIENT_CHANNELS, and give the bot View Channel there"}
	}
	var lacks []string
	for _, n := range needed {
		if perms&n.bit == 0 {
			lacks = append(lacks, n.name)
		}
	}
	if len(lacks) > 0 {
		return Finding{what, false, fmt.Sprintf("give the bot %s there", strings.Join(lacks, ", "))}
	}
	return Finding{what, true, "has the permissions"}
}
