package bot

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// gap is a character of no width that breaks what Discord would act on.
const gap = "\u200b"

var (
	// live matches what Discord turns into mentions, emoji, times and commands.
	live = regexp.MustCompile(`<([@#:/]|a:|t:|id:)|@(everyone|here)`)
	// invite matches invitations to servers.
	invite = regexp.MustCompile(`(?i)(discord(?:app)?)(\.(?:gg|com/invite|io|me))`)
)

// defuse takes the power out of text: mentions of people, roles and channels,
// @everyone and invitations become words. It does not change how text looks.
func defuse(s string) string {
	s = live.ReplaceAllStringFunc(s, func(m string) string { return m[:1] + gap + m[1:] })
	return invite.ReplaceAllString(s, "$1"+gap+"$2")
}

// escape makes text show as it is written: no Markdown, no mentions. URLs are
// put in angle brackets, so that nothing unfurls.
func escape(s string) string {
	var b strings.Builder
	last := 0
	for _, m := range bareURL.FindAllStringIndex(s, -1) {
		b.WriteString(escapeWords(s[last:m[0]]))
		b.WriteString("<" + defuse(s[m[0]:m[1]]) + ">")
		last = m[1]
	}
	b.WriteString(escapeWords(s[last:]))
	return b.String()
}

// bareURL matches web addresses, without what Markdown would take for its end.
var bareURL = regexp.MustCompile(`https?://[^\s<>()\[\]"'*|` + "`" + `，。；、）】》]+[^\s<>()\[\]"'*|` + "`" + `，。；、）】》.,;:!?]`)

func escapeWords(s string) string {
	var b strings.Builder
	lineStart := true
	for _, r := range defuse(s) {
		switch {
		case r == '\n':
			lineStart = true
			b.WriteRune(r)
			continue
		case strings.ContainsRune("\\*_~`|[]", r),
			lineStart && (r == '>' || r == '#'):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		lineStart = lineStart && r == ' '
	}
	return b.String()
}

// clip shortens s to at most n characters, at a space where one is near, and
// never within what people see as one character.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	end, used := 0, 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		from, to := g.Positions()
		if used += len(g.Runes()); used > n-1 {
			end = from
			break
		}
		end = to
	}
	s = s[:end]
	if i := strings.LastIndexByte(s, ' '); i > len(s)*3/4 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:") + "…"
}
