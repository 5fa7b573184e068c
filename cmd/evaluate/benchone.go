package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"historian/index"
)

// A system under measurement: indexes documents, then answers.
type system struct {
	index  func(ctx context.Context, w *writer) error
	answer func(ctx context.Context, question string) error
	dir    func() string
	close  func()
}

// benchOne measures one system in this process: see child.
func benchOne(ctx context.Context, o benchOptions, in io.Reader, out io.Writer) (err error) {
	w := newWriter(o.passages, nil)
	if o.set != "" {
		if w.before, err = readSet(o.set); err != nil {
			return err
		}
	}
	questions := w.questions(o.questions)
	s, err := newSystem(o.system)
	if err != nil {
		return err
	}
	defer s.close()
	end, err := o.profileTo("index")
	if err != nil {
		return err
	}
	start := time.Now()
	if err := s.index(ctx, w); err != nil {
		return err
	}
	took := time.Since(start)
	end()
	disk, err := diskUsed(s.dir())
	if err != nil {
		return err
	}
	results := json.NewEncoder(out)
	if err := results.Encode(built{took.Seconds(), disk, len(questions)}); err != nil {
		return err
	}
	if end, err = o.profileTo("answer"); err != nil {
		return err
	}
	defer end()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var from, to int
		if _, err := fmt.Sscan(lines.Text(), &from, &to); err != nil {
			return fmt.Errorf("want two numbers of questions, have %q", lines.Text())
		}
		times := make([]time.Duration, 0, to-from)
		for _, q := range questions[from:to] {
			start := time.Now()
			if err := s.answer(ctx, q); err != nil {
				return err
			}
			times = append(times, time.Since(start))
		}
		if err := results.Encode(times); err != nil {
			return err
		}
	}
	return errors.Join(lines.Err(), results.Encode(peakRSS()), o.profileAllocations())
}

// profileAllocations writes what was allocated in all.
func (o benchOptions) profileAllocations() error {
	if o.profile == "" || o.system != historian {
		return nil
	}
	f, err := os.Create(filepath.Join(o.profile, "allocations.pprof"))
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(f, 0), f.Close())
}

// profileTo starts a CPU profile of our own doing, where asked for.
func (o benchOptions) profileTo(name string) (end func(), err error) {
	if o.profile == "" || o.system != historian {
		return func() {}, nil
	}
	f, err := os.Create(filepath.Join(o.profile, name+".pprof"))
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = f.Close() }, pprof.StartCPUProfile(f)
}

func newSystem(name string) (*system, error) {
	if name == historian {
		return newHistorian()
	}
	return newBleve()
}

func newHistorian() (*system, error) {
	temp, err := os.MkdirTemp("", "evaluate-bench-")
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(temp, "index")
	var ix *index.Index
	return &system{
		index: func(ctx context.Context, w *writer) (err error) {
			if _, err = index.Build(ctx, dir, w.documents(), index.BuildOptions{}); err == nil {
				ix, err = index.Open(dir)
			}
			return err
		},
		answer: func(ctx context.Context, question string) error {
			_, err := ix.Answer(ctx, index.Question{Text: question})
			return err
		},
		dir: func() string { return dir },
		close: func() {
			if ix != nil {
				_ = ix.Close() // only read from
			}
			_ = os.RemoveAll(temp)
		},
	}, nil
}

func newBleve() (*system, error) {
	bl, err := index.NewBaseline("en")
	if err != nil {
		return nil, err
	}
	return &system{
		index: func(ctx context.Context, w *writer) error {
			for doc, err := range w.documents() {
				if err != nil {
					return err
				}
				for _, p := range doc.Passages {
					if err := errors.Join(ctx.Err(), bl.Add(p.ID, p.Text)); err != nil {
						return err
					}
				}
			}
			return bl.Flush()
		},
		answer: func(ctx context.Context, question string) error {
			_, err := bl.Search(ctx, question, depth)
			return err
		},
		dir:   bl.Dir,
		close: func() { _ = bl.Close() }, // a temporary index
	}, nil
}

// diskUsed gives the size of the files below dir, in megabytes of 2²⁰.
func diskUsed(dir string) (mb float64, err error) {
	err = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // merged away meanwhile
			return nil
		}
		if err == nil {
			mb += float64(info.Size()) / (1 << 20)
		}
		return err
	})
	return mb, err
}

// peakRSS gives the most memory this process had resident, in megabytes of
// 2²⁰: its own and that of the files it has mapped. 0 where the system has no
// /proc to tell.
func peakRSS() (mb float64) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if text, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseFloat(strings.Fields(text)[0], 64)
			if err != nil {
				return 0
			}
			return kb / 1024
		}
	}
	return 0
}
