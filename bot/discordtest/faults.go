package discordtest

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// RESTFault makes requests fail in place of being handled.
type RESTFault struct {
	Method string // "" is any
	Route  string // part of the route with placeholders, such as "/messages"; "" is any
	Times  int    // how many requests; 0 is one
	Status int    // 0 cuts the connection without an answer
	HTML   bool   // a page in place of JSON, as the proxies in front of Discord send

	RetryAfter time.Duration // for status 429
	Global     bool          // a 429 that concerns all routes: no X-RateLimit-Reset-After
}

const hangUp = 0

// FailREST adds a fault. Faults apply in the order in which they were added.
func (s *Server) FailREST(f RESTFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Times = max(f.Times, 1)
	s.faults = append(s.faults, &f)
}

// fault takes the first fault that concerns a request.
func (s *Server) fault(r *Request) *RESTFault {
	for i, f := range s.faults {
		if f.Method != "" && f.Method != r.Method || !strings.Contains(r.Route, f.Route) {
			continue
		}
		if f.Times--; f.Times == 0 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		}
		return f
	}
	return nil
}

func (f *RESTFault) answer(w http.ResponseWriter) (int, any) {
	h := w.Header()
	var body any = Object{"message": strconv.Itoa(f.Status) + ": " + http.StatusText(f.Status), "code": 0}
	if f.Status == http.StatusTooManyRequests {
		h.Set("Retry-After", seconds(f.RetryAfter))
		if f.Global {
			h.Set("X-RateLimit-Global", "true")
			h.Set("X-RateLimit-Scope", "global")
		} else {
			h.Set("X-RateLimit-Scope", "user")
			h.Set("X-RateLimit-Reset-After", seconds(f.RetryAfter))
		}
		body = Object{"message": "You are being rate limited.", "retry_after": f.RetryAfter.Seconds(), "global": f.Global}
	}
	if f.HTML {
		body = rawBody{"text/html", "<!doctype html><title>" + http.StatusText(f.Status) + "</title>"}
	}
	return f.Status, body
}

// GatewayFault is what goes wrong on one connection to the gateway.
type GatewayFault struct {
	Silent    bool // the upgrade succeeds, and nothing is ever sent
	NoAck     bool // heartbeats are not acknowledged
	Instead   int  // opcode 7 or 9 in answer to the first IDENTIFY or RESUME
	Resumable bool // the d of opcode 9
}

// FailGateway makes the next connection faulty; calls queue up.
func (s *Server) FailGateway(f GatewayFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.faults = append(s.gateway.faults, f)
}

// RefuseGateway answers every IDENTIFY and RESUME from now on with a close
// code.
func (s *Server) RefuseGateway(code int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.refuse, s.gateway.refuseText = code, text
}

// Cut ends every connection to the gateway without a goodbye. Sessions stay,
// to be resumed.
func (s *Server) Cut() {
	for _, c := range s.connections() {
		s.leave(c)
	}
}

// CloseGateway ends every connection to the gateway with a close code.
func (s *Server) CloseGateway(code int, text string) {
	for _, c := range s.connections() {
		s.closeConn(c, code, text)
	}
}

// AskReconnect sends opcode 7 to everybody.
func (s *Server) AskReconnect() {
	for _, c := range s.connections() {
		s.sendOp(c, opReconnect, nil)
	}
}

// ForgetSessions makes every session impossible to resume.
func (s *Server) ForgetSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.gateway.sessions)
}

// MuteAcks stops or restarts the acknowledgement of heartbeats.
func (s *Server) MuteAcks(mute bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gateway.muteAcks = mute
}

func (s *Server) connections() []*conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*conn
	for c := range s.gateway.conns {
		all = append(all, c)
	}
	return all
}

// Identifies and Resumes count what clients sent to the gateway.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.identifies
}

// Resumes counts the attempts to resume a session.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.resumes
}

// WaitReady returns once n sessions are connected and ready.
func (s *Server) WaitReady(ctx context.Context, n int) error {
	return s.wait(ctx, strconv.Itoa(n)+" sessions to be ready", func() bool {
		up := 0
		for _, ss := range s.gateway.sessions {
			if ss.conn != nil {
				up++
			}
		}
		return up >= n
	})
}

// WaitRequest returns the first request, of those after the given number,
// that ok accepts.
func (s *Server) WaitRequest(ctx context.Context, after int, ok func(Request) bool) (Request, error) {
	var found Request
	err := s.watch(ctx, "a request", func() bool {
		all := s.Requests()
		for _, r := range all[min(after, len(all)):] {
			if ok(r) {
				found = r
				return true
			}
		}
		return false
	})
	return found, err
}
