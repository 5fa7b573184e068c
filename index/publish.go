package index

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A generation in an engine is two collections, named after it: the passages,
// and with filesSuffix those of its files that a reader keeps on disk, the
// manifest last. An alias points to the one that is served.
const (
	filesSuffix = "Files"
	enginePart  = 4 << 20 // bytes of a file in one object
	engineBatch = 200     // passages sent at once
)

// mirrored are the files that a reader keeps on disk.
var mirrored = []string{termsName, idsName, catalogName, timelineName}

// Publish copies the generation that data serves to the engine at address,
// unless the engine has it, and makes it the one that the engine serves.
// Readers see the one before or this one, never a part of it. Collections
// older than the last three are removed.
func Publish(ctx context.Context, address, data string) (err error) {
	w, err := parseEngine(address)
	if err != nil {
		return err
	}
	dir, err := Current(data)
	if err != nil {
		return err
	}
	g, err := openGeneration(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	e, err := newEngine(w, w.collection(filepath.Base(dir)))
	if err != nil {
		return err
	}
	complete, err := e.complete(ctx)
	switch {
	case err != nil || complete:
	case g.engine != nil:
		err = fmt.Errorf("%s is a copy of what the engine had and has no more: run reindex where the documents are", dir)
	default:
		err = e.upload(ctx, g)
	}
	if err == nil {
		err = w.point(ctx, e.collection)
	}
	if err == nil {
		err = w.prune(ctx, e.collection)
	}
	if err != nil {
		return fmt.Errorf("publish %s: %w", e.collection, err)
	}
	return nil
}

// collection gives the name of a generation's collection, and generationOf
// the generation's ID.
func (w *weaviate) collection(id string) string {
	return w.name + strings.NewReplacer(".", "", "-", "").Replace(id)
}

func (w *weaviate) generationOf(collection string) (id string, ok bool) {
	s, ok := strings.CutPrefix(collection, w.name)
	const whole, thousandths = len("20060102T150405"), len("000Z")
	if !ok || len(s) < whole+thousandths {
		return "", false
	}
	id = s[:whole] + "." + s[whole:whole+thousandths] + "-" + s[whole+thousandths:]
	return id, isID(id)
}

// complete tells whether the engine has all of the generation: its manifest
// comes last.
func (e *engine) complete(ctx context.Context) (bool, error) {
	_, err := e.part(ctx, 0, 0)
	if refused(err, http.StatusNotFound) || refused(err, http.StatusUnprocessableEntity) {
		return false, nil // no such object, or no such collection
	}
	return err == nil, err
}

// A filePart is a part of a file in the engine.
type filePart struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// partID gives the ID of a part: file 0 is the manifest, then those mirrored.
func partID(file, part int) string {
	return fmt.Sprintf("00000000-0000-4000-8001-%04x%08x", file, part)
}

func (e *engine) part(ctx context.Context, file, part int) ([]byte, error) {
	var object struct{ Properties filePart }
	err := e.call(ctx, http.MethodGet, "/objects/"+e.collection+filesSuffix+"/"+partID(file, part), nil, &object)
	return object.Properties.Data, err
}

// upload makes the collections of a generation, after what is left of an
// upload that was cut short.
func (e *engine) upload(ctx context.Context, g *generation) error {
	for _, c := range []map[string]any{e.passagesClass(), e.filesClass()} {
		name := fmt.Sprint(c["class"])
		if err := e.call(ctx, http.MethodDelete, "/schema/"+name, nil, nil); err != nil && !refused(err, http.StatusNotFound) {
			return err
		}
		if err := e.call(ctx, http.MethodPost, "/schema", c, nil); err != nil {
			return err
		}
	}
	if err := e.uploadPassages(ctx, g); err != nil {
		return err
	}
	for i, name := range mirrored {
		data, err := os.ReadFile(filepath.Join(g.dir, name))
		if err == nil {
			err = e.uploadFile(ctx, i+1, name, data)
		}
		if err != nil {
			return err
		}
	}
	text, err := g.man.only(mirrored)
	if err != nil {
		return err
	}
	return e.uploadFile(ctx, 0, manifestName, text)
}

func (e *engine) uploadFile(ctx context.Context, file int, name string, data []byte) error {
	part := 0
	for chunk := range slices.Chunk(data, enginePart) {
		err := e.store(ctx, []object{{e.collection + filesSuffix, partID(file, part), filePart{name, chunk}}})
		if err != nil {
			return err
		}
		part++
	}
	return nil
}

func (e *engine) uploadPassages(ctx context.Context, g *generation) error {
	words, err := g.termsByID()
	if err != nil {
		return err
	}
	var batch []object
	var v vector
	var text strings.Builder
	for n := range passageNum(g.man.Passages) {
		p, err := g.passage(n)
		if err == nil {
			err = g.vector(n, &v)
		}
		if err != nil {
			return err
		}
		text.Reset()
		for _, o := range slices.Concat(v.Head, v.Body) {
			text.WriteString(words[o.Term])
			text.WriteByte(' ')
		}
		row := engineRow{n, text.String(), engineRecord(&p), appendVector(nil, &v)}
		batch = append(batch, object{e.collection, rowID(n), row})
		if len(batch) == engineBatch || int(n) == g.man.Passages-1 {
			if err := e.store(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return nil
}

// termsByID lists the terms of a generation.
func (g *generation) termsByID() ([]string, error) {
	words := make([]string, g.man.Terms)
	it, err := g.dict.Iterator(nil, nil)
	for ; err == nil; err = it.Next() {
		term, v := it.Current()
		if v>>32 >= uint64(len(words)) {
			return nil, ErrDamaged
		}
		words[v>>32] = string(term)
	}
	return words, nil // err says that it is done
}

// An object is what Weaviate stores.
type object struct {
	Class      string `json:"class"`
	ID         string `json:"id"`
	Properties any    `json:"properties"`
}

// store sends objects to all replicas.
func (e *engine) store(ctx context.Context, objects []object) error {
	var stored []struct {
		Result struct {
			Errors struct{ Error []struct{ Message string } }
		}
	}
	batch := map[string]any{"objects": objects}
	if err := e.call(ctx, http.MethodPost, "/batch/objects?consistency_level=ALL", batch, &stored); err != nil {
		return err
	}
	for _, s := range stored {
		if errs := s.Result.Errors.Error; len(errs) > 0 {
			return fmt.Errorf("%w: %s", ErrEngine, errs[0].Message)
		}
	}
	return nil
}

func (e *engine) passagesClass() map[string]any {
	return e.class(e.collection,
		property{"name": "num", "dataType": []string{"int"}, "indexFilterable": false},
		property{"name": "terms", "dataType": []string{"text"}, "tokenization": "whitespace", "indexFilterable": false, "indexSearchable": true},
		property{"name": "record", "dataType": []string{"blob"}},
		property{"name": "positions", "dataType": []string{"blob"}})
}

func (e *engine) filesClass() map[string]any {
	return e.class(e.collection+filesSuffix,
		property{"name": "name", "dataType": []string{"text"}, "indexFilterable": false, "indexSearchable": false},
		property{"name": "data", "dataType": []string{"blob"}})
}

type property = map[string]any

// class describes a collection without vectors, in which every term counts.
func (e *engine) class(name string, properties ...property) map[string]any {
	return map[string]any{
		"class": name, "vectorizer": "none", "vectorIndexConfig": map[string]any{"skip": true},
		"replicationConfig": map[string]any{"factor": e.replicas},
		"invertedIndexConfig": map[string]any{
			"bm25":      map[string]any{"k1": candidateK1, "b": candidateB},
			"stopwords": map[string]any{"preset": "none"},
		},
		"properties": properties,
	}
}

// prune removes the generations before the last three, but not the one served.
func (w *weaviate) prune(ctx context.Context, served string) error {
	var schema struct{ Classes []struct{ Class string } }
	if err := w.call(ctx, http.MethodGet, "/schema", nil, &schema); err != nil {
		return err
	}
	var all []string
	for _, c := range schema.Classes {
		if _, ok := w.generationOf(c.Class); ok {
			all = append(all, c.Class)
		}
	}
	slices.Sort(all)
	for _, c := range all[:max(0, len(all)-keptGenerations)] {
		if c == served {
			continue
		}
		for _, name := range []string{c + filesSuffix, c} { // without its manifest it isn't complete any more
			if err := w.call(ctx, http.MethodDelete, "/schema/"+name, nil, nil); err != nil && !refused(err, http.StatusNotFound) {
				return err
			}
		}
	}
	return nil
}
