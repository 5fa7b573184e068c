package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Versions of what is on disk. A generation is read only by a program with
// the same two.
const (
	formatVersion   = 1 // layout of the files
	analysisVersion = 2 // how package lang cuts text: raise it when terms change
)

// Errors of opening a generation, for callers that branch.
var (
	// ErrNoIndex: there is no generation here; run reindex.
	ErrNoIndex = errors.New("no index")
	// ErrDamaged: files are missing, cut short or altered; run reindex or roll back.
	ErrDamaged = errors.New("index is damaged")
	// ErrFormat: written by a newer or older program; run reindex.
	ErrFormat = errors.New("index has another format")
)

const manifestName = "manifest.json"

// A manifest describes a generation: manifest.json, written last. A folder
// without one is no generation.
type manifest struct {
	Format    int            `json:"format"`
	Analysis  int            `json:"analysis"`
	Created   time.Time      `json:"created"`
	Origin    string         `json:"origin,omitempty"` // what it was built from, as the caller names it
	Corpus    string         `json:"corpus"`           // SHA-256 of passages and catalog
	Documents int            `json:"documents"`
	Passages  int            `json:"passages"`
	Terms     int            `json:"terms"`
	Languages map[string]int `json:"languages"` // passages by language
	// Lengths sums the passages' lengths by kind of script: spaced, unspaced.
	Lengths [2]lengthSum `json:"lengths"`
	Files   []fileSum    `json:"files"` // all but this one, by name
	Sum     string       `json:"sum"`   // SHA-256 of this manifest with an empty sum
}

// A lengthSum is for a mean length.
type lengthSum struct {
	Passages int   `json:"passages"`
	Total    int64 `json:"total"` // positions
}

// A fileSum is how a file must be.
type fileSum struct {
	Name  string `json:"name"` // slash-separated, below the generation
	Bytes int64  `json:"bytes"`
	CRC   uint32 `json:"crc32c"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum computes what Sum must be.
func (m manifest) sum() string {
	m.Sum = ""
	text, err := json.Marshal(m)
	if err != nil {
		panic("unreachable: a manifest has no value that JSON can't hold: " + err.Error())
	}
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

// write completes the manifest with the sums of the files in dir, syncs them
// and writes it.
func (m *manifest) write(dir string) error {
	m.Files = nil
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			return syncPath(path)
		}
		if err := os.Chmod(path, 0o644); err != nil { // bleve's are 0600, and the bot may be another user
			return err
		}
		sum, err := sumFile(path, true)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		sum.Name = filepath.ToSlash(name)
		m.Files = append(m.Files, sum)
		return err
	})
	if err != nil {
		return err
	}
	m.Sum = m.sum()
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := writeSynced(filepath.Join(dir, manifestName), append(text, '\n')); err != nil {
		return err
	}
	return syncPath(dir)
}

// readManifest reads and checks the manifest of the generation in dir.
func readManifest(dir string) (m manifest, err error) {
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, syscall.ENOTDIR) {
		return m, fmt.Errorf("%w: %s is a file", ErrNoIndex, dir)
	}
	if errors.Is(err, fs.ErrNotExist) {
		if entries, _ := os.ReadDir(dir); len(entries) > 0 {
			return m, fmt.Errorf("%w in %s: a folder without %s", ErrNoIndex, dir, manifestName)
		}
		return m, fmt.Errorf("%w in %s", ErrNoIndex, dir)
	}
	if err != nil {
		return m, err
	}
	var versions struct{ Format, Analysis int } // which other formats will have, too
	if err := json.Unmarshal(text, &versions); err != nil {
		return m, fmt.Errorf("%w: %s: %w", ErrDamaged, manifestName, err)
	}
	err = json.Unmarshal(text, &m)
	if versions.Format != formatVersion || versions.Analysis != analysisVersion {
		return m, fmt.Errorf("%w: it is %d.%d, this program reads %d.%d: run reindex",
			ErrFormat, versions.Format, versions.Analysis, formatVersion, analysisVersion)
	}
	if err != nil {
		return m, fmt.Errorf("%w: %s: %w", ErrDamaged, manifestName, err)
	}
	if m.Sum != m.sum() {
		return m, fmt.Errorf("%w: %s doesn't have its own sum", ErrDamaged, manifestName)
	}
	return m, nil
}

// check compares the sizes of the files in dir with the manifest, and,
// when deep, their content.
func (m *manifest) check(dir string, deep bool) error {
	for _, want := range m.Files {
		path := filepath.Join(dir, filepath.FromSlash(want.Name))
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if info.Size() != want.Bytes {
			return fmt.Errorf("%w: %s has %d bytes instead of %d", ErrDamaged, want.Name, info.Size(), want.Bytes)
		}
		if !deep {
			continue
		}
		got, err := sumFile(path, false)
		if err != nil {
			return err
		}
		if got.CRC != want.CRC {
			return fmt.Errorf("%w: %s doesn't have its checksum", ErrDamaged, want.Name)
		}
	}
	return nil
}

// bytes gives the size of all files.
func (m *manifest) bytes() (n int64) {
	for _, f := range m.Files {
		n += f.Bytes
	}
	return n
}

// means gives the mean lengths, at least 1.
func (m *manifest) means() (mean [2]float64) {
	for i, l := range m.Lengths {
		mean[i] = max(1, float64(l.Total)/float64(max(1, l.Passages)))
	}
	return mean
}

// sumFile reads a file for its size and checksum, and syncs it to disk if asked.
func sumFile(path string, sync bool) (s fileSum, err error) {
	f, err := os.Open(path)
	if err != nil {
		return s, err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	if s.Bytes, err = io.Copy(h, f); err != nil {
		return s, err
	}
	s.CRC = h.Sum32()
	if sync {
		err = f.Sync()
	}
	return s, err
}

// syncPath makes a file, or the entries of a folder, durable.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// writeSynced writes a file and makes it durable.
func writeSynced(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}
