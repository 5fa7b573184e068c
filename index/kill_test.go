//go:build unix

package index_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"historian/corpus"
	"historian/index"
)

// The test binary starts itself as a reindex that can be killed, or that may
// write only so many bytes to a file, as on a full disk.
const (
	childData  = "HISTORIAN_TEST_REINDEX" // data folder; set in the child only
	childLimit = "HISTORIAN_TEST_LIMIT"   // bytes a file may have
	killCount  = "HISTORIAN_TEST_KILLS"   // how many times to kill; 12 by default
)

func TestMain(m *testing.M) {
	if data := os.Getenv(childData); data != "" {
		os.Exit(childReindex(data))
	}
	os.Exit(m.Run())
}

func childReindex(data string) int {
	if limit, err := strconv.ParseUint(os.Getenv(childLimit), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
	}
	if _, err := index.Reindex(context.Background(), data, documents(many(400)...), index.ReindexOptions{}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// many makes documents enough for a build to take a while.
func many(n int) []corpus.Document {
	docs := make([]corpus.Document, n)
	for i := range docs {
		docs[i] = document(fmt.Sprintf("d%d", i), "Towers", "en",
			fmt.Sprintf("Tower number %d was built in %d. It has %d steps, and a door.", i, 1000+i, 7*i), "Nobody climbs it.")
	}
	return docs
}

func child(data string, env ...string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(append(os.Environ(), childData+"="+data), env...)
	return c
}

// intact checks that the served generation is whole, and its answer right.
func intact(t *testing.T, data string, live *index.Live) {
	t.Helper()
	ix, err := index.Open(mustCurrent(t, data))
	if err != nil {
		t.Fatalf("the served generation: %v", err)
	}
	defer ix.Close()
	if p, ok := ix.Passage("d7#0"); !ok || !strings.HasPrefix(p.Text, "Tower number 7 ") {
		t.Errorf("passage is %+v", p)
	}
	if p, ok := live.Passage("d7#0"); !ok || !strings.HasPrefix(p.Text, "Tower number 7 ") {
		t.Errorf("live passage is %+v", p)
	}
}

func TestKilledReindex(t *testing.T) {
	kills := 12
	if n, err := strconv.Atoi(os.Getenv(killCount)); err == nil {
		kills = n
	}
	data := t.TempDir()
	publish(t, data, index.ReindexOptions{}, many(400)...)
	live := follow(t, data)
	start := time.Now()
	if err := child(data).Run(); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(start)
	killed := 0
	for range kills {
		c := child(data)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(whole))
		_ = c.Process.Kill() // it may have ended
		if c.Wait() != nil {
			killed++
		}
		intact(t, data, live)
	}
	t.Logf("killed %d of %d, within %v each", killed, kills, whole)
	last := publish(t, data, index.ReindexOptions{}, many(400)...)
	eventually(t, "the last generation is served", func() bool { return live.Generation() == last })
	names := generations(t, data)
	for _, name := range names {
		if strings.HasPrefix(name, ".") {
			t.Errorf("litter: %s", name)
		}
	}
	if len(names) > 4 { // three, and one that was still open
		t.Errorf("generations: %v", names)
	}
	left, _ := filepath.Glob(filepath.Join(data, "*"))
	if len(left) != 3 { // CURRENT, LOCK, generations
		t.Errorf("the data folder has %v", left)
	}
}

func TestFullDisk(t *testing.T) {
	data := t.TempDir()
	before := publish(t, data, index.ReindexOptions{}, many(400)...)
	live := follow(t, data)
	for _, limit := range []int{0, 10, 1000, 5000, 20000, 40000, 60000} {
		var said strings.Builder
		c := child(data, fmt.Sprintf("%s=%d", childLimit, limit))
		c.Stderr = &said
		var exit *exec.ExitError
		if err := c.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(said.String(), "file too large") {
			t.Errorf("%d bytes a file: %v\n%s", limit, err, said.String())
		}
		intact(t, data, live)
		if got := generations(t, data); len(got) != 1 || got[0] != before {
			t.Errorf("%d bytes a file: left %v", limit, got)
		}
	}
}
