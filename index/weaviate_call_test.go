package index

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestParseEngine(t *testing.T) {
	for _, tt := range []struct{ address, want string }{ // hosts, or a part of the error
		{"weaviate://a:8080", "a:8080"},
		{"weaviate://a:1,[::1]:2/?replicas=2&name=Guild", "a:1 [::1]:2"},
		{"weaviate://secret@a:1?tls=true", "a:1"},
		{"http://a:1", "unknown kind"},
		{"weaviate://a", `"a" is no host with a port`},
		{"weaviate://", "no host with a port"},
		{"weaviate://a:1?replicas=0", "replicas must be"},
		{"weaviate://a:1?name=guild", "name must be"},
		{"weaviate://a:1?wat=1", "unknown option wat"},
	} {
		w, err := parseEngine(tt.address)
		var got string
		if err != nil {
			got = err.Error()
		} else {
			got = strings.Join(w.hosts, " ")
		}
		if !strings.Contains(got, tt.want) || strings.Contains(got, "secret") {
			t.Errorf("%s: %s, want %s", tt.address, got, tt.want)
		}
	}
}

// TestEngineFailsOver: what one host can't answer the next does, what one
// refuses the next isn't asked, and errors in a graph are errors.
func TestEngineFailsOver(t *testing.T) {
	asked := 0
	host := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body)) // to a test
		}))
		t.Cleanup(s.Close)
		return strings.TrimPrefix(s.URL, "http://")
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	rows := `{"data":{"Get":{"C":[{"num":7}]}}}`
	for _, tt := range []struct {
		hosts []string
		want  passageNum // 0 for an error
		asked int
	}{
		{[]string{host(200, rows)}, 7, 1},
		{[]string{strings.TrimPrefix(gone.URL, "http://"), host(500, ""), host(200, rows)}, 7, 2},
		{[]string{host(200, `{"errors":[{"message":"a node is gone"}]}`), host(200, rows)}, 7, 2},
		{[]string{host(422, "what?"), host(200, rows)}, 0, 1},
		{[]string{host(502, ""), host(503, "")}, 0, 2 * engineAttempts},
	} {
		asked = 0
		w, err := parseEngine("weaviate://" + strings.Join(tt.hosts, ","))
		if err != nil {
			t.Fatal(err)
		}
		e, err := newEngine(w, "C")
		if err != nil {
			t.Fatal(err)
		}
		got, err := e.candidates(context.Background(), []weightedTerm{{`a "b`, 1}}, 5, nil)
		switch {
		case asked != tt.asked:
			t.Errorf("%d requests, want %d", asked, tt.asked)
		case tt.want == 0 && !errors.Is(err, ErrEngine):
			t.Errorf("error is %v", err)
		case tt.want > 0 && (err != nil || len(got) != 1 || got[0] != tt.want):
			t.Errorf("%v, %v, want %d", got, err, tt.want)
		}
	}
}
