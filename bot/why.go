package bot

import (
	"fmt"
	"strings"

	"historian/index"
	"historian/index/lang"
)

// explained is how many passages an explanation goes into.
const explained = 3

// renderWhy explains an answer to people: what was looked for, how sure the
// answer is, and what speaks for the passages that fit best.
func renderWhy(a index.Answer, w words) Reply {
	lines := []string{w.WhyTitle}
	if terms := whyTerms(a); len(terms) > 0 {
		lines = append(lines, say(w.WhyTerms, strings.Join(terms, w.Comma)))
	}
	if wants := w.Wants[a.Query.Want]; wants != "" {
		lines = append(lines, say(w.WhyWants, wants))
	}
	lines = append(lines, say(w.WhySure, percent(a.Confidence), percent(a.Threshold)), w.WhyBest)
	for n, h := range a.Hits[:min(len(a.Hits), explained)] {
		lines = append(lines, fmt.Sprintf("%d. %s (%.2f): %s", n+1, link(clip(plainCitation(h.Passage), 80), h.Passage.URL), h.Score, w.shares(h)))
	}
	lines = append(lines, "-# "+say(w.WhyIndex, escape(a.Generation)))
	return Reply{Content: clip(strings.Join(lines, "\n"), contentLimit)}
}

func percent(p float64) string { return fmt.Sprintf("%.0f %%", 100*p) }

// whyTerms lists what was looked for, with the passages that hold it; what
// stands in the first excerpt is bold.
func whyTerms(a index.Answer) []string {
	shown := map[string]bool{}
	if len(a.Excerpts) > 0 {
		for _, t := range lang.Analyze(plainCitation(a.Excerpts[0].Passage) + "\n" + a.Excerpts[0].Text) {
			shown[t.Term] = true
		}
	}
	var out []string
	for _, t := range a.Query.Terms {
		if t.Weight < contentWeight || t.Text == "" || within(t, a.Query.Terms) {
			continue
		}
		name := escape(clip(oneLine(t.Text), 30))
		for _, f := range t.Forms {
			if shown[f.Term] {
				name = "**" + name + "**"
				break
			}
		}
		if out = append(out, fmt.Sprintf("%s (%d)", name, t.DF)); len(out) == 12 {
			break
		}
	}
	return out
}

// within tells whether a term is part of a longer one that the documents have,
// or a pair of neighbours that they don't: Chinese is looked up by characters
// and by pairs of them.
func within(t index.QueryTerm, terms []index.QueryTerm) bool {
	if t.Pair && t.DF == 0 {
		return true
	}
	for _, o := range terms {
		if o.DF > 0 && o.Start <= t.Start && t.End <= o.End && o.End-o.Start > t.End-t.Start {
			return true
		}
	}
	return false
}

// families of the features that a score is made of, by the beginnings of their
// names; what fits none is the last.
var families = [...][]string{
	{"head"},
	{"sentence"},
	{"pair", "near", "run", "window"},
	{"wanted"},
	{"bm25", "language model", "cover", "loose"},
	{""},
}

// shares tells which part of a score comes from what, in percent of all that
// speaks for a passage, the greatest first in the order of the families.
func (w words) shares(h index.Hit) string {
	var sums [len(families)]float64
	var all float64
	for _, p := range h.Parts() {
		if v := p.Value * p.Weight; v > 0 {
			sums[familyOf(p.Name)] += v
			all += v
		}
	}
	var out []string
	for i, sum := range sums {
		if share := sum / max(all, 1e-9); share >= 0.01 {
			out = append(out, w.Families[i]+" "+percent(share))
		}
	}
	return strings.Join(out, w.Comma)
}

func familyOf(name string) int {
	for i, beginnings := range families {
		for _, b := range beginnings {
			if strings.HasPrefix(name, b) {
				return i
			}
		}
	}
	return len(families) - 1
}
