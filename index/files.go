package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/blevesearch/mmap-go"
)

// The files of a generation beside bleve's. Numbers are little-endian.
const (
	passagesName = "passages"       // a record a document, followed by one a passage
	vectorsName  = "vectors"        // a record a passage
	placesName   = "places"         // two uint64 a passage and two more: where its records begin, in passages and vectors
	lengthsName  = "lengths"        // a uint16 a passage: its length, and 1<<15 for a script without spaces
	orderName    = "order"          // a uint32 a document of bleve: the number of its passage
	termsName    = "terms"          // vellum: term → its ID << 32 | passages that hold it
	idsName      = "ids"            // a uint64 and a uint32 a passage: hash of its ID, its number; by hash, big-endian
	catalogName  = "catalog.jsonl"  // a line a document: DocumentInfo
	timelineName = "timeline.jsonl" // a line an event: storedEvent
)

// maxLength is the longest length that is stored; a longer passage counts as
// this long.
const maxLength = 1<<15 - 1

// A file is a file of a generation, mapped into memory.
type file []byte

func openFile(path string) (file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil, err // an empty file can't be mapped
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	return file(m), nil
}

func (f file) close() error {
	if len(f) == 0 {
		return nil
	}
	m := mmap.MMap(f)
	return m.Unmap()
}

// Tables are files of numbers of one width.
type (
	table16 file
	table32 file
	table64 file
)

func (t table16) at(i int) uint16 { return binary.LittleEndian.Uint16(t[2*i:]) }
func (t table32) at(i int) uint32 { return binary.LittleEndian.Uint32(t[4*i:]) }
func (t table64) at(i int) uint64 { return binary.LittleEndian.Uint64(t[8*i:]) }

// A fileWriter writes a file of a generation, and counts.
type fileWriter struct {
	f   *os.File
	buf *bufio.Writer
	at  int64 // bytes written
}

func createFile(path string) (*fileWriter, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &fileWriter{f: f, buf: bufio.NewWriterSize(f, 1<<16)}, nil
}

func (w *fileWriter) Write(p []byte) (int, error) {
	n, err := w.buf.Write(p)
	w.at += int64(n)
	return n, err
}

func (w *fileWriter) close() error { return errors.Join(w.buf.Flush(), w.f.Close()) }
