package index

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	lru "github.com/hashicorp/golang-lru/v2"

	"historian/corpus"
)

// An engine holds what is large of a generation: the passages, their vectors
// and the postings. Statistics, catalog and the IDs are on disk as ever. It
// is safe for concurrent use.
type engine struct {
	*weaviate
	collection string
	rows       *lru.Cache[passageNum, engineRow] // read lately: candidates are ranked, then shown
}

// An engineRow is a passage in the engine. Weaviate ranks it by BM25 over
// terms, which holds what analyse yields, head and body, white space between;
// the records are those of our files.
type engineRow struct {
	Num    passageNum `json:"num"`
	Terms  string     `json:"terms,omitempty"`
	Record []byte     `json:"record"`    // as in passagesName, of a document without anything
	Vector []byte     `json:"positions"` // as in vectorsName
}

const (
	// engineDepth is how many candidates the engine is asked for, for each
	// that is wanted: its idf is a shard's, and it knows no weights of terms.
	engineDepth  = 3
	engineMost   = 10_000 // more than that Weaviate doesn't give
	engineCached = 2048
)

func newEngine(w *weaviate, collection string) (*engine, error) {
	rows, err := lru.New[passageNum, engineRow](engineCached)
	return &engine{w, collection, rows}, err
}

// rowFields are what is asked of a passage.
const rowFields = "{num record positions}"

// candidates finds passages that may tells of, nil meaning all.
func (e *engine) candidates(ctx context.Context, terms []weightedTerm, k int, may func(passageNum) bool) ([]passageNum, error) {
	words := make([]string, len(terms))
	for i, t := range terms {
		words[i] = t.Term
	}
	if len(words) == 0 || k < 1 {
		return nil, nil
	}
	for limit := engineDepth * k; ; limit *= 4 {
		limit = min(limit, engineMost)
		rows, err := e.get(ctx, fmt.Sprintf(`limit: %d, bm25: {query: %s, properties: ["terms"]}`, limit, quoted(strings.Join(words, " "))))
		if err != nil {
			return nil, err
		}
		var found []passageNum
		for _, r := range rows {
			if may == nil || may(r.Num) {
				e.rows.Add(r.Num, r)
				found = append(found, r.Num)
			}
			if may != nil && len(found) == k {
				return found, nil
			}
		}
		if may == nil || len(rows) < limit || limit == engineMost {
			return found, nil
		}
	}
}

// get asks for the objects of the collection that the arguments choose.
func (e *engine) get(ctx context.Context, arguments string) ([]engineRow, error) {
	g := graph{collection: e.collection}
	query := map[string]string{"query": fmt.Sprintf("{Get{%s(%s)%s}}", e.collection, arguments, rowFields)}
	err := e.call(ctx, http.MethodPost, graphPath, query, &g)
	return g.rows, err
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("unreachable: a string can be marshalled: " + err.Error())
	}
	return string(b)
}

// row gives a passage, from those read lately if it is among them.
func (e *engine) row(ctx context.Context, n passageNum) (engineRow, error) {
	if r, ok := e.rows.Get(n); ok {
		return r, nil
	}
	var object struct{ Properties engineRow }
	if err := e.call(ctx, http.MethodGet, "/objects/"+e.collection+"/"+rowID(n), nil, &object); err != nil {
		return engineRow{}, err
	}
	e.rows.Add(n, object.Properties)
	return object.Properties, nil
}

// rowID gives the ID of a passage in the engine: a UUID made of its number.
func rowID(n passageNum) string { return fmt.Sprintf("00000000-0000-4000-8000-%012x", uint32(n)) }

func (e *engine) vector(n passageNum, buf *vector, terms int) error {
	r, err := e.row(context.Background(), n)
	if err != nil {
		return err
	}
	return decodeVector(r.Vector, buf, terms)
}

func (e *engine) passage(n passageNum) (corpus.Passage, error) {
	r, err := e.row(context.Background(), n)
	if err != nil {
		return corpus.Passage{}, err
	}
	file := append(appendDocument(nil, &corpus.Document{}), r.Record...)
	return decodePassage(file, uint64(len(file)-len(r.Record)), uint64(len(file)))
}

// engineRecord gives the record of a passage as engine.passage reads it.
func engineRecord(p *corpus.Passage) []byte {
	var none corpus.Document
	return appendPassage(nil, &none, p, int64(len(appendDocument(nil, &none))))
}
