package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// openAPI is Discord's own description of its API. It holds bodies against
// the JSON schemas in it, which it compiles when first needed. A nil openAPI
// finds nothing wrong. Safe for concurrent use.
type openAPI struct {
	doc   Object
	paths map[string]string // by shape, see shape

	mu       sync.Mutex // guards the compiler, too
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema // by JSON pointer
}

// request checks the JSON body of a request to a path such as
// "/channels/{channel_id}/messages". Of a multipart body, that is its
// payload_json. A body of nil is none at all. It returns what is wrong, a line
// each: where in the body, and why.
func (o *openAPI) request(method, template string, body any) []string {
	if o == nil {
		return nil
	}
	operation, at, ok := o.operation(method, template)
	if !ok {
		return []string{fmt.Sprintf("Discord has no %s %s", method, template)}
	}
	described := object(operation, "requestBody")
	content := object(described, "content", "application/json")
	switch {
	case body == nil && described["required"] == true:
		return []string{"a body is required"}
	case body == nil || content == nil:
		return nil // some routes ignore what they are sent
	}
	return o.validate(at+pointer("requestBody", "content", "application/json", "schema"), body)
}

// response checks the body of an answer, as request does.
func (o *openAPI) response(method, template string, status int, body any) []string {
	if o == nil {
		return nil
	}
	operation, at, ok := o.operation(method, template)
	if !ok {
		return []string{fmt.Sprintf("Discord has no %s %s", method, template)}
	}
	exact := strconv.Itoa(status)
	for _, key := range []string{exact, exact[:1] + "XX"} {
		answer := object(operation, "responses", key)
		if answer == nil {
			continue
		}
		at += pointer("responses", key)
		if ref, ok := answer["$ref"].(string); ok {
			at = strings.TrimPrefix(ref, "#")
			answer = object(o.doc, strings.Split(strings.Trim(at, "/"), "/")...)
		}
		content := object(answer, "content", "application/json")
		switch {
		case content == nil && body != nil:
			return []string{fmt.Sprintf("answer %d has no body", status)}
		case content == nil:
			return nil
		case body == nil:
			return []string{fmt.Sprintf("answer %d has a body", status)}
		}
		return o.validate(at+pointer("content", "application/json", "schema"), body)
	}
	return []string{fmt.Sprintf("%s %s is never answered with %d", method, template, status)}
}

// operation finds what a route does, and the JSON pointer to it.
func (o *openAPI) operation(method, template string) (operation Object, at string, ok bool) {
	path, ok := o.paths[shape(template)]
	if !ok {
		return nil, "", false
	}
	method = strings.ToLower(method)
	operation = object(o.doc, "paths", path, method)
	return operation, pointer("paths", path, method), operation != nil
}

var escape = strings.NewReplacer("~", "~0", "/", "~1")

// pointer is the JSON pointer through keys.
func pointer(keys ...string) string {
	var b strings.Builder
	for _, key := range keys {
		b.WriteString("/" + escape.Replace(key))
	}
	return b.String()
}

// validate checks body by the schema at a JSON pointer.
func (o *openAPI) validate(at string, body any) []string {
	schema, err := o.schema(at)
	if err != nil {
		return []string{fmt.Sprintf("OpenAPI description: %v", err)}
	}
	data, err := json.Marshal(body) // body may be any Go value
	if err != nil {
		return []string{err.Error()}
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return []string{err.Error()}
	}
	var invalid *jsonschema.ValidationError
	if err := schema.Validate(v); errors.As(err, &invalid) {
		return explain(invalid)
	}
	return nil
}

func (o *openAPI) schema(at string) (*jsonschema.Schema, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if s, ok := o.schemas[at]; ok {
		return s, nil
	}
	s, err := o.compiler.Compile(specURL + "#" + (&url.URL{Path: at}).EscapedPath())
	if err == nil {
		o.schemas[at] = s
	}
	return s, err
}

var parameter = regexp.MustCompile(`\{[^{}]*\}`)

// shape is a path template without the names of its parameters, so that they
// need not agree with Discord's.
func shape(template string) string { return parameter.ReplaceAllString(template, "{}") }

// object follows keys down to an object; nil when there is none.
func object(o Object, keys ...string) Object {
	for _, key := range keys {
		o, _ = o[key].(Object)
	}
	return o
}
