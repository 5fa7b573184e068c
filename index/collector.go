package index

import (
	"os"
	"runtime/debug"
	"sync"
)

// Bounds of the garbage collector while building. A build makes much garbage
// and keeps little: collecting less often saves a tenth of its time, as long
// as there is memory.
const (
	buildGCPercent   = 200
	buildMemoryLimit = 224 << 20 // bytes; from there on it collects as often as it takes
)

// collector is this process's garbage collector as builds set it. There is
// one for all builds, so this is state of the package: the first that begins
// sets it, and the last that ends sets it back.
var collector tunedCollector

type tunedCollector struct {
	mu      sync.Mutex
	builds  int   // going on
	percent int   // before the first
	limit   int64 // the same
}

// begin sets the collector for a build, unless whoever runs the program has
// set it.
func (c *tunedCollector) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.builds++; c.builds == 1 && !setByHand() {
		c.percent, c.limit = debug.SetGCPercent(buildGCPercent), debug.SetMemoryLimit(buildMemoryLimit)
	}
}

func (c *tunedCollector) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.builds--; c.builds == 0 && !setByHand() {
		debug.SetGCPercent(c.percent)
		debug.SetMemoryLimit(c.limit)
		debug.FreeOSMemory() // a bot that has built goes on for months
	}
}

func setByHand() bool { return os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" }
