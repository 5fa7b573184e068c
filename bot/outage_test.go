package bot_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"historian/bot"
	"historian/bot/discordtest"
)

// answers checks that the bot answers a direct question.
func (r *running) answers() {
	r.t.Helper()
	r.Say(r.w.DM, r.w.User, keys, discordtest.Say{})
	contains(r.t, "the reply", r.message(r.w.DM).Content, "warden")
}

// until waits for what no event of the fake tells.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestGatewayOutages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		fail func(*discordtest.Server)
	}{
		{"cut", func(d *discordtest.Server) { d.Cut() }},
		{"asked to reconnect", func(d *discordtest.Server) { d.AskReconnect() }},
		{"closed with an unknown error", func(d *discordtest.Server) { d.CloseGateway(4000, "Unknown error.") }},
		{"session forgotten", func(d *discordtest.Server) { d.ForgetSessions(); d.Cut() }},
		{"silent after the upgrade", func(d *discordtest.Server) {
			d.FailGateway(discordtest.GatewayFault{Silent: true})
			d.Cut()
		}},
		{"reconnect in place of READY", func(d *discordtest.Server) {
			d.ForgetSessions()
			d.FailGateway(discordtest.GatewayFault{Instead: 7})
			d.Cut()
		}},
		{"invalid session on resume", func(d *discordtest.Server) {
			d.FailGateway(discordtest.GatewayFault{Instead: 9})
			d.Cut()
		}},
		{"three faults in a row", func(d *discordtest.Server) {
			d.FailGateway(discordtest.GatewayFault{Instead: 9, Resumable: true})
			d.FailGateway(discordtest.GatewayFault{Silent: true})
			d.FailGateway(discordtest.GatewayFault{Instead: 7})
			d.Cut()
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := start(t, quick(t), openIndex(t, docs), bot.Options{}, impatient)
			r.answers()
			before := r.Identifies() + r.Resumes()
			test.fail(r.Server)
			until(t, "the bot to come back", func() bool { return r.Identifies()+r.Resumes() > before })
			r.must(r.WaitReady(soon(t), 1))
			r.answers()
		})
	}
}

// TestWhatWasMissedIsAnsweredOnce says something while the bot is away, and
// has the gateway repeat it.
func TestWhatWasMissedIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	r.Cut()
	id := r.Say(r.w.Text, r.w.User, "<@"+r.w.Bot+"> "+keys, discordtest.Say{})
	r.message(r.w.Text)
	r.Repeat(r.w.Text, id)
	r.silent(r.w.Text)
}

func TestRESTOutages(t *testing.T) {
	t.Parallel()
	for _, fault := range []discordtest.RESTFault{
		{Status: 500},
		{Status: 502, Times: 2},
		{Status: 503, HTML: true},
		{Status: 429, RetryAfter: 200 * time.Millisecond},
		{Status: 429, RetryAfter: 200 * time.Millisecond, Global: true},
		{Status: 429, RetryAfter: 200 * time.Millisecond, HTML: true},
		{Status: 0}, // the connection breaks off
	} {
		t.Run(strings.TrimSpace(discordtest.Request{Status: fault.Status}.String()), func(t *testing.T) {
			t.Parallel()
			r := start(t, discord(t), openIndex(t, docs), bot.Options{})
			fault.Method, fault.Route = "POST", "/messages"
			r.FailREST(fault)
			r.answers()
			if n := len(r.Messages(r.w.DM)); n != 2 {
				t.Errorf("%d messages, want the question and one reply", n)
			}
		})
	}
}

func TestRefusalIsFinal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		options discordtest.Options
		token   string
		ambient bool
		code    int
		says    string
	}{
		{"wrong token", discordtest.Options{}, "MTEwMDAwMDAwMDAwMDAwMDAwMQ.wrong.wrong", false, 401, "DISCORD_TOKEN"},
		{"intent not switched on", discordtest.Options{Disallowed: discordtest.IntentMessageContent}, "", true, 4014, "Message Content"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, test.options)
			o := bot.Options{Logger: slog.New(slog.DiscardHandler)}
			if test.ambient {
				o.Ambient = map[string]bool{d.World.Text: true}
			}
			g := gateway(d)
			if test.token != "" {
				g.Token = test.token
			}
			err := bot.New(openIndex(t, docs), o).Run(soon(t), g)
			var fatal *bot.FatalError
			if !errors.As(err, &fatal) || fatal.Code != test.code || !strings.Contains(fatal.Mend, test.says) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestIntentWithdrawn: a bot that loses an intent while it runs must end, not
// knock for ever.
func TestIntentWithdrawn(t *testing.T) {
	t.Parallel()
	d := discord(t)
	r := start(t, d, openIndex(t, docs), bot.Options{})
	r.RefuseGateway(4014, "Disallowed intent(s).")
	r.Cut()
	select {
	case err := <-r.err:
		r.err <- err
		var fatal *bot.FatalError
		if !errors.As(err, &fatal) || fatal.Code != 4014 {
			t.Errorf("error %v", err)
		}
	case <-soon(t).Done():
		t.Error("the bot goes on")
	}
}

// TestForbiddenChannel: a channel that refuses the bot is left alone, since
// refused requests count towards a ban.
func TestForbiddenChannel(t *testing.T) {
	t.Parallel()
	var log syncBuffer
	r := start(t, discord(t), openIndex(t, docs), bot.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	r.Overwrite(r.w.Text, r.w.Bot, 0, discordtest.SendMessages)
	for range 5 {
		r.Say(r.w.Text, r.w.Moderator, "<@"+r.w.Bot+"> "+keys, discordtest.Say{})
		until(t, "the refusal", func() bool { return strings.Contains(log.String(), "give the bot View Channel") })
	}
	r.answers()
	if n := r.Invalid(); n > 2 {
		t.Errorf("%d refused requests, want one or two", n)
	}
	if n := strings.Count(log.String(), "give the bot View Channel, Send Messages"); n != 1 {
		t.Errorf("the log names the mend %d times, want once:\n%s", n, log.String())
	}
}

// TestUnknownComponents: discordgo can't parse components that it doesn't
// know, and hands out an empty message.
func TestUnknownComponents(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	r.Dispatch("MESSAGE_CREATE", discordtest.Object{
		"id": "1", "channel_id": r.w.Text, "guild_id": r.w.Guild, "content": "<@" + r.w.Bot + "> hi",
		"author": discordtest.Object{"id": r.w.User, "username": "asker"}, "components": []any{discordtest.Object{"type": 99, "id": 1}},
	})
	r.Dispatch("INTERACTION_CREATE", discordtest.Object{"id": "2", "type": 99, "token": "t", "guild_id": r.w.Guild})
	r.Dispatch("MESSAGE_DELETE", discordtest.Object{"id": "3", "channel_id": r.w.Text, "guild_id": r.w.Guild})
	r.answers()
}

// TestShutdownFinishes: an answer that is being written is sent before the
// bot ends.
func TestShutdownFinishes(t *testing.T) {
	t.Parallel()
	g := newGate(openIndex(t, docs))
	r := start(t, discord(t), g, bot.Options{})
	r.Say(r.w.DM, r.w.User, keys, discordtest.Say{})
	<-g.reached
	ended := make(chan error, 1)
	go func() { ended <- r.stop() }()
	close(g.open)
	if err := <-ended; err != nil {
		t.Errorf("error %v", err)
	}
	contains(t, "the reply", r.message(r.w.DM).Content, "warden")
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
