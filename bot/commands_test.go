package bot

import (
	"testing"

	"github.com/bwmarrin/discordgo"
)

// TestCommandsAreLocalised: every name and description that people read is in
// the bot's languages, and no two names of a level are alike in any.
func TestCommandsAreLocalised(t *testing.T) {
	var walk func(path string, options []*discordgo.ApplicationCommandOption)
	walk = func(path string, options []*discordgo.ApplicationCommandOption) {
		seen := map[string]bool{}
		for _, o := range options {
			at := path + " " + o.Name
			for _, locale := range []discordgo.Locale{discordgo.ChineseCN, discordgo.ChineseTW} {
				name, about := o.NameLocalizations[locale], o.DescriptionLocalizations[locale]
				if !ValidCommand(name) || length(about) == 0 || length(about) > 100 {
					t.Errorf("%s in %s: name %q, description %q", at, locale, name, about)
				}
				if seen[string(locale)+name] {
					t.Errorf("%s in %s: a second %q", at, locale, name)
				}
				seen[string(locale)+name] = true
			}
			walk(at, o.Options)
		}
	}
	for _, c := range New(nil, Options{}).Commands() {
		if c.Type == discordgo.MessageApplicationCommand && (c.NameLocalizations == nil || len(*c.NameLocalizations) != 2) {
			t.Errorf("%s has no Chinese name", c.Name)
		}
		walk(c.Name, c.Options)
	}
}
