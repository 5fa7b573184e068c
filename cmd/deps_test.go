// Package cmd holds the programs, a folder each. Here is only the test of
// who may import what.
package cmd

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// mayImport says which packages of ours a package may import: those whose
// path begins with one of these.
var mayImport = map[string][]string{
	"historian/corpus": nil,
	"historian/index":  {"historian/corpus", "historian/index/"},
	"historian/bot":    {"historian/bot/", "historian/corpus", "historian/index"},
	"historian/cmd":    {"historian/bot", "historian/corpus", "historian/index"},
}

// onlyIn says where a library may be imported: in packages whose path begins
// with one of these.
var onlyIn = map[string][]string{
	"github.com/bwmarrin/discordgo": {"historian/bot"},
	"github.com/blevesearch/":       {"historian/index"},
	"github.com/yuin/goldmark":      {"historian/corpus"},
	"codeberg.org/readeck/":         {"historian/corpus"},
	"github.com/goccy/go-yaml":      {"historian/corpus", "historian/bot/desk"},
	"go.etcd.io/bbolt":              {"historian/bot/desk"},
	"github.com/joho/godotenv":      {"historian/cmd/"},
	"github.com/prometheus/":        {"historian/bot", "historian/cmd/"},
	"github.com/schollz/":           {"historian/cmd/"},
	"github.com/peterh/liner":       {"historian/cmd/ask"},
	"historian/bot/discordtest":     {"historian/bot/discordtest", "historian/cmd/preview"}, // a program for trying it out has no other Discord
}

type goPackage struct {
	ImportPath string
	Imports    []string // not those of its tests
}

func TestImports(t *testing.T) {
	packages := list(t)
	if len(packages) < 5 {
		t.Fatalf("go list finds %d packages only", len(packages))
	}
	for _, p := range packages {
		names := strings.Split(p.ImportPath, "/")
		allowed, known := mayImport[strings.Join(names[:min(2, len(names))], "/")]
		if !known {
			t.Errorf("%s is below none of the top-level packages", p.ImportPath)
		}
		for _, name := range names {
			switch name {
			case "util", "utils", "common", "helpers", "types", "mock", "mocks", "pkg":
				t.Errorf("%s: a package is not named %s", p.ImportPath, name)
			}
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "historian/") && !strings.HasPrefix(i, p.ImportPath+"/") && !below(i, allowed) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
			for library, where := range onlyIn {
				if strings.HasPrefix(i, library) && !below(p.ImportPath, where) {
					t.Errorf("%s must not import %s: only %v may", p.ImportPath, i, where)
				}
			}
		}
	}
}

func below(path string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(path+"/", strings.TrimSuffix(p, "/")+"/") {
			return true
		}
	}
	return false
}

func list(t *testing.T) (packages []goPackage) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
