package bot

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"historian/index"
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
	names := b.names.of(b.answerer.Catalog())
	list := names.topics
	if sub == "timeline" {
		list = names.events
	}
	return closest(typed, list)
}

// A completer keeps the names that can be offered, folded, until the
// documents change. The zero value is empty.
type completer struct {
	mu         sync.Mutex
	generation string
	names      names
}

type names struct{ topics, events []name }

// A name is something the documents tell about, in the forms in which it is
// compared with what is typed.
type name struct {
	choice
	folded string   // as lang.Normalize gives it
	bare   string   // without spaces and hyphens
	words  []string // of folded
}

func (c *completer) of(catalog index.Catalog) names {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation != catalog.Generation || c.names.topics == nil {
		c.generation, c.names = catalog.Generation, namesIn(catalog)
	}
	return c.names
}

func namesIn(c index.Catalog) names {
	topics, events := []string{}, []string{}
	for _, d := range c.Documents {
		topics = append(topics, d.Title)
		for _, s := range d.Sections {
			if n := len(s.Trail); n > 0 {
				topics = append(topics, d.Title+": "+s.Trail[n-1])
			}
		}
	}
	for _, e := range c.Events {
		events = append(events, e.Name)
	}
	return names{prepared(topics), prepared(events)}
}

// prepared folds names, each once.
func prepared(all []string) []name {
	seen := map[string]bool{}
	out := []name{}
	for _, s := range all {
		s = clip(oneLine(s), choiceLength)
		if s == "" || seen[s] {
			continue
		}
		seen[s] = true
		folded := lang.Normalize(s).Text
		out = append(out, name{choice{s, s}, folded, bare(s), strings.Fields(folded)})
	}
	return out
}

// closest gives up to 25 of the names, the nearest first, in the documents'
// order among equals.
func closest(typed string, all []name) []choice {
	t := input{lang.Normalize(oneLine(typed)).Text, bare(typed), nil}
	t.words = strings.Fields(t.folded)
	out, taken := []choice{}, make([]bool, len(all))
	for _, near := range nearness {
		for i, n := range all {
			if !taken[i] && near(n, t) {
				taken[i] = true
				if out = append(out, n.choice); len(out) == maxChoices {
					return out
				}
			}
		}
	}
	return out
}

// An input is what is typed, in the forms in which names are compared with it.
type input struct {
	folded, bare string
	words        []string
}

// nearness tells how near a name is to what is typed, the nearest first: it
// begins so, a word in it does, it holds it, its words begin so but for slips
// of the finger, it holds the characters in order.
var nearness = []func(name, input) bool{
	func(n name, t input) bool { return strings.HasPrefix(n.bare, t.bare) },
	func(n name, t input) bool { return strings.Contains(n.folded, " "+t.folded) },
	func(n name, t input) bool { return strings.Contains(n.bare, t.bare) },
	func(n name, t input) bool { return len(t.folded) <= choiceLength && n.misspelt(t.words) },
	func(n name, t input) bool { return len(t.folded) <= choiceLength && scattered(t.bare, n.bare) },
}

// misspelt tells whether every word that is typed begins some word of the
// name with at most one slip, two in long words.
func (n name) misspelt(typed []string) bool {
	for _, t := range typed {
		slips := 0
		if l := utf8.RuneCountInString(t); l >= 8 {
			slips = 2
		} else if l >= 4 {
			slips = 1
		}
		if !slices.ContainsFunc(n.words, func(w string) bool { return begins(w, t, slips) }) {
			return false
		}
	}
	return len(typed) > 0
}

// begins tells whether word begins with t but for so many letters that are
// wrong, missing, surplus or swapped with their neighbour (Damerau 1964).
func begins(word, t string, slips int) bool {
	if slips == 0 || word == "" || word[0] != t[0] { // the first letter is seldom wrong, and tells most words apart
		return strings.HasPrefix(word, t)
	}
	var letters [2][maxWord]rune
	a, b := runes(&letters[0], t), runes(&letters[1], word)
	b = b[:min(len(b), len(a)+slips)]
	if len(b) < len(a)-slips {
		return false
	}
	var rows [3][maxWord + 1]int
	before, last, row := rows[0][:len(b)+1], rows[1][:len(b)+1], rows[2][:len(b)+1]
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return slices.MinFunc(last, cmp.Compare[int]) <= slips
}

// maxWord is how many letters of a word are looked at.
const maxWord = 24

func runes(buf *[maxWord]rune, s string) []rune {
	n := 0
	for _, r := range s {
		if n == maxWord {
			break
		}
		buf[n] = r
		n++
	}
	return buf[:n]
}

// scattered tells whether s holds the characters of typed in their order.
func scattered(typed, s string) bool {
	if typed == "" {
		return true
	}
	for _, r := range typed {
		i := strings.IndexRune(s, r)
		if i < 0 {
			return false
		}
		s = s[i+utf8.RuneLen(r):]
	}
	return true
}

var joiners = strings.NewReplacer(" ", "", "-", "", "_", "")

// bare folds a name and takes out spaces and hyphens, so that gpt2 finds GPT-2.
func bare(s string) string { return joiners.Replace(lang.Normalize(s).Text) }
