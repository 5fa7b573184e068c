package desk_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"historian/bot/desk"
)

func correct(t *testing.T, d *desk.Desk, c desk.Correction) desk.Correction {
	t.Helper()
	c.By = "1"
	kept, err := d.Correct(guild, c)
	must(t, err)
	return kept
}

func TestCorrections(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, desk.CorrectionsName)
	d := open(t, filepath.Join(dir, "desk.db"), desk.Options{Corrections: file})
	const asked, again, other = "Who keeps the keys to the shed?", "who is it that keeps the keys to  the shed", "when are the keys kept in the shed?"
	want := func(question string, want desk.Effect) {
		t.Helper()
		if got := d.Effect(question); got.Pin != want.Pin || got.Ignore != want.Ignore || strings.Join(got.Not, " ") != strings.Join(want.Not, " ") {
			t.Errorf("%q: %+v, want %+v", question, got, want)
		}
	}
	wrong := correct(t, d, desk.Correction{Question: asked, Wrong: "a#1"})
	want(again, desk.Effect{Not: []string{"a#1"}})
	want(other, desk.Effect{}) // it asks for a time
	correct(t, d, desk.Correction{Question: asked, Answer: "a#1"})
	want(again, desk.Effect{Pin: "a#1"}) // the later holds
	right := correct(t, d, desk.Correction{Question: again, Answer: "b#1", Quote: "The keys\nare kept by: the warden."})
	want(asked, desk.Effect{Pin: "b#1"})
	correct(t, d, desk.Correction{Question: "anybody for chess?", Ignore: true})
	want("Anybody for  CHESS?", desk.Effect{Ignore: true})
	want("anybody for chess tonight?", desk.Effect{})

	// What people wrote into the file stays as they wrote it.
	data, err := os.ReadFile(file)
	must(t, err)
	text := strings.Replace(string(data), "- question: anybody", "# chess is every Friday\n- question: anybody", 1)
	must(t, os.WriteFile(file, []byte(text), 0o600))
	if _, ok, err := d.Undo(guild, right.ID(), "1"); !ok || err != nil {
		t.Errorf("taking back %+v: %v %v", right, ok, err)
	}
	want(asked, desk.Effect{Pin: "a#1"})
	if _, ok, err := d.Undo(guild, right.ID(), "1"); ok || err != nil {
		t.Errorf("taking it back again: %v %v", ok, err)
	}
	data, err = os.ReadFile(file)
	must(t, err)
	if !strings.Contains(string(data), "# chess is every Friday") || strings.Contains(string(data), "warden") {
		t.Errorf("the file is now\n%s", data)
	}
	if _, ok, err := d.Undo(guild, wrong.ID(), "1"); !ok || err != nil {
		t.Errorf("taking back %+v: %v %v", wrong, ok, err)
	}
	actions, err := d.Actions(guild, 10)
	must(t, err)
	if len(actions) != 6 || !strings.Contains(actions[0].What, "took back") {
		t.Errorf("noted %+v", actions)
	}
}

func TestCorrectionsAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := desk.Off(desk.Options{Corrections: filepath.Join(dir, desk.CorrectionsName)}) // they need no store
	var all sync.WaitGroup
	for _, thing := range strings.Fields("apples pears plums cherries quinces medlars") {
		all.Go(func() { correct(t, d, desk.Correction{Question: "where are the " + thing + "?", Answer: thing + "#1"}) })
	}
	all.Wait()
	if n := len(d.Corrections()); n != 6 {
		t.Errorf("%d corrections, want all 6", n)
	}
	if _, err := desk.Off(desk.Options{}).Correct(guild, desk.Correction{Question: "x", Ignore: true}); !errors.Is(err, desk.ErrNoCorrections) {
		t.Errorf("without a file: %v", err)
	}
}

func TestCorrectionsPatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := open(t, filepath.Join(dir, "desk.db"), desk.Options{Corrections: filepath.Join(dir, desk.CorrectionsName)})
	patch := func() string {
		t.Helper()
		p, err := d.CorrectionsDiff()
		must(t, err)
		return string(p)
	}
	if p := patch(); p != "" {
		t.Errorf("a patch of nothing: %s", p)
	}
	first := correct(t, d, desk.Correction{Question: "who keeps the keys?", Answer: "a#1"})
	if p := patch(); !strings.Contains(p, "+- question: who keeps the keys?") {
		t.Errorf("the patch is %s", p)
	}
	must(t, d.Reindexed())
	if p := patch(); p != "" {
		t.Errorf("after a reindex: %s", p)
	}
	_, _, err := d.Undo(guild, first.ID(), "1")
	must(t, err)
	if p := patch(); !strings.Contains(p, "\n-- question: who keeps the keys?") {
		t.Errorf("after taking back: %s", p)
	}
}

func TestWrongCorrections(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"- question: x\n":                          `correction 1 ("x"): give one of`,
		"- question: x\n  answer: a\n  wrong: b\n": "give one of answer, wrong and ignore",
		"- answer: a\n":                            "correction 1 has no question",
		"- question: x\n  anser: a\n":              "f.yaml:2",
		"question: x\n":                            "f.yaml:1",
	} {
		if _, err := desk.ParseCorrections("f.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// FuzzCorrections: whatever is corrected reads as it was meant, and taking it
// back leaves the file as it was.
func FuzzCorrections(f *testing.F) {
	f.Add("who has the keys?", "garden/keys#1", "Keys: the # \"warden\" has 'em", "- question: a\n  ignore: true\n")
	f.Add("- a: b", "!x", "|\n", "# only a comment\n")
	f.Fuzz(func(t *testing.T, question, answer, quote, before string) {
		file := filepath.Join(t.TempDir(), desk.CorrectionsName)
		must(t, os.WriteFile(file, []byte(before), 0o600))
		d := desk.Off(desk.Options{Corrections: file})
		had := d.Corrections()
		if d.CorrectionsProblem() != nil {
			return
		}
		kept, err := d.Correct(guild, desk.Correction{Question: question, Answer: answer, Quote: quote, By: "1"})
		if err != nil {
			if data, _ := os.ReadFile(file); string(data) != before {
				t.Errorf("refused %q (%v), but changed the file to %q", question, err, data)
			}
			return
		}
		all := d.Corrections()
		if len(all) != len(had)+1 || !reflect.DeepEqual(all[len(all)-1], kept) {
			t.Fatalf("kept %+v, read %+v", kept, all)
		}
		if _, ok, err := d.Undo(guild, kept.ID(), "1"); err != nil || !ok {
			return // flow style, say: told as an error
		}
		if now := d.Corrections(); len(now) != len(had) {
			t.Errorf("%d corrections left, had %d", len(now), len(had))
		}
	})
}
