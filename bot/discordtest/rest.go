package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// maxRequest is what Discord takes in one request, in bytes; maxFile what it
// takes in one file of an unboosted guild.
const (
	maxRequest = 25 << 20
	maxFile    = 10 << 20
	maxMemory  = maxRequest
)

// File is an uploaded file.
type File struct {
	Name        string
	ContentType string
	Data        []byte
}

// Request is one request as it came, and the status of the answer.
type Request struct {
	Method string
	Path   string // with the IDs, without /api/vN
	Route  string // with placeholders, as in Discord's description; "" if unknown
	Body   any    // the decoded JSON; payload_json of a multipart body
	Files  []File
	Header http.Header
	Time   time.Time // by the fake's clock
	Status int
}

func (r Request) String() string { return fmt.Sprintf("%s %s → %d", r.Method, r.Path, r.Status) }

// Violation is a request that Discord's documentation does not allow.
type Violation struct {
	Request Request
	Rule    string
}

func (v Violation) String() string { return v.Request.Method + " " + v.Request.Path + ": " + v.Rule }

// Requests lists what came, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Violations lists what broke a rule, oldest first.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Violation(nil), s.violations...)
}

// Invalid counts the answers 401, 403 and 429, of which Discord takes 10,000
// in ten minutes before it bans the address.
func (s *Server) Invalid() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.invalid
}

// A route of the REST API. Its path is that of Discord's description.
type route struct {
	method, path string
	handle       func(*Server, *call) (status int, body any) // called with mu held
	limits       func(*call) []fieldError                    // our own table; nil without a body
	open         bool                                        // takes no bot token
}

// call is a request on its way through its handler.
type call struct {
	*http.Request
	object Object // the body, where it is an object
	list   []any  // the body, where it is a list
	files  []File
}

func (c *call) flag(name string) bool {
	v := c.URL.Query().Get(name)
	return v == "true" || v == "1"
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, table := range [][]route{roomRoutes, messageRoutes, commandRoutes, interactionRoutes} {
		for _, r := range table {
			mux.HandleFunc(r.method+" /api/{version}"+r.path, func(w http.ResponseWriter, req *http.Request) { s.serve(w, req, &r) })
		}
	}
	mux.HandleFunc("GET /gateway/{$}", s.serveGateway)
	mux.HandleFunc("GET /gateway", s.serveGateway)
	mux.HandleFunc("GET /attachments/", s.serveFile)
	mux.HandleFunc("GET /ephemeral-attachments/", s.serveFile)
	mux.HandleFunc("/", func(w http.ResponseWriter, req *http.Request) { s.serve(w, req, nil) })
	return mux
}

var apiVersion = regexp.MustCompile(`^/api/v(9|10)/`)

// serve takes a request through what Discord does to all: reading, faults,
// authorisation, rate limits, validation, and only then the route itself.
func (s *Server) serve(w http.ResponseWriter, req *http.Request, r *route) {
	c, body, err := read(req)
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := Request{
		Method: req.Method, Path: "/" + apiVersion.ReplaceAllString(req.URL.Path, ""), Header: req.Header,
		Body: body, Files: c.files, Time: s.now(),
	}
	if r != nil {
		entry.Route = r.path
	}
	status, answer := s.process(w, c, r, &entry, body, err)
	entry.Status = status
	s.requests = append(s.requests, entry)
	if status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusTooManyRequests {
		s.invalid++
	}
	s.touch()
	if status == hangUp {
		panic(http.ErrAbortHandler)
	}
	respond(w, status, answer)
}

func (s *Server) process(w http.ResponseWriter, c *call, r *route, entry *Request, body any, err error) (int, any) {
	if f := s.fault(entry); f != nil {
		return f.answer(w)
	}
	switch {
	case r == nil || !apiVersion.MatchString(c.URL.Path):
		s.violate(*entry, "there is no such route")
		return http.StatusNotFound, Object{"message": "404: Not Found", "code": 0}
	case !r.open && c.Header.Get("Authorization") != "Bot "+s.opts.Token:
		return http.StatusUnauthorized, Object{"message": "401: Unauthorized", "code": 0}
	}
	if status, body, lacking := s.lacks(r); lacking {
		return status, body
	}
	if wait, global := s.limit(w, c, r); wait > 0 {
		return http.StatusTooManyRequests, Object{"message": "You are being rate limited.", "retry_after": wait.Seconds(), "global": global}
	}
	if errors.Is(err, errTooLarge) {
		s.violate(*entry, err.Error())
		return http.StatusRequestEntityTooLarge, Object{"message": "Request entity too large", "code": 40005}
	}
	if err != nil {
		s.violate(*entry, err.Error())
		return http.StatusBadRequest, Object{"message": "The request body contains invalid JSON.", "code": 50109}
	}
	if unknown := s.unknownFields(c, r); len(unknown) > 0 {
		return http.StatusBadRequest, errorBody(unknown)
	}
	if bad := s.validate(c, r, entry, body); bad != nil {
		return http.StatusBadRequest, bad
	}
	return r.handle(s, c)
}

// validate holds a body against Discord's description and our own table. It
// returns the error answer, or nil.
func (s *Server) validate(c *call, r *route, entry *Request, body any) any {
	if body == nil && r.limits == nil {
		return nil
	}
	for _, rule := range s.spec.request(r.method, r.path, body) {
		s.violate(*entry, rule)
	}
	if r.limits == nil {
		return nil
	}
	broken := r.limits(c)
	for _, f := range broken {
		s.violate(*entry, strings.TrimPrefix(f.Path+": ", ": ")+f.Message)
	}
	if len(broken) == 0 {
		return nil
	}
	return errorBody(broken)
}

func (s *Server) violate(r Request, rule string) {
	s.violations = append(s.violations, Violation{Request: r, Rule: rule})
}

var errTooLarge = errors.New("the request is larger than 25 MiB")

// read decodes the body, JSON or multipart.
func read(req *http.Request) (c *call, body any, err error) {
	c = &call{Request: req}
	data, err := io.ReadAll(io.LimitReader(req.Body, maxRequest+1))
	if err != nil {
		return c, nil, fmt.Errorf("the body breaks off: %w", err)
	}
	if len(data) > maxRequest {
		return c, nil, errTooLarge
	}
	kind, params, _ := mime.ParseMediaType(req.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		if data, c.files, err = parts(data, params["boundary"]); err != nil {
			return c, nil, err
		}
	}
	if len(data) == 0 {
		return c, nil, nil
	}
	if kind != "application/json" && kind != "multipart/form-data" {
		return c, nil, fmt.Errorf("content type %q: want JSON or multipart", kind)
	}
	if err := json.Unmarshal(data, &body); err != nil {
		return c, nil, fmt.Errorf("the body is no JSON: %w", err)
	}
	c.object, _ = body.(Object)
	c.list, _ = body.([]any)
	return c, body, nil
}

func parts(data []byte, boundary string) (payload []byte, files []File, err error) {
	form, err := multipart.NewReader(strings.NewReader(string(data)), boundary).ReadForm(maxMemory)
	if err != nil {
		return nil, nil, fmt.Errorf("the multipart body is broken: %w", err)
	}
	for n := range len(form.File) {
		headers := form.File[fmt.Sprintf("files[%d]", n)]
		if len(headers) != 1 {
			return nil, nil, fmt.Errorf("want the files as files[0] to files[%d]", len(form.File)-1)
		}
		f, err := headers[0].Open()
		if err != nil {
			return nil, nil, err
		}
		content, err := io.ReadAll(f)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, File{headers[0].Filename, headers[0].Header.Get("Content-Type"), content})
	}
	for name := range form.Value {
		if name != "payload_json" {
			return nil, nil, fmt.Errorf("unknown form field %q", name)
		}
	}
	return []byte(strings.Join(form.Value["payload_json"], "")), files, nil
}

// respond writes an answer; nil is an empty one.
func respond(w http.ResponseWriter, status int, body any) {
	if raw, ok := body.(rawBody); ok {
		w.Header().Set("Content-Type", raw.kind)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(raw.text))
		return
	}
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(body))
}

// rawBody is an answer that is not JSON.
type rawBody struct{ kind, text string }

// serveFile gives out an uploaded file, as Discord's CDN does.
func (s *Server) serveFile(w http.ResponseWriter, req *http.Request) {
	s.mu.Lock()
	f, ok := s.state.files[req.URL.EscapedPath()]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, req)
		return
	}
	w.Header().Set("Content-Type", f.ContentType)
	_, _ = w.Write(f.Data)
}

// refusal is Discord's form of an error.
func refusal(code int, message string) Object { return Object{"code": code, "message": message} }

// The refusals that the routes give, by Discord's table of JSON error codes.
var (
	unknownChannel     = refusal(10003, "Unknown Channel")
	unknownGuild       = refusal(10004, "Unknown Guild")
	unknownMember      = refusal(10007, "Unknown Member")
	unknownMessage     = refusal(10008, "Unknown Message")
	unknownUser        = refusal(10013, "Unknown User")
	unknownWebhook     = refusal(10015, "Unknown Webhook")
	unknownInteraction = refusal(10062, "Unknown interaction")
	acknowledged       = refusal(40060, "Interaction has already been acknowledged.")
	missingAccess      = refusal(50001, "Missing Access")
	otherAuthor        = refusal(50005, "Cannot edit a message authored by another user")
	missingPermission  = refusal(50013, "Missing Permissions")
	invalidToken       = refusal(50027, "Invalid Webhook Token")
	threadExists       = refusal(160004, "A thread has already been created for this message")
	replyNeedsHistory  = refusal(160002, "Cannot reply without permission to read message history")
	threadArchived     = refusal(50083, "Thread is archived")
)
