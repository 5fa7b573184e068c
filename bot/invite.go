package bot

import (
	"context"
	"encoding/base64"
	"errors"
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
// replies to, put a sign under a question that must wait.
const Permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionAttachFiles | discordgo.PermissionReadMessageHistory | discordgo.PermissionAddReactions

// An Invitation has the links by which a bot is added: to a server, with the
// scopes and rights it uses there, and to a person's own account, whose
// commands then work for them everywhere.
type Invitation struct{ Server, Person string }

// ErrNoToken: what was given as the token is none.
var ErrNoToken = errors.New("DISCORD_TOKEN is no bot token: copy it from the developer portal, Bot › Reset Token")

// Invite gives the links that add the bot. A token of Discord begins with the
// application's ID; another server is asked for it.
func Invite(ctx context.Context, g Gateway) (Invitation, error) {
	if g.API == "" {
		id, ok := applicationIn(g.Token)
		if !ok {
			return Invitation{}, ErrNoToken
		}
		return invitation("https://discord.com", id), nil
	}
	tr, err := newTransport(g.API)
	if err != nil {
		return Invitation{}, err
	}
	s, err := newSession(g.withDefaults(), &http.Client{Transport: tr, Timeout: 15 * time.Second}, 0, 1)
	if err != nil {
		return Invitation{}, err
	}
	app, err := applicationOf(ctx, s)
	if err != nil {
		return Invitation{}, fmt.Errorf("ask for the application's ID: %w", refused(err))
	}
	return invitation(tr.base.Scheme+"://"+tr.base.Host, app.ID), nil
}

func invitation(host, id string) Invitation {
	server := url.Values{"client_id": {id}, "scope": {"bot applications.commands"}, "permissions": {strconv.FormatInt(Permissions, 10)}}
	person := url.Values{"client_id": {id}, "scope": {"applications.commands"}, "integration_type": {"1"}}
	return Invitation{host + "/oauth2/authorize?" + server.Encode(), host + "/oauth2/authorize?" + person.Encode()}
}

// applicationIn reads the application's ID from a token.
func applicationIn(token string) (string, bool) {
	head, _, ok := strings.Cut(token, ".")
	id, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(head, "="))
	if !ok || err != nil || strings.Trim(string(id), "0123456789") != "" || len(id) < 10 {
		return "", false
	}
	return string(id), true
}
