package desk

import (
	"context"
	"errors"
	"io/fs"

	"historian/corpus"
	"historian/index"
)

// A Library is where documents and indexes lie. Its zero value is none: the
// bot only answers.
type Library struct {
	Data   string // folder of the indexes; "" for none
	Corpus string // folder of the documents; "" for those that come with the program
	Engine string // address of the search engine that serves the index; "" for none
}

// Errors of a Library.
var (
	// ErrNoLibrary: the bot doesn't know where the indexes lie.
	ErrNoLibrary = errors.New("no folder of indexes is configured")
	// ErrShipped: the documents are those that come with the program, to which
	// none can be added.
	ErrShipped = errors.New("no folder of documents is configured")
	// ErrDecided: the document was added or dropped already.
	ErrDecided = errors.New("decided already")
	// ErrName: a document can't have that name.
	ErrName = errors.New("not a name of a document")
)

// Reindex indexes the documents anew and publishes the index. progress is
// called after each file; verify may refuse the new index.
func (l Library) Reindex(ctx context.Context, force bool, progress func(index.Progress), verify func(context.Context, *index.Index) error) (index.Report, error) {
	if l.Data == "" {
		return index.Report{}, ErrNoLibrary
	}
	fsys, origin, err := l.documents()
	if err != nil {
		return index.Report{}, err
	}
	report, err := index.Reindex(ctx, l.Data, corpus.Read(fsys, corpus.Options{}), index.ReindexOptions{
		BuildOptions: index.BuildOptions{Origin: origin, Progress: progress}, Force: force, Verify: verify,
	})
	if err == nil {
		err = l.publish(ctx)
	}
	return report, err
}

// publish brings the index to the search engine, if there is one.
func (l Library) publish(ctx context.Context) error {
	if l.Engine == "" {
		return nil
	}
	return index.Publish(ctx, l.Engine, l.Data)
}

// documents gives the folder of documents, and what indexes are made of.
func (l Library) documents() (fsys fs.FS, origin string, err error) {
	if l.Corpus == "" {
		origin, err = index.ShippedOrigin()
		return corpus.Shipped(), origin, err
	}
	fsys, err = corpus.Dir(l.Corpus)
	return fsys, "folder", err
}

// Rollback serves the index before the current one again.
func (l Library) Rollback(ctx context.Context) (from, to string, err error) {
	if l.Data == "" {
		return "", "", ErrNoLibrary
	}
	if from, to, err = index.Rollback(l.Data); err == nil {
		err = l.publish(ctx)
	}
	return from, to, err
}
