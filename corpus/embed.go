package corpus

import (
	"embed"
	"io/fs"
)

//go:embed gpt/*.md
var shipped embed.FS

// Shipped gives the documents that come with Historian: the history of the
// GPT models in English and Chinese.
func Shipped() fs.FS {
	sub, err := fs.Sub(shipped, "gpt")
	if err != nil {
		panic(err) // unreachable: the path is constant and valid
	}
	return sub
}
