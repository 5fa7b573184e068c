package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"github.com/caarlos0/env/v11"

	"historian/bot"
	"historian/bot/desk"
	"historian/index"
)

// config is what the environment says; .env.example explains each variable.
type config struct {
	Token      string   `env:"DISCORD_TOKEN"`
	API        string   `env:"DISCORD_API_URL"`
	Command    string   `env:"COMMAND_NAME" envDefault:"gpt"`
	Guild      string   `env:"GUILD_ID"`
	Data       string   `env:"DATA_DIR" envDefault:"data"`
	Engine     string   `env:"INDEX_URL"`
	Corpus     string   `env:"CORPUS_DIR"`
	Settings   string   `env:"SETTINGS_FILE"`
	Home       []string `env:"MODERATOR_GUILDS"`
	Retention  int      `env:"RETENTION_DAYS" envDefault:"90"`
	Ambient    []string `env:"AMBIENT_CHANNELS"`
	Confidence int      `env:"ANSWER_CONFIDENCE"`
	Unasked    int      `env:"AMBIENT_CONFIDENCE"`
	LogLevel   string   `env:"LOG_LEVEL" envDefault:"info"`
	LogFormat  string   `env:"LOG_FORMAT" envDefault:"text"`
	HTTP       string   `env:"HTTP_ADDR"`
	ShardID    int      `env:"SHARD_ID" envDefault:"-1"`
	Shards     int      `env:"SHARD_COUNT"`
	Font       string   `env:"FONT_PATH"`
	Lexicon    string   `env:"LEXICON_PATH"`
}

// readConfig reads the environment. Its errors name the variable.
func readConfig(environ []string) (config, error) {
	c, err := env.ParseAsWithOptions[config](env.Options{Environment: nonEmpty(environ)})
	if err != nil {
		var all env.AggregateError
		if errors.As(err, &all) && len(all.Errors) > 0 {
			err = all.Errors[0]
		}
		return c, fmt.Errorf("configuration: %w", named(err))
	}
	return c, c.check()
}

// named makes the error of a malformed value name its variable, as people
// write it.
func named(err error) error {
	var parse env.ParseError
	if !errors.As(err, &parse) {
		return err
	}
	for field, variable := range map[string]string{"Confidence": "ANSWER_CONFIDENCE", "Unasked": "AMBIENT_CONFIDENCE", "Retention": "RETENTION_DAYS", "ShardID": "SHARD_ID", "Shards": "SHARD_COUNT"} {
		if parse.Name == field {
			return fmt.Errorf("%s is no whole number", variable)
		}
	}
	return err
}

// nonEmpty leaves out variables set to nothing: they mean the default.
func nonEmpty(environ []string) map[string]string {
	m := map[string]string{}
	for _, kv := range environ {
		if k, v, _ := strings.Cut(kv, "="); strings.TrimSpace(v) != "" {
			m[k] = strings.TrimSpace(v)
		}
	}
	return m
}

func (c config) check() error {
	wrong := func(variable, value, mend string) error {
		return fmt.Errorf("configuration: %s=%q: %s", variable, value, mend)
	}
	switch {
	case c.Confidence < 0 || c.Confidence > 100:
		return wrong("ANSWER_CONFIDENCE", fmt.Sprint(c.Confidence), "give percent, 0 to 100")
	case c.Unasked < 0 || c.Unasked > 100:
		return wrong("AMBIENT_CONFIDENCE", fmt.Sprint(c.Unasked), "give percent, 0 to 100")
	case c.Retention < 1 || c.Retention > 3650:
		return wrong("RETENTION_DAYS", fmt.Sprint(c.Retention), "give days, 1 to 3650")
	case c.LogFormat != "text" && c.LogFormat != "json":
		return wrong("LOG_FORMAT", c.LogFormat, "give text or json")
	case c.ShardID >= 0 && c.Shards <= c.ShardID:
		return wrong("SHARD_COUNT", fmt.Sprint(c.Shards), "give the number of all shards, more than SHARD_ID")
	case !bot.ValidCommand(c.Command):
		return wrong("COMMAND_NAME", c.Command, "give 1 to 32 lower-case letters, digits, - or _")
	case c.Guild != "" && !isID(c.Guild):
		return wrong("GUILD_ID", c.Guild, "give the number that Copy Server ID gives")
	}
	for _, id := range c.Ambient {
		if !isID(strings.TrimSpace(id)) {
			return wrong("AMBIENT_CHANNELS", id, "give the numbers that Copy Channel ID gives, with commas between")
		}
	}
	for _, id := range c.Home {
		if !isID(strings.TrimSpace(id)) {
			return wrong("MODERATOR_GUILDS", id, "give the numbers that Copy Server ID gives, with commas between")
		}
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return wrong("LOG_LEVEL", c.LogLevel, "give debug, info, warn or error")
	}
	return nil
}

func isID(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func (c config) options(log *slog.Logger) bot.Options {
	o := bot.Options{Command: c.Command, Guild: c.Guild, Confidence: float64(c.Confidence) / 100, AmbientConfidence: float64(c.Unasked) / 100, Logger: log, Secret: c.Token}
	o.Ambient, o.Keepers = set(c.Ambient), set(c.Home)
	o.Library = desk.Library{Data: c.Data, Corpus: c.Corpus, Engine: c.Engine}
	return o
}

// set makes a set of IDs; nil of none.
func set(ids []string) map[string]bool {
	var out map[string]bool
	for _, id := range ids {
		if out == nil {
			out = map[string]bool{}
		}
		out[strings.TrimSpace(id)] = true
	}
	return out
}

func (c config) gateway() bot.Gateway {
	return bot.Gateway{Token: c.Token, API: c.API, ShardID: c.ShardID, Shards: c.Shards}
}

func (c config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // checked when it was read
	o := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

func (c config) font() ([]byte, error) {
	if c.Font == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.Font)
	if err != nil {
		return nil, fmt.Errorf("configuration: FONT_PATH: %w", err)
	}
	return data, nil
}

// lexicon gives what reads LEXICON_PATH for each index that is opened, so that
// changes count from the next reindex on; one that can't be read leaves the
// last in its place.
func (c config) lexicon(log *slog.Logger) (func() *index.Lexicon, error) {
	read := func() (*index.Lexicon, error) {
		l, bad, err := index.ReadLexicon(c.Lexicon)
		for _, b := range bad[:min(len(bad), toldLines)] {
			log.Warn("skipped a line of a lexicon", "line", b)
		}
		if more := len(bad) - toldLines; more > 0 {
			log.Warn("skipped more lines of lexicons", "lines", more)
		}
		return l, err
	}
	last, err := read()
	if err != nil {
		return nil, fmt.Errorf("configuration: LEXICON_PATH: %w", err)
	}
	first := true
	return func() *index.Lexicon {
		if first {
			first = false
			return last
		}
		l, err := read()
		if err != nil {
			log.Error("can't read the lexicon, keeping the old one", "error", err)
			return last
		}
		last = l
		return l
	}, nil
}

// toldLines is how many bad lines of lexicons the log tells one by one.
const toldLines = 20
