package desk_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"historian/bot/desk"
)

const settingsText = `servers:
  "100200300":
    mode: mention
    moderators: "55"
    digest: true
    channels:
      "66":
        mode: ambient
        documents: [rules, guides/start]
        threshold: 60
        language: zh-TW
`

func TestSettingsInAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "settings.yaml")
	must(t, os.WriteFile(file, []byte(settingsText), 0o600))
	d := open(t, filepath.Join(dir, "desk.db"), desk.Options{Settings: file})
	if p := d.Guild(guild).At("66"); p.Mode != desk.ModeAmbient || p.Threshold != 60 || p.Language != "zh-TW" {
		t.Errorf("the file says %+v", p)
	}
	if _, err := d.Change(guild, moderator, func(g *desk.Guild) error { g.Mode = desk.ModeOff; return nil }); err == nil {
		t.Error("settings that a file keeps were changed elsewhere")
	}
}

func TestExportAndImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, other := open(t, filepath.Join(dir, "a.db"), desk.Options{}), open(t, filepath.Join(dir, "b.db"), desk.Options{})
	_, err := d.Import(guild, "settings.yaml", []byte(settingsText), moderator)
	must(t, err)
	text, err := d.Export(guild)
	must(t, err)
	_, err = other.Import(guild, "settings.yaml", text, moderator)
	must(t, err)
	if a, b := d.Guild(guild), other.Guild(guild); !reflect.DeepEqual(a, b) || len(a.Channels) != 1 {
		t.Errorf("exported %+v, imported %+v", a, b)
	}
	if _, err := d.Import("999", "settings.yaml", text, moderator); err == nil || !strings.Contains(err.Error(), "nothing for this server") {
		t.Errorf("another server's settings: %v", err)
	}
}

func TestWrongSettings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"servers:\n  \"1\":\n    mode: loud\n":    `f.yaml: server 1: mode "loud" is unknown: give off`,
		"servers:\n  \"1\":\n    volume: 3\n":     "f.yaml:3:",
		"servers:\n  house:\n    mode: off\n":     `server "house" is no server`,
		"servers:\n  \"1\":\n    channels: [a]\n": "f.yaml:",
		"servers: [\n": "f.yaml:",
		"servers:\n  \"1\":\n    threshold: 300\n":       "threshold 300",
		strings.Repeat("a:\n  ", 3) + "[[[[[[[[[[[[[[[[": "nested too deep",
	} {
		if _, err := desk.ParseSettings("f.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// FuzzSettings: what is read can be written, and reads as the same.
func FuzzSettings(f *testing.F) {
	f.Add(settingsText)
	f.Add("servers:\n  \"1\": {mode: off, channels: {\"2\": {documents: [\"a: b\", 'c#d']}}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		guilds, err := desk.ParseSettings("f.yaml", []byte(text))
		if err != nil {
			return
		}
		again, err := desk.FormatSettings(guilds)
		must(t, err)
		back, err := desk.ParseSettings("again.yaml", again)
		if err != nil {
			t.Fatalf("%q is written as %q, which is refused: %v", text, again, err)
		}
		third, err := desk.FormatSettings(back)
		must(t, err)
		if string(third) != string(again) {
			t.Errorf("%q became %q", again, third)
		}
	})
}
