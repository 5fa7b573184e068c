package desk_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"historian/bot/desk"
)

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(days int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.AddDate(0, 0, days)
}

func open(t *testing.T, path string, o desk.Options) *desk.Desk {
	t.Helper()
	d, err := desk.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const guild = "100200300"

var moderator = desk.Action{By: "1", What: "test"}

func TestSettingsLast(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	d := open(t, path, desk.Options{})
	_, err := d.Change(guild, moderator, func(g *desk.Guild) error {
		g.Mode, g.Language, g.Moderator = desk.ModeMention, "en", "900"
		g.Channels = map[string]desk.Place{"7": {Mode: desk.ModeAmbient, Documents: []string{"rules"}, Threshold: 60}}
		return nil
	})
	must(t, err)
	for _, wrong := range []desk.Place{{Mode: "loud"}, {Threshold: 100}, {Language: "fr"}} {
		if _, err := d.Change(guild, moderator, func(g *desk.Guild) error { g.Place = wrong; return nil }); err == nil {
			t.Errorf("took %+v", wrong)
		}
	}
	must(t, d.Close())
	g := open(t, path, desk.Options{}).Guild(guild)
	if p := g.At("thread", "7"); p.Mode != desk.ModeAmbient || p.Threshold != 60 || p.Language != "en" || !slices.Equal(p.Documents, []string{"rules"}) {
		t.Errorf("a thread of the channel has %+v", p)
	}
	if p := g.At("8"); p.Mode != desk.ModeMention || p.Threshold != 0 || len(p.Documents) != 0 {
		t.Errorf("another channel has %+v", p)
	}
}

// TestManyAtOnce: moderators who change different things at once all get
// what they wanted.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "desk.db"), desk.Options{})
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			_, err := d.Change(guild, moderator, func(g *desk.Guild) error {
				if g.Channels == nil {
					g.Channels = map[string]desk.Place{}
				}
				g.Channels[fmt.Sprint(i)] = desk.Place{Threshold: i + 1}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := len(d.Guild(guild).Channels); n != 20 {
		t.Errorf("%d channels have settings, want 20", n)
	}
	if a, err := d.Actions(guild, 100); err != nil || len(a) != 20 {
		t.Errorf("%d actions noted (%v), want 20", len(a), err)
	}
}

// TestKilled runs itself as another process that changes settings, kills it,
// and finds every change that it said was made.
func TestKilled(t *testing.T) {
	if path := os.Getenv("DESK_TO_BE_KILLED"); path != "" {
		d := open(t, path, desk.Options{})
		for i := 1; ; i++ {
			_, err := d.Change(guild, moderator, func(g *desk.Guild) error {
				g.Channels = map[string]desk.Place{fmt.Sprint(i): {Threshold: 9}}
				return nil
			})
			must(t, err)
			fmt.Println("made", i)
		}
	}
	if testing.Short() {
		t.Skip("starts and kills a process")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), "DESK_TO_BE_KILLED="+path)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	made := 0
	for made < 5 {
		if _, err := fmt.Fscanln(out, new(string), &made); err != nil {
			t.Fatal(err)
		}
	}
	must(t, cmd.Process.Kill())
	for {
		n := 0
		if _, err := fmt.Fscanln(out, new(string), &n); err != nil {
			break
		}
		made = n
	}
	_ = cmd.Wait()
	g := open(t, path, desk.Options{}).Guild(guild)
	for id := range g.Channels {
		n := 0
		if _, err := fmt.Sscan(id, &n); err != nil || n < made {
			t.Errorf("change %d was made, but change %q is there", made, id)
		}
	}
	if len(g.Channels) != 1 {
		t.Errorf("%d channels, want the last one", len(g.Channels))
	}
}

func TestLockedAndOff(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	open(t, path, desk.Options{})
	d, err := desk.Open(path, desk.Options{})
	if !errors.Is(err, desk.ErrLocked) || d.On() {
		t.Errorf("a second process gets %v", err)
	}
	if _, err := d.Change(guild, moderator, func(*desk.Guild) error { return nil }); !errors.Is(err, desk.ErrOff) {
		t.Errorf("a desk that is off takes settings: %v", err)
	}
	if err := d.Missed(guild, desk.Miss{Person: "1", Subject: desk.Subject{Terms: []string{"cost"}}}); err != nil {
		t.Error(err)
	}
	if gaps, err := d.Gaps(guild); err != nil || len(gaps) > 0 {
		t.Error(gaps, err)
	}
	must(t, d.Expire())
	must(t, d.Close())
}

func miss(t *testing.T, d *desk.Desk, person string, terms ...string) {
	t.Helper()
	must(t, d.Missed(guild, desk.Miss{Person: person, Subject: desk.Subject{Terms: terms, Words: terms}, Text: "what is the " + strings.Join(terms, " ") + "?"}))
}

func gaps(t *testing.T, d *desk.Desk) (out []string) {
	t.Helper()
	all, err := d.Gaps(guild)
	must(t, err)
	for _, g := range all {
		out = append(out, fmt.Sprint(g.Asked, " ", strings.Join(g.Terms, " ")))
	}
	return out
}

func wantGaps(t *testing.T, d *desk.Desk, want ...string) {
	t.Helper()
	if got := gaps(t, d); !slices.Equal(got, want) {
		t.Errorf("gaps %q, want %q", got, want)
	}
}

func TestGapsNeedThreeAskers(t *testing.T) {
	t.Parallel()
	c := newClock()
	d := open(t, filepath.Join(t.TempDir(), "desk.db"), desk.Options{Now: c.now})
	for range 5 {
		miss(t, d, "ann", "train", "cost")
	}
	c.pass(1)
	miss(t, d, "ann", "train", "cost") // the same person on another day
	miss(t, d, "bea", "cost", "train")
	wantGaps(t, d)
	c.pass(5)
	miss(t, d, "cem", "train", "cost")
	wantGaps(t, d, "4 cost train")
	for _, p := range []string{"ann", "bea", "cem"} {
		miss(t, d, p, "train", "cost", "gpt-3")
	}
	wantGaps(t, d, "7 cost train") // sets that are alike count as one
	miss(t, d, "ann", "secret", "wedding")
	miss(t, d, "bea", "secret", "wedding")
	c.pass(8) // two are too few, and now nobody knows that they asked
	miss(t, d, "cem", "secret", "wedding")
	for _, g := range gaps(t, d) {
		if strings.Contains(g, "wedding") {
			t.Errorf("%q is shown, which no three people of a week asked", g)
		}
	}
}

// TestGapsHoldNoText reads the file for what must not be in it.
func TestGapsHoldNoText(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "desk.db")
	d := open(t, path, desk.Options{})
	miss(t, d, "31415926535", "elopement", "zanzibar")
	_, err := d.Vote(guild, "doc#1", "31415926535", false)
	must(t, err)
	must(t, d.Close())
	data, err := os.ReadFile(path)
	must(t, err)
	for _, never := range []string{"elopement", "zanzibar", "31415926535", "what is the"} {
		if strings.Contains(string(data), never) {
			t.Errorf("the file holds %q", never)
		}
	}
}

func TestQuestionsByOptIn(t *testing.T) {
	t.Parallel()
	d := open(t, filepath.Join(t.TempDir(), "desk.db"), desk.Options{})
	for i, p := range []string{"ann", "bea", "cem"} {
		_, err := d.Change(guild, moderator, func(g *desk.Guild) error { g.Questions = i > 0; return nil })
		must(t, err)
		miss(t, d, p, "roof")
	}
	all, err := d.Gaps(guild)
	must(t, err)
	if len(all) != 1 || len(all[0].Questions) != 2 {
		t.Fatalf("%+v, want the two questions asked after the opt-in", all)
	}
	n, err := d.Forget("bea")
	must(t, err)
	if all, _ = d.Gaps(guild); n != 1 || len(all[0].Questions) != 1 {
		t.Errorf("forgot %d, and left %+v", n, all)
	}
	_, err = d.Change(guild, moderator, func(g *desk.Guild) error { g.NoGaps = true; return nil })
	must(t, err)
	miss(t, d, "dan", "roof")
	wantGaps(t, d, "3 roof")
}

func TestForget(t *testing.T) {
	t.Parallel()
	c := newClock()
	d := open(t, filepath.Join(t.TempDir(), "desk.db"), desk.Options{Now: c.now})
	miss(t, d, "ann", "keys")
	miss(t, d, "bea", "keys")
	_, err := d.Vote(guild, "doc#1", "ann", false)
	must(t, err)
	c.pass(2)
	n, err := d.Forget("ann")
	if err != nil || n != 2 {
		t.Errorf("forgot %d (%v), want a question and a vote", n, err)
	}
	miss(t, d, "cem", "keys")
	wantGaps(t, d) // ann is nobody's third
	if n, err := d.Forget("ann"); err != nil || n != 0 {
		t.Errorf("forgot %d more (%v)", n, err)
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()
	c := newClock()
	d := open(t, filepath.Join(t.TempDir(), "desk.db"), desk.Options{Now: c.now})
	vote := func(person string, good bool) bool {
		flagged, err := d.Vote(guild, "doc#1", person, good)
		must(t, err)
		return flagged
	}
	for range 4 {
		vote("ann", false)
	}
	vote("bea", true)
	if all, _ := d.Flagged(guild); len(all) != 0 {
		t.Errorf("one person flagged %+v", all)
	}
	vote("cem", false)
	if !vote("dan", false) {
		t.Error("three bad votes don't flag")
	}
	if vote("eve", false) {
		t.Error("flagged twice")
	}
	if all, _ := d.Flagged(guild); len(all) != 1 || all[0] != (desk.Votes{Passage: "doc#1", Good: 1, Bad: 4}) {
		t.Errorf("flagged %+v", all)
	}
}

// TestExpiry keeps everything, lets time pass, and finds nothing of it.
func TestExpiry(t *testing.T) {
	t.Parallel()
	c := newClock()
	path := filepath.Join(t.TempDir(), "desk.db")
	d := open(t, path, desk.Options{Now: c.now, Keep: 30 * 24 * time.Hour})
	_, err := d.Change(guild, moderator, func(g *desk.Guild) error { g.Questions = true; g.Mode = desk.ModeOff; return nil })
	must(t, err)
	for _, p := range []string{"ann", "bea", "cem"} {
		miss(t, d, p, "roof", "tiles")
		_, err := d.Vote(guild, "doc#1", p, false)
		must(t, err)
	}
	miss(t, d, "ann", "cellar")
	must(t, d.Judge(guild, "7", "8", 60, true))
	must(t, d.Conflicting(desk.Conflict{Passages: [2]string{"b#1", "a#1"}, Values: [2]string{"2019", "2020"}}))
	if all, err := d.Conflicts(); err != nil || len(all) != 1 || all[0].Passages[0] != "a#1" || all[0].Values[0] != "2020" {
		t.Errorf("conflicts %+v (%v)", all, err)
	}
	d.Count(guild, true)
	d.Count(guild, false)
	if w, err := d.Week(guild); err != nil || w != (desk.Counts{Answers: 1, Abstentions: 1}) {
		t.Errorf("the week has %+v (%v)", w, err)
	}
	left := func() map[string]int {
		must(t, d.Flush())
		must(t, d.Expire())
		must(t, d.Close())
		db, err := bbolt.Open(path, 0o600, nil)
		must(t, err)
		n := map[string]int{}
		must(t, db.View(func(tx *bbolt.Tx) error {
			return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
				return b.ForEach(func(_, v []byte) error {
					n[string(name)]++
					n["hashes"] += strings.Count(string(v), `"hash"`)
					return nil
				})
			})
		}))
		must(t, db.Close())
		d, err = desk.Open(path, desk.Options{Now: c.now, Keep: 30 * 24 * time.Hour})
		must(t, err)
		return n
	}
	c.pass(8)
	if n := left(); n["salts"] != 0 || n["gaps"] != 1 || n["votes"] != 1 || n["hashes"] != 0 {
		t.Errorf("after 8 days there are %v: want no salts, and no hashes of people", n)
	}
	c.pass(23)
	if n := left(); n["gaps"]+n["votes"]+n["shadow"]+n["days"]+n["audit"]+n["notes"]+n["conflicts"]+n["hashes"] != 0 || n["settings"] != 1 {
		t.Errorf("after 31 days there are %v: want the settings alone", n)
	}
	must(t, d.Close())
}

func TestPropose(t *testing.T) {
	t.Parallel()
	judged := func(percents string, good bool) (out []desk.Judgement) {
		for _, f := range strings.Fields(percents) {
			n := 0
			_, err := fmt.Sscan(f, &n)
			must(t, err)
			out = append(out, desk.Judgement{Percent: n, Good: good})
		}
		return out
	}
	for _, tt := range []struct {
		good, bad string
		want      int // threshold; 0 for no proposal
	}{
		{"90 90 90 80 80 80 70 70 70", "", 0}, // too few
		{"90 90 90 80 80 80 70 70 70 60", "", 60},
		{"90 90 90 80 80 80 70 70 70 70", "60 60 60", 70},
		{"90 90 90 80 80 80 70 70 70 70", "85 60 60", 70},
		{"90 90 90 80 80 80 70 70 70 70", "85 85 60", 0},
		{"90 90 90 80 80 80 70 70 70 70", "70 70", 0},
	} {
		p, ok := desk.Propose(slices.Concat(judged(tt.good, true), judged(tt.bad, false)))
		if ok != (tt.want > 0) || p.Threshold != tt.want {
			t.Errorf("good %s, bad %s: %+v, want %d", tt.good, tt.bad, p, tt.want)
		}
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	c := newClock()
	d := open(t, filepath.Join(t.TempDir(), "desk.db"), desk.Options{Now: c.now})
	due := func() bool {
		due, err := d.DigestDue(guild)
		must(t, err)
		return due
	}
	if due() {
		t.Error("a digest that nobody wants")
	}
	_, err := d.Change(guild, moderator, func(g *desk.Guild) error { g.Digest, g.Moderator = true, "9"; return nil })
	must(t, err)
	if !due() || due() {
		t.Error("the first digest is not due once")
	}
	c.pass(6)
	if due() {
		t.Error("due after six days")
	}
	c.pass(1)
	if !due() {
		t.Error("not due after a week")
	}
}
