package bot

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"historian/corpus"
	"historian/index"
)

func excerptOf(text string) index.Excerpt {
	return index.Excerpt{Text: text, End: len(text), Passage: corpus.Passage{Text: text}}
}

// TestCutsKeepPiecesWhole cuts excerpts at every length.
func TestCutsKeepPiecesWhole(t *testing.T) {
	family := "👩‍👩‍👧‍👧"
	for name, text := range map[string]string{
		"link":    "The harbour opens at dawn. See [the plan. It is new](https://example.org/plan) for the way. Boats leave at ten.",
		"image":   "Look at ![the map of the north. And of the south](https://example.org/map.png) before you go. Then go.",
		"code":    "Type `open. the. gate` and wait. Then go in. " + strings.Repeat("Go on. ", 20),
		"fence":   "Do this first.\n\n```sh\ngate --open. north\ngate --open. south\n```\n\nThen go in.",
		"fences":  "```\n" + strings.Repeat("a line. of code\n", 40) + "```",
		"emoji":   strings.Repeat(family, 60),
		"chinese": strings.Repeat("没有标点的长句子", 60),
		"marks":   strings.Repeat("é́", 300),
	} {
		for limit := 40; limit < 500; limit += 7 {
			got := quote(excerptOf(text), limit)
			if n := length(got); n > limit {
				t.Errorf("%s: %d characters, want at most %d", name, n, limit)
			}
			if strings.Count(got, "```")%2 != 0 {
				t.Errorf("%s: a fence is cut at %d: %q", name, limit, got)
			}
			if strings.Contains(got, `\[`) || strings.Contains(got, "\\`") {
				t.Errorf("%s: a link or code is cut at %d: %q", name, limit, got)
			}
			for g := uniseg.NewGraphemes(strings.TrimPrefix(got, "> ")); name == "emoji" && g.Next(); {
				if s := g.Str(); s != family && s != "…" {
					t.Errorf("%s: a character is cut at %d: %q", name, limit, s)
				}
			}
		}
	}
}

func TestCutsAtSentences(t *testing.T) {
	text := "One is here. Two is there. Three is nowhere."
	for limit, want := range map[int]string{100: "> " + text, 40: "> One is here. Two is there.…", 20: "> One is here.…"} {
		if got := quote(excerptOf(text), limit); got != want {
			t.Errorf("at %d: %q, want %q", limit, got, want)
		}
	}
}
