package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"historian/index"
)

// explain prints, in tables, how a question was read, what was found for it,
// and why that was or wasn't trusted. Text of any script stands in the last
// column: tables count characters, and some are twice as wide.
func explain(w io.Writer, a index.Answer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	explainQuery(t, a)
	explainCandidates(t, a.Hits)
	explainConfidence(t, a)
	return t.Flush()
}

func explainQuery(t io.Writer, a index.Answer) {
	fmt.Fprintf(t, "\nQUERY\nlanguage\t%s\nasks for\t%s\nread as\t%s\nindex\t%s\n", a.Query.Lang, or(string(a.Query.Want), "anything"), a.Query, a.Generation)
	fmt.Fprint(t, "\npassages\tweight\trarity\tterm: its forms\n")
	for _, term := range a.Query.Terms {
		var forms []string
		for _, f := range term.Forms {
			forms = append(forms, f.Term)
		}
		name := ""
		if term.Entity {
			name = " (a name)"
		}
		fmt.Fprintf(t, "%d\t%.2f\t%.2f\t%s: %s%s\n", term.DF, term.Weight, term.IDF, printable(term.Text), printable(strings.Join(forms, ", ")), name)
	}
}

// compared is how many candidates stand side by side: as many as fit into 80
// columns.
const compared = 6

func explainCandidates(t io.Writer, hits []index.Hit) {
	if len(hits) == 0 {
		fmt.Fprint(t, "\nCANDIDATES\nnone\n")
		return
	}
	fmt.Fprint(t, "\nCANDIDATES\nrank\tscore\tpassage\twhere\n")
	for i, h := range hits {
		where := strings.Join(append([]string{h.Passage.Title}, h.Passage.Trail...), " › ")
		fmt.Fprintf(t, "%d\t%.3f\t%s\t%s\n", i+1, h.Score, printable(h.Passage.ID), printable(where))
	}
	hits = hits[:min(len(hits), compared)]
	fmt.Fprint(t, "\nWHAT THE SCORES ARE MADE OF, by rank (a score grows with the sum of its parts)\npart")
	for i := range hits {
		fmt.Fprintf(t, "\t%d", i+1)
	}
	names, shares := sharesOf(hits)
	for _, name := range names {
		fmt.Fprintf(t, "\n%s", name)
		for i := range hits {
			fmt.Fprintf(t, "\t%.3f", shares[i][name])
		}
	}
	fmt.Fprint(t, "\nsum")
	for i := range hits {
		var sum float64
		for _, share := range shares[i] {
			sum += share
		}
		fmt.Fprintf(t, "\t%.3f", sum)
	}
	fmt.Fprint(t, "\nscore")
	for _, h := range hits {
		fmt.Fprintf(t, "\t%.3f", h.Score)
	}
	fmt.Fprintln(t)
}

// sharesOf gives each part's share of each sum, and the names of the parts
// that matter for any, what speaks most for the first candidate first.
func sharesOf(hits []index.Hit) (names []string, shares []map[string]float64) {
	for _, h := range hits {
		of := map[string]float64{}
		for _, p := range h.Parts() {
			of[p.Name] += p.Value * p.Weight
			if of[p.Name] != 0 && !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
		shares = append(shares, of)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(shares[0][b], shares[0][a]) })
	return names, shares
}

func explainConfidence(t io.Writer, a index.Answer) {
	fmt.Fprintf(t, "\nCONFIDENCE\n%.3f\tthat the documents answer; answered from %.3f\n", a.Confidence, a.Threshold)
	if a.Reason != index.Answered {
		fmt.Fprintf(t, "reason\t%s\n", a.Reason)
	}
	if len(a.Missing) > 0 {
		fmt.Fprintf(t, "missing\t%s\n", printable(strings.Join(a.Missing, ", ")))
	}
	if len(a.Evidence) == 0 {
		return
	}
	fmt.Fprint(t, "\nevidence\tvalue\tweight\tshare\n")
	for _, p := range a.Evidence {
		fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%+.3f\n", p.Name, p.Value, p.Weight, p.Value*p.Weight+0) // no -0
	}
}
