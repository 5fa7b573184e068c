package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"
)

// bleve holds postings only: which passages hold a term, and how often.
// passage is a document with its number as ID and one field:
//
//	terms   what analyse yields, head and body; with frequencies, no
//	        positions, not stored, no doc values
//
// It is written once by scorch's offline builder and opened read-only; what
// else ranking reads lies in our own files. Each partPassages passages have an
// index of bleve's to themselves, a part: while one is merged, the next is
// built, and merging maps no more than a part into memory.
const (
	postingsDir   = "bleve" // of the first part; bleve-1 of the second
	postingsField = "terms"
	partPassages  = 1 << 17
)

// partDir gives the folder of a part.
func partDir(dir string, part int) string {
	if part == 0 {
		return filepath.Join(dir, postingsDir)
	}
	return filepath.Join(dir, fmt.Sprint(postingsDir, "-", part))
}

// Batches of the offline builder: passages a segment, segments a merge. A
// batch of 2,000 takes some 20 MB, and larger ones are no faster; a part is
// merged in one round.
const (
	segmentPassages = 2000
	mergeSegments   = partPassages/segmentPassages + 1
	queuedPassages  = 1000 // while a segment is made
)

// A postingsWriter builds the postings of a generation, beside what its
// caller does: inverting passages takes as long as all else.
type postingsWriter struct {
	dir     string
	builder *scorch.Builder // of the last part
	parts   int
	added   int // to the last part
	merging errgroup.Group
	queue   chan *document.Document
	done    chan struct{} // closed when the queue has been worked off
	failed  chan struct{} // closed by the builder's first error
	err     error         // that error; read after failed or done
}

// newPostings starts postings in dir. Its temporary files lie there too.
func newPostings(dir string) (*postingsWriter, error) {
	w := &postingsWriter{dir: dir, queue: make(chan *document.Document, queuedPassages),
		done: make(chan struct{}), failed: make(chan struct{})}
	w.merging.SetLimit(1)
	if err := w.newPart(); err != nil {
		return nil, err
	}
	go w.run()
	return w, nil
}

func (w *postingsWriter) newPart() (err error) {
	path := partDir(w.dir, w.parts)
	if err := os.Mkdir(path, 0o755); err != nil {
		return err
	}
	w.parts++
	w.added = 0
	w.builder, err = scorch.NewBuilder(map[string]any{
		"path":            path,
		"buildPathPrefix": w.dir,
		"batchSize":       segmentPassages,
		"mergeMax":        mergeSegments,
	})
	return err
}

// index adds a passage to the last part, or to a new one.
func (w *postingsWriter) index(doc *document.Document) error {
	if w.added == partPassages {
		w.merging.Go(w.builder.Close)
		if err := w.newPart(); err != nil {
			return err
		}
	}
	w.added++
	return w.builder.Index(doc)
}

func (w *postingsWriter) run() {
	defer close(w.done)
	for doc := range w.queue {
		if w.err != nil {
			continue
		}
		if w.err = w.index(doc); w.err != nil {
			close(w.failed)
		}
	}
}

// add notes the terms of a passage. An error is of this or an earlier one.
func (w *postingsWriter) add(n passageNum, a *analysed) error {
	doc := document.NewDocument(strconv.FormatUint(uint64(n), 36))
	doc.AddField(&termsField{terms: a.terms, freqs: a.freqs})
	select {
	case w.queue <- doc:
		return nil
	case <-w.failed:
		return w.err
	}
}

// abandon ends writing.
func (w *postingsWriter) abandon() {
	close(w.queue)
	<-w.done
	_ = w.merging.Wait() // its files are of no use any more
}

// close merges and writes the postings.
func (w *postingsWriter) close() error {
	close(w.queue)
	<-w.done
	err := w.err
	if err == nil {
		w.merging.Go(w.builder.Close)
	}
	return errors.Join(err, w.merging.Wait())
}

// A termsField is the field of a passage, analysed already. The builder asks
// twice for its frequencies, in the form that takes ten times the memory.
type termsField struct {
	terms []string
	freqs []int
}

// AnalyzedTokenFrequencies gives the terms with their frequencies.
func (f *termsField) AnalyzedTokenFrequencies() bleve.TokenFrequencies {
	freqs := make(bleve.TokenFrequencies, len(f.terms))
	tokens := make([]bleve.TokenFreq, len(f.terms))
	for i, term := range f.terms {
		tokens[i].Term = []byte(term)
		tokens[i].SetFrequency(f.freqs[i])
		freqs[term] = &tokens[i]
	}
	return freqs
}

// AnalyzedLength gives the number of occurrences.
func (f *termsField) AnalyzedLength() (n int) {
	for _, freq := range f.freqs {
		n += freq
	}
	return n
}

func (f *termsField) Name() string                        { return postingsField }
func (f *termsField) Value() []byte                       { return nil }
func (f *termsField) ArrayPositions() []uint64            { return nil }
func (f *termsField) EncodedFieldType() byte              { return 't' }
func (f *termsField) Analyze()                            {}
func (f *termsField) Options() bleve.FieldIndexingOptions { return bleve.IndexField }
func (f *termsField) Size() int                           { return 0 } // used by live indexes only
func (f *termsField) NumPlainTextBytes() uint64           { return 0 }

// postings reads what a postingsWriter wrote, a part at a time. It is safe for
// concurrent use.
type postings []part

type part struct {
	scorch bleve.Index
	reader bleve.IndexReader
	base   int // number of the passages in the parts before
}

// openPostings opens the postings of the generation in dir, of so many
// passages.
func openPostings(dir string, passages int) (p postings, err error) {
	for base := 0; base == 0 || base < passages; base += partPassages {
		s, err := scorch.NewScorch(scorch.Name, map[string]any{
			"path":         partDir(dir, len(p)),
			"read_only":    true,
			"bolt_timeout": "2s", // without, it would wait for a writer for ever
		}, nil)
		if err != nil {
			return nil, errors.Join(err, p.close())
		}
		if err := s.Open(); err != nil {
			return nil, errors.Join(fmt.Errorf("%w: open %s: %w", ErrDamaged, partDir(dir, len(p)), err), p.close())
		}
		r, err := s.Reader()
		if err != nil {
			return nil, errors.Join(err, s.Close(), p.close())
		}
		p = append(p, part{s, r, base})
	}
	return p, nil
}

func (p postings) close() (err error) {
	for _, x := range p {
		err = errors.Join(err, x.reader.Close(), x.scorch.Close())
	}
	return err
}

// count gives the number of passages.
func (p postings) count() (n int, err error) {
	for _, x := range p {
		c, err := x.reader.DocCount()
		if err != nil {
			return n, err
		}
		n += int(c)
	}
	return n, nil
}

// order gives the passage number of each of bleve's documents, part after
// part: it numbers them within a batch as it likes.
func (p postings) order() (order []passageNum, err error) {
	for _, x := range p {
		if order, err = x.order(order); err != nil {
			return nil, err
		}
	}
	return order, nil
}

func (x part) order(order []passageNum) ([]passageNum, error) {
	all, err := x.reader.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer func() { _ = all.Close() }() // only read from
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return order, err
		}
		name, err := x.reader.ExternalID(id)
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseUint(name, 36, 32)
		if err != nil {
			return nil, err
		}
		order = append(order, passageNum(n))
	}
}
