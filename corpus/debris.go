package corpus

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pages saved from the web bring more than their article: teasers of other
// pages, buttons, rows of hashtags, a chat's requests, broken entities. What
// marks them is their form, never their subject.

// A span is a line of plain text or a block of a format with markup, as the
// search for debris sees it.
type span struct {
	start, end int
	text       string // its words; empty for tables and code, which are never debris
	heading    bool   // the format says so
	item       bool   // of a list
	linked     bool   // nothing but links
}

// A sweep goes over the spans of a document and marks what is no part of it.
type sweep struct {
	spans []span
	drop  []bool
	notes []note
}

// A note is a Note whose line is still an offset.
type note struct {
	at, end int // byte range of what was dropped
	what    string
}

// findDebris tells which spans belong to no article, and why.
func findDebris(spans []span) ([]bool, []note) {
	s := &sweep{spans: spans, drop: make([]bool, len(spans))}
	s.chrome()
	s.requests()
	s.related()
	s.teasers()
	slices.SortStableFunc(s.notes, func(a, b note) int { return a.at - b.at })
	return s.drop, s.notes
}

// mark drops the spans from i to before j and says why.
func (s *sweep) mark(i, j int, what string) {
	for k := i; k < j; k++ {
		s.drop[k] = true
	}
	s.notes = append(s.notes, note{s.spans[i].start, s.spans[j-1].end, what})
}

// note adds what was dropped to the document's Notes, by lines of the file. Of
// HTML the lines aren't known: its text is an extract.
func (d *Document) note(notes []note) {
	line, at := 1, 0
	for _, n := range notes {
		if isHTML(d.Path) {
			d.Notes = append(d.Notes, Note{What: n.what})
			continue
		}
		line += strings.Count(d.Text[at:n.at], "\n")
		at = n.at
		what := n.what
		if more := strings.Count(d.Text[n.at:n.end], "\n"); more > 0 {
			what = fmt.Sprintf("lines %d–%d: %s", line, line+more, what)
		}
		d.Notes = append(d.Notes, Note{line, what})
	}
}

// chrome drops what a page puts round its article: hashtags, buttons,
// breadcrumbs, notices.
func (s *sweep) chrome() {
	for i := range s.spans {
		t := s.spans[i].text
		switch {
		case t == "" || len(t) > 4*noticeLength || s.spans[i].heading: // longer than any of them, or part of the article
		case allHashtags(t):
			s.mark(i, i+1, "dropped hashtags")
		case !s.spans[i].item && isControls(t) && !s.headsProse(i):
			s.mark(i, i+1, fmt.Sprintf("dropped buttons of a page: “%s”", clip(t)))
		case utf8.RuneCountInString(t) <= noticeLength && notice.MatchString(t):
			s.mark(i, i+1, fmt.Sprintf("dropped a notice of a page: “%s”", clip(t)))
		}
	}
}

// headsProse tells whether span i is the only button in its place and stands
// over a paragraph: then it is the heading "Search" of a manual.
func (s *sweep) headsProse(i int) bool {
	alone := (i == 0 || !s.drop[i-1]) && !strings.ContainsAny(s.spans[i].text, "|·•›»/>")
	return alone && nextIsProse(s.spans, i)
}

const noticeLength = 160 // characters; a longer text on rights or cookies is a text

// notice is what sites write under or over everything.
var notice = regexp.MustCompile(`(?i)^(?:(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:19|20)\d\d\b.*|.{0,80}\ball rights reserved\.?.{0,20}|版权所有.*|版權所有.*` +
	`|(?:this (?:web)?site|we) uses? cookies\b.*\b(?:agree|accept|consent|continu)\w*\b.*|本(?:网站|站)使用\s*cookie.*(?:同意|接受).*` +
	`|(?:版权声明|原文链接|本文链接|转载请注明)(?:[:：]|出处|来源).*|(?:长按|扫描?|微信扫)[^。]{0,12}二维码[^。]{0,20}|(?:点击|欢迎)[^。]{0,10}关注[^。]{0,20}(?:公众号|公眾號|我们|我們)[^。]{0,12}[!！。]?` +
	`|subscribe to (?:our|the|my) newsletter\b.{0,60}|sign up for (?:our|the|my) newsletter\b.{0,60}|follow us on\b.{0,60}|share (?:this|on|via)\b.{0,40}` +
	`|powered by \w[\w .]{0,30}|(?:阅读|阅读量|浏览|浏览量|点赞数?|收藏|评论|转发)[:：]?\s*[\d.]+\s*[万w+k]?)$`)

func allHashtags(s string) bool {
	fields := strings.Fields(s)
	for _, f := range fields {
		if !hashtag.MatchString(f) || strings.TrimLeft(f, "#0123456789") == "" {
			return false
		}
	}
	return len(fields) >= 2
}

var hashtag = regexp.MustCompile(`^#[\pL\d_]+$`)

// isControls tells whether a line is nothing but the words of buttons and
// menus: "Home | About | Contact", "Reply Quote", "点赞 收藏 分享".
func isControls(s string) bool {
	if utf8.RuneCountInString(s) > noticeLength {
		return false
	}
	all, known := 0, 0
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("|·•›»/>\t\n", r) }) {
		part = strings.ToLower(strings.TrimFunc(part, func(r rune) bool { return !unicode.IsLetter(r) }))
		if part == "" {
			continue
		}
		all++
		if controls[part] || eachControl(part) {
			known++
		}
	}
	return known > 0 && (known == all || known >= 2 && 2*known >= all)
}

// eachControl tells whether every word of a line is a button of its own.
func eachControl(s string) bool {
	for _, f := range strings.Fields(s) {
		f = strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) })
		if f != "" && !controls[f] {
			return false
		}
	}
	return true
}

// controls are the words of buttons, menus and chat windows.
var controls = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq(`home,about,about us,contact,contact us,menu,search,login,log in,sign in,sign up,log out,register,subscribe,share,tweet,like,likes,reply,quote,report,permalink,
save,print,skip to content,skip to main content,skip to navigation,back to top,previous,next,previous post,next post,previous page,next page,older posts,newer posts,leave a comment,leave a reply,post a comment,
add a comment,view all comments,load more,show more,read more,continue reading,learn more,close,cookie settings,accept all,accept all cookies,reject all,manage cookies,privacy policy,terms of service,
terms of use,sitemap,advertisement,sponsored,facebook,twitter,linkedin,reddit,whatsapp,pinterest,copy link,email,download app,follow,unfollow,bookmark,edit,
you said,chatgpt said,regenerate,regenerate response,stop generating,
首页,登录,注册,登录注册,搜索,菜单,返回顶部,返回首页,上一页,下一页,上一篇,下一篇,点赞,收藏,分享,转发,评论,在看,赞,举报,回复,引用,关注,取消关注,已关注,打赏,赞赏,喜欢作者,写评论,发表评论,查看更多,加载更多,展开全文,阅读全文,阅读原文,复制链接,广告,
首頁,登入,註冊,搜尋,選單,返回頂部,點讚,收藏,分享,轉發,評論,檢舉,回覆,閱讀全文,閱讀原文,查看更多,廣告`, ",") {
		m[strings.TrimSpace(w)] = true
	}
	return m
}()

// requests drops turns of a chat that were saved with its answer: a line that
// asks for text, with the text right behind it, and the answer's opener.
func (s *sweep) requests() {
	for i := 0; i+1 < len(s.spans); i++ {
		t, next := s.spans[i].text, s.spans[i+1].text
		if utf8.RuneCountInString(t) > requestLength || !request.MatchString(t) {
			continue
		}
		opens := len(next) <= 4*requestLength && opener.MatchString(next)
		if !opens && !framed.MatchString(next) && !sameWords(next, s.spans[0].text) {
			continue
		}
		s.mark(i, i+1, fmt.Sprintf("dropped a request from a chat: “%s”", clip(t)))
		if opens {
			s.mark(i+1, i+2, fmt.Sprintf("dropped the opening of a chat's answer: “%s”", clip(next)))
		}
	}
}

const requestLength = 80 // characters

var (
	request = regexp.MustCompile(`(?i)^(?:(?:请|請)?(?:你|您)?(?:再|帮我|幫我|给我|給我|继续|繼續|重新|把|将|將|写|寫|用)[^。]*(?:写|寫|改|扩|擴|详细|詳細|润色|潤色|总结|總結|翻译|翻譯|展开|展開|继续|繼續)[^。]*[。！？!?]?` +
		`|(?:请|請)(?:你|您)[^。]*(?:写|寫|改写|扩写|详细|詳細|润色|总结|總結|翻译|翻譯)[^。]*[。！？!?]?` +
		`|(?:please|can you|could you|now)[ ,].*\b(?:write|rewrite|expand|elaborate|summari[sz]e|translate|rephrase|shorten|continue|detail(?:ed|s)?|longer|shorter)\b[^.]*[.!?]?)$`)
	opener = regexp.MustCompile(`(?i)^(?:(?:sure|certainly|of course|absolutely)[,!.][^.]*[:.!]?|here(?:'s| is| are) [^.]*:|(?:好的|当然(?:可以)?|當然(?:可以)?|没问题|沒問題)[,，!！。][^。]*[:：。！!]?)$`)
)

// clip shortens a text for a note.
func clip(s string) string {
	const most = 30 // characters
	n := 0
	for i, r := range s {
		if n++; n > most || r == '\n' {
			return s[:i] + "…"
		}
	}
	return s
}
