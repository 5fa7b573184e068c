package lang

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// maxLexicon is the size in bytes, unpacked, up to which a file of a lexicon
// is read. CC-CEDICT has ten million.
const maxLexicon = 256 << 20

// ReadLexicon gives the lexicon that comes with us together with those in
// list: files and folders of files, separated as in PATH, in our format or
// CEDICT's, as they are or packed with gzip. It names the lines that it skips.
func ReadLexicon(list string) (*Lexicon, []BadLine, error) {
	files := lexiconPaths(list)
	if len(files) == 0 {
		return OwnLexicon(), nil, nil
	}
	l := NewLexicon()
	l.addOwn()
	var bad []BadLine
	for _, name := range files {
		data, err := readLexiconFile(name)
		if err != nil {
			return nil, nil, err
		}
		bad = append(bad, l.add(name, data, fromGlossary)...)
	}
	return l, bad, nil
}

// lexiconPaths lists the files of a list. Of a folder, those whose names
// don't begin with a dot, in order of name; folders within are left out.
func lexiconPaths(list string) (files []string) {
	for _, path := range filepath.SplitList(list) {
		if path = strings.TrimSpace(path); path == "" {
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			files = append(files, path) // a file; reading it tells what is wrong
			continue
		}
		for _, e := range entries {
			if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
				files = append(files, filepath.Join(path, e.Name()))
			}
		}
	}
	return files
}

func readLexiconFile(name string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("read lexicon: %w", err)
	}
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return string(data), nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(z, maxLexicon+1))
	}
	switch {
	case err != nil:
		return "", fmt.Errorf("read lexicon %s: can't unpack it: %w", name, err)
	case len(data) > maxLexicon:
		return "", fmt.Errorf("read lexicon %s: more than %d MB unpacked", name, maxLexicon>>20)
	}
	return string(data), nil
}
