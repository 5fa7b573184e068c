package corpus

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// frontMatter is what a document may say of itself between two lines of ---.
type frontMatter struct {
	Title    string        `yaml:"title"`
	URL      string        `yaml:"url"`
	Date     string        `yaml:"date"`
	Lang     string        `yaml:"lang"`
	Pair     string        `yaml:"pair"`
	License  string        `yaml:"license"`
	Sources  []Source      `yaml:"sources"`
	Timeline []frontEvents `yaml:"timeline"`
}

type frontEvents struct {
	Date       string  `yaml:"date"`
	Name       string  `yaml:"name"`
	Label      string  `yaml:"label"`
	Parameters float64 `yaml:"parameters"`
	Cites      string  `yaml:"cites"`
}

// Bounds of front matter: beyond them it is data, not a description.
const (
	maxFront      = 64 << 10 // bytes
	maxFrontDepth = 8        // of nested indentation or brackets
)

// splitFront finds the front matter at the head of text: the YAML, and the
// offset where the document proper begins.
func splitFront(text string) (yamlText string, body int, problem *Problem) {
	first, _, _ := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \r") != "---" {
		return "", 0, nil
	}
	start := min(len(first)+1, len(text))
	for at := start; at < len(text); {
		line, _, more := strings.Cut(text[at:], "\n")
		next := at + len(line) + 1
		if strings.TrimRight(line, " \r") == "---" {
			return text[start:at], min(next, len(text)), nil
		}
		if !more || next-start > maxFront {
			break
		}
		at = next
	}
	if !strings.Contains(text[start:min(len(text), start+200)], ":") {
		return "", 0, nil // a rule at the head of a document without front matter
	}
	return "", 0, &Problem{Line: 1, What: "front matter is not closed", Mend: "add a line with --- after the last key"}
}

var yamlPosition = regexp.MustCompile(`^\[(\d+):\d+\] ([^\n]*)`)

// parseFront reads front matter strictly: a key nobody reads is a mistake.
func parseFront(text string) (fm frontMatter, problem *Problem) {
	defer func() { // the library panics on some of what it can't read, such as tags without a value
		if r := recover(); r != nil {
			fm, problem = frontMatter{}, &Problem{Line: 2, What: "front matter is broken", Mend: "use only the keys " + frontKeys + ", with plain values"}
		}
	}()
	if depth(text) > maxFrontDepth {
		return fm, &Problem{Line: 2, What: "front matter is nested too deep", Mend: "use only the keys " + frontKeys}
	}
	err := yaml.UnmarshalWithOptions([]byte(text), &fm, yaml.Strict())
	if err == nil {
		return fm, checkFront(fm)
	}
	p := &Problem{Line: 2, What: "front matter is broken", Mend: "use only the keys " + frontKeys}
	if m := yamlPosition.FindStringSubmatch(yaml.FormatError(err, false, false)); m != nil {
		var n int
		if _, scan := fmt.Sscan(m[1], &n); scan == nil {
			p.Line = n + 1 // below the opening ---
		}
		p.What = "front matter: " + m[2]
	}
	var unknown *yaml.UnknownFieldError
	switch {
	case errors.As(err, &unknown):
	case strings.Contains(p.What, "mapping value"):
		p.Mend = "put values that hold a colon in quotes"
	default:
		p.Mend = "give a key and its value a line, as title: House rules, and put values with [ { : # in quotes"
	}
	return fm, p
}

const frontKeys = "title, url, date, lang, pair, license, sources and timeline"

var (
	dateForm = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)
	langForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)
)

func checkFront(fm frontMatter) *Problem {
	switch {
	case fm.Date != "" && !dateForm.MatchString(fm.Date):
		return &Problem{Line: 2, What: fmt.Sprintf("date %q is not a date", fm.Date), Mend: "write it as 2019, 2019-02 or 2019-02-14"}
	case fm.Lang != "" && !langForm.MatchString(fm.Lang):
		return &Problem{Line: 2, What: fmt.Sprintf("lang %q is not a language", fm.Lang), Mend: "write it as en, zh-Hans or zh-Hant"}
	}
	for _, e := range fm.Timeline {
		if !dateForm.MatchString(e.Date) || e.Name == "" || e.Cites == "" || e.Parameters < 0 {
			return &Problem{Line: 2, What: fmt.Sprintf("timeline entry %q lacks a date, a name or the words it cites", e.Name),
				Mend: "give date (2019-02-14), name, label and cites: words of one passage"}
		}
	}
	return nil
}

// depth bounds how deep YAML can nest: by its indentation and open brackets.
func depth(text string) int {
	deepest, open := 0, 0
	for line := range strings.Lines(text) {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		open += strings.Count(line, "[") + strings.Count(line, "{") - strings.Count(line, "]") - strings.Count(line, "}")
		dashes := strings.Count(line, "- ")
		if !strings.HasPrefix(strings.TrimSpace(line), "-") {
			dashes = 0
		}
		deepest = max(deepest, indent/2, open, min(dashes, maxFrontDepth+1)/2)
	}
	return deepest
}
