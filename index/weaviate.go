package index

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// ErrEngine: the search engine can't be reached or refuses; it may be well
// again later.
var ErrEngine = errors.New("search engine fails")

// A weaviate speaks the REST protocol of Weaviate, as far as we need it: ten
// calls. Its own client would bring thirty modules, the server's and gRPC among
// them, and 15 MB to each program. It is safe for concurrent use.
type weaviate struct {
	hosts    []string // any of which answers for all
	scheme   string
	key      string // sent as bearer token; empty for none
	replicas int    // of each passage, in collections to be made
	name     string // of the alias, and the beginning of collections' names
	client   *http.Client
	first    atomic.Uint32 // host that answered last
}

const (
	engineName     = "Historian"      // default of weaviate.name
	engineAttempts = 3                // rounds over all hosts before giving up
	enginePause    = time.Second / 5  // between rounds
	engineTimeout  = 2 * time.Second  // of one question to one host
	engineUpload   = 60 * time.Second // of one change
)

// parseEngine reads the address of an engine:
//
//	weaviate://[key@]host:port[,host:port…][?replicas=2][&name=Historian][&tls=true]
func parseEngine(address string) (*weaviate, error) {
	wrong := func(what string) error {
		return fmt.Errorf("address of the search engine: %s: want weaviate://host:port[,host:port…]", what) // without the key
	}
	rest, ok := strings.CutPrefix(address, "weaviate://")
	if !ok {
		return nil, wrong("unknown kind of engine")
	}
	rest, query, _ := strings.Cut(rest, "?")
	options, err := url.ParseQuery(query)
	if err != nil {
		return nil, wrong("what follows ? can't be read")
	}
	key, hosts, ok := strings.Cut(strings.TrimSuffix(rest, "/"), "@")
	if !ok {
		key, hosts = "", key
	}
	w := &weaviate{scheme: "http", replicas: 1, name: engineName, key: key, client: &http.Client{}}
	for host := range strings.SplitSeq(hosts, ",") {
		if _, port, err := net.SplitHostPort(host); err != nil || port == "" {
			return nil, wrong(fmt.Sprintf("%q is no host with a port", host))
		}
		w.hosts = append(w.hosts, host)
	}
	for option, values := range options {
		switch value := values[0]; option {
		case "replicas":
			if w.replicas, err = strconv.Atoi(value); err != nil || w.replicas < 1 {
				return nil, wrong("replicas must be a number from 1 on")
			}
		case "name":
			if w.name = value; !isCollection(value) {
				return nil, wrong("name must be a capital letter with letters and digits after it")
			}
		case "tls":
			if value == "true" {
				w.scheme = "https"
			}
		default:
			return nil, wrong("unknown option " + option)
		}
	}
	return w, nil
}

func isCollection(name string) bool {
	for i, c := range []byte(name) {
		upper, letter := 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if !upper && (i == 0 || !letter) {
			return false
		}
	}
	return name != ""
}

// A refusal is an answer of the engine other than success.
type refusal struct {
	status int
	body   string
}

func (r *refusal) Error() string { return fmt.Sprintf("status %d: %s", r.status, r.body) }

func refused(err error, status int) bool {
	var r *refusal
	return errors.As(err, &r) && r.status == status
}

// call sends a request, to the next host where one can't answer, and decodes
// the answer into out unless that is nil. The request may reach the engine
// twice: all of ours can.
func (w *weaviate) call(ctx context.Context, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	for attempt := range engineAttempts * len(w.hosts) {
		if attempt > 0 && attempt%len(w.hosts) == 0 {
			select {
			case <-time.After(enginePause):
			case <-ctx.Done():
			}
		}
		n := (w.first.Load() + uint32(attempt)) % uint32(len(w.hosts))
		err = w.send(ctx, w.hosts[n], method, path, body, out)
		var r *refusal
		switch {
		case err == nil:
			w.first.Store(n)
			return nil
		case ctx.Err() != nil:
			return fmt.Errorf("%w: %w", ErrEngine, err)
		case errors.As(err, &r) && r.status < http.StatusInternalServerError:
			return fmt.Errorf("%w: %s %s: %w", ErrEngine, method, path, err) // others would say the same
		}
	}
	return fmt.Errorf("%w: %s %s: %w", ErrEngine, method, path, err)
}

// longestAnswer bounds what is read of an answer, in bytes.
const longestAnswer = 256 << 20

func (w *weaviate) send(ctx context.Context, host, method, path string, body []byte, out any) error {
	patience := engineTimeout
	if method != http.MethodGet && path != graphPath {
		patience = engineUpload
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, method, w.scheme+"://"+host+"/v1"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if w.key != "" {
		req.Header.Set("Authorization", "Bearer "+w.key)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, longestAnswer))
	if err != nil {
		return err
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return &refusal{resp.StatusCode, string(data[:min(len(data), 500)])}
	}
	if g, ok := out.(*graph); ok {
		return g.decode(data)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(data, out)
}

const graphPath = "/graphql"

// A graph is the answer to a GraphQL query for the objects of a collection.
type graph struct {
	collection string
	rows       []engineRow
}

// decode makes an error of the errors in a graph: a node that is gone shows
// as one.
func (g *graph) decode(data []byte) error {
	var answer struct {
		Data   struct{ Get map[string][]engineRow }
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return &refusal{http.StatusBadGateway, answer.Errors[0].Message}
	}
	g.rows = answer.Data.Get[g.collection]
	return nil
}

// alias gives the collection that is served; "" where there is none.
func (w *weaviate) alias(ctx context.Context) (collection string, err error) {
	var a struct{ Class string }
	err = w.call(ctx, http.MethodGet, "/aliases/"+w.name, nil, &a)
	if refused(err, http.StatusNotFound) {
		return "", nil
	}
	return a.Class, err
}

// point makes a collection the one that is served, in one step.
func (w *weaviate) point(ctx context.Context, collection string) error {
	before, err := w.alias(ctx)
	switch {
	case err != nil || before == collection:
		return err
	case before == "":
		return w.call(ctx, http.MethodPost, "/aliases", map[string]string{"alias": w.name, "class": collection}, nil)
	}
	return w.call(ctx, http.MethodPut, "/aliases/"+w.name, map[string]string{"class": collection}, nil)
}
