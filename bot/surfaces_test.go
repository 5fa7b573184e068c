package bot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"historian/bot"
	"historian/bot/discordtest"
)

// TestSurfaces plays scripts, one a script of writing, in which people use
// the bot in every way there is, and holds what they see to the golden replies
// below the script. The fake holds every request to Discord's description and
// limits.
func TestSurfaces(t *testing.T) {
	t.Parallel()
	shared, err := txtar.ParseFile("testdata/surfaces/docs.txtar")
	if err != nil {
		t.Fatal(err)
	}
	docs := fstest.MapFS{}
	for _, f := range shared.Files {
		docs[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	ix := openIndex(t, docs)
	for _, name := range []string{"en", "zh-hans", "zh-hant"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", "surfaces", name+".txtar")
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d := discord(t)
			ambient := d.AddTextChannel("questions")
			p := &player{running: start(t, d, ix, bot.Options{Ambient: map[string]bool{ambient: true, d.World.Forum: true}}), ambient: ambient}
			for line := range strings.Lines(string(a.Files[0].Data)) {
				p.step(strings.TrimSpace(line))
			}
			p.silent(ambient)
			for _, id := range p.unheard {
				if p.replies(ambient, id) > 0 {
					t.Errorf("a reply to what should get none: %+v", p.repliesTo(ambient, id, ""))
				}
			}
			got := p.out.String()
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[1].Data); want != got {
				t.Errorf("the replies are now:\n%s\nIf that is right, run go test ./bot -update and review the diff.", got)
			}
		})
	}
}

// A player plays the steps of a script. Each step is by another person, so
// that nobody asks too much at once, except where it goes on with the step
// before.
type player struct {
	*running
	ambient string
	locale  string
	asker   string
	unheard []string // messages that get no reply
	last    discordtest.Message
	out     strings.Builder
}

func (p *player) step(line string) {
	what, text, _ := strings.Cut(line, " ")
	if what == "locale" {
		p.locale = text
		return
	}
	fmt.Fprintf(&p.out, "▸ %s\n", line)
	if what != "press" {
		p.asker = p.AddMember("asker", 0)
	}
	invoke := discordtest.Invoke{User: p.asker, Locale: p.locale}
	switch what {
	case "mention":
		p.said(p.w.Text, p.Say(p.w.Text, p.asker, "<@"+p.w.Bot+"> "+text, discordtest.Say{}))
	case "reply":
		p.said(p.w.Text, p.Say(p.w.Text, p.asker, text, discordtest.Say{ReplyTo: p.last.ID}))
	case "direct":
		p.said(p.w.DM, p.Say(p.w.DM, p.w.User, text, discordtest.Say{}))
	case "post":
		title, content, _ := strings.Cut(text, " / ")
		p.said(p.OpenPost(p.w.Forum, p.asker, title, content))
	case "ambient":
		p.said(p.ambient, p.Say(p.ambient, p.asker, text, discordtest.Say{}))
	case "unheard": // an ambient message that gets no reply
		p.unheard = append(p.unheard, p.Say(p.ambient, p.asker, text, discordtest.Say{}))
		p.out.WriteString("(silence)\n\n")
	case "slash":
		sub, options := arguments(text)
		invoke.Options = options
		p.show(p.response(p.Slash("gpt "+sub, invoke)).Message)
	case "find":
		name := map[string]string{"en-US": "Find the answer"}[p.locale]
		if name == "" {
			name = "Find the answer" // people see it in their language; the name is one
		}
		id := p.Say(p.w.Text, p.AddMember("other", 0), text, discordtest.Say{})
		p.show(p.response(p.MessageCommand(name, id, invoke)).Message)
	case "complete":
		sub, options := arguments(text)
		invoke.Options = options
		for k := range options {
			invoke.Focused = k
		}
		for _, c := range p.response(p.Autocomplete("gpt "+sub, invoke)).Choices {
			fmt.Fprintf(&p.out, "  %v\n", c["name"])
		}
		p.out.WriteString("\n")
	case "press":
		p.press(text, invoke)
	default:
		p.t.Fatalf("unknown step %q", line)
	}
}

func (p *player) press(label string, invoke discordtest.Invoke) {
	p.t.Helper()
	id := p.last.Buttons()[label]
	if id == "" {
		p.t.Fatalf("no button %q in %v", label, p.last.Buttons())
	}
	seen := map[string]bool{}
	for _, m := range p.Messages(p.last.ChannelID) {
		seen[m.ID] = true
	}
	p.Click(p.last, id, invoke)
	keep := p.last
	p.show(p.shown(p.last.ChannelID, func(m discordtest.Message) bool { return !seen[m.ID] && m.Content != "" }))
	p.last = keep
}

// arguments reads "ask question=… private=true".
func arguments(text string) (sub string, options discordtest.Object) {
	sub, rest, _ := strings.Cut(text, " ")
	options = discordtest.Object{}
	at := argument.FindAllStringSubmatchIndex(rest, -1)
	for i, m := range at {
		end := len(rest)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		var v any = strings.TrimSpace(rest[m[1]:end])
		if v == "true" {
			v = true
		}
		options[rest[m[2]:m[3]]] = v
	}
	return sub, options
}

var argument = regexp.MustCompile(`(\w+)=`)

// said shows the reply to a message.
func (p *player) said(channel, id string) { p.show(p.repliesTo(channel, id, "")) }

// numbers of an explanation change with every training.
var numbers = regexp.MustCompile(`\d+ %|\(\d+\.\d\d\)|Index .*|索引 .*`)

func (p *player) show(m discordtest.Message) {
	p.last = m
	if m.Ephemeral() {
		p.out.WriteString("(seen by the asker alone)\n")
	}
	content := numbers.ReplaceAllStringFunc(m.Content, func(s string) string {
		switch {
		case strings.HasSuffix(s, "%"):
			return "n %"
		case strings.HasPrefix(s, "("):
			return "(n)"
		}
		return s[:strings.IndexByte(s, ' ')] + " n"
	})
	p.out.WriteString(content + "\n")
	for _, a := range m.Attachments {
		fmt.Fprintf(&p.out, "[%v: %v]\n", a["filename"], a["description"])
	}
	if labels := labels(m.Components); len(labels) > 0 {
		p.out.WriteString("[" + strings.Join(labels, "] [") + "]\n")
	}
	p.out.WriteString("\n")
	if m.MentionEveryone || len(m.Mentions) > 0 || len(m.MentionRoles) > 0 {
		p.t.Errorf("the reply pings somebody: %+v", m)
	}
}

// labels lists the buttons of a message in their order.
func labels(components []discordtest.Object) (out []string) {
	for _, row := range components {
		list, _ := row["components"].([]any)
		for _, c := range list {
			b, _ := c.(discordtest.Object)
			label, _ := b["label"].(string)
			if e, ok := b["emoji"].(discordtest.Object); ok {
				label = strings.TrimSpace(fmt.Sprint(e["name"], " ", label))
			}
			out = append(out, label)
		}
	}
	return slices.Clip(out)
}
