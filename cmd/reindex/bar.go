package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"historian/index"
)

// A bar shows progress on a terminal, and nothing elsewhere.
type bar struct{ *progressbar.ProgressBar }

func newBar(w io.Writer, files int) bar {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return bar{}
	}
	return bar{progressbar.NewOptions(files,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetWidth(30),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

func (b bar) show(p index.Progress) {
	if b.ProgressBar != nil {
		b.Describe(fmt.Sprintf("%d passages", p.Passages))
		_ = b.Set(min(p.Files, b.GetMax())) // a terminal that fails is no reason to stop
	}
}

func (b bar) end() {
	if b.ProgressBar != nil {
		_ = b.Clear()
	}
}
