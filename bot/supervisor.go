package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

// Gateway tells how to reach Discord. The zero fields mean the defaults.
type Gateway struct {
	Token   string
	API     string // base address of another Discord-compatible API; "" means Discord
	ShardID int    // of this process; -1 means all shards
	Shards  int    // in all; 0 means as many as Discord recommends

	Idle        time.Duration // a connection silent for so long is dead; 0 means 100 s, over twice the heartbeat
	OpenTimeout time.Duration // for opening a connection; 0 means 30 s
	Backoff     time.Duration // before the second try to connect; 0 means 1 s
	Pace        time.Duration // between two identifies of shards with one key; 0 means 5 s, Discord's limit
	Grace       time.Duration // for finishing what has begun when ctx ends; 0 means 5 s
}

func (g Gateway) withDefaults() Gateway {
	or := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	or(&g.Idle, 100*time.Second)
	or(&g.OpenTimeout, 30*time.Second)
	or(&g.Backoff, time.Second)
	or(&g.Pace, 5*time.Second)
	or(&g.Grace, 5*time.Second)
	return g
}

// A FatalError is a refusal that trying again does not mend.
type FatalError struct {
	Code int // HTTP status or close code of the gateway
	Mend string
}

func (e *FatalError) Error() string {
	return fmt.Sprintf("Discord refuses the connection (%d): %s", e.Code, e.Mend)
}

// mends tells what to do about the close codes after which Discord wants no
// reconnecting ("Gateway Close Event Codes").
var mends = map[int]string{
	4004: "the token is wrong; copy it anew from the developer portal, Bot › Reset Token, into DISCORD_TOKEN",
	4010: "the shard is wrong; check SHARD_ID and SHARD_COUNT",
	4011: "one connection is not enough for so many servers; set SHARD_COUNT=0 or higher",
	4012: "the gateway's version is no longer served; update Historian",
	4013: "an intent is wrong; update Historian",
	4014: "the Message Content intent is not switched on; do so in the developer portal, Bot › Message Content Intent, or leave AMBIENT_CHANNELS empty",
}

// maxAbandoned is how many sessions may hang before the process gives up and
// lets its supervisor start it anew.
const maxAbandoned = 20

// Run keeps the bot connected until ctx ends, and then lets it finish what it
// has begun. It gives nil then, and a *FatalError where Discord refuses the
// bot for good.
func (b *Bot) Run(ctx context.Context, g Gateway) error {
	g = g.withDefaults()
	tr, err := newTransport(g.API)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: finder{tr}, Timeout: 90 * time.Second}
	first, err := newSession(g, client, 0, 1)
	if err != nil {
		return err
	}
	server, err := b.meet(ctx, first)
	if err != nil {
		return err
	}
	shards := g.Shards
	if shards == 0 {
		shards = server.shards
	}
	// Shards with the same key, the ID modulo max_concurrency, identify one
	// after the other ("Sharding: Max Concurrency").
	pace := make([]*rate.Limiter, server.concurrency)
	for key := range pace {
		pace[key] = rate.NewLimiter(rate.Every(g.Pace), 1)
	}
	b.otherServer.Store(g.API != "")
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { b.tend(ctx); return nil })
	for id := range shards {
		if g.ShardID >= 0 && id != g.ShardID {
			continue
		}
		k := &keeper{bot: b, gateway: g, client: client, pace: pace[id%len(pace)], id: id, shards: shards, log: b.log.With("shard", id)}
		group.Go(func() error { return k.run(ctx) })
	}
	return group.Wait()
}

// newSession makes a session that connects and reconnects only when told.
func newSession(g Gateway, client *http.Client, id, shards int) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + g.Token)
	if err != nil {
		return nil, fmt.Errorf("make session: %w", err)
	}
	s.Client = client
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false // the transport does, with an end
	s.MaxRestRetries = 0
	s.SyncEvents = false
	s.ShardID, s.ShardCount = id, shards
	s.Identify.Shard = &[2]int{id, shards}
	s.State.MaxMessageCount = 0
	s.State.TrackMembers, s.State.TrackPresences, s.State.TrackVoice, s.State.TrackEmojis = false, false, false, false
	dialer := net.Dialer{Timeout: g.OpenTimeout}
	s.Dialer = &websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: g.OpenTimeout,
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return &lively{c, g.Idle}, nil
		},
	}
	return s, nil
}

// A lively connection ends when nothing has come for a while: discordgo
// itself would wait for minutes, or for ever.
type lively struct {
	net.Conn
	idle time.Duration
}

func (c *lively) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.idle)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// A keeper keeps one shard connected.
type keeper struct {
	bot        *Bot
	gateway    Gateway
	client     *http.Client
	pace       *rate.Limiter
	id, shards int
	log        *slog.Logger
	handlers   work
	abandoned  int
	renewed    <-chan struct{} // moderators want the bot to hear more
}

// stableAfter is how long a connection must hold for the waits between tries
// to begin anew.
const stableAfter = time.Minute

func (k *keeper) run(ctx context.Context) error {
	wait := k.gateway.Backoff
	var s *discordgo.Session
	var lost chan struct{}
	for {
		fresh := s == nil
		if fresh {
			var err error
			if s, lost, err = k.session(ctx); err != nil {
				return err
			}
		}
		began := time.Now()
		err := k.open(ctx, s, fresh)
		switch {
		case ctx.Err() != nil:
			k.close(s)
			return nil
		case errors.Is(err, errHangs):
			// Its lock is held for ever: leave it behind.
			if k.abandoned++; k.abandoned > maxAbandoned {
				return fmt.Errorf("gateway: %d connections hung; start anew", k.abandoned)
			}
			s = nil
		case err != nil:
			fatal := refused(err)
			if isFatal(fatal) && !(codeOf(fatal) == 4014 && k.bot.withoutContent()) {
				return fatal
			}
			k.log.Warn("can't connect to the gateway", "error", err, "wait", wait)
			s = nil // a fresh one identifies, rather than resuming what failed
		default:
			k.bot.connected(k.id, true)
			k.log.Info("connected to the gateway")
			select {
			case <-ctx.Done():
				k.close(s)
				return nil
			case <-lost:
				k.bot.connected(k.id, false)
				k.log.Warn("lost the gateway, reconnecting")
			case <-k.renewed:
				k.log.Info("connecting anew, to hear what the settings need")
				k.bot.connected(k.id, false)
				if err := s.Close(); err != nil {
					k.log.Debug("close", "error", err)
				}
				s = nil
				continue
			}
			if time.Since(began) > stableAfter {
				wait = k.gateway.Backoff
			}
		}
		if sleepFor(ctx, jitter(wait)) != nil {
			return nil
		}
		wait = min(2*wait, time.Minute)
	}
}

// jitter spreads a wait between a half and the whole of it, so that many
// shards don't come back at once.
func jitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// session makes a session with the handlers of the bot. lost gets a value
// each time its connection ends.
func (k *keeper) session(ctx context.Context) (*discordgo.Session, chan struct{}, error) {
	s, err := newSession(k.gateway, k.client, k.id, k.shards)
	if err != nil {
		return nil, nil, err
	}
	k.renewed = k.bot.renewal() // before the settings are read
	s.Identify.Intents = k.bot.intents()
	lost := make(chan struct{}, 1)
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case lost <- struct{}{}:
		default:
		}
	})
	k.bot.listen(context.WithoutCancel(ctx), s, &k.handlers)
	return s, lost, nil
}

var errHangs = errors.New("opening hangs")

// open connects or resumes, within its time. Only a fresh session identifies,
// which Discord limits.
func (k *keeper) open(ctx context.Context, s *discordgo.Session, fresh bool) error {
	if fresh {
		if err := k.pace.Wait(ctx); err != nil {
			return err
		}
	}
	done := make(chan error, 1)
	go func() { done <- s.Open() }()
	timer := time.NewTimer(k.gateway.OpenTimeout)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return errHangs
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close lets the handlers end, then says goodbye; neither for longer than the
// grace.
func (k *keeper) close(s *discordgo.Session) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		k.handlers.end()
		if err := s.Close(); err != nil {
			k.log.Debug("close", "error", err)
		}
	}()
	select {
	case <-done:
	case <-time.After(k.gateway.Grace):
		k.log.Warn("some answers were not finished in time")
	}
}

// refused makes a FatalError of an error that says so.
func refused(err error) error {
	var closed *websocket.CloseError
	if errors.As(err, &closed) && mends[closed.Code] != "" {
		return &FatalError{closed.Code, mends[closed.Code]}
	}
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Response != nil && rest.Response.StatusCode == http.StatusUnauthorized || errors.Is(err, discordgo.ErrUnauthorized) {
		return &FatalError{http.StatusUnauthorized, mends[4004]}
	}
	return err
}

func codeOf(err error) int {
	var fatal *FatalError
	if errors.As(err, &fatal) {
		return fatal.Code
	}
	return 0
}

func isFatal(err error) bool {
	var fatal *FatalError
	return errors.As(err, &fatal)
}
