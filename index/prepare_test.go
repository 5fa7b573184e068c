package index_test

import (
	"context"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"historian/index"
)

func TestPrepare(t *testing.T) {
	shipped, err := index.ShippedOrigin()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		origin string // of the index that is there; empty for none
		harm   string // what the pointer says instead
		built  bool
	}{
		{name: "no index", built: true},
		{name: "the shipped documents", origin: shipped},
		{name: "the shipped documents of another version", origin: "shipped:0123", built: true},
		{name: "a folder", origin: "folder"},
		{name: "a broken pointer", origin: "folder", harm: "nonsense"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			if tt.origin != "" {
				publish(t, data, index.ReindexOptions{BuildOptions: index.BuildOptions{Origin: tt.origin}}, towers()...)
			}
			if tt.harm != "" {
				overwrite(t, data, "CURRENT", tt.harm)
			}
			built, err := index.Prepare(context.Background(), data)
			if err != nil || built != tt.built {
				t.Fatalf("Prepare gives %v, %v; want %v", built, err, tt.built)
			}
			if built, err = index.Prepare(context.Background(), data); err != nil || built {
				t.Errorf("Prepare again gives %v, %v", built, err)
			}
		})
	}
}

func TestPrepareByManyAtOnce(t *testing.T) {
	data := t.TempDir()
	var builds atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			built, err := index.Prepare(context.Background(), data)
			if err != nil {
				t.Error(err)
			}
			if built {
				builds.Add(1)
			}
			current(t, data)
		})
	}
	all.Wait()
	if builds.Load() != 1 || len(generations(t, data)) != 1 {
		t.Errorf("built %d times: %v", builds.Load(), generations(t, data))
	}
}
