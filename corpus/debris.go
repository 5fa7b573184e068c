package corpus

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pages saved from the web bring more than their article: teasers of other
// pages, rows of hashtags, broken entities. What marks them is their form: a
// heading that announces other pages, text cut in mid-word.

var (
	// related announces links to other pages.
	related = regexp.MustCompile(`(?i)^\W*(?:相关(?:文章|阅读|推荐|内容|链接)|推荐(?:阅读|文章)|猜你喜欢|热门(?:文章|推荐)|更多(?:文章|推荐|阅读)|(?:上|下)一篇|相關(?:文章|閱讀)|推薦閱讀|延伸閱讀` +
		`|related (?:articles?|posts?|stories|reading|content|pages?)|recommended(?: for you| reading| articles?)?|you (?:may|might) also like|read (?:more|next)|more (?:from|stories|articles)|popular posts|trending)\W*$`)
	// truncated matches text cut off by a teaser's length: dots after dots, or
	// an entity that was cut.
	truncated = regexp.MustCompile(`…\.{2,}|\.{3}…|&#?\w*…|[^.…]…\S?$|\S\.{3,}$`)
	hashtag   = regexp.MustCompile(`^#[\pL\d_]+$`)
)

// Bounds of what counts as a run of teasers.
const (
	minTeasers  = 3   // truncated lines that make a run
	teaserShare = 0.3 // of the lines behind "related articles" that are truncated
	teaserChars = 40  // a teaser is at least this long: short lines end in dots for effect
)

// dropDebris leaves out the lines that belong to no article, and says what
// they were.
func dropDebris(doc string, lines []line) ([]line, []Note) {
	var notes []Note
	lines, notes = dropHashtags(doc, lines, notes)
	for i, l := range lines {
		if related.MatchString(l.text) && teasers(lines[i+1:]) {
			return lines[:i], append(notes, Note{lineAt(doc, l.start), fmt.Sprintf("dropped %d lines of teasers of other pages after “%s”", len(lines)-i, l.text)})
		}
	}
	return dropRuns(doc, lines, notes)
}

// teasers tells whether lines are mostly titles and cut-off beginnings.
func teasers(lines []line) bool {
	n := 0
	for _, l := range lines {
		if isTruncated(l.text) {
			n++
		}
	}
	return n >= 2 && float64(n) >= teaserShare*float64(len(lines))
}

func isTruncated(s string) bool {
	return utf8.RuneCountInString(s) >= teaserChars && !strings.HasSuffix(s, "……") && truncated.MatchString(s)
}

// dropHashtags leaves out lines that are nothing but hashtags.
func dropHashtags(doc string, lines []line, notes []Note) ([]line, []Note) {
	kept := lines[:0:0]
	for _, l := range lines {
		if allHashtags(l.text) {
			notes = append(notes, Note{lineAt(doc, l.start), "dropped a line of hashtags"})
			continue
		}
		kept = append(kept, l)
	}
	return kept, notes
}

func allHashtags(s string) bool {
	fields := strings.Fields(s)
	for _, f := range fields {
		if !hashtag.MatchString(f) || strings.TrimLeft(f, "#0123456789") == "" {
			return false
		}
	}
	return len(fields) >= 2
}

// dropRuns leaves out runs of teasers that nothing announces: truncated lines
// with at most a title between them.
func dropRuns(doc string, lines []line, notes []Note) ([]line, []Note) {
	kept := lines[:0:0]
	for i := 0; i < len(lines); {
		first, last, n := i, i, 0
		for j := i; j < len(lines) && j <= last+2; j++ {
			if isTruncated(lines[j].text) {
				last, n = j, n+1
			} else if n == 0 && j > i {
				break
			}
		}
		if n < minTeasers {
			kept = append(kept, lines[i])
			i++
			continue
		}
		notes = append(notes, Note{lineAt(doc, lines[first].start), fmt.Sprintf("dropped %d lines of teasers of other pages", last-first+1)})
		i = last + 1
	}
	return kept, notes
}

// Near-duplicates: a page that tells the same twice, short and long, is
// indexed once.
const (
	shingle   = 6   // characters
	sameShare = 0.8 // of a passage's shingles that a fuller passage holds
)

// dropRepeats leaves out passages that another of the same document holds
// almost whole.
func dropRepeats(doc *Document) {
	holders := map[string][]int{}
	sets := make([]map[string]bool, len(doc.Passages))
	for i, p := range doc.Passages {
		sets[i] = shingles(p.Text)
		for s := range sets[i] {
			if h := holders[s]; len(h) < 8 { // a shingle in many passages is a phrase
				holders[s] = append(h, i)
			}
		}
	}
	kept := doc.Passages[:0:0]
	for i, p := range doc.Passages {
		if j := fuller(i, sets, holders); j >= 0 {
			doc.Notes = append(doc.Notes, Note{lineAt(doc.Text, p.Start), fmt.Sprintf("left out what line %d says more fully", lineAt(doc.Text, doc.Passages[j].Start))})
			continue
		}
		kept = append(kept, p)
	}
	doc.Passages = kept
}

// fuller gives a passage that holds nearly all of passage i and more, or the
// same earlier; -1 for none.
func fuller(i int, sets []map[string]bool, holders map[string][]int) int {
	count := map[int]int{}
	for s := range sets[i] {
		for _, j := range holders[s] {
			if j != i && (len(sets[j]) > len(sets[i]) || len(sets[j]) == len(sets[i]) && j < i) {
				count[j]++
			}
		}
	}
	best := -1
	for j, n := range count {
		if float64(n) >= sameShare*float64(len(sets[i])) && (best < 0 || j < best) {
			best = j
		}
	}
	return best
}

func shingles(s string) map[string]bool {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s))
	set := map[string]bool{}
	for i := 0; i+shingle <= len(runes); i++ {
		set[string(runes[i:i+shingle])] = true
	}
	return set
}
