package corpus

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A teaser is the title of another page, mostly with the beginning of its
// text, cut off by a machine.

var (
	// ownPages announces other pages of a site: no author writes it.
	ownPages = `相关(?:文章|推荐|帖子)|猜你喜欢|热门(?:文章|推荐)|更多(?:文章|推荐|精彩)|往期(?:推荐|精选|回顾)|大家都在看|上一篇|下一篇|相關(?:文章|推薦)|猜你喜歡|熱門文章` +
		`|related (?:articles?|posts?|stories|content|pages?|topics?|threads?)|similar (?:threads?|topics?|posts?)|recommended (?:for you|articles?|posts?)|suggested (?:articles?|posts?)|you (?:may|might) also (?:like|enjoy)|read (?:more|next|also)` +
		`|more (?:from (?:this|our|the) \w+|stories|articles|posts|to explore)|most (?:read|popular)|popular (?:posts|articles)|recent posts|trending(?: now)?|(?:from )?around the web`
	// reading may announce them, or be an author's list of books.
	reading = `相关(?:阅读|内容|链接)|推荐(?:阅读|文章)|更多阅读|延伸阅读|相關閱讀|推薦(?:閱讀|文章)|延伸閱讀|related reading|recommended reading|further reading|see also`

	sitesOwn  = regexp.MustCompile(`(?i)^\W*(?:` + ownPages + `)\W*$`)
	announces = regexp.MustCompile(`(?i)^\W*(?:` + ownPages + `|` + reading + `)\W*$`)
	// pointer is such an announcement and a title on one line.
	pointer = regexp.MustCompile(`(?i)^\W{0,3}(?:` + ownPages + `|` + reading + `)\s*[:：]\s*\S.{0,100}$`)
	// cut is the mark of text cut by a machine: dots after an ellipsis, an
	// entity cut in its middle, an offer to read the rest.
	cut = regexp.MustCompile(`(?i)(?:…\s?\.{2,}|\.{3}\s?…|&#?\w{0,8}(?:…|\.{3})|[\[(【](?:…|\.{3})[\])】]|(?:…|\.{3})\s*[\[(（【]?\s*(?:read more|continue reading|more|阅读全文|閱讀全文|查看更多|查看全文|展开全文|详情|更多)[\])）】]?\W{0,4})$`)
	// trailsOff is what people write, too.
	trailsOff = regexp.MustCompile(`[^.…](?:…|\.{3})$`)
)

// Bounds of what counts as teasers.
const (
	minTeasers   = 3   // titles with a cut text each, where nothing announces them
	teaserTitle  = 80  // characters a title has at most
	teaserLength = 40  // characters a cut text has at least: shorter ones trail off for effect
	proseRun     = 2   // whole paragraphs in a row that end a section of teasers
	announceLen  = 120 // characters of an announcement at most, with its title
)

// related drops sections that announce other pages, when what follows looks
// like other pages: cut texts, titles or links. "Related work" over whole
// paragraphs stays.
func (s *sweep) related() {
	for i := 0; i < len(s.spans); i++ {
		sp := s.spans[i]
		if s.drop[i] || sp.text == "" || utf8.RuneCountInString(sp.text) > announceLen {
			continue
		}
		if announces.MatchString(sp.text) {
			if j := s.sectionOfTeasers(i + 1); j > i+1 {
				s.mark(i, j, fmt.Sprintf("dropped %s of other pages after “%s”", count(j-i-1, "line"), clip(sp.text)))
			}
			continue
		}
		if pointer.MatchString(sp.text) && !sentence(sp.text) {
			s.mark(i, i+1, fmt.Sprintf("dropped a pointer to another page: “%s”", clip(sp.text)))
		}
	}
}

// sectionOfTeasers gives where the teasers that begin at span i end; i where
// there are none. It stops at the next announcement, so that all calls
// together look at each span once.
func (s *sweep) sectionOfTeasers(i int) int {
	own := sitesOwn.MatchString(s.spans[i-1].text)
	end, evidence, titles, prose := i, 0, 0, 0
	for j := i; j < len(s.spans) && prose < proseRun; j++ {
		sp := s.spans[j]
		switch {
		case announces.MatchString(sp.text):
			prose = proseRun // the next section's own business
		case isCut(sp.text) || sp.linked && own:
			evidence++
			end, prose = j+1, 0
		case isTitle(sp.text) && nextIsProse(s.spans, j) && (sp.heading || !own):
			prose = proseRun // a heading: the article goes on
		case isTitle(sp.text):
			titles++
			if prose == 0 && !nextIsProse(s.spans, j) {
				end = j + 1
			}
		default:
			prose++
		}
	}
	toEnd := end == len(s.spans)
	if evidence >= 2 || own && toEnd && (evidence > 0 || titles >= 2) {
		return end
	}
	return i
}

// nextIsProse tells whether a whole paragraph stands behind span i, so that i
// is its heading rather than another page's title.
func nextIsProse(spans []span, i int) bool {
	if i+1 >= len(spans) {
		return false
	}
	t := spans[i+1].text
	return sentence(t) && !isCut(t)
}

// teasers drops runs of teasers that nothing announces, a title and a cut text
// each, and single texts that a machine cut.
func (s *sweep) teasers() {
	for i := 0; i < len(s.spans); {
		j, n := i, 0
		for j+1 < len(s.spans) && !s.drop[j] && !s.drop[j+1] && isTitle(s.spans[j].text) && isCut(s.spans[j+1].text) {
			j, n = j+2, n+1
		}
		switch {
		case n >= minTeasers:
			s.mark(i, j, fmt.Sprintf("dropped %s of other pages", count(n, "teaser")))
			i = j
		case !s.drop[i] && longEnough(s.spans[i].text) && cut.MatchString(tail(s.spans[i].text)):
			s.mark(i, i+1, fmt.Sprintf("dropped a text that was cut off: “%s”", clip(s.spans[i].text)))
			i++
		default:
			i++
		}
	}
}

// isTitle tells whether a line may be a title: short, and not a sentence.
func isTitle(s string) bool {
	return s != "" && utf8.RuneCountInString(s) <= teaserTitle && !sentence(s) && !isCut(s)
}

// isCut tells whether a text stops before its end.
func isCut(s string) bool {
	return longEnough(s) && (cut.MatchString(tail(s)) || trailsOff.MatchString(tail(s)))
}

func longEnough(s string) bool {
	return len(s) >= teaserLength && utf8.RuneCountInString(s) >= teaserLength
}

// tail gives the end of a text, which is where it is cut.
func tail(s string) string {
	const most = 64 // bytes
	if len(s) <= most {
		return s
	}
	i := len(s) - most
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return s[i:]
}

// sentence tells whether a text ends as sentences do.
func sentence(s string) bool {
	s = strings.TrimRight(s, " \t\n\"'”’」』)）]*_")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!。！;；", last) && !strings.HasSuffix(s, "...")
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
