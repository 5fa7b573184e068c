package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"historian/bot/discordtest"
)

// These tests build the programs and run them as operators do, against a
// Discord of their own.

var programs string // folder of the built programs

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "historian-programs")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(dir) }()
		programs = dir
		build := exec.CommandContext(context.Background(), "go", "build", "-o", dir, "historian/cmd/bot", "historian/cmd/reindex")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// process is a program that runs, and what it wrote.
type process struct {
	*exec.Cmd
	out output
}

type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// prepare makes a process with nothing in its environment but env.
func prepare(t *testing.T, env []string, name string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.CommandContext(soon(t), filepath.Join(programs, name), args...)}
	p.Dir, p.Env = t.TempDir(), append([]string{"TMPDIR=" + os.TempDir()}, env...)
	p.Stdout, p.Stderr = &p.out, &p.out
	return p
}

// finish runs a program to its end and gives its output and exit code.
func finish(t *testing.T, env []string, name string, args ...string) (string, int) {
	t.Helper()
	p := prepare(t, env, name, args...)
	if err := p.Run(); err != nil && p.ProcessState == nil {
		t.Fatal(err)
	}
	return p.out.String(), p.ProcessState.ExitCode()
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

const rules = "# House rules\n\n## Quiet hours\n\nQuiet hours begin at %s and end at seven in the morning.\n\n## Bicycles\n\nBicycles are kept in the cellar, on the racks along the north wall.\n"

// TestAnswersAndFollowsTheIndex is the whole way: documents, index, a process
// on Discord, a cited answer, new documents, a new answer of the same process.
func TestAnswersAndFollowsTheIndex(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	docs, data, address := t.TempDir(), filepath.Join(t.TempDir(), "data"), freeAddress(t)
	write(t, docs, "rules.md", fmt.Sprintf(rules, "ten in the evening"))
	reindex := func() {
		t.Helper()
		if out, code := finish(t, nil, "reindex", "-corpus", docs, "-data", data); code != 0 {
			t.Fatalf("reindex: exit code %d\n%s", code, out)
		}
	}
	reindex()
	env := []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL(), "DATA_DIR=" + data, "HTTP_ADDR=" + address}
	p := prepare(t, env, "bot")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if t.Failed() {
			t.Logf("the bot wrote:\n%s", p.out.String())
		}
	}()
	if err := d.WaitReady(soon(t), 1); err != nil {
		t.Fatalf("%v\n%s", err, p.out.String())
	}

	ask := func(person string) string {
		t.Helper()
		d.Say(w.Text, person, "<@"+w.Bot+"> when do quiet hours begin?", discordtest.Say{})
		m, err := d.WaitMessage(soon(t), w.Text)
		if err != nil {
			t.Fatal(err)
		}
		return m.Content
	}
	if reply := ask(w.User); !strings.Contains(reply, "ten in the evening") || !strings.Contains(reply, "House rules › Quiet hours") {
		t.Fatalf("reply %q", reply)
	}

	write(t, docs, "rules.md", fmt.Sprintf(rules, "eleven at night"))
	reindex()
	// No gap: whoever asks meanwhile gets the old answer or the new one.
	for n := 0; ; n++ {
		reply := ask(d.AddMember(fmt.Sprintf("neighbour%d", n), 0))
		if strings.Contains(reply, "eleven at night") {
			break
		}
		if !strings.Contains(reply, "ten in the evening") || n > 200 {
			t.Fatalf("reply %d after reindex: %q", n, reply)
		}
		time.Sleep(20 * time.Millisecond)
	}

	get := func(path string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	if code, body := get("/readyz"); code != 200 {
		t.Errorf("/readyz: %d %s", code, body)
	}
	if _, body := get("/metrics"); !strings.Contains(body, "historian_answers_total") || strings.Contains(body, d.Token()) {
		t.Errorf("/metrics: %s", body)
	}
	if out, code := finish(t, env, "bot", "-healthy"); code != 0 {
		t.Errorf("-healthy: exit code %d\n%s", code, out)
	}

	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	if strings.Contains(p.out.String(), "quiet hours") {
		t.Error("the log holds the question")
	}
	if strings.Contains(p.out.String(), d.Token()) {
		t.Error("the log holds the token")
	}
}

// TestFirstStart: without an index, the bot makes one of the documents that
// come with it.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	p := prepare(t, []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL() + "/api/v10", "DATA_DIR=" + filepath.Join(t.TempDir(), "new"), "GUILD_ID=" + w.Guild}, "bot")
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	if err := d.WaitReady(soon(t), 1); err != nil {
		t.Fatalf("%v\n%s", err, p.out.String())
	}
	_, err := d.WaitRequest(soon(t), 0, func(r discordtest.Request) bool { return r.Method == http.MethodPut && r.Status == 200 })
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.WaitResponse(soon(t), d.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": "when did GPT-2 release?"}}))
	if err != nil || !strings.Contains(r.Message.Content, "14 February 2019") {
		t.Errorf("response %q, error %v", r.Message.Content, err)
	}
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
}

// TestWhatIsWrongIsSaid starts the bot wrongly configured.
func TestWhatIsWrongIsSaid(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Disallowed: discordtest.IntentMessageContent})
	data := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "file")
	write(t, filepath.Dir(file), "file", "no folder")
	good := []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL(), "DATA_DIR=" + data}
	with := func(more ...string) []string { return append(append([]string(nil), good...), more...) }
	for _, test := range []struct {
		name string
		env  []string
		args []string
		code int
		says string
	}{
		{"no token", nil, nil, exitUsage, "DISCORD_TOKEN"},
		{"unknown flag", good, []string{"-frobnicate"}, exitUsage, "frobnicate"},
		{"surplus argument", good, []string{"run"}, exitUsage, "run"},
		{"wrong token", with("DISCORD_TOKEN=wrong"), nil, exitToken, "Reset Token"},
		{"intent not switched on", with("AMBIENT_CHANNELS=" + d.World.Text), nil, exitIntent, "Message Content Intent"},
		{"no number", with("ANSWER_CONFIDENCE=much"), nil, exitUsage, "ANSWER_CONFIDENCE"},
		{"not percent", with("AMBIENT_CONFIDENCE=300"), nil, exitUsage, "AMBIENT_CONFIDENCE"},
		{"no channel", with("AMBIENT_CHANNELS=general"), nil, exitUsage, "AMBIENT_CHANNELS"},
		{"no guild", with("GUILD_ID=ours"), nil, exitUsage, "GUILD_ID"},
		{"no command name", with("COMMAND_NAME=Ask Us"), nil, exitUsage, "COMMAND_NAME"},
		{"no level", with("LOG_LEVEL=loud"), nil, exitUsage, "LOG_LEVEL"},
		{"no format", with("LOG_FORMAT=xml"), nil, exitUsage, "LOG_FORMAT"},
		{"shard without count", with("SHARD_ID=1"), nil, exitUsage, "SHARD_COUNT"},
		{"no font", with("FONT_PATH=/nowhere.otf"), nil, exitUsage, "FONT_PATH"},
		{"no address", with("HTTP_ADDR=nowhere"), nil, exitUsage, "HTTP_ADDR"},
		{"no API", with("DISCORD_API_URL=nowhere"), nil, exitError, "nowhere"},
		{"a file as data folder", with("DATA_DIR=" + file), nil, exitError, file},
		{"healthy without address", good, []string{"-healthy"}, exitUsage, "HTTP_ADDR"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out, code := finish(t, test.env, "bot", test.args...)
			if code != test.code || !strings.Contains(out, test.says) {
				t.Errorf("exit code %d, want %d; want %q in:\n%s", code, test.code, test.says, out)
			}
			if strings.Contains(out, "panic") || strings.Contains(out, d.Token()) {
				t.Errorf("output:\n%s", out)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	w := d.World
	env := []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL(), "DATA_DIR=" + filepath.Join(t.TempDir(), "data"), "AMBIENT_CHANNELS=" + w.Text}
	if out, code := finish(t, env, "bot", "-check"); code != exitDone || strings.Contains(out, "MEND") || !strings.Contains(out, "permissions in all 1") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	d.Overwrite(w.Text, w.Bot, 0, discordtest.AttachFiles)
	out, code := finish(t, env, "bot", "-check")
	if code != exitAmiss || !strings.Contains(out, "Attach Files") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

func TestCommandsAndInvite(t *testing.T) {
	t.Parallel()
	out, code := finish(t, nil, "bot", "-commands")
	var commands []map[string]any
	if err := json.Unmarshal([]byte(out), &commands); err != nil || code != 0 || len(commands) != 6 || commands[0]["name"] != "gpt" {
		t.Errorf("-commands: exit code %d, error %v\n%s", code, err, out)
	}
	out, code = finish(t, []string{"DISCORD_TOKEN=MTEwMDAwMDAwMDAwMDAwMDAwMQ.abc.def"}, "bot", "-invite")
	const link = "https://discord.com/oauth2/authorize?client_id=1100000000000000001&permissions=274878008384&scope=bot+applications.commands\n"
	if code != 0 || !strings.Contains(out, link) || !strings.Contains(out, "integration_type=1") {
		t.Errorf("-invite: exit code %d\n%s", code, out)
	}
	d := discordtest.New(t, discordtest.Options{})
	out, code = finish(t, []string{"DISCORD_TOKEN=" + d.Token(), "DISCORD_API_URL=" + d.URL() + "/api/v9"}, "bot", "-invite")
	if code != 0 || !strings.Contains(out, d.URL()+"/oauth2/authorize?client_id="+d.World.Application+"&") {
		t.Errorf("-invite on another server: exit code %d\n%s", code, out)
	}
}
