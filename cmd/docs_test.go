package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// documentation lists the Markdown files that people read.
func documentation(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"../*.md", "../docs/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	return files
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)

func TestLinksResolve(t *testing.T) {
	for _, file := range documentation(t) {
		for _, m := range link.FindAllStringSubmatch(read(t, file), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", file, m[1], err)
			}
		}
	}
}

var variable = regexp.MustCompile(`env:"([A-Z_]+)"`)

// TestConfigurationIsDocumented: every variable is in both READMEs and in
// .env.example, and every direct dependency in both READMEs.
func TestConfigurationIsDocumented(t *testing.T) {
	names := map[string][]string{"CORPUS_DIR": {"../.env.example", "../README.md", "../README.zh-CN.md"}}
	for _, m := range variable.FindAllStringSubmatch(read(t, "bot/config.go"), -1) {
		names[m[1]] = names["CORPUS_DIR"]
	}
	if len(names) < 10 {
		t.Fatalf("found only %d variables", len(names))
	}
	direct, _, _ := strings.Cut(read(t, "../go.mod"), "// indirect")
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(direct, -1) {
		names[m[1]] = []string{"../README.md", "../README.zh-CN.md"}
	}
	for name, files := range names {
		for _, file := range files {
			if !strings.Contains(read(t, file), name) {
				t.Errorf("%s says nothing of %s", file, name)
			}
		}
	}
}
