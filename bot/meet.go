package bot

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// address is what a server says of its gateway before anybody connects.
type address struct {
	shards      int // recommended
	concurrency int // shards that may identify at once
}

// meet learns who the bot is and how to connect. Servers of other make than
// Discord may lack any of it: what they don't tell has a default, and only
// a token that nothing accepts is an error.
func (b *Bot) meet(ctx context.Context, s *discordgo.Session) (address, error) {
	a := address{shards: 1, concurrency: 1}
	me, err := s.User("@me", discordgo.WithContext(ctx))
	switch {
	case err == nil:
		b.SetSelf(me.ID)
	case isFatal(refused(err)):
		return a, refused(err)
	case ctx.Err() != nil:
		return a, ctx.Err()
	default:
		b.log.Warn("the server doesn't tell who the bot is; READY must", "error", err)
	}
	info, err := s.GatewayBot(discordgo.WithContext(ctx))
	switch {
	case err == nil:
		a.shards, a.concurrency = max(1, info.Shards), max(1, info.SessionStartLimit.MaxConcurrency)
	case ctx.Err() != nil:
		return a, ctx.Err()
	case me == nil && status(err) == 0:
		return a, fmt.Errorf("reach the server: %w", err)
	default:
		b.log.Warn("the server doesn't tell how many shards to run; running one", "error", err)
	}
	return a, nil
}

// applicationID finds out the ID that commands are registered for: from
// READY, else by asking, else it is taken to be that of the bot's user.
func (b *Bot) applicationID(s *discordgo.Session, r *discordgo.Ready) (id string) {
	defer func() { b.app.Store(&id) }()
	if r.Application != nil && r.Application.ID != "" {
		return r.Application.ID
	}
	app, err := applicationOf(context.Background(), s)
	if err != nil || app.ID == "" {
		b.log.Debug("the server doesn't tell the application's ID; taking the bot's own", "error", err)
		return b.self()
	}
	return app.ID
}

// lacksCommands tells whether an error says that the server knows no
// application commands.
func lacksCommands(err error) bool {
	switch status(err) {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return true
	}
	return false
}

// A finder asks for the gateway's address at its second place, /gateway/bot,
// where the first, /gateway, is not served.
type finder struct{ http.RoundTripper }

func (f finder) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := f.RoundTripper.RoundTrip(r)
	if err != nil || resp.StatusCode < http.StatusBadRequest || !strings.HasSuffix(r.URL.Path, "/gateway") {
		return resp, err
	}
	_ = resp.Body.Close() // it says only that it isn't there
	r = r.Clone(r.Context())
	r.URL.Path += "/bot"
	return f.RoundTripper.RoundTrip(r)
}
