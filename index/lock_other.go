//go:build !unix

package index

import "os"

// Elsewhere files aren't locked: start one reindex at a time.
func shareLock(path string) (*os.File, error) { return os.Open(path) }

func holdLock(path string, flag int) (*os.File, error) { return os.OpenFile(path, flag, 0o644) }
