package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func noEnv(string) string { return "" }

func TestWrongCalls(t *testing.T) {
	t.Parallel()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"-addr 0.0.0.0:8899", exitUsage, "only a loopback address is served"},
		{"-addr :8899", exitUsage, "only a loopback address is served"},
		{"-addr 8899", exitUsage, "give host and port"},
		{"-port 1", exitUsage, "flag provided but not defined"},
		{"now", exitUsage, `it takes no argument, but got "now"`},
		{"-addr " + ln.Addr().String(), exitError, "is taken by another program; choose another port"},
		{"-addr 127.0.0.1:0 -corpus " + file, exitError, file},
		{"-addr 127.0.0.1:0 -data " + file, exitError, file},
		{"-h", exitDone, "-addr"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), strings.Fields(tt.args), noEnv, &out, &errs); code != tt.code || !strings.Contains(errs.String(), tt.says) || out.Len() > 0 {
			t.Errorf("preview %s: exit code %d, want %d; it says %q, want %q; stdout %q", tt.args, code, tt.code, errs.String(), tt.says, out.String())
		}
	}
}

// TestServes runs the program as people do until they interrupt it.
func TestServes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "rules.md"), []byte("# Rules\n\nThe gate closes at nine.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	r, w := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"-addr", "127.0.0.1:0", "-corpus", dir}, noEnv, w, io.Discard)
		_ = w.Close()
	}()
	line := make([]byte, 100)
	n, err := r.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(string(line[:n]))
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	policy := resp.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || !bytes.Contains(body, []byte("<title>Historian")) || bytes.Contains(body, []byte("NONCE")) {
		t.Errorf("policy %q, page %.80q", policy, body)
	}
	interrupt()
	select {
	case c := <-code:
		if c != exitDone {
			t.Errorf("exit code %d", c)
		}
	case <-time.After(time.Minute):
		t.Error("it doesn't end")
	}
}

// TestRefusals: what Discord's client would not let a person do, and what no
// page but ours may ask for.
func TestRefusals(t *testing.T) {
	t.Parallel()
	url := serving(t, hostile)
	channel := firstRoom(t, url)
	for _, tt := range []struct {
		path, body, origin, host string
		status                   int
		says                     string
	}{
		{path: "/say", body: `{"channel":"` + channel + `","text":" "}`, status: 422, says: "a message needs a text"},
		{path: "/say", body: `{"channel":"1","text":"why?"}`, status: 422, says: "no such channel"},
		{path: "/say", body: `{"channel":"` + channel + `","text":"` + strings.Repeat("a", 4000) + `"}`, status: 422, says: "at most 2000 characters"},
		{path: "/say", body: `{"channel":"` + channel + `","text":"` + strings.Repeat("a", 1<<17) + `"}`, status: 400, says: "too large"},
		{path: "/say", body: `no JSON`, status: 400, says: "invalid character"},
		{path: "/slash", body: `{"channel":"` + channel + `","text":"/gpt ask"}`, status: 422, says: "/gpt ask needs question"},
		{path: "/slash", body: `{"channel":"` + channel + `","text":"/gpt ask why? private:maybe"}`, status: 422, says: "private cannot be maybe"},
		{path: "/slash", body: `{"channel":"` + channel + `","text":"/nothing"}`, status: 422, says: "there is no command /nothing"},
		{path: "/slash", body: `{"channel":"1","text":"/gpt help"}`, status: 422, says: "no such channel"},
		{path: "/press", body: `{"channel":"` + channel + `","message":"1","button":"x"}`, status: 422, says: "the message is gone"},
		{path: "/menu", body: `{"channel":"` + channel + `","message":"1","command":"x"}`, status: 422, says: "the message is gone"},
		{path: "/edit", body: `{"channel":"` + channel + `","message":"1","text":"x"}`, status: 422, says: "not your message"},
		{path: "/delete", body: `{"channel":"` + channel + `","message":"1"}`, status: 422, says: "not your message"},
		{path: "/say", body: `{}`, origin: "https://example.org", status: 403, says: "cross-origin"},
		{path: "/say", body: `{}`, host: "example.org:80", status: 403, says: "loopback"},
	} {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, url+tt.path, strings.NewReader(tt.body))
		if tt.origin != "" {
			r.Header.Set("Origin", tt.origin)
		}
		r.Host = tt.host
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		says, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != tt.status || !strings.Contains(string(says), tt.says) {
			t.Errorf("%s %.80s: %d %q, want %d %q", tt.path, tt.body, resp.StatusCode, says, tt.status, tt.says)
		}
	}
}
