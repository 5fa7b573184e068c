package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"historian/bot/discordtest"
)

// begin starts a bot and waits until it is connected and has its commands.
func begin(t *testing.T, d *discordtest.Server, env []string) *process {
	t.Helper()
	before := d.Identifies()
	p := prepare(t, env, "bot")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Kill()
		_ = p.Wait()
	})
	wait(t, "the bot to connect", func() bool { return d.Identifies() > before && len(d.Commands("")) > 1 })
	if err := d.WaitReady(soon(t), 1); err != nil {
		t.Fatalf("%v\n%s", err, p.out.String())
	}
	return p
}

// wait waits until something is so.
func wait(t *testing.T, what string, so func() bool) {
	t.Helper()
	for ctx := soon(t); !so(); {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func order(t *testing.T, d *discordtest.Server, sub string, options discordtest.Object) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	resp, err := d.WaitResponse(ctx, d.Slash("gpt-admin "+sub, discordtest.Invoke{User: d.World.Moderator, Options: options}))
	if err != nil {
		t.Fatal(err)
	}
	return resp.Message.Content
}

// TestDeskOutlivesAKill: what the bot said it saved is there after kill -9.
func TestDeskOutlivesAKill(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	docs, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	write(t, docs, "rules.md", strings.ReplaceAll(rules, "%s", "ten"))
	env := []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL(), "DATA_DIR=" + data, "CORPUS_DIR=" + docs}
	p := begin(t, d, env)
	if said := order(t, d, "channel", discordtest.Object{"mode": "off", "threshold": 77}); !strings.Contains(said, "Saved") {
		t.Fatalf("it says %q", said)
	}
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	begin(t, d, env)
	if said := order(t, d, "channel", nil); !strings.Contains(said, "off") || !strings.Contains(said, "77 %") {
		t.Errorf("after the kill: %q", said)
	}
}

// TestDeskOff: the second of two processes on one data folder, and one that
// can't open its file, answer all the same.
func TestDeskOff(t *testing.T) {
	t.Parallel()
	d, other := discordtest.New(t, discordtest.Options{}), discordtest.New(t, discordtest.Options{})
	data := filepath.Join(t.TempDir(), "data")
	begin(t, d, []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL(), "DATA_DIR=" + data})
	second := begin(t, other, []string{"DISCORD_TOKEN=" + other.Token(), "DISCORD_API_URL=" + other.URL(), "DATA_DIR=" + data})
	if said := second.out.String(); !strings.Contains(said, "the moderators' desk is off: another process") || !strings.Contains(said, "SHARD_ID") {
		t.Errorf("the second process logs %s", said)
	}
	if err := second.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = second.Wait()
	if err := os.Mkdir(filepath.Join(data, "desk-0.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	third := begin(t, other, []string{"DISCORD_TOKEN=" + other.Token(), "DISCORD_API_URL=" + other.URL(), "DATA_DIR=" + data, "SHARD_ID=0", "SHARD_COUNT=1"})
	if said := third.out.String(); !strings.Contains(said, "the moderators' desk is off: its file can't be opened") {
		t.Errorf("the third process logs %s", said)
	}
	if said := order(t, other, "channel", discordtest.Object{"mode": "off"}); !strings.Contains(said, "the desk is off") {
		t.Errorf("the third process says %q", said)
	}
	other.Say(other.World.Text, other.World.User, "<@"+other.World.Bot+"> when was GPT-2 announced?", discordtest.Say{})
	if m, err := other.WaitMessage(soon(t), other.World.Text); err != nil || !strings.Contains(m.Content, "2019") {
		t.Errorf("the third process answers %q (%v)", m.Content, err)
	}
}

func TestSettingsFile(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	file := filepath.Join(t.TempDir(), "settings.yaml")
	env := []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL(), "DATA_DIR=" + filepath.Join(t.TempDir(), "data"), "SETTINGS_FILE=" + file}
	if out, code := finish(t, env, "bot"); code != exitUsage || !strings.Contains(out, "SETTINGS_FILE") || !strings.Contains(out, "there is no file") {
		t.Errorf("no file: exit code %d\n%s", code, out)
	}
	if err := os.WriteFile(file, []byte("servers:\n  \""+d.World.Guild+"\":\n    mode: loud\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := finish(t, env, "bot"); code != exitUsage || !strings.Contains(out, `mode "loud" is unknown`) {
		t.Errorf("a wrong file: exit code %d\n%s", code, out)
	}
	if err := os.WriteFile(file, []byte("servers:\n  \""+d.World.Guild+"\":\n    mode: off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	begin(t, d, env)
	if said := order(t, d, "channel", nil); !strings.Contains(said, "off") {
		t.Errorf("the channel: %q", said)
	}
	if said := order(t, d, "channel", discordtest.Object{"mode": "mention"}); !strings.Contains(said, "kept in a file") {
		t.Errorf("changing it: %q", said)
	}
}
