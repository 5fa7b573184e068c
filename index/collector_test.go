package index

import (
	"runtime/debug"
	"testing"
)

// TestCollectorIsSetBack: builds that overlap leave the collector as it was.
func TestCollectorIsSetBack(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	before, limit := debug.SetGCPercent(77), debug.SetMemoryLimit(-1)
	defer debug.SetGCPercent(before)
	var c tunedCollector
	c.begin()
	c.begin()
	c.end()
	if got := debug.SetMemoryLimit(-1); got != buildMemoryLimit {
		t.Errorf("while a build goes on the limit is %d", got)
	}
	c.end()
	if got := debug.SetGCPercent(77); got != 77 || debug.SetMemoryLimit(-1) != limit {
		t.Errorf("set back to %d %% and %d, want 77 %% and %d", got, debug.SetMemoryLimit(-1), limit)
	}
}
