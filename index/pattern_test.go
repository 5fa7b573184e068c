package index

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// expression gives an alternation as one expression of package regexp.
func (as *alternation) expression() string {
	var all []string
	for _, a := range as.all {
		e := strings.TrimPrefix(a.re.String(), "^")
		if a.start {
			e = "^" + e
		}
		if a.boundary {
			e = `\b` + e
		}
		all = append(all, e)
	}
	return strings.Join(all, "|")
}

// FuzzPattern: an alternation finds what package regexp finds, for every
// pattern that questions are read by.
func FuzzPattern(f *testing.F) {
	type pair struct {
		as   *alternation
		want *regexp.Regexp
	}
	var pairs []pair
	note := func(p *pattern) {
		for _, as := range []*alternation{&p.latin, &p.han} {
			if len(as.all) > 0 {
				pairs = append(pairs, pair{as, regexp.MustCompile(as.expression())})
			}
		}
	}
	note(frames)
	note(frame)
	for _, w := range wantPatterns {
		note(w.re)
	}
	for _, im := range implications {
		note(im.re)
	}
	for _, s := range []string{
		"hey all, does anyone know what year gpt-2 came out again?", "how many parameters does it have, honestly?",
		"请问一下，GPT-3 是什么时候发布的呢？", "有没有人知道 bert 几岁了吗?", "what stuff is that_what what's", "year?", " stuff", "",
		"whose who's wh\xffat 什\xe4么", "so how much did it cost to do stuff in one word? is that right?",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range pairs {
			var got [][]int
			p.as.each(s, func(start, end int) { got = append(got, []int{start, end}) })
			if want := p.want.FindAllStringIndex(s, -1); !slices.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%q in %q: %v, want %v", p.want, s, got, want)
			}
			if got, want := p.as.replace(s), p.want.ReplaceAllString(s, " "); got != want {
				t.Errorf("%q replaced in %q: %q, want %q", p.want, s, got, want)
			}
		}
	})
}

func TestPatternsThatLookBack(t *testing.T) {
	for _, expr := range []string{`(?:a|\bb)`, `a?\bb`, `a*`, `(?:x|^y)z`} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s compiles: %v", expr, fmt.Sprint(compilePattern(expr).latin.all))
				}
			}()
			compilePattern(expr)
		}()
	}
}
