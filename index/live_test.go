package index_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"historian/corpus"
	"historian/index"
)

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// follow follows a data folder for the length of a test.
func follow(t testing.TB, data string) *index.Live {
	t.Helper()
	live, err := index.Follow(context.Background(), data, index.FollowOptions{Logger: quiet(), Poll: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := live.Close(); err != nil {
			t.Error(err)
		}
	})
	return live
}

// eventually waits up to five seconds for something to become true.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for range 500 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not after five seconds: %s", what)
}

// numbered is a corpus whose answer changes from version to version.
func numbered(version int) corpus.Document {
	return document("tower", "Tower", "en", fmt.Sprintf("The tower was built in the year %d by masons.", 1000+version))
}

func TestFollowSwapsUnderLoad(t *testing.T) {
	swaps := 100
	if testing.Short() {
		swaps = 10
	}
	data := t.TempDir()
	publish(t, data, index.ReindexOptions{}, numbered(0))
	live := follow(t, data)
	files := openFiles(t)
	var published, asked atomic.Int64
	ctx, cancel := context.WithCancel(context.Background())
	var askers sync.WaitGroup
	for range 4 {
		askers.Go(func() {
			for ctx.Err() == nil {
				p, ok := live.Passage("tower#0")
				if !ok || p.Text == "" {
					t.Error("the passage is missing")
					return
				}
				a, err := live.Answer(context.Background(), index.Question{Text: "when was the tower built?"})
				if err != nil || len(a.Hits) != 1 || a.Hits[0].Passage.ID != "tower#0" {
					t.Errorf("answer is %+v, error %v", a, err)
					return
				}
				var year int
				fmt.Sscanf(a.Hits[0].Passage.Text, "The tower was built in the year %d", &year)
				if last := int(published.Load()); year < 1000 || year > 1001+last {
					t.Errorf("%q after %d swaps", a.Hits[0].Passage.Text, last)
				}
				asked.Add(1)
				time.Sleep(time.Millisecond) // leave the processors to reindex
			}
		})
	}
	for i := 1; i <= swaps; i++ {
		publish(t, data, index.ReindexOptions{}, numbered(i))
		published.Store(int64(i))
	}
	want := current(t, data)
	eventually(t, "the last generation is served", func() bool { return live.Generation() == want })
	cancel()
	askers.Wait()
	t.Logf("%d answers during %d swaps", asked.Load(), swaps)
	eventually(t, "no file is left open", func() bool { return openFiles(t) <= files })
	publish(t, data, index.ReindexOptions{}, numbered(swaps))
	if got := generations(t, data); len(got) > 4 {
		t.Errorf("generations left: %v", got)
	}
}

// openFiles counts the descriptors and mappings of generations that the process has.
func openFiles(t testing.TB) int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("needs /proc to count open files")
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Skip("needs /proc to count mappings")
	}
	return len(entries) + strings.Count(string(maps), "/generations/")
}

func TestFollowKeepsServing(t *testing.T) {
	for _, tt := range []struct {
		name string
		harm func(t *testing.T, data string)
	}{
		{"pointer removed", func(t *testing.T, data string) { remove(t, data, "CURRENT") }},
		{"pointer is garbage", func(t *testing.T, data string) { overwrite(t, data, "CURRENT", "../../etc\x00\xff") }},
		{"pointer is empty", func(t *testing.T, data string) { overwrite(t, data, "CURRENT", "") }},
		{"pointer to nothing", func(t *testing.T, data string) { overwrite(t, data, "CURRENT", "20300101T000000.000Z-abcdef\n") }},
		{"pointer to a torn generation", func(t *testing.T, data string) {
			const id = "20300101T000000.000Z-abcdef"
			copyTree(t, mustCurrent(t, data), filepath.Join(data, "generations", id))
			overwrite(t, data, "generations/"+id+"/vectors", "torn")
			overwrite(t, data, "CURRENT", id)
		}},
		{"pointer to a newer format", func(t *testing.T, data string) {
			const id = "20300101T000000.000Z-abcdef"
			copyTree(t, mustCurrent(t, data), filepath.Join(data, "generations", id))
			overwrite(t, data, "generations/"+id+"/manifest.json", `{"format": 99}`)
			overwrite(t, data, "CURRENT", id)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := t.TempDir()
			first := publish(t, data, index.ReindexOptions{}, towers()...)
			live := follow(t, data)
			tt.harm(t, data)
			time.Sleep(60 * time.Millisecond)
			if _, ok := live.Passage("tall#0"); !ok || live.Generation() != first {
				t.Errorf("serving %s, passage found: %v", live.Generation(), ok)
			}
			if other := follow(t, data); other.Generation() != first {
				t.Errorf("started later, it serves %s", other.Generation())
			}
			next := publish(t, data, index.ReindexOptions{}, towers()...)
			eventually(t, "the next generation is served", func() bool { return live.Generation() == next })
		})
	}
}

func TestFollowNothing(t *testing.T) {
	_, err := index.Follow(context.Background(), t.TempDir(), index.FollowOptions{Logger: quiet()})
	if !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("error is %v", err)
	}
}
