package discordtest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Limits of commands: Application Commands.
const (
	maxChatInput          = 100 // global, and again in each guild
	maxContextMenu        = 15  // of users, and again of messages
	maxCommandName        = 32
	maxCommandDescription = 100
	maxCommandOptions     = 25
	maxCommandTotal       = 8000
)

// Command types, and the types of options that hold options.
const (
	commandChatInput = 1
	commandUser      = 2
	commandMessage   = 3
	optionSub        = 1
	optionGroup      = 2
)

// commandName is the documented pattern for names in a chat input command.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are those of Reference, "Locales", and the two that only Discord's
// OpenAPI description has: ar and he.
var locales = strings.Fields(`ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko
	lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW`)

// checkCommands checks a list that replaces all commands of an application or
// of a guild.
func checkCommands(list []any) []fieldError {
	p, errs := newForm(nil)
	count := map[int]int{}
	seen := map[string]bool{}
	for _, c := range p.elements("", list) {
		kind := c.commandType()
		count[kind]++
		c.command()
		key := fmt.Sprint(kind, c.Object["name"])
		if seen[key] {
			c.fail("", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		seen[key] = true
	}
	for _, kind := range slices.Sorted(maps.Keys(count)) {
		limit := maxContextMenu
		if kind == commandChatInput {
			limit = maxChatInput
		}
		if count[kind] > limit {
			*errs = append(*errs, fieldError{"", "30032", fmt.Sprintf("Maximum number of application commands reached (%d)", limit)})
		}
	}
	return *errs
}

// checkCommand checks one command.
func checkCommand(o Object) []fieldError {
	p, errs := newForm(o)
	p.command()
	return *errs
}

func (p part) commandType() int {
	if p.Object["type"] == nil {
		return commandChatInput
	}
	return p.number("type")
}

func (p part) command() {
	if kind := p.commandType(); kind == commandUser || kind == commandMessage {
		p.needText("name", maxCommandName)
		p.localizations("name_localizations", maxCommandName)
		p.text("description", 0, 0)
		if !blank(p.Object["options"]) {
			p.fail("options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", "Context menu commands cannot have options")
		}
		return
	}
	p.named()
	p.options()
	if n := p.total(); n > maxCommandTotal {
		p.fail("", "APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (%d)", maxCommandTotal))
	}
}

// named checks the name and the description of a chat input command or of an
// option, in every language.
func (p part) named() {
	p.commandName("name", p.needText("name", maxCommandName))
	p.needText("description", maxCommandDescription)
	names := p.localizations("name_localizations", maxCommandName)
	for _, locale := range slices.Sorted(maps.Keys(names)) {
		p.commandName(join("name_localizations", locale), names[locale])
	}
	p.localizations("description_localizations", maxCommandDescription)
}

func (p part) commandName(key, name string) {
	if name != "" && (!commandName.MatchString(name) || name != strings.ToLower(name)) {
		p.fail(key, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

// localizations checks a dictionary of translations and returns it.
func (p part) localizations(key string, limit int) map[string]string {
	d, _ := p.part(key)
	texts := map[string]string{}
	for _, locale := range slices.Sorted(maps.Keys(d.Object)) {
		d.choice(locale, locale, locales)
		texts[locale] = d.needText(locale, limit)
	}
	return texts
}

// options checks the options of a command or subcommand, and below.
func (p part) options() {
	optional := false
	seen := map[string]bool{}
	for _, o := range p.parts("options", 0, maxCommandOptions) {
		o.named()
		if name, _ := o.Object["name"].(string); name != "" {
			if seen[name] {
				o.fail("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
			}
			seen[name] = true
		}
		switch kind := o.number("type"); {
		case kind == optionSub || kind == optionGroup:
			o.options()
			continue
		case kind < optionSub || kind > 11:
			o.fail("type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).")
		}
		o.choices()
		required, _ := o.Object["required"].(bool)
		if required && optional {
			o.fail("", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !required
	}
}

// total counts the characters of every name, description and string value in
// a command. Of the translations, the longest counts in place of the original
// when it is longer.
func (p part) total() (n int) {
	for _, key := range []string{"name", "description", "value"} {
		s, _ := p.Object[key].(string)
		longest := characters(s)
		translations, _ := p.Object[key+"_localizations"].(Object)
		for _, v := range translations {
			s, _ := v.(string)
			longest = max(longest, characters(s))
		}
		n += longest
	}
	for _, key := range []string{"options", "choices"} {
		list, _ := p.Object[key].([]any)
		for i, v := range list {
			o, _ := v.(Object)
			n += part{Object: o, path: strconv.Itoa(i)}.total()
		}
	}
	return n
}
