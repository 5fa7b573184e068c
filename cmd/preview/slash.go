package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"historian/bot/discordtest"
)

// Numbers of Discord's ("Application Command Types", "Application Command
// Option Type").
const (
	slashCommand   = 1
	messageCommand = 3
	subcommand     = 1
	integerOption  = 4
	booleanOption  = 5
)

// A command is a registered one, a subcommand, or an option.
type command struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations"`
	Required     bool              `json:"required"`
	Autocomplete bool              `json:"autocomplete"`
	Choices      []choice          `json:"choices"`
	Options      []command         `json:"options"`
	Needs        *string           `json:"default_member_permissions"`
}

// called gives the name as people see it.
func (c command) called(locale string) string {
	if n := c.Names[locale]; n != "" {
		return n
	}
	return c.Name
}

// behind gives what follows the command's name, in any language, at the
// beginning of a text.
func (c command) behind(text, sep string) (rest string, ok bool) {
	for name := range maps.Values(c.Names) {
		if rest, ok = strings.CutPrefix(text, name+sep); ok {
			return rest, true
		}
	}
	return strings.CutPrefix(text, c.Name+sep)
}

// A choice is a value of an option.
type choice struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

func (c command) about(locale string) string {
	if d := c.Descriptions[locale]; d != "" {
		return d
	}
	return c.Description
}

// named is a name with the one that people read.
type named struct {
	Name  string `json:"name"`
	Shown string `json:"shown"`
}

// commands lists what members without special permissions may use.
func (st *stage) commands() (out []command) {
	for _, o := range st.discord.Commands("") {
		var c command
		data, err := json.Marshal(o)
		if err == nil && json.Unmarshal(data, &c) == nil && c.Needs == nil {
			out = append(out, c)
		}
	}
	return out
}

// menuOf lists the commands in the menu of a message.
func (st *stage) menuOf(locale string) []named {
	out := []named{}
	for _, c := range st.commands() {
		if c.Type == messageCommand {
			out = append(out, named{c.Name, c.called(locale)})
		}
	}
	return out
}

// A typed is a slash command as far as it is typed: "/gpt ask question:when …".
type typed struct {
	at      command        // the last command or subcommand named
	path    []string       // names of the commands
	options map[string]any // by name
	focus   *command       // the option typed last; nil before any
	from    int            // where its value begins in the line
}

// read takes a line apart. Values stand behind "name:"; what stands before any
// is that of the first option. known tells whether the commands exist.
func read(line string, commands []command) (t typed, known bool) {
	t.options = map[string]any{}
	rest := strings.TrimPrefix(line, "/")
	for level := commands; ; level = t.at.Options {
		c, after, ok := find(level, strings.TrimLeft(rest, " "), len(t.path))
		if !ok {
			return t, false
		}
		t.at, t.path, rest = c, append(t.path, c.Name), after
		if len(c.Options) == 0 || c.Options[0].Type != subcommand {
			break
		}
	}
	t.values(line, len(line)-len(rest))
	return t, true
}

// find finds the command, or below one the subcommand, that a text begins with.
func find(level []command, text string, depth int) (c command, rest string, ok bool) {
	for _, c := range level {
		if depth == 0 && c.Type != slashCommand || depth > 0 && c.Type != subcommand {
			continue
		}
		if rest, ok := c.behind(text+" ", " "); ok {
			return c, strings.TrimSuffix(rest, " "), true
		}
	}
	return c, "", false
}

// values reads the options in line from a byte on.
func (t *typed) values(line string, from int) {
	if strings.TrimSpace(line[from:]) == "" || len(t.at.Options) == 0 {
		return
	}
	end := func(to int) {
		if text := strings.TrimSpace(line[t.from:to]); t.focus != nil && text != "" {
			t.options[t.focus.Name] = t.focus.value(text)
		}
	}
	t.focus, t.from = &t.at.Options[0], from
	for i := from; i < len(line); i++ {
		for k := range t.at.Options {
			o := &t.at.Options[k]
			if rest, ok := o.behind(line[i:], ":"); ok && (i == from || line[i-1] == ' ') {
				end(i)
				t.focus, t.from = o, len(line)-len(rest)
			}
		}
	}
	end(len(line))
}

// value is what a text means as a value of the option.
func (c command) value(text string) any {
	for _, v := range c.Choices {
		if strings.EqualFold(v.Name, text) {
			return v.Value
		}
	}
	if b, err := strconv.ParseBool(text); err == nil && c.Type == booleanOption {
		return b
	}
	if n, err := strconv.Atoi(text); err == nil && c.Type == integerOption {
		return n
	}
	return text
}

// fits tells whether the option takes the value.
func (c command) fits(v any) bool {
	_, isBool := v.(bool)
	_, isInt := v.(int)
	return isBool == (c.Type == booleanOption) && isInt == (c.Type == integerOption) &&
		(len(c.Choices) == 0 || slices.ContainsFunc(c.Choices, func(o choice) bool { return o.Value == v }))
}

// check tells why Discord's client would not send the command.
func (t typed) check() error {
	for _, o := range t.at.Options {
		switch v, given := t.options[o.Name]; {
		case !given && o.Required:
			return refuse("/%s needs %s", strings.Join(t.path, " "), o.Name)
		case given && !o.fits(v):
			return refuse("%s cannot be %v", o.Name, v)
		}
	}
	return nil
}

// slash sends a slash command.
func (st *stage) slash(ctx context.Context, a action) error {
	t, known := read(a.Text, st.commands())
	if !known {
		return refuse("there is no command %s", a.Text)
	}
	if err := t.check(); err != nil {
		return err
	}
	in := st.invoke(a)
	in.Options = t.options
	name := strings.Join(t.path, " ")
	i := st.discord.Slash(name, in)
	st.used.Store(i.ID, "/"+name)
	return st.acknowledged(ctx, i)
}

// A suggestion is a way to go on with a line.
type suggestion struct {
	Line  string `json:"line"` // as it would be
	Label string `json:"label"`
	About string `json:"about,omitempty"`
}

// suggest lists the ways to go on: commands; values that the bot or the
// option offers; then the options still missing.
func (st *stage) suggest(ctx context.Context, a action) (out []suggestion, err error) {
	commands := st.commands()
	t, known := read(a.Text, commands)
	if !known {
		return names(a, commands), nil
	}
	if t.focus != nil {
		out, err = st.offers(ctx, a, t)
	}
	for _, o := range t.at.Options {
		if _, given := t.options[o.Name]; !given && (t.focus == nil || t.focus.Name != o.Name) {
			name := o.called(a.Locale)
			out = append(out, suggestion{strings.TrimRight(a.Text, " ") + " " + name + ":", name, o.about(a.Locale)})
		}
	}
	return out, err
}

// names lists the commands and subcommands that a line begins, by the name in
// the person's language or by the other.
func names(a action, commands []command) (out []suggestion) {
	have := strings.TrimRight(a.Text, " ")
	add := func(last command, plain, shown string) {
		if strings.HasPrefix(plain, have) || strings.HasPrefix(shown, have) {
			out = append(out, suggestion{shown + " ", shown, last.about(a.Locale)})
		}
	}
	for _, c := range commands {
		if c.Type != slashCommand {
			continue
		}
		plain, shown := "/"+c.Name, "/"+c.called(a.Locale)
		if len(c.Options) == 0 || c.Options[0].Type != subcommand {
			add(c, plain, shown)
			continue
		}
		for _, sub := range c.Options {
			add(sub, plain+" "+sub.Name, shown+" "+sub.called(a.Locale))
		}
	}
	return out
}

// offers lists values for the option being typed.
func (st *stage) offers(ctx context.Context, a action, t typed) (out []suggestion, err error) {
	have := strings.ToLower(strings.TrimSpace(a.Text[t.from:]))
	choices := t.focus.Choices
	switch {
	case t.focus.Autocomplete:
		in := st.invoke(a)
		in.Options, in.Focused = map[string]any{t.focus.Name: ""}, t.focus.Name
		if v, ok := t.options[t.focus.Name].(string); ok {
			in.Options[t.focus.Name] = v
		}
		ctx, cancel := context.WithTimeout(ctx, acknowledgeIn)
		defer cancel()
		r, err := st.discord.WaitResponse(ctx, st.discord.Autocomplete(strings.Join(t.path, " "), in))
		if err != nil {
			return nil, errSilent
		}
		choices, have = choicesOf(r.Choices), ""
	case t.focus.Type == booleanOption:
		choices = []choice{{"true", true}, {"false", false}}
	}
	for _, c := range choices {
		if strings.HasPrefix(strings.ToLower(c.Name), have) && strings.ToLower(c.Name) != have {
			out = append(out, suggestion{Line: a.Text[:t.from] + fmt.Sprint(c.Value) + " ", Label: c.Name})
		}
	}
	return out, nil
}

func choicesOf(list []discordtest.Object) (out []choice) {
	for _, o := range list {
		name, _ := o["name"].(string)
		out = append(out, choice{name, o["value"]})
	}
	return out
}
