package desk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// Settings as a file are YAML:
//
//	servers:
//	  "1122334455":            # the server's ID, in quotes
//	    mode: mention          # the server's default
//	    moderators: "2233"     # where shadow answers and digests go
//	    digest: true
//	    channels:
//	      "3344":
//	        mode: ambient
//	        documents: [rules, guides/start]
//	        threshold: 60
//	        language: en
type settingsText struct {
	Servers map[string]Guild `yaml:"servers"`
}

const settingsHead = "# Settings of Historian by server and channel. Modes: off, mention, shadow, ambient.\n# threshold is percent; documents are names of documents or folders.\n"

// maxSettings is how many bytes of settings are read, and maxSettingsDepth
// how deep they may nest: beyond that it is no settings file.
const (
	maxSettings      = 1 << 20
	maxSettingsDepth = 12
)

// FormatSettings writes settings as a file that ParseSettings reads.
func FormatSettings(guilds map[string]Guild) ([]byte, error) {
	data, err := yaml.MarshalWithOptions(settingsText{guilds}, yaml.UseSingleQuote(false))
	if err != nil {
		return nil, fmt.Errorf("write settings: %w", err)
	}
	return append([]byte(settingsHead), data...), nil
}

// yamlPosition matches how the library tells where an error is.
var yamlPosition = regexp.MustCompile(`^\[(\d+):\d+\] ([^\n]*)`)

// ParseSettings reads settings strictly. Its errors name line, fault and mend.
func ParseSettings(name string, data []byte) (map[string]Guild, error) {
	if len(data) > maxSettings || nesting(string(data)) > maxSettingsDepth {
		return nil, fmt.Errorf("%s: is no settings file: too large, or nested too deep", name)
	}
	var s settingsText
	if err := readYAML(name, data, &s); err != nil {
		return nil, err
	}
	for id, g := range s.Servers {
		if !isID(id) {
			return nil, fmt.Errorf("%s: server %q is no server: give its ID in quotes", name, id)
		}
		if err := g.check(); err != nil {
			return nil, fmt.Errorf("%s: server %s: %w", name, id, err)
		}
	}
	if s.Servers == nil {
		s.Servers = map[string]Guild{}
	}
	return s.Servers, nil
}

// readYAML reads YAML strictly. The library panics on some of what it can't
// read, such as tags without a value.
func readYAML(name string, data []byte, into any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: is no YAML that can be read: use plain keys and values", name)
		}
	}()
	if err = yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err == nil {
		return nil
	}
	if m := yamlPosition.FindStringSubmatch(yaml.FormatError(err, false, false)); m != nil {
		return fmt.Errorf("%s:%s: %s (see docs/moderating.md for what may stand there)", name, m[1], m[2])
	}
	return fmt.Errorf("%s: is no YAML: %w", name, err)
}

// nesting bounds how deep YAML can nest: by indentation, dashes and brackets.
func nesting(text string) int {
	deepest, open := 0, 0
	for line := range strings.Lines(text) {
		rest := strings.TrimLeft(line, " -?:\t")
		open = max(0, open+strings.Count(line, "[")+strings.Count(line, "{")-strings.Count(line, "]")-strings.Count(line, "}"))
		deepest = max(deepest, (len(line)-len(rest))/2, open)
	}
	return deepest
}

func isID(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// refreshSettings reads the settings file anew where it has changed.
func (d *Desk) refreshSettings() error {
	info, err := os.Stat(d.opts.Settings)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("settings: there is no file %s: make it, or take the variable out", d.opts.Settings)
		}
		return fmt.Errorf("settings: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if info.ModTime().Equal(d.fileTime) {
		return nil
	}
	data, err := os.ReadFile(d.opts.Settings)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	guilds, err := ParseSettings(d.opts.Settings, data)
	if err != nil {
		return err
	}
	d.guilds, d.fileTime = guilds, info.ModTime()
	return nil
}

// RefreshSettings reads the settings file anew where there is one, and it has
// changed. What is wrong with it is told; what it said before holds.
func (d *Desk) RefreshSettings() error {
	if d.opts.Settings == "" {
		return nil
	}
	return d.refreshSettings()
}

// Export gives the settings of a server as a file.
func (d *Desk) Export(guild string) ([]byte, error) {
	return FormatSettings(map[string]Guild{guild: d.Guild(guild)})
}

// Import replaces the settings of a server by those in a file.
func (d *Desk) Import(guild, name string, data []byte, by Action) (Guild, error) {
	guilds, err := ParseSettings(name, data)
	if err != nil {
		return Guild{}, err
	}
	g, ok := guilds[guild]
	if !ok {
		return Guild{}, fmt.Errorf("%s: holds nothing for this server: put its settings under servers: %q", name, guild)
	}
	return d.Change(guild, by, func(have *Guild) error {
		*have = g.clone()
		return nil
	})
}
