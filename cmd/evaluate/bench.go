package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"time"
)

// A cost is what bench prints of a system.
type cost struct {
	System   string  `json:"system"`
	Passages int     `json:"passages"`
	P50      int64   `json:"p50_us"`  // of a whole answer, or of bleve's search for ten hits
	P99      int64   `json:"p99_us"`  // the same
	IndexS   float64 `json:"index_s"` // seconds to index
	PeakRSS  float64 `json:"peak_rss_mb"`
	Disk     float64 `json:"disk_mb"`
}

// Systems that bench measures.
const bleveEnglish = "bleve en"

var benchSystems = []string{historian, bleveEnglish}

// turn is how many questions a system answers before it is the other's turn,
// so that what else the machine does falls on both alike.
const turn = 25

type benchOptions struct {
	json                bool
	passages, questions int
	set                 string
	system, profile     string // of one system, in a process of its own
}

// bench measures what many passages cost: ours and plain bleve, each in a
// process of its own, on the same passages and questions.
func bench(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parseBench(args, stderr)
	if err != nil {
		return err
	}
	if o.system != "" {
		return benchOne(ctx, o, os.Stdin, stdout)
	}
	costs, err := benchAll(ctx, o, stderr)
	if err != nil {
		return err
	}
	for _, c := range costs {
		if err := c.print(stdout, o.json); err != nil {
			return err
		}
	}
	if !o.json {
		ours, plain := costs[0], costs[1]
		_, err = fmt.Fprintf(stdout, "ours to bleve's: p50 %.2f, p99 %.2f, indexing %.2f × as fast, disk %.2f\n",
			ratio(ours.P50, plain.P50), ratio(ours.P99, plain.P99), plain.IndexS/ours.IndexS, ours.Disk/plain.Disk)
	}
	return err
}

func ratio(a, b int64) float64 { return float64(a) / float64(max(1, b)) }

func parseBench(args []string, stderr io.Writer) (o benchOptions, err error) {
	flags := flag.NewFlagSet("evaluate bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage); flags.PrintDefaults() }
	flags.BoolVar(&o.json, "json", false, "print a line of JSON a system")
	flags.IntVar(&o.passages, "passages", 10_000, "`number` of passages")
	flags.IntVar(&o.questions, "questions", 1000, "`number` of questions")
	flags.StringVar(&o.profile, "profile", "", "write CPU profiles of our indexing and answering to this `folder`")
	flags.StringVar(&o.system, "system", "", "measure this `system` as the standard input asks, for bench itself")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, errUsage
	}
	o.set = flags.Arg(0)
	if flags.NArg() > 1 || o.passages < 1 || o.questions < 1 || o.system != "" && !slices.Contains(benchSystems, o.system) {
		flags.Usage()
		return o, errUsage
	}
	return o, nil
}

// args gives the options for the process of a system.
func (o benchOptions) args(system string) []string {
	args := []string{"bench", "-system", system, "-passages", strconv.Itoa(o.passages), "-questions", strconv.Itoa(o.questions), "-profile", o.profile}
	if o.set != "" {
		args = append(args, o.set)
	}
	return args
}

// benchAll runs the systems and collects what they cost.
func benchAll(ctx context.Context, o benchOptions, stderr io.Writer) ([]cost, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	stderr = &sharedWriter{w: stderr}
	var children []*child
	defer func() {
		stop()
		for _, c := range children {
			_ = c.cmd.Wait() // ended already, or killed
		}
	}()
	for _, system := range benchSystems {
		c, err := startChild(ctx, system, o, stderr)
		if err != nil {
			return nil, err
		}
		children = append(children, c)
		if err := c.read(&c.built); err != nil { // one after the other
			return nil, err
		}
	}
	times := make([][]time.Duration, len(children))
	questions := children[0].built.Questions
	for round := range 2 { // the first warms up
		for from := 0; from < questions; from += turn {
			for i, c := range children {
				t, err := c.ask(from, min(from+turn, questions))
				if err != nil {
					return nil, err
				}
				if round == 1 {
					times[i] = append(times[i], t...)
				}
			}
		}
	}
	var costs []cost
	for i, c := range children {
		mb, err := c.end()
		if err != nil {
			return nil, err
		}
		slices.Sort(times[i])
		n := len(times[i])
		costs = append(costs, cost{System: c.system, Passages: o.passages, P50: times[i][n/2].Microseconds(), P99: times[i][n*99/100].Microseconds(),
			IndexS: round(c.built.Seconds, 2), PeakRSS: round(mb, 1), Disk: round(c.built.DiskMB, 2)})
	}
	return costs, nil
}

func (c cost) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(c)
	}
	_, err := fmt.Fprintf(w, "%-10s %8d passages  p50 %6d µs  p99 %6d µs  indexed in %7.2f s  peak RSS %6.1f MB  disk %8.2f MB\n",
		c.System, c.Passages, c.P50, c.P99, c.IndexS, c.PeakRSS, c.Disk)
	return err
}

// A child is the process of a system, seen from bench: it tells what it
// built, then answers a line "FROM TO" with the times of those questions, and
// an end of input with its peak memory.
type child struct {
	system string
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *json.Decoder
	built  built
}

// built is what a child tells when it has indexed.
type built struct {
	Seconds   float64
	DiskMB    float64
	Questions int
}

// asChild marks the process of a system, which tests run as such.
const asChild = "EVALUATE_BENCH_CHILD"

func startChild(ctx context.Context, system string, o benchOptions, stderr io.Writer) (*child, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{system: system, cmd: exec.CommandContext(ctx, exe, o.args(system)...)}
	c.cmd.Env = append(os.Environ(), asChild+"=1")
	c.cmd.Stderr = stderr
	c.cmd.Cancel = func() error { // let it remove its files
		return errors.Join(c.in.Close(), c.cmd.Process.Signal(os.Interrupt))
	}
	c.cmd.WaitDelay = time.Minute
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	c.out = json.NewDecoder(out)
	return c, c.cmd.Start()
}

// A sharedWriter is written to by several processes.
type sharedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (s *sharedWriter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(p)
}

func (c *child) read(v any) error {
	if err := c.out.Decode(v); err != nil {
		return fmt.Errorf("measure %s: its process ended early: %w", c.system, err)
	}
	return nil
}

func (c *child) ask(from, to int) (times []time.Duration, err error) {
	if _, err := fmt.Fprintln(c.in, from, to); err != nil {
		return nil, fmt.Errorf("measure %s: %w", c.system, err)
	}
	return times, c.read(&times)
}

func (c *child) end() (peakMB float64, err error) {
	return peakMB, errors.Join(c.in.Close(), c.read(&peakMB), c.cmd.Wait())
}
