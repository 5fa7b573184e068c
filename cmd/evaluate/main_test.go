package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeSet writes a small set and gives its folder.
func writeSet(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "towers")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var towers = map[string]string{
	"corpus.jsonl": `{"id":"t1","title":"Tall tower","text":"The tall tower was built in 1931. It is 381 metres high.","lang":"en"}
{"id":"t2","title":"Small tower","text":"The small tower was built in 1850.","lang":"en"}
{"id":"t3","title":"Old bridge","text":"The bridge over the river was opened by the mayor in 1799.","lang":"en"}
`,
	"queries.jsonl": `{"id":"q1","text":"When was the tall tower built?","lang":"en","answers":["1931"]}
{"id":"q2","text":"Who opened the bridge?","lang":"en","answers":["the mayor"]}
{"id":"q3","text":"Who climbed the small tower?","lang":"en","answers":[],"answerable":false,"near":"t2"}
{"id":"q4","text":"a question without a passage","lang":"en","answers":[]}
`,
	"qrels.tsv": "q1\tt1\nq2\tt3\n",
}

func TestRetrieval(t *testing.T) {
	var out, errs bytes.Buffer
	dir := writeSet(t, towers)
	if code := run(context.Background(), []string{"retrieval", "-json", "-baseline", dir}, os.Getenv, &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	var systems []string
	for line := range strings.Lines(out.String()) {
		var f figures
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		systems = append(systems, f.System)
		if f.Set != "towers" || f.N != 2 || f.Hit1 != 100 || f.MRR10 != 100 || f.NDCG10 != 100 {
			t.Errorf("figures are %s", line)
		}
		if f.System == historian && (f.ExcerptAnswer == nil || *f.ExcerptAnswer != 100 || f.AUCHard == nil) {
			t.Errorf("figures are %s", line)
		}
	}
	if got := strings.Join(systems, ", "); got != "historian, bleve en" {
		t.Errorf("systems are %s", got)
	}
}

func TestTrain(t *testing.T) {
	dir := writeSet(t, towers)
	var models []string
	for range 2 {
		file := filepath.Join(t.TempDir(), "model.json")
		var out, errs bytes.Buffer
		if code := run(context.Background(), []string{"train", "-o", file, dir}, os.Getenv, &out, &errs); code != exitDone {
			t.Fatalf("exit code %d: %s", code, &errs)
		}
		if !strings.Contains(out.String(), "2 questions") {
			t.Errorf("stdout is %s", &out)
		}
		model, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, string(model))
	}
	if models[0] != models[1] {
		t.Error("training twice gives two models")
	}
}

// TestModelIsTrained trains on the sets of the checked-in model and compares.
// It takes half a minute, so it runs only when asked for.
func TestModelIsTrained(t *testing.T) {
	if os.Getenv("HISTORIAN_TRAIN") == "" {
		t.Skip("set HISTORIAN_TRAIN=1 to train the model anew and compare")
	}
	shared := os.Getenv("HISTORIAN_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	file := filepath.Join(t.TempDir(), "model.json")
	args := []string{"train", "-trials=false", "-o", file}
	for _, name := range trainingSets {
		dir := filepath.Join(shared, "data", name)
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("no data to train on: %v", err)
		}
		args = append(args, dir)
	}
	var out, errs bytes.Buffer
	if code := run(context.Background(), args, os.Getenv, &out, &errs); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	t.Logf("%s", &out)
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../index/model.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the model trained is not the one checked in: run go run ./cmd/evaluate train with the sets of trainingSets")
	}
}

// trainingSets are those that index/model.json was trained on, in order.
var trainingSets = strings.Fields("squad11_dev stackfaq_qa xquad_en_en xquad_zh_zh cmrc2018_trial drcd_dev xquad_en_zh xquad_zh_en")

func TestBadCalls(t *testing.T) {
	broken := map[string]string{"corpus.jsonl": towers["corpus.jsonl"], "queries.jsonl": "{\n", "qrels.tsv": ""}
	astray := map[string]string{"corpus.jsonl": towers["corpus.jsonl"], "queries.jsonl": "", "qrels.tsv": "q1\tt9\n"}
	for _, tt := range []struct {
		args string
		code int
		want string
	}{
		{"", exitUsage, "usage: evaluate"},
		{"dance", exitUsage, "usage: evaluate"},
		{"retrieval", exitUsage, "usage: evaluate"},
		{"retrieval -wat x", exitUsage, "not defined: -wat"},
		{"bench -passages 0", exitUsage, "usage: evaluate"},
		{"bench -passages 9 /nowhere", exitError, "no such file"},
		{"retrieval /nowhere", exitError, "no such file"},
		{"retrieval " + writeSet(t, broken), exitError, "queries.jsonl:1:"},
		{"retrieval " + writeSet(t, astray), exitError, "qrels.tsv:1: want a question's ID"},
	} {
		var out, errs bytes.Buffer
		code := run(context.Background(), strings.Fields(tt.args), os.Getenv, &out, &errs)
		if code != tt.code || !strings.Contains(errs.String(), tt.want) {
			t.Errorf("evaluate %s: exit code %d, want %d; stderr %q, want %q", tt.args, code, tt.code, &errs, tt.want)
		}
	}
}
