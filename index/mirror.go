package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// engineFile, in the folder of a generation, has the address of the engine
// that holds the rest of it.
const engineFile = "engine"

// Mirror brings the generation that the engine at address serves to the data
// folder, as far as it lies on disk, and makes it the one that is served
// there. It changes nothing where that is so already.
func Mirror(ctx context.Context, address, data string) error {
	w, err := parseEngine(address)
	if err != nil {
		return err
	}
	collection, err := w.alias(ctx)
	if err != nil {
		return err
	}
	id, ok := w.generationOf(collection)
	if !ok {
		return fmt.Errorf("%w in the engine: run reindex with the same INDEX_URL", ErrNoIndex)
	}
	if dir, err := Current(data); err == nil && filepath.Base(dir) == id {
		if known, err := os.ReadFile(filepath.Join(dir, engineFile)); err == nil && string(known) == address {
			return nil
		}
	}
	release, err := claim(data, preparePatience)
	if err != nil {
		return err
	}
	return errors.Join(w.mirror(ctx, address, data, id), release())
}

func (w *weaviate) mirror(ctx context.Context, address, data, id string) error {
	if err := sweep(data); err != nil {
		return err
	}
	final := filepath.Join(data, generationsDir, id)
	if _, err := readManifest(final); err == nil { // here already, or an earlier one again
		err := replaceSynced(filepath.Join(final, engineFile), []byte(address))
		return errors.Join(err, point(data, id))
	}
	e, err := newEngine(w, w.collection(id))
	if err != nil {
		return err
	}
	temp := filepath.Join(data, generationsDir, newPrefix+id)
	if err = e.download(ctx, temp); err == nil {
		err = writeSynced(filepath.Join(temp, engineFile), []byte(address))
	}
	if err == nil {
		err = publish(data, temp, id)
	}
	if err != nil {
		return errors.Join(err, removeIfThere(temp))
	}
	return prune(data, keptGenerations)
}

// replaceSynced replaces a file in one step.
func replaceSynced(path string, text []byte) error {
	if err := writeSynced(path+".new", text); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// download writes the mirrored files into dir, which it makes, and checks
// them.
func (e *engine) download(ctx context.Context, dir string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	text, err := e.part(ctx, 0, 0)
	if err != nil {
		return err
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return fmt.Errorf("%w: the manifest in the engine: %w", ErrDamaged, err)
	}
	for i, name := range mirrored {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		err = e.downloadFile(ctx, f, i+1, m.size(name))
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	if err := writeSynced(filepath.Join(dir, manifestName), text); err != nil {
		return err
	}
	if m, err = readManifest(dir); err != nil {
		return err
	}
	return m.check(dir, true)
}

func (e *engine) downloadFile(ctx context.Context, f *os.File, file int, size int64) error {
	for part := 0; size > 0; part++ {
		data, err := e.part(ctx, file, part)
		if err == nil {
			_, err = f.Write(data)
		}
		if err == nil && len(data) == 0 {
			err = fmt.Errorf("%w: %s in the engine is too short", ErrDamaged, f.Name())
		}
		if err != nil {
			return err
		}
		size -= int64(len(data))
	}
	return nil
}

// size gives the size of a file, 0 where there is none.
func (m *manifest) size(name string) int64 {
	for _, f := range m.Files {
		if f.Name == name {
			return f.Bytes
		}
	}
	return 0
}

// only gives the text of the manifest for some of the files.
func (m manifest) only(names []string) ([]byte, error) {
	var files []fileSum
	for _, f := range m.Files {
		for _, name := range names {
			if f.Name == name {
				files = append(files, f)
			}
		}
	}
	m.Files = files
	m.Sum = m.sum()
	return json.Marshal(m)
}

// openEngine gives the engine of the generation in dir; nil where all of it
// lies there.
func openEngine(dir string) (*engine, error) {
	address, err := os.ReadFile(filepath.Join(dir, engineFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	w, err := parseEngine(strings.TrimSpace(string(address)))
	if err != nil {
		return nil, err
	}
	return newEngine(w, w.collection(strings.TrimPrefix(filepath.Base(dir), newPrefix)))
}

// mirror brings the data folder up to what the engine serves now and then,
// until ctx ends. What is wrong is told once.
func (l *Live) mirror(ctx context.Context, address string, every time.Duration) {
	told := ""
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := Mirror(ctx, address, l.data)
		switch {
		case err == nil && told != "":
			told = ""
			l.log.Info("the search engine is back")
		case err != nil && ctx.Err() == nil && told == "":
			told = err.Error()
			l.log.Error("can't look for a new index in the search engine", "error", err)
		}
	}
}
