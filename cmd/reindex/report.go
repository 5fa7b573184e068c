package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"historian/corpus"
	"historian/index"
)

// printText prints what was done, for people.
func printText(w io.Writer, o options, r index.Report) {
	for _, p := range r.Skipped {
		fmt.Fprintf(w, "skipped  %v\n", p)
	}
	for _, d := range r.Notes {
		for _, n := range d.Notes {
			fmt.Fprintf(w, "note     %s: %s\n", place(d.Path, n.Line), n.What)
		}
	}
	if r.Documents == 0 {
		return
	}
	fmt.Fprintf(w, "%s, %s (%s), %d skipped, %.1f MB, %.1f s\n", count(r.Documents, "document"), count(r.Passages, "passage"),
		languages(r), len(r.Skipped), float64(r.Bytes)/1e6, r.Elapsed.Seconds())
	switch {
	case r.Generation != "":
		fmt.Fprintf(w, "serving %s\n", r.Generation)
	case o.check:
		fmt.Fprintln(w, "checked only: nothing was published")
	}
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// languages lists passages by language: "en 120, zh-Hans 118".
func languages(r index.Report) string {
	var parts []string
	for _, l := range slices.Sorted(maps.Keys(r.Languages)) {
		parts = append(parts, fmt.Sprintf("%s %d", or(l, "und"), r.Languages[l]))
	}
	return strings.Join(parts, ", ")
}

func place(path string, line int) string {
	if line == 0 {
		return path
	}
	return fmt.Sprintf("%s:%d", path, line)
}

// A jsonReport is what -json prints.
type jsonReport struct {
	Generation string         `json:"generation"` // empty: nothing was published
	Checked    bool           `json:"checked"`    // -check
	Documents  int            `json:"documents"`
	Passages   int            `json:"passages"`
	Languages  map[string]int `json:"languages"`
	Skipped    []jsonProblem  `json:"skipped"`
	Notes      []jsonProblem  `json:"notes"`
	Bytes      int64          `json:"bytes"`
	Seconds    float64        `json:"seconds"`
	Error      string         `json:"error,omitempty"`
}

type jsonProblem struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"`
	What string `json:"what"`
	Mend string `json:"mend,omitempty"`
}

func printJSON(w io.Writer, o options, r index.Report, err error) {
	out := jsonReport{Generation: r.Generation, Checked: o.check, Documents: r.Documents, Passages: r.Passages,
		Languages: r.Languages, Skipped: []jsonProblem{}, Notes: []jsonProblem{}, Bytes: r.Bytes, Seconds: r.Elapsed.Seconds()}
	for _, p := range r.Skipped {
		out.Skipped = append(out.Skipped, jsonProblem(*p))
	}
	for _, d := range r.Notes {
		for _, n := range d.Notes {
			out.Notes = append(out.Notes, note(d.Path, n))
		}
	}
	if err != nil {
		out.Error = err.Error()
	}
	encode(w, out)
}

func note(path string, n corpus.Note) jsonProblem {
	return jsonProblem{Path: path, Line: n.Line, What: n.What}
}

// encode prints a value as JSON and gives the exit code.
func encode(w io.Writer, v any) int {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return exitError
	}
	return exitDone
}
