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
)

// bleve holds postings only: which passages hold a term, and how often.
// passage is a document with its number as ID and one field:
//
//	terms   what analyse yields, head and body; with frequencies, no
//	        positions, not stored, no doc values
//
// It is written once by scorch's offline builder and opened read-only; what
// else ranking reads lies in our own files.
const (
	postingsDir   = "bleve"
	postingsField = "terms"
)

// Batches of the offline builder: passages a segment, segments a merge.
// batch of 2,000 takes some 20 MB, and larger ones are no faster; a million
// passages are merged in two rounds.
const (
	segmentPassages = 2000
	mergeSegments   = 30
	queuedPassages  = 1000 // while a segment is made
)

// A postingsWriter builds the postings of a generation, beside what its
// caller does: inverting passages takes as long as all else.
type postingsWriter struct {
	builder *scorch.Builder
	queue   chan *document.Document
	done    chan struct{} // closed when the queue has been worked off
	failed  chan struct{} // closed by the builder's first error
	err     error         // that error; read after failed or done
}

// newPostings starts postings in dir. Its temporary files lie there too.
func newPostings(dir string) (*postingsWriter, error) {
	path := filepath.Join(dir, postingsDir)
	if err := os.Mkdir(path, 0o755); err != nil {
		return nil, err
	}
	builder, err := scorch.NewBuilder(map[string]any{
		"path":            path,
		"buildPathPrefix": dir,
		"batchSize":       segmentPassages,
		"mergeMax":        mergeSegments,
	})
	if err != nil {
		return nil, err
	}
	w := &postingsWriter{builder: builder, queue: make(chan *document.Document, queuedPassages),
		done: make(chan struct{}), failed: make(chan struct{})}
	go w.run()
	return w, nil
}

func (w *postingsWriter) run() {
	defer close(w.done)
	for doc := range w.queue {
		if w.err != nil {
			continue
		}
		if w.err = w.builder.Index(doc); w.err != nil {
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
}

// close merges and writes the postings.
func (w *postingsWriter) close() error {
	w.abandon()
	if w.err != nil {
		return w.err
	}
	return w.builder.Close()
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

// postings reads what a postingsWriter wrote. It is safe for concurrent use.
type postings struct {
	scorch bleve.Index
	reader bleve.IndexReader
}

// openPostings opens the postings of the generation in dir.
func openPostings(dir string) (*postings, error) {
	path := filepath.Join(dir, postingsDir)
	s, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":         path,
		"read_only":    true,
		"bolt_timeout": "2s", // without, it would wait for a writer for ever
	}, nil)
	if err != nil {
		return nil, err
	}
	if err := s.Open(); err != nil {
		return nil, fmt.Errorf("%w: open %s: %w", ErrDamaged, path, err)
	}
	r, err := s.Reader()
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &postings{s, r}, nil
}

func (p *postings) close() error { return errors.Join(p.reader.Close(), p.scorch.Close()) }

// order gives the passage number of each of bleve's documents: it numbers
// them within a batch as it likes.
func (p *postings) order() ([]passageNum, error) {
	all, err := p.reader.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer func() { _ = all.Close() }() // only read from
	var order []passageNum
	for {
		id, err := all.Next()
		if err != nil || id == nil {
			return order, err
		}
		name, err := p.reader.ExternalID(id)
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
