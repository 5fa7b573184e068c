package index

import (
	"context"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/cjk" // registers cjk
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"  // registers en
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// A Baseline is bleve as it comes, to measure ours against: its analyzer of a
// language, its scoring, a plain match query. On disk, as ours.
type Baseline struct {
	dir   string
	index bleve.Index
	batch *bleve.Batch
}

const baselineBatch = 500

// NewBaseline makes an empty baseline in a temporary folder, with bleve's
// analyzer of that name ("en", "cjk").
func NewBaseline(analyzer string) (*Baseline, error) {
	dir, err := os.MkdirTemp("", "baseline-")
	if err != nil {
		return nil, err
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = analyzer
	ix, err := bleve.NewUsing(filepath.Join(dir, "index"), mapping, scorch.Name, scorch.Name, nil)
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &Baseline{dir, ix, ix.NewBatch()}, nil
}

// Add indexes a text. It is found after Flush.
func (b *Baseline) Add(id, text string) error {
	if err := b.batch.Index(id, map[string]any{"text": text}); err != nil {
		return err
	}
	if b.batch.Size() >= baselineBatch {
		return b.Flush()
	}
	return nil
}

// Flush makes what was added findable.
func (b *Baseline) Flush() error {
	err := b.index.Batch(b.batch)
	b.batch = b.index.NewBatch()
	return err
}

// Search gives the IDs of the n best texts.
func (b *Baseline) Search(ctx context.Context, question string, n int) ([]string, error) {
	match := bleve.NewMatchQuery(question)
	match.SetField("text")
	found, err := b.index.SearchInContext(ctx, bleve.NewSearchRequestOptions(match, n, 0, false))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.ID
	}
	return ids, nil
}

// Dir gives the folder of the baseline's files.
func (b *Baseline) Dir() string { return b.dir }

// Close removes the baseline.
func (b *Baseline) Close() error {
	err := b.index.Close()
	os.RemoveAll(b.dir)
	return err
}
