package bot

import (
	"cmp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/index/lang"
)

// Limits of autocompletion (Discord's documentation, "Autocomplete").
const (
	maxChoices   = 25
	choiceLength = 100
)

type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// complete offers what the documents tell about and begins or goes on like
// what is typed.
func (b *Bot) complete(i *discordgo.Interaction) []choice {
	if i.ApplicationCommandData().Name == b.adminCommand() {
		return b.completeAdmin(i)
	}
	sub, options := subcommand(i.ApplicationCommandData())
	typed := ""
	for _, o := range options {
		if o != nil && o.Focused {
			typed, _ = o.Value.(string)
		}
	}
	var names []string
	c := b.answerer.Catalog()
	if sub == "timeline" {
		for _, e := range c.Events {
			names = append(names, e.Name)
		}
	} else {
		for _, d := range c.Documents {
			names = append(names, d.Title)
			for _, s := range d.Sections {
				if n := len(s.Trail); n > 0 {
					names = append(names, d.Title+": "+s.Trail[n-1])
				}
			}
		}
	}
	out := []choice{}
	for _, name := range closest(typed, names) {
		name = clip(oneLine(name), choiceLength)
		out = append(out, choice{name, name})
	}
	return out
}

// closest gives up to 25 of the names, those that begin like typed first,
// then those in which a word does, then those that hold its characters in
// order.
func closest(typed string, names []string) []string {
	typed = bare(typed)
	type ranked struct {
		name string
		rank int
	}
	var out []ranked
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		if r, ok := nearness(typed, name); ok {
			out = append(out, ranked{name, r})
		}
	}
	slices.SortStableFunc(out, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	var top []string
	for _, r := range out[:min(len(out), maxChoices)] {
		top = append(top, r.name)
	}
	return top
}

func nearness(typed, name string) (rank int, ok bool) {
	folded := lang.Normalize(name).Text
	plain := bare(name)
	switch {
	case strings.HasPrefix(plain, typed):
		return 0, true
	case strings.Contains(" "+folded, " "+typed):
		return 1, true
	case strings.Contains(plain, typed):
		return 2, true
	}
	rest := plain
	for _, r := range typed {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return 0, false
		}
		rest = rest[i+len(string(r)):]
	}
	return 3, true
}

// bare folds a name and takes out spaces and hyphens, so that gpt2 finds GPT-2.
func bare(s string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(lang.Normalize(s).Text)
}
