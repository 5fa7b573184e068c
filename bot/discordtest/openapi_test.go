package discordtest

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func needOpenAPI(t *testing.T) *openAPI {
	t.Helper()
	o, err := loadOpenAPI("")
	if err != nil {
		t.Fatal(err)
	}
	if o == nil {
		t.Skip("Discord's OpenAPI description is not at hand (../shared/discord/openapi.json, or $HISTORIAN_SHARED)")
	}
	return o
}

func decode(t *testing.T, s string) any {
	t.Helper()
	if s == "" {
		return nil
	}
	var v any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return v
}

const (
	routeMessages = "/channels/{channel_id}/messages"
	routeCallback = "/interactions/{interaction_id}/{interaction_token}/callback"
	routeWebhook  = "/webhooks/{application_id}/{token}"
	routeCommands = "/applications/{application_id}/commands"
)

func TestOpenAPIRequest(t *testing.T) {
	o := needOpenAPI(t)
	long := strings.Repeat("a", 257)
	tests := []struct {
		name, method, route, body string
		want                      string // the lines; empty when the body is right
	}{
		{"message", "POST", routeMessages, `{"content":"hi","nonce":"1","tts":false}`, ""},
		{"names of parameters are free", "POST", "/channels/{id}/messages", `{"content":"hi"}`, ""},
		{"wrong type", "POST", routeMessages, `{"content":5}`, "/content: got number, want null or string"},
		{"long title", "POST", routeMessages, `{"embeds":[{"title":"` + long + `"}]}`,
			"/embeds/0/title: maxLength: got 257, want 256"},
		{"bad button", "POST", routeMessages,
			`{"components":[{"type":1,"components":[{"type":2,"style":1,"custom_id":"` + long + `"}]}]}`,
			"/components/0/components/0/custom_id: maxLength: got 257, want 100"},
		{"unknown style", "POST", routeMessages,
			`{"components":[{"type":1,"components":[{"type":2,"style":9,"custom_id":"a"}]}]}`,
			"/components/0/components/0/style: value must be one of 1, 2, 3, 4, 5, 6"},
		{"two faults", "POST", routeMessages, `{"content":5,"tts":"yes"}`,
			"/content: got number, want null or string\n/tts: got string, want null or boolean"},
		{"no body", "POST", routeMessages, "", "a body is required"},
		{"mentions", "POST", routeMessages, `{"content":"a","allowed_mentions":{"parse":["all"]}}`,
			"/allowed_mentions/parse/0: value must be one of 'users', 'roles', 'everyone'"},
		{"edit", "PATCH", routeMessages + "/{message_id}", `{"content":null}`, ""},
		{"callback", "POST", routeCallback, `{"type":4,"data":{"content":"hi","flags":64}}`, ""},
		{"long callback", "POST", routeCallback, `{"type":4,"data":{"content":"` + strings.Repeat(long, 8) + `"}}`,
			"/data/content: maxLength: got 2,056, want 2,000"},
		{"modal without title", "POST", routeCallback,
			`{"type":9,"data":{"custom_id":"a","components":[{"type":10,"content":"hi"}]}}`,
			"/data: missing property 'title'"},
		{"autocomplete", "POST", routeCallback, `{"type":8,"data":{"choices":[{"name":"a","value":"b"}]}}`, ""},
		{"follow-up", "POST", routeWebhook, `{"content":"hi"}`, ""},
		{"original", "PATCH", routeWebhook + "/messages/@original", `{"content":"hi"}`, ""},
		{"typing", "POST", "/channels/{channel_id}/typing", "", ""},
		{"commands", "PUT", routeCommands, `[{"name":"ask","description":"Ask"}]`, ""},
		{"permissions are a string", "PUT", routeCommands, `[{"name":"ask","description":"Ask","default_member_permissions":"32"}]`, ""},
		{"and of digits", "PUT", routeCommands, `[{"name":"ask","description":"Ask","default_member_permissions":"all"}]`,
			"/0/default_member_permissions: 'all' does not match pattern '^[0-9]+$'"},
		{"nameless option", "POST", routeCommands, `{"name":"ask","options":[{"type":3,"description":"x"}]}`,
			"/options/0: missing property 'name'"},
		{"unknown route", "POST", "/nowhere", `{}`, "Discord has no POST /nowhere"},
		{"unknown method", "PATCH", routeMessages, `{}`, "Discord has no PATCH " + routeMessages},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(o.request(test.method, test.route, decode(t, test.body)), "\n"); got != test.want {
				t.Errorf("%s %s %.300s\ngot:\n%s\nwant:\n%s", test.method, test.route, test.body, got, test.want)
			}
		})
	}
}

func TestOpenAPIResponse(t *testing.T) {
	o := needOpenAPI(t)
	formError := errorBody([]fieldError{{"embeds.0.title", "BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer in length."}})
	tests := []struct {
		name, method, route string
		status              int
		body                any
		want                string
	}{
		{"gateway", "GET", "/gateway", 200, Object{"url": "ws://localhost"}, ""},
		{"no url", "GET", "/gateway", 200, Object{}, "/: missing property 'url'"},
		{"no content", "POST", "/channels/{channel_id}/typing", 204, nil, ""},
		{"some content", "POST", "/channels/{channel_id}/typing", 204, Object{}, "answer 204 has no body"},
		{"no message", "POST", routeMessages, 200, nil, "answer 200 has a body"},
		{"unusual status", "POST", routeMessages, 302, nil, "POST " + routeMessages + " is never answered with 302"},
		{"error", "POST", routeMessages, 403, Object{"code": 50013, "message": "Missing Permissions"}, ""},
		{"form error", "POST", routeMessages, 400, formError, ""},
		{"half an error", "POST", routeMessages, 404, Object{"code": 10008}, "/: missing property 'message'"},
		{"rate limit", "POST", routeMessages, 429, Object{"code": 0, "message": "slow", "retry_after": 0.5, "global": false}, ""},
		{"unknown route", "GET", "/nowhere", 200, nil, "Discord has no GET /nowhere"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(o.response(test.method, test.route, test.status, test.body), "\n"); got != test.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

// Every schema a test could ask for compiles, also from many goroutines.
func TestOpenAPICompiles(t *testing.T) {
	o := needOpenAPI(t)
	var wg sync.WaitGroup
	for path, item := range object(o.doc, "paths") {
		for method := range item.(Object) {
			operation, at, _ := o.operation(method, path)
			if object(operation, "requestBody", "content", "application/json") == nil {
				continue
			}
			wg.Go(func() {
				if _, err := o.schema(at + pointer("requestBody", "content", "application/json", "schema")); err != nil {
					t.Errorf("%s %s: %v", method, path, err)
				}
			})
		}
	}
	wg.Wait()
}

func TestLoadOpenAPI(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if _, err := loadOpenAPI(filepath.Join(dir, "absent.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: error %v", err)
	}
	for name, text := range map[string]string{"cut.json": `{"paths":`, "list.json": `[]`, "empty.json": `{}`} {
		if o, err := loadOpenAPI(write(name, text)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, error %v, want one that names the file", name, o, err)
		}
	}
	small := write("small.json", `{"paths":{"/a/{b}":{"put":{"requestBody":{"content":{"application/json":{"schema":{"type":"string"}}}}}}}}`)
	o, err := loadOpenAPI(small)
	if err != nil {
		t.Fatal(err)
	}
	if got := o.request("PUT", "/a/{x}", 1); len(got) != 1 || got[0] != "/: got number, want string" {
		t.Errorf("got %q", got)
	}
	if again, _ := loadOpenAPI(small); again != o {
		t.Error("read twice")
	}
}

func TestLoadOpenAPIWithoutPath(t *testing.T) {
	t.Setenv("HISTORIAN_SHARED", t.TempDir())
	o, err := loadOpenAPI("")
	if o != nil || err != nil {
		t.Errorf("nothing there: %v, error %v", o, err)
	}
	if got := o.request("POST", "/nowhere", nil); got != nil {
		t.Errorf("without a description: %q", got)
	}
	if got := o.response("POST", "/nowhere", 200, nil); got != nil {
		t.Errorf("without a description: %q", got)
	}
}
