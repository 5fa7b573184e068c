//go:build unix

package index

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// shareLock locks a file against holdLock while it is open.
func shareLock(path string) (*os.File, error) { return lock(path, os.O_RDONLY, unix.LOCK_SH) }

// holdLock locks a file for this process alone, for as long as it is open or
// the process lives. It gives errLocked if another holds it.
func holdLock(path string, flag int) (*os.File, error) { return lock(path, flag, unix.LOCK_EX) }

func lock(path string, flag, how int) (*os.File, error) {
	f, err := os.OpenFile(path, flag, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err = unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		if !errors.Is(err, unix.EINTR) {
			break
		}
	}
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, errLocked
	}
	return nil, &os.PathError{Op: "lock", Path: path, Err: err}
}
