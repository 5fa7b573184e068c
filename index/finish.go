package index

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"github.com/blevesearch/vellum"
	"golang.org/x/sync/errgroup"
)

// finish writes what is known at the end only, and the manifest.
func (w *writer) finish() error {
	w.buf = binary.LittleEndian.AppendUint64(w.buf[:0], uint64(w.passages.at))
	w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(w.vectors.at))
	_, err := w.places.Write(w.buf)
	for _, f := range []*fileWriter{w.passages, w.vectors, w.places, w.lengths, w.catalog} {
		err = errors.Join(err, f.close())
	}
	if err != nil {
		w.postings.abandon()
		return err
	}
	w.man.Terms = len(w.dfs)
	var beside errgroup.Group
	beside.Go(w.postings.close)
	err = errors.Join(w.writeTerms(), w.writeIDs(), w.writeTimeline(), beside.Wait())
	if err == nil {
		err = w.writeOrder()
	}
	if err != nil {
		return err
	}
	w.man.Corpus = hex.EncodeToString(w.digest.Sum(nil))
	if err := w.man.write(w.dir); err != nil {
		return err
	}
	w.report.Bytes = w.man.bytes()
	return nil
}

// writeFile writes a whole file by a function.
func (w *writer) writeFile(name string, write func(io.Writer) error) error {
	f, err := createFile(filepath.Join(w.dir, name))
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.close())
}

func (w *writer) writeOrder() error {
	p, err := openPostings(w.dir, w.man.Passages)
	if err != nil {
		return err
	}
	order, err := p.order()
	if err := errors.Join(err, p.close()); err != nil {
		return err
	}
	return w.writeFile(orderName, func(f io.Writer) error { return binary.Write(f, binary.LittleEndian, order) })
}

func (w *writer) writeTerms() error {
	return w.writeFile(termsName, func(f io.Writer) error {
		fst, err := vellum.New(f, nil)
		if err != nil {
			return err
		}
		for _, n := range w.terms.sorted() {
			if err := fst.Insert(w.terms.at(n), uint64(n)<<32|uint64(w.dfs[n])); err != nil {
				return err
			}
		}
		return fst.Close()
	})
}

func (w *writer) writeIDs() error {
	rows := make([][idSize]byte, 0, len(w.numbers))
	for h, n := range w.numbers {
		var row [idSize]byte
		binary.BigEndian.PutUint64(row[:], h)
		binary.BigEndian.PutUint32(row[8:], uint32(n))
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b [idSize]byte) int { return bytes.Compare(a[:], b[:]) })
	return w.writeFile(idsName, func(f io.Writer) error {
		for i := range rows {
			if _, err := f.Write(rows[i][:]); err != nil {
				return err
			}
		}
		return nil
	})
}
