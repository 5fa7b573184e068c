package index_test

import (
	"os"
	"path/filepath"
	"testing"

	"historian/index"
)

func remove(t testing.TB, data, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(data, name)); err != nil {
		t.Fatal(err)
	}
}

func overwrite(t testing.TB, data, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyTree(t testing.TB, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func mustCurrent(t testing.TB, data string) string {
	t.Helper()
	dir, err := index.Current(data)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
