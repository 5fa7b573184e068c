package desk

import (
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/bbolt"
)

// A Mode says what the bot does in a channel.
type Mode string

// The modes. The empty one means: as the server's default says.
const (
	ModeOff     Mode = "off"     // nothing
	ModeMention Mode = "mention" // answers when it is called
	ModeAmbient Mode = "ambient" // answers any question the documents answer
	ModeShadow  Mode = "shadow"  // says nothing there; shows moderators what it would have said
)

// Modes lists the modes, from least to most.
var Modes = []Mode{ModeOff, ModeMention, ModeShadow, ModeAmbient}

// Languages that the bot speaks, as Discord names them.
var Languages = []string{"en", "zh-CN", "zh-TW"}

// A Place is how the bot behaves in a channel, or in a whole server. What is
// zero is as the server's default says, or as the bot is configured.
type Place struct {
	Mode      Mode     `yaml:"mode,omitempty" json:"mode,omitempty"`
	Documents []string `yaml:"documents,omitempty" json:"documents,omitempty"` // IDs of documents or their folders; none means all
	Threshold int      `yaml:"threshold,omitempty" json:"threshold,omitempty"` // answer when at least so many percent sure, 1 to 99
	Language  string   `yaml:"language,omitempty" json:"language,omitempty"`   // of the bot's own words
}

// A Guild is the settings of a server.
type Guild struct {
	Place     `yaml:",inline"`
	Moderator string           `yaml:"moderators,omitempty" json:"moderators,omitempty"` // ID of the moderators' channel
	Digest    bool             `yaml:"digest,omitempty" json:"digest,omitempty"`         // post the gaps there once a week
	Questions bool             `yaml:"questions,omitempty" json:"questions,omitempty"`   // keep the words of questions beside gaps
	NoGaps    bool             `yaml:"no-gaps,omitempty" json:"no_gaps,omitempty"`       // keep no gaps at all
	Channels  map[string]Place `yaml:"channels,omitempty" json:"channels,omitempty"`     // by ID
}

// Under fills what p leaves open by another place's.
func (p Place) Under(other Place) Place {
	if p.Mode == "" {
		p.Mode = other.Mode
	}
	if len(p.Documents) == 0 {
		p.Documents = other.Documents
	}
	if p.Threshold == 0 {
		p.Threshold = other.Threshold
	}
	if p.Language == "" {
		p.Language = other.Language
	}
	return p
}

// At gives how to behave in a channel: by its own settings, those of the
// channels it belongs to, innermost first, and the server's.
func (g Guild) At(channels ...string) Place {
	var p Place
	for _, c := range channels {
		p = p.Under(g.Channels[c])
	}
	return p.Under(g.Place)
}

// check tells what is wrong with a place's settings, and the mend.
func (p Place) check() error {
	switch {
	case p.Mode != "" && !slices.Contains(Modes, p.Mode):
		return fmt.Errorf("mode %q is unknown: give off, mention, shadow or ambient", p.Mode)
	case p.Threshold < 0 || p.Threshold > 99:
		return fmt.Errorf("threshold %d is no such percentage: give 1 to 99, or leave it out", p.Threshold)
	case p.Language != "" && !slices.Contains(Languages, p.Language):
		return fmt.Errorf("language %q is unknown: give en, zh-CN or zh-TW", p.Language)
	case len(p.Documents) > maxDocuments:
		return fmt.Errorf("%d documents are too many: give up to %d, or folders", len(p.Documents), maxDocuments)
	}
	return nil
}

// Bounds of a server's settings.
const (
	maxDocuments = 50
	maxChannels  = 500 // Discord's own bound on channels of a server
)

func (g Guild) check() error {
	if err := g.Place.check(); err != nil {
		return err
	}
	if g.Moderator != "" && !isID(g.Moderator) {
		return fmt.Errorf("moderators: %q is no channel: give its ID in quotes", g.Moderator)
	}
	if len(g.Channels) > maxChannels {
		return fmt.Errorf("settings for %d channels: a server has at most %d", len(g.Channels), maxChannels)
	}
	for _, id := range slices.Sorted(maps.Keys(g.Channels)) {
		if !isID(id) {
			return fmt.Errorf("channel %q is no channel: give its ID", id)
		}
		if err := g.Channels[id].check(); err != nil {
			return fmt.Errorf("channel %s: %w", id, err)
		}
	}
	return nil
}

// clone copies the settings, so that nobody changes those in use.
func (g Guild) clone() Guild {
	g.Documents = slices.Clone(g.Documents)
	g.Channels = maps.Clone(g.Channels)
	for id, p := range g.Channels {
		p.Documents = slices.Clone(p.Documents)
		g.Channels[id] = p
	}
	return g
}

// Guild gives the settings of a server; the zero Guild where it has none.
func (d *Desk) Guild(id string) Guild {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.guilds[id].clone()
}

// At gives how to behave in a channel, as Guild.At does; own is without the
// server's default.
func (d *Desk) At(guild string, channels ...string) (own, all Place) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	g := d.guilds[guild]
	own = Guild{Channels: g.Channels}.At(channels...)
	return own, own.Under(g.Place)
}

// Unasked tells whether some channel of a server wants answers, or shadow
// answers, that nobody asked for; "" asks of all servers.
func (d *Desk) Unasked(guild string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if guild != "" {
		return d.guilds[guild].Unasked()
	}
	for _, g := range d.guilds {
		if g.Unasked() {
			return true
		}
	}
	return false
}

// Unasked tells whether some channel wants answers that nobody asked for, or
// shadow answers.
func (g Guild) Unasked() bool {
	unasked := func(m Mode) bool { return m == ModeAmbient || m == ModeShadow }
	if unasked(g.Mode) {
		return true
	}
	for _, p := range g.Channels {
		if unasked(p.Mode) {
			return true
		}
	}
	return false
}

// Guilds gives the settings of all servers that have some.
func (d *Desk) Guilds() map[string]Guild {
	d.mu.RLock()
	defer d.mu.RUnlock()
	out := map[string]Guild{}
	for id, g := range d.guilds {
		out[id] = g.clone()
	}
	return out
}

// SettingsFile gives the path of the file the settings are kept in; empty
// where they are in the store.
func (d *Desk) SettingsFile() string { return d.opts.Settings }

// Change changes the settings of a server, as one step, and notes who did
// what. Where change gives an error, or the settings are wrong, nothing is
// changed.
func (d *Desk) Change(guild string, by Action, change func(*Guild) error) (Guild, error) {
	if d.opts.Settings != "" {
		return Guild{}, fmt.Errorf("settings are kept in a file: %w", ErrOff)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	g := d.guilds[guild].clone()
	if err := change(&g); err != nil {
		return Guild{}, err
	}
	maps.DeleteFunc(g.Channels, func(_ string, p Place) bool { return p.isZero() })
	if err := g.check(); err != nil {
		return Guild{}, fmt.Errorf("%w: %w", ErrSetting, err)
	}
	if d.db == nil {
		return Guild{}, ErrOff
	}
	err := d.db.Update(func(tx *bbolt.Tx) error {
		if err := d.note(tx, guild, by); err != nil {
			return err
		}
		return put(tx, settingsBucket, []byte(guild), g)
	})
	if err != nil {
		return Guild{}, fmt.Errorf("keep settings: %w", err)
	}
	d.guilds[guild] = g
	return g.clone(), nil
}

func (p Place) isZero() bool {
	return p.Mode == "" && len(p.Documents) == 0 && p.Threshold == 0 && p.Language == ""
}

// loadSettings reads all settings from the store, unless a file has them.
func (d *Desk) loadSettings() error {
	if d.opts.Settings != "" {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.view(func(tx *bbolt.Tx) error {
		return each(tx, settingsBucket, nil, func(id string, g Guild) (verdict, Guild, error) {
			d.guilds[id] = g
			return keep, g, nil
		})
	})
}
