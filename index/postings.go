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

// bleve holds postings only: which passages hold a term, and how often. A
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

// Batches of the offline builder: passages a segment, segments a merge. A
// batch of 2,000 takes some 20 MB; a million passages are merged in two
// rounds.
const (
	segmentPassages = 2000
	mergeSegments   = 30
)

// A postingsWriter builds the postings of a generation.
type postingsWriter struct {
	builder *scorch.Builder
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
	return &postingsWriter{builder}, nil
}

// add notes the terms of a passage.
func (w *postingsWriter) add(n passageNum, a *analysed) error {
	doc := document.NewDocument(strconv.FormatUint(uint64(n), 36))
	doc.AddField(newTermsField(a))
	return w.builder.Index(doc)
}

// close merges and writes the postings.
func (w *postingsWriter) close() error { return w.builder.Close() }

// A termsField is the field of a passage, analysed already.
type termsField struct {
	freqs  bleve.TokenFrequencies
	length int
}

func newTermsField(a *analysed) *termsField {
	f := &termsField{freqs: make(bleve.TokenFrequencies, len(a.terms))}
	tokens := make([]bleve.TokenFreq, len(a.terms))
	for i, term := range a.terms {
		tokens[i].Term = []byte(term)
		tokens[i].SetFrequency(a.freqs[i])
		f.freqs[term] = &tokens[i]
		f.length += a.freqs[i]
	}
	return f
}

func (f *termsField) Name() string                                     { return postingsField }
func (f *termsField) Value() []byte                                    { return nil }
func (f *termsField) ArrayPositions() []uint64                         { return nil }
func (f *termsField) EncodedFieldType() byte                           { return 't' }
func (f *termsField) Analyze()                                         {}
func (f *termsField) Options() bleve.FieldIndexingOptions              { return bleve.IndexField }
func (f *termsField) AnalyzedLength() int                              { return f.length }
func (f *termsField) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.freqs }
func (f *termsField) Size() int                                        { return 0 } // used by live indexes only
func (f *termsField) NumPlainTextBytes() uint64                        { return 0 }

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
