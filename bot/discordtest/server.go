package discordtest

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// Object is a JSON object as encoding/json decodes it.
type Object = map[string]any

// Options says what the fake enforces. The zero value is a bot with every
// intent granted, on a Discord without faults.
type Options struct {
	Token             string        // the only token accepted; "fake-token" by default
	HeartbeatInterval time.Duration // 41.25 s by default
	Disallowed        Intents       // privileged intents not switched on in the developer portal
	MaxConcurrency    int           // identifies per 5 s and key; 0 tells the client 1 and enforces nothing
	Shards            int           // what GET /gateway/bot recommends; 1 by default
	RouteLimit        int           // requests per second and bucket; 50 by default
	OpenAPI           string        // Discord's description; found by itself when empty
	Make              Make          // in what it falls short of Discord
}

// Server is one fake Discord.
type Server struct {
	// World holds the IDs of what exists at the start.
	World World

	opts Options
	t    testing.TB // nil without a test
	http *http.Server
	host string
	spec *openAPI // nil when the description is absent

	mu         sync.Mutex
	changed    chan struct{} // closed and renewed at every change
	skew       time.Duration // how far the clock is ahead of time.Now
	lastID     int64
	state      state
	gateway    gateway
	requests   []Request
	violations []Violation
	faults     []*RESTFault
	buckets    map[string]*bucket
	invalid    int
	seen       map[string][]string // bot messages handed out by WaitMessage, by channel
}

// Start listens on a free port of 127.0.0.1.
func Start(opts Options) (*Server, error) {
	opts.Token = cmp.Or(opts.Token, "fake-token")
	opts.HeartbeatInterval = cmp.Or(opts.HeartbeatInterval, 41250*time.Millisecond)
	opts.Shards = cmp.Or(opts.Shards, 1)
	opts.RouteLimit = cmp.Or(opts.RouteLimit, 50)
	s := &Server{
		opts: opts, changed: make(chan struct{}),
		buckets: map[string]*bucket{}, seen: map[string][]string{},
	}
	spec, err := loadOpenAPI(opts.OpenAPI)
	if err != nil {
		return nil, err
	}
	s.spec = spec
	var lc net.ListenConfig
	ln, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("discordtest: %w", err)
	}
	s.host = ln.Addr().String()
	s.gateway.sessions = map[string]*session{}
	s.gateway.conns = map[*conn]struct{}{}
	s.gateway.identified = map[int]time.Time{}
	s.mu.Lock()
	s.populate()
	s.mu.Unlock()
	s.http = &http.Server{Handler: s.routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.http.Serve(ln) }()
	return s, nil
}

// New starts a server for one test. At the end of the test it is closed and
// every violation is reported as an error.
func New(t testing.TB, opts Options) *Server {
	t.Helper()
	s, err := Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.t = t
	if s.spec == nil {
		t.Log("Discord's OpenAPI description is absent: request bodies are held against the table of limits only")
	}
	t.Cleanup(func() {
		s.Close()
		for _, v := range s.Violations() {
			t.Errorf("Discord would not take this: %s", v)
		}
	})
	return s
}

// Close ends every connection and frees the port.
func (s *Server) Close() {
	_ = s.http.Close()
	s.Cut()
}

// URL is the root that stands for https://discord.com, without a final slash.
func (s *Server) URL() string { return "http://" + s.host }

// Token is the bot's token, without the "Bot " in front.
func (s *Server) Token() string { return s.opts.Token }

// Now is the fake's clock: the machine's, moved by Advance.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Server) now() time.Time { return time.Now().Add(s.skew) }

// Advance moves the clock forward, so that deadlines pass without waiting.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skew += d
	s.touch()
}

// Transport sends requests meant for Discord to the fake and refuses all
// others, so that no test reaches the network.
func (s *Server) Transport() http.RoundTripper { return transport{s.host} }

type transport struct{ host string }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	switch host := r.URL.Hostname(); {
	case host == "discord.com", host == "discordapp.com", strings.HasSuffix(host, ".discord.gg"),
		strings.HasSuffix(host, ".discord.com"), strings.HasSuffix(host, ".discordapp.com"):
		r = r.Clone(r.Context())
		r.URL.Scheme, r.URL.Host, r.Host = "http", t.host, t.host
	case r.URL.Host == t.host:
	default:
		return nil, fmt.Errorf("discordtest: a request to %s would leave the fake", r.URL.Host)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// touch wakes everybody who waits. The caller holds mu.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// wait returns nil once ok, called with mu held, is true.
func (s *Server) wait(ctx context.Context, what string, ok func() bool) error {
	return s.watch(ctx, what, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return ok()
	})
}

// watch returns nil once ok, called with mu free, is true.
func (s *Server) watch(ctx context.Context, what string, ok func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("discordtest: waited for %s: %w", what, ctx.Err())
		}
	}
}

// misuse ends a test that asks the fake for something that cannot be. It is
// called with mu free, since it doesn't return.
func (s *Server) misuse(format string, args ...any) {
	text := "discordtest: " + fmt.Sprintf(format, args...)
	if s.t == nil {
		panic(text)
	}
	s.t.Helper()
	s.t.Fatal(text)
}
