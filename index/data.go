package index

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A data folder holds generations and the pointer to the one that is served:
//
//	CURRENT             the ID of a generation, replaced by rename
//	LOCK                locked by whoever changes the folder
//	generations/ID/     complete, never changed, named by time of building
//	generations/.new-*  being built, or litter of a build that was killed
const (
	pointerName    = "CURRENT"
	lockName       = "LOCK"
	generationsDir = "generations"
	newPrefix      = ".new-"
	oldPrefix      = ".old-" // being removed
)

// Errors of changing a data folder, for callers that branch.
var (
	// ErrBusy: another reindex is at work in the data folder.
	ErrBusy = errors.New("another reindex is at work")
	// ErrNoOlder: there is no generation to go back to.
	ErrNoOlder = errors.New("no older generation to go back to")
)

var errLocked = errors.New("locked by another process")

// Current gives the folder of the generation that data serves. The error is
// ErrNoIndex where there is none, ErrDamaged where the pointer is unreadable.
func Current(data string) (dir string, err error) {
	text, err := os.ReadFile(filepath.Join(data, pointerName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%w in %s", ErrNoIndex, data)
	}
	if errors.Is(err, syscall.ENOTDIR) {
		return "", fmt.Errorf("data folder: %s is a file; give a folder", data)
	}
	if err != nil {
		return "", fmt.Errorf("read pointer: %w", err)
	}
	id := strings.TrimSpace(string(text))
	if !isID(id) {
		return "", fmt.Errorf("%w: %s names no generation: run reindex", ErrDamaged, filepath.Join(data, pointerName))
	}
	return filepath.Join(data, generationsDir, id), nil
}

// idTime is the part of a generation's ID that says when it was built.
const idTime = "20060102T150405.000Z"

// newID makes an ID: the time, to sort by, and a few random digits.
func newID(now time.Time) string {
	var b [3]byte
	rand.Read(b[:])
	return now.UTC().Format(idTime) + "-" + hex.EncodeToString(b[:])
}

// isID tells whether s is an ID, and so a safe file name.
func isID(s string) bool {
	when, digits, ok := strings.Cut(s, "-")
	if !ok || len(digits) != 6 {
		return false
	}
	_, err := time.Parse(idTime, when)
	_, bad := hex.DecodeString(digits)
	return err == nil && bad == nil
}

// point makes the generation the one that is served.
func point(data, id string) error {
	temp := filepath.Join(data, pointerName+".new")
	if err := writeSynced(temp, []byte(id+"\n")); err != nil {
		return err
	}
	if err := os.Rename(temp, filepath.Join(data, pointerName)); err != nil {
		return err
	}
	return syncPath(data)
}

// generationIDs lists the generations in data, oldest first.
func generationIDs(data string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(data, generationsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var ids []string
	for _, e := range entries {
		if isID(e.Name()) {
			ids = append(ids, e.Name())
		}
	}
	slices.Sort(ids)
	return ids, err
}

// claim locks the data folder, made if need be, and waits up to patience for
// another to leave it.
func claim(data string, patience time.Duration) (release func() error, err error) {
	err = os.MkdirAll(filepath.Join(data, generationsDir), 0o755)
	if errors.Is(err, syscall.ENOTDIR) {
		return nil, fmt.Errorf("data folder: %s is a file; give a folder", data)
	}
	if err != nil {
		return nil, err
	}
	deadline := time.Now().Add(patience)
	for {
		f, err := holdLock(filepath.Join(data, lockName), os.O_RDWR|os.O_CREATE)
		if err == nil {
			return f.Close, nil
		}
		if !errors.Is(err, errLocked) {
			return nil, err
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("%w in %s: try again when it has ended", ErrBusy, data)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// sweep removes what killed builds left. The folder must be claimed.
func sweep(data string) error {
	entries, err := os.ReadDir(filepath.Join(data, generationsDir))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), newPrefix) || strings.HasPrefix(e.Name(), oldPrefix) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(data, generationsDir, e.Name())))
		}
	}
	if e := os.Remove(filepath.Join(data, pointerName+".new")); e != nil && !errors.Is(e, fs.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}

// prune removes the oldest generations but the last keep ones, the served one
// and those that a process has open. The folder must be claimed.
func prune(data string, keep int) error {
	ids, err := generationIDs(data)
	if err != nil {
		return err
	}
	current, _ := Current(data)
	for _, id := range ids[:max(0, len(ids)-keep)] {
		if id != filepath.Base(current) {
			err = errors.Join(err, discard(data, id))
		}
	}
	return err
}

// discard removes a generation that nobody has open. It is renamed first, so
// that nobody opens half of it.
func discard(data, id string) error {
	dir := filepath.Join(data, generationsDir, id)
	lock, err := holdLock(filepath.Join(dir, manifestName), os.O_RDONLY)
	if errors.Is(err, errLocked) {
		return nil
	}
	if err == nil {
		defer lock.Close()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	old := filepath.Join(data, generationsDir, oldPrefix+id)
	if err := os.Rename(dir, old); err != nil {
		return err
	}
	return os.RemoveAll(old)
}
