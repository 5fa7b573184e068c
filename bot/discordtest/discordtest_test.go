package discordtest_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"historian/bot/discordtest"
)

// Everything here drives the fake by plain discordgo, which it shares no code
// with.

const all = discordgo.IntentsAllWithoutPrivileged | discordgo.IntentMessageContent

func client(t *testing.T, d *discordtest.Server, intents discordgo.Intent) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	s.Client = &http.Client{Transport: d.Transport(), Timeout: 10 * time.Second}
	s.Identify.Intents = intents
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	return s
}

func open(t *testing.T, d *discordtest.Server, intents discordgo.Intent, handlers ...any) *discordgo.Session {
	t.Helper()
	s := client(t, d, intents)
	for _, h := range handlers {
		s.AddHandler(h)
	}
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func code(err error) int {
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Message != nil {
		return rest.Message.Code
	}
	return 0
}

func TestReply(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	open(t, d, all, func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author.ID == w.User {
			_, _ = s.ChannelMessageSendReply(m.ChannelID, "<@"+w.User+"> here", m.Reference())
		}
	})
	id := d.Say(w.Text, w.User, "where?", discordtest.Say{})
	m, err := d.WaitMessage(soon(t), w.Text)
	if err != nil {
		t.Fatal(err)
	}
	if m.Content != "<@"+w.User+"> here" || m.Reference == nil || m.Reference.MessageID != id || len(m.Mentions) != 1 {
		t.Errorf("message %+v", m)
	}
}

func TestContentIntent(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	got := make(chan string, 10)
	open(t, d, discordgo.IntentGuilds|discordgo.IntentGuildMessages|discordgo.IntentDirectMessages, func(_ *discordgo.Session, m *discordgo.MessageCreate) {
		got <- m.Content
	})
	for _, test := range []struct{ channel, content, want string }{
		{w.Text, "not for you", ""},
		{w.Text, "<@" + w.Bot + "> for you", "<@" + w.Bot + "> for you"},
		{w.DM, "direct", "direct"},
	} {
		d.Say(test.channel, w.User, test.content, discordtest.Say{})
		if c := receive(t, got); c != test.want {
			t.Errorf("content %q, want %q", c, test.want)
		}
	}
}

func receive[T any](t *testing.T, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-soon(t).Done():
		t.Fatal("nothing came")
	}
	return v
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		options discordtest.Options
		token   string
		intents discordgo.Intent
		want    int
	}{
		{"token", discordtest.Options{}, "Bot wrong", all, 4004},
		{"intent not switched on", discordtest.Options{Disallowed: discordtest.IntentMessageContent}, "", all, 4014},
		{"unknown intent", discordtest.Options{}, "", 1 << 30, 4013},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := discordtest.New(t, test.options)
			s := client(t, d, test.intents)
			if test.token != "" {
				s.Identify.Token = test.token
			}
			var closed *websocket.CloseError
			if err := s.Open(); !errors.As(err, &closed) || closed.Code != test.want {
				t.Errorf("error %v, want close code %d", err, test.want)
			}
		})
	}
}

func TestResumeReplaysWhatWasMissed(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	got, lost := make(chan string, 10), make(chan struct{}, 10)
	s := open(t, d, all,
		func(_ *discordgo.Session, m *discordgo.MessageCreate) { got <- m.Content },
		func(*discordgo.Session, *discordgo.Disconnect) { lost <- struct{}{} })
	d.Cut()
	receive(t, lost)
	d.Say(w.Text, w.User, "while you were away", discordtest.Say{})
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	if c := receive(t, got); c != "while you were away" {
		t.Errorf("got %q", c)
	}
	if d.Identifies() != 1 || d.Resumes() != 1 {
		t.Errorf("%d identifies and %d resumes, want one of each", d.Identifies(), d.Resumes())
	}
}

func TestLimitsAreEnforced(t *testing.T) {
	t.Parallel()
	d, err := discordtest.Start(discordtest.Options{}) // not New: violations are wanted
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	s := client(t, d, all)
	_, err = s.ChannelMessageSend(d.World.Text, strings.Repeat("x", 2001))
	if code(err) != 50035 {
		t.Errorf("2001 characters: %v", err)
	}
	if _, err = s.ChannelMessageSend(d.World.Text, strings.Repeat("字", 2000)); err != nil {
		t.Errorf("2000 characters: %v", err)
	}
	if len(d.Violations()) == 0 {
		t.Error("no violation was noted")
	}
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	s := client(t, d, all)
	send := func() error { _, err := s.ChannelMessageSend(w.Text, "hello"); return err }
	if err := send(); err != nil {
		t.Fatal(err)
	}
	d.Overwrite(w.Text, w.Bot, 0, discordtest.SendMessages)
	if err := send(); code(err) != 50013 {
		t.Errorf("without Send Messages: %v", err)
	}
	d.Overwrite(w.Text, w.Bot, 0, discordtest.ViewChannel)
	if err := send(); code(err) != 50001 {
		t.Errorf("without View Channel: %v", err)
	}
	if d.Invalid() != 2 {
		t.Errorf("%d invalid requests, want 2", d.Invalid())
	}
}

func TestFilesAndMentions(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	s := client(t, d, all)
	_, err := s.ChannelMessageSendComplex(w.Text, &discordgo.MessageSend{
		Content:         "@everyone <@" + w.User + ">",
		Files:           []*discordgo.File{{Name: "a.txt", ContentType: "text/plain", Reader: bytes.NewReader([]byte("words"))}},
		AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.WaitMessage(soon(t), w.Text)
	if err != nil {
		t.Fatal(err)
	}
	if m.MentionEveryone || len(m.Mentions) != 0 {
		t.Errorf("pinged everyone %v, %v", m.MentionEveryone, m.Mentions)
	}
	if f, ok := d.Attachment(m.Attachments[0]); !ok || string(f.Data) != "words" || f.ContentType != "text/plain" {
		t.Errorf("file %+v", f)
	}
}

func TestNonceIsSentOnce(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s := client(t, d, all)
	body := map[string]any{"content": "once", "nonce": "n1", "enforce_nonce": true}
	for range 2 {
		if _, err := s.Request("POST", discordgo.EndpointChannelMessages(d.World.Text), body); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(d.Messages(d.World.Text)); n != 1 {
		t.Errorf("%d messages, want one", n)
	}
}

var ask = []*discordgo.ApplicationCommand{{
	Name: "gpt", Description: "asks",
	Options: []*discordgo.ApplicationCommandOption{{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: "ask", Description: "asks",
		Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "what", Required: true, Autocomplete: true}},
	}},
}, {Type: discordgo.MessageApplicationCommand, Name: "Find"}}

// asked opens a session that hands out interactions, with commands registered.
func asked(t *testing.T, d *discordtest.Server) (*discordgo.Session, chan *discordgo.Interaction) {
	t.Helper()
	got := make(chan *discordgo.Interaction, 10)
	s := open(t, d, all, func(_ *discordgo.Session, i *discordgo.InteractionCreate) { got <- i.Interaction })
	if _, err := s.ApplicationCommandBulkOverwrite(d.World.Application, "", ask); err != nil {
		t.Fatal(err)
	}
	return s, got
}

func TestSlashCommand(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s, got := asked(t, d)
	sent := d.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": "who?"}, Locale: "zh-CN"})
	i := receive(t, got)
	data := i.ApplicationCommandData()
	if i.Locale != "zh-CN" || data.Options[0].Name != "ask" || data.Options[0].Options[0].StringValue() != "who?" || i.Member.User.ID != d.World.User {
		t.Errorf("interaction %+v, data %+v", i, data)
	}
	answer := &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Content: "you", Flags: discordgo.MessageFlagsEphemeral, Components: []discordgo.MessageComponent{
			discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "More", CustomID: "more"}}},
		}},
	}
	if err := s.InteractionRespond(i, answer); err != nil {
		t.Fatal(err)
	}
	if err := s.InteractionRespond(i, answer); code(err) != 40060 {
		t.Errorf("second response: %v", err)
	}
	r, err := d.WaitResponse(soon(t), sent)
	if err != nil || r.Message.Content != "you" || !r.Message.Ephemeral() {
		t.Errorf("response %+v, error %v", r, err)
	}
	d.Click(r.Message, r.Message.Buttons()["More"], discordtest.Invoke{})
	press := receive(t, got)
	if press.MessageComponentData().CustomID != "more" || press.Message.Content != "you" {
		t.Errorf("press %+v", press)
	}
}

func TestInteractionClock(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s, got := asked(t, d)
	deferred := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	q := discordtest.Invoke{Options: discordtest.Object{"question": "who?"}}

	d.Slash("gpt ask", q)
	late := receive(t, got)
	d.Advance(4 * time.Second)
	if err := s.InteractionRespond(late, deferred); code(err) != 10062 {
		t.Errorf("after four seconds: %v", err)
	}

	sent := d.Slash("gpt ask", q)
	i := receive(t, got)
	if err := s.InteractionRespond(i, deferred); err != nil {
		t.Fatal(err)
	}
	d.Advance(10 * time.Minute)
	content := "found"
	if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &content}); err != nil {
		t.Fatal(err)
	}
	if r, err := d.WaitResponse(soon(t), sent); err != nil || !r.Deferred || r.Message.Content != "found" {
		t.Errorf("response %+v, error %v", r, err)
	}
	d.Advance(6 * time.Minute)
	if _, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &content}); code(err) != 50027 {
		t.Errorf("after sixteen minutes: %v", err)
	}
}

func TestAutocompleteAndMessageCommand(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s, got := asked(t, d)
	sent := d.Autocomplete("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": "wh"}, Focused: "question"})
	i := receive(t, got)
	if !i.ApplicationCommandData().Options[0].Options[0].Focused {
		t.Error("the option is not focused")
	}
	if err := s.InteractionRespond(i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "who?", Value: "who?"}}},
	}); err != nil {
		t.Fatal(err)
	}
	if r, err := d.WaitResponse(soon(t), sent); err != nil || len(r.Choices) != 1 {
		t.Errorf("response %+v, error %v", r, err)
	}
	id := d.Say(d.World.Text, d.World.User, "who?", discordtest.Say{})
	d.MessageCommand("Find", id, discordtest.Invoke{})
	data := receive(t, got).ApplicationCommandData()
	if m := data.Resolved.Messages[data.TargetID]; m == nil || m.Content != "who?" {
		t.Errorf("resolved %+v", data.Resolved)
	}
}

func TestCommandsKeepTheirIDs(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s := client(t, d, all)
	first, err := s.ApplicationCommandBulkOverwrite(d.World.Application, d.World.Guild, ask)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.ApplicationCommandBulkOverwrite(d.World.Application, d.World.Guild, ask)
	if err != nil || again[0].ID != first[0].ID || again[0].Version == first[0].Version {
		t.Errorf("first %+v, again %+v, error %v", first[0], again[0], err)
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{RouteLimit: 2})
	request := func() *http.Response {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.URL()+"/api/v10/channels/"+d.World.Text, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bot "+d.Token())
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp
	}
	for _, want := range []int{200, 200, 429} {
		resp := request()
		if resp.StatusCode != want || resp.Header.Get("X-RateLimit-Bucket") == "" || (want == 429) != (resp.Header.Get("Retry-After") != "") {
			t.Errorf("status %d, want %d; headers %v", resp.StatusCode, want, resp.Header)
		}
	}
	d.Advance(time.Second)
	if resp := request(); resp.StatusCode != http.StatusOK {
		t.Errorf("a second later: %d", resp.StatusCode)
	}
	d.FailREST(discordtest.RESTFault{Route: "/channels/{channel_id}", Status: 429, Global: true, RetryAfter: 3 * time.Second})
	resp := request()
	if resp.Header.Get("X-RateLimit-Global") != "true" || resp.Header.Get("X-RateLimit-Reset-After") != "" || resp.Header.Get("Retry-After") != "3.000" {
		t.Errorf("global: headers %v", resp.Header)
	}
}

func TestIdentifyPace(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{MaxConcurrency: 1})
	open(t, d, all)
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), strings.Replace(d.URL(), "http", "ws", 1)+"/gateway?v=10&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ws.Close(); _ = resp.Body.Close() }()
	identify := map[string]any{"op": 2, "d": map[string]any{"token": d.Token(), "intents": 1, "properties": map[string]string{}, "shard": []int{0, 1}}}
	if err := ws.WriteJSON(identify); err != nil {
		t.Fatal(err)
	}
	var ops []int
	for range 2 {
		var p struct {
			Op int `json:"op"`
		}
		if err := ws.ReadJSON(&p); err != nil {
			t.Fatal(err)
		}
		ops = append(ops, p.Op)
	}
	if !slices.Equal(ops, []int{10, 9}) {
		t.Errorf("ops %v, want hello, then invalid session", ops)
	}
}

func TestThreads(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	s := open(t, d, all)
	id := d.Say(w.Text, w.User, "a question", discordtest.Say{})
	th, err := s.MessageThreadStart(w.Text, id, "a question", 1440)
	if err != nil || th.ID != id || th.ParentID != w.Text {
		t.Fatalf("thread %+v, error %v", th, err)
	}
	if _, err := s.ChannelMessageSend(th.ID, "in the thread"); err != nil {
		t.Error(err)
	}
	if _, err := s.MessageThreadStart(w.Text, id, "again", 1440); code(err) != 160004 {
		t.Errorf("a second thread: %v", err)
	}
}
