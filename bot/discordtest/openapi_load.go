package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// loaded holds a func() (*openAPI, error) a path: the document has 1.5 MB and
// is the same for every server of a test binary.
var loaded sync.Map

// loadOpenAPI reads the description at path. With no path it looks in the
// shared folder beside the repository, and finding none is no error: the
// result is nil.
func loadOpenAPI(path string) (*openAPI, error) {
	given := path != ""
	if !given {
		path = filepath.Join(sharedFolder(), "discord", "openapi.json")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("discordtest: %w", err)
	}
	load, _ := loaded.LoadOrStore(path, sync.OnceValues(func() (*openAPI, error) { return readOpenAPI(path) }))
	o, err := load.(func() (*openAPI, error))()
	if !given && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return o, err
}

// sharedFolder is $HISTORIAN_SHARED, or ../shared seen from the repository's
// root, which is the nearest folder above with a go.mod.
func sharedFolder() string {
	if dir := os.Getenv("HISTORIAN_SHARED"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		return "shared"
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			return filepath.Join(dir, "..", "shared")
		}
		dir = filepath.Dir(dir)
	}
}

const specURL = "discord:///openapi.json"

func readOpenAPI(path string) (*openAPI, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("discordtest: OpenAPI description: %w", err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("discordtest: OpenAPI description %s: %w", path, err)
	}
	o := &openAPI{paths: map[string]string{}, schemas: map[string]*jsonschema.Schema{}}
	o.doc, _ = v.(Object)
	paths := object(o.doc, "paths")
	if len(paths) == 0 {
		return nil, fmt.Errorf("discordtest: OpenAPI description %s: it has no paths", path)
	}
	for p := range paths {
		o.paths[shape(p)] = p
	}
	correct(o.doc)
	o.compiler = jsonschema.NewCompiler()
	o.compiler.DefaultDraft(jsonschema.Draft2020) // what OpenAPI 3.1 builds on
	o.compiler.AssertFormat()
	o.compiler.UseLoader(jsonschema.SchemeURLLoader{}) // nothing from outside
	if err := o.compiler.AddResource(specURL, v); err != nil {
		return nil, fmt.Errorf("discordtest: OpenAPI description %s: %w", path, err)
	}
	return o, nil
}

// correct mends what the description gets wrong. Permissions are strings, as
// their documentation says ("Permissions": serialized into a string), and
// numbers pass as well. The code of a form error is a name, not a number
// ("Error Messages").
func correct(doc Object) {
	schemas := object(doc, "components", "schemas")
	for name := range schemas {
		properties := object(schemas, name, "properties")
		if strings.HasPrefix(name, "ApplicationCommand") && properties["default_member_permissions"] != nil {
			properties["default_member_permissions"] = Object{
				"type": []any{"string", "integer", "null"}, "pattern": "^[0-9]+$", "minimum": json.Number("0"),
			}
		}
	}
	if details := object(schemas, "InnerErrors", "properties", "_errors"); details != nil {
		details["items"] = Object{
			"type": "object", "required": []any{"code", "message"},
			"properties": Object{"code": Object{"type": "string"}, "message": Object{"type": "string"}},
		}
	}
}
