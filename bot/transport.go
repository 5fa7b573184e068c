package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// transport sends discordgo's requests, and mends what it does wrong: it
// retries 5xx and 429 a few times and no more, reads a 429 that is HTML,
// keeps the global limit, and stops before so many invalid requests that
// Discord would ban the address.
type transport struct {
	next   http.RoundTripper
	base   *url.URL      // in place of https://discord.com/api/vN; nil for Discord itself
	global *rate.Limiter // Discord's documentation, "Global Rate Limit": 50 a second
	sleep  func(context.Context, time.Duration) error

	mu      sync.Mutex
	invalid []time.Time // answers 401, 403 and 429 of the last ten minutes
	paused  time.Time   // until when a global 429 stops everything
}

// Limits of a transport. Discord bans for 10,000 invalid requests in ten
// minutes ("Invalid Request Limit"); a bot that makes a tenth of that is ill.
const (
	globalPace    = 45
	maxInvalid    = 1000
	invalidWindow = 10 * time.Minute
	maxTries      = 4
	maxWait       = 30 * time.Second
)

var errTooManyInvalid = errors.New("too many refused requests in ten minutes: check token and permissions; sending nothing until they are older")

func newTransport(base string) (*transport, error) {
	t := &transport{next: http.DefaultTransport, global: rate.NewLimiter(globalPace, globalPace), sleep: sleepFor}
	if base == "" {
		return t, nil
	}
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is not the address of a Discord API: give http(s)://host[:port][/api/v9]", base)
	}
	t.base = u
	return t, nil
}

// RoundTrip sends a request, again where that helps.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	callback := strings.HasSuffix(req.URL.Path, "/callback")
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		if err := req.Body.Close(); err != nil {
			return nil, err
		}
	}
	for try := 1; ; try++ {
		if err := t.admit(ctx, callback); err != nil {
			return nil, err
		}
		resp, err := t.next.RoundTrip(t.request(req, body))
		wait := t.judge(resp, err, try)
		if wait < 0 || try == maxTries {
			return readable(resp), err
		}
		if resp != nil {
			_ = resp.Body.Close() // the answer is not needed
		}
		if err := t.sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

// request is a copy of req with its body anew and its address rewritten.
func (t *transport) request(req *http.Request, body []byte) *http.Request {
	r := req.Clone(req.Context())
	if body != nil {
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	if t.base != nil && r.URL.Host == "discord.com" {
		r.URL.Scheme, r.URL.Host, r.Host = t.base.Scheme, t.base.Host, ""
		if p := strings.TrimRight(t.base.Path, "/"); p != "" {
			r.URL.Path, r.URL.RawPath = p+afterVersion(r.URL.Path), ""
		}
	}
	return r
}

// afterVersion gives the path behind /api/vN.
func afterVersion(path string) string {
	rest := strings.TrimPrefix(path, "/api/v")
	return strings.TrimLeft(rest, "0123456789")
}

// admit waits until a request may be sent. Answers to interactions are not
// under the global limit.
func (t *transport) admit(ctx context.Context, callback bool) error {
	t.mu.Lock()
	t.forget()
	many, pause := len(t.invalid) >= maxInvalid, time.Until(t.paused)
	t.mu.Unlock()
	switch {
	case many:
		return errTooManyInvalid
	case callback:
		return nil
	case pause > 0:
		if err := t.sleep(ctx, min(pause, maxWait)); err != nil {
			return err
		}
	}
	return t.global.Wait(ctx)
}

// forget drops invalid requests that are older than the window.
func (t *transport) forget() {
	for len(t.invalid) > 0 && time.Since(t.invalid[0]) > invalidWindow {
		t.invalid = t.invalid[1:]
	}
}

// judge tells how long to wait before another try; negative for none.
func (t *transport) judge(resp *http.Response, err error, try int) time.Duration {
	backoff := time.Duration(1<<(try-1)) * 500 * time.Millisecond
	if err != nil {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return -1
		}
		return backoff
	}
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		t.note()
		return -1
	case http.StatusTooManyRequests:
		t.note()
		wait := retryAfter(resp)
		if resp.Header.Get("X-RateLimit-Global") != "" || resp.Header.Get("X-RateLimit-Scope") == "global" {
			t.mu.Lock()
			t.paused = time.Now().Add(wait)
			t.mu.Unlock()
		}
		if wait > maxWait {
			return -1
		}
		return wait
	case http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusGatewayTimeout, http.StatusBadGateway:
		return backoff
	}
	return -1
}

func (t *transport) note() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.invalid = append(t.invalid, time.Now())
}

// retryAfter reads how long a 429 asks to wait: from its header, which HTML
// answers have, too.
func retryAfter(resp *http.Response) time.Duration {
	if s, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && s >= 0 {
		return time.Duration(s * float64(time.Second))
	}
	return time.Second
}

// readable makes JSON of a 429 in HTML, which discordgo can't read, and turns
// a 502 that was retried enough into an error it does not retry.
func readable(resp *http.Response) *http.Response {
	if resp == nil {
		return nil
	}
	if resp.StatusCode == http.StatusBadGateway {
		resp.StatusCode = http.StatusServiceUnavailable
	}
	if resp.StatusCode != http.StatusTooManyRequests || strings.Contains(resp.Header.Get("Content-Type"), "json") {
		return resp
	}
	_ = resp.Body.Close() // HTML for people
	body, _ := json.Marshal(map[string]any{"message": "rate limited", "retry_after": retryAfter(resp).Seconds(), "global": false})
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Set("Content-Type", "application/json")
	return resp
}

// sleepFor waits, unless ctx ends first.
func sleepFor(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
