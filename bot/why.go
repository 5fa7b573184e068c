package bot

import (
	"fmt"
	"strings"

	"historian/index"
)

// renderWhy shows how the answer came about: the terms, the parts of the best
// scores, how sure it is.
func renderWhy(a index.Answer, _ words) Reply {
	var t strings.Builder
	fmt.Fprintf(&t, "query       %s\nconfidence  %.0f %% (answers from %.0f %%)\nindex       %s\n\n", a.Query, 100*a.Confidence, 100*a.Threshold, a.Generation)
	for _, term := range a.Query.Terms {
		if term.Weight >= 0.5 && term.Text != "" {
			fmt.Fprintf(&t, "%-16s in %d passages\n", clip(term.Text, 16), term.DF)
		}
	}
	for n, h := range a.Hits[:min(len(a.Hits), 3)] {
		fmt.Fprintf(&t, "\n%d. %s  %.3f\n", n+1, clip(plainCitation(h.Passage), 60), h.Score)
		for k, p := range h.Parts {
			if k == 6 {
				break
			}
			fmt.Fprintf(&t, "   %-14s %6.2f × %.2f\n", p.Name, p.Value, p.Weight)
		}
	}
	text := strings.ReplaceAll(defuse(t.String()), "```", "'''")
	return Reply{Content: "```\n" + clip(text, contentLimit-10) + "\n```"}
}
