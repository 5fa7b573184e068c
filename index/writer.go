package index

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"path/filepath"
	"strings"
	"time"

	"historian/corpus"
)

// A writer writes the files of a generation, a document at a time, in memory
// that grows only by the terms and a few bytes a passage.
type writer struct {
	dir    string
	opts   BuildOptions
	man    manifest
	report Report
	files  int // seen

	passages, vectors, places, lengths, catalog *fileWriter

	postings  *postingsWriter
	digest    hash.Hash // of passages and catalog
	terms     *interner
	dfs       []uint32              // by termID
	documents map[uint64]bool       // by hash of ID
	numbers   map[uint64]passageNum // by hash of ID
	events    []storedEvent
	buf       []byte
}

func newWriter(dir string, opts BuildOptions) (*writer, error) {
	w := &writer{
		dir: dir, opts: opts, digest: sha256.New(), terms: newInterner(),
		documents: map[uint64]bool{}, numbers: map[uint64]passageNum{},
		man: manifest{Format: formatVersion, Analysis: analysisVersion, Origin: opts.Origin,
			Created: time.Now().UTC().Truncate(time.Millisecond), Languages: map[string]int{}},
	}
	w.report.Languages = w.man.Languages
	var err error
	for name, f := range map[string]**fileWriter{passagesName: &w.passages, vectorsName: &w.vectors,
		placesName: &w.places, lengthsName: &w.lengths, catalogName: &w.catalog} {
		if *f, err = createFile(filepath.Join(dir, name)); err != nil {
			return nil, errors.Join(err, w.abandon())
		}
	}
	if w.postings, err = newPostings(dir); err != nil {
		return nil, errors.Join(err, w.abandon())
	}
	return w, nil
}

// abandon closes the files.
func (w *writer) abandon() (err error) {
	if w.postings != nil {
		w.postings.abandon()
	}
	for _, f := range []*fileWriter{w.passages, w.vectors, w.places, w.lengths, w.catalog} {
		if f != nil {
			err = errors.Join(err, f.f.Close())
		}
	}
	return err
}

// add writes a document, or notes why it is left out.
func (w *writer) add(j *job) error {
	if err := w.addDocument(j); err != nil {
		return err
	}
	w.files++
	if w.opts.Progress != nil {
		w.opts.Progress(Progress{w.files, w.man.Documents, w.man.Passages})
	}
	return nil
}

func (w *writer) addDocument(j *job) error {
	if j.problem == nil && w.documents[hashID(j.doc.ID)] {
		j.problem = &corpus.Problem{Path: j.doc.Path, What: "another document has the ID " + j.doc.ID + " too",
			Mend: "rename one of the files"}
	}
	if j.problem != nil {
		w.report.Skipped = append(w.report.Skipped, j.problem)
		return nil
	}
	w.documents[hashID(j.doc.ID)] = true
	if len(j.doc.Notes) > 0 {
		w.report.Notes = append(w.report.Notes, DocumentNotes{j.doc.Path, j.doc.Notes})
	}
	info := infoOf(&j.doc)
	start := w.passages.at
	w.buf = appendDocument(w.buf[:0], &j.doc)
	if err := w.write(w.passages, w.buf); err != nil {
		return err
	}
	for i := range j.doc.Passages {
		p := &j.doc.Passages[i]
		if _, ok := w.numbers[hashID(p.ID)]; ok {
			w.report.Skipped = append(w.report.Skipped, &corpus.Problem{Path: j.doc.Path,
				Line: 1 + strings.Count(j.doc.Text[:min(max(0, p.Start), len(j.doc.Text))], "\n"),
				What: "the passage " + p.ID + " is there already", Mend: "remove the repetition"})
			continue
		}
		if err := w.addPassage(&j.doc, p, &j.passages[i], start); err != nil {
			return err
		}
		info.note(p)
	}
	return w.finishDocument(&j.doc, info)
}

func (w *writer) finishDocument(doc *corpus.Document, info *DocumentInfo) error {
	line, err := info.line()
	if err != nil {
		return err
	}
	if err := w.write(w.catalog, line); err != nil {
		return err
	}
	for _, e := range doc.Timeline {
		if n, ok := w.numbers[hashID(e.Passage)]; ok {
			w.events = append(w.events, storedEvent{e, doc.Lang, doc.Pair, n})
		}
	}
	w.man.Documents++
	w.report.Documents = w.man.Documents
	return nil
}

// write writes to a file that the digest covers.
func (w *writer) write(f *fileWriter, b []byte) error {
	w.digest.Write(b)
	_, err := f.Write(b)
	return err
}

// addPassage writes a passage. start is where its document's record begins.
func (w *writer) addPassage(doc *corpus.Document, p *corpus.Passage, a *analysed, start int64) error {
	n := passageNum(w.man.Passages)
	if err := w.postings.add(n, a); err != nil {
		return err
	}
	w.intern(a)
	w.buf = binary.LittleEndian.AppendUint64(w.buf[:0], uint64(w.passages.at))
	w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(w.vectors.at))
	if _, err := w.places.Write(w.buf); err != nil {
		return err
	}
	w.buf = appendPassage(w.buf[:0], doc, p, w.passages.at-start)
	if err := w.write(w.passages, w.buf); err != nil {
		return err
	}
	w.buf = appendVector(w.buf[:0], &a.vec)
	if _, err := w.vectors.Write(w.buf); err != nil {
		return err
	}
	length, script := min(a.vec.Len, maxLength), lengthRow(a.vec.Unspaced)
	w.man.Lengths[script].Passages++
	w.man.Lengths[script].Total += int64(a.vec.Len)
	w.numbers[hashID(p.ID)] = n
	w.man.Languages[p.Lang]++
	w.man.Passages++
	w.report.Passages = w.man.Passages
	w.buf = binary.LittleEndian.AppendUint16(w.buf[:0], uint16(length|script<<15))
	_, err := w.lengths.Write(w.buf)
	return err
}

// intern gives the passage's terms their IDs, and counts it for each.
func (w *writer) intern(a *analysed) {
	ids := make([]termID, len(a.terms))
	for i, term := range a.terms {
		n, fresh := w.terms.number(term)
		if fresh {
			w.dfs = append(w.dfs, 0)
		}
		w.dfs[n]++
		ids[i] = termID(n)
	}
	for _, field := range [][]occurrence{a.vec.Head, a.vec.Body} {
		for i := range field {
			field[i].Term = ids[field[i].Term]
		}
	}
}
