package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"historian/corpus"
)

// preparePatience is how long Prepare waits for another process that builds
// the same: a second or less as a rule.
const preparePatience = time.Minute

// shippedOrigin begins the origin of generations made of the shipped documents.
const shippedOrigin = "shipped:"

func isShipped(origin string) bool { return strings.HasPrefix(origin, shippedOrigin) }

// Prepare sees to it that data serves an index this program can read. Where
// there is none, or one of the shipped documents as another version of the
// program had them, it builds one of the shipped documents and gives true.
// Any other index it leaves alone, whatever its state.
func Prepare(ctx context.Context, data string) (built bool, err error) {
	origin, err := ShippedOrigin()
	if err != nil {
		return false, err
	}
	if !wants(data, origin) {
		return false, nil
	}
	opts := ReindexOptions{BuildOptions: BuildOptions{Origin: origin}, Force: true, Patience: preparePatience}
	opts.needed = func() bool { return wants(data, origin) }
	report, err := Reindex(ctx, data, corpus.Read(corpus.Shipped(), corpus.Options{}), opts)
	return report.Generation != "", err
}

// wants tells whether data lacks the shipped documents of this origin.
func wants(data, origin string) bool {
	dir, err := Current(data)
	if err != nil {
		return errors.Is(err, ErrNoIndex)
	}
	m, err := readManifest(dir)
	switch {
	case errors.Is(err, ErrNoIndex):
		return true
	case err == nil, errors.Is(err, ErrFormat):
		return isShipped(m.Origin) && (m.Origin != origin || err != nil)
	}
	return false
}

// ShippedOrigin names the shipped documents, by their content, as what a
// build is made of.
func ShippedOrigin() (string, error) {
	h := sha256.New()
	fsys := corpus.Shipped()
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		fmt.Fprintf(h, "%s %d\n", name, len(text))
		h.Write(text)
		return err
	})
	return shippedOrigin + hex.EncodeToString(h.Sum(nil)), err
}
