package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"historian/index"
)

// explain prints how a question was read and what was found for it.
func explain(w io.Writer, a index.Answer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "\nquery\t%s\nlanguage\t%s\nasks for\t%s\n", a.Query, a.Query.Lang, or(string(a.Query.Want), "anything"))
	fmt.Fprintf(t, "confidence\t%.3f (threshold %.3f)\n", a.Confidence, a.Threshold)
	if a.Reason != index.Answered {
		fmt.Fprintf(t, "reason\t%s\n", a.Reason)
	}
	if len(a.Missing) > 0 {
		fmt.Fprintf(t, "missing\t%s\n", printable(strings.Join(a.Missing, ", ")))
	}
	fmt.Fprintf(t, "generation\t%s\n\nterm\tforms\tpassages\tweight\trarity\t\n", a.Generation)
	for _, term := range a.Query.Terms {
		var forms []string
		for _, f := range term.Forms {
			forms = append(forms, f.Term)
		}
		name := ""
		if term.Entity {
			name = "name"
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%.2f\t%.2f\t%s\n", printable(term.Text), strings.Join(forms, " "), term.DF, term.Weight, term.IDF, name)
	}
	fmt.Fprintf(t, "\nrank\tpassage\tscore\tparts\n")
	for i, h := range a.Hits {
		fmt.Fprintf(t, "%d\t%s\t%.3f\t%s\n", i+1, printable(h.Passage.ID), h.Score, parts(h))
	}
	return t.Flush()
}

// parts gives what a score is made of: "bm25 0.71 × 1 + head 0.2 × 0.6".
func parts(h index.Hit) string {
	var out []string
	for _, p := range h.Parts() {
		out = append(out, fmt.Sprintf("%s %.3g × %.3g", p.Name, p.Value, p.Weight))
	}
	return strings.Join(out, " + ")
}
