package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"strings"
)

// ErrEmpty says that a folder holds no document at all.
var ErrEmpty = errors.New("the folder holds no document: put Markdown (.md), text (.txt) or HTML (.html) files into it")

// Options for Read. The zero value has the defaults.
type Options struct {
	MaxFile int64 // bytes a file may have; 0 means 10 MiB
}

const defaultMaxFile = 10 << 20

// Dir opens a folder for Read. Links that lead out of it are refused.
func Dir(folder string) (fs.FS, error) {
	info, err := os.Stat(folder)
	if err != nil {
		return nil, fmt.Errorf("open corpus: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("open corpus: %s is a file; give the folder it lies in", folder)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open corpus: %w", err)
	}
	return root.FS(), nil
}

// Read yields the documents below fsys in path order. For a file that can't
// be taken it yields a zero Document and a *Problem, and goes on. A folder
// without any document yields ErrEmpty.
func Read(fsys fs.FS, opts Options) iter.Seq2[Document, error] {
	if opts.MaxFile == 0 {
		opts.MaxFile = defaultMaxFile
	}
	return func(yield func(Document, error) bool) {
		r := reader{fsys: fsys, opts: opts, yield: yield, ids: map[string]string{}}
		err := fs.WalkDir(fsys, ".", r.visit)
		switch {
		case errors.Is(err, errStop):
		case err != nil:
			yield(Document{}, fmt.Errorf("read corpus: %w", err))
		case !r.any:
			yield(Document{}, ErrEmpty)
		}
	}
}

var errStop = errors.New("stopped")

type reader struct {
	fsys  fs.FS
	opts  Options
	yield func(Document, error) bool
	ids   map[string]string // document ID → path
	any   bool              // something was yielded
}

func (r *reader) visit(name string, d fs.DirEntry, err error) error {
	if err != nil {
		if name == "." {
			return err
		}
		return r.report(&Problem{Path: name, What: "can't be read: " + cause(err), Mend: "check its permissions"})
	}
	base := path.Base(name)
	if name != "." && (base[0] == '.' || base[0] == '_') {
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil // hidden files are not documents
	}
	if d.IsDir() || aside[path.Ext(base)] {
		return nil
	}
	doc, problem := r.document(name)
	if problem != nil {
		problem.Path = name
		return r.report(problem)
	}
	if other := r.ids[doc.ID]; other != "" {
		return r.report(&Problem{Path: name, What: "has the same name as " + other, Mend: "rename one of them: a document is known by its path without extension"})
	}
	r.ids[doc.ID] = name
	r.any = true
	if !r.yield(doc, nil) {
		return errStop
	}
	return nil
}

// aside are files that may lie beside documents without being one: golden
// questions, exports.
var aside = map[string]bool{".jsonl": true, ".tsv": true, ".csv": true, ".yaml": true, ".yml": true, ".json": true}

func (r *reader) report(p *Problem) error {
	r.any = true
	if !r.yield(Document{}, p) {
		return errStop
	}
	return nil
}

// cause gives the innermost words of a file error: "permission denied".
func cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// document reads one file.
func (r *reader) document(name string) (Document, *Problem) {
	ext := strings.ToLower(path.Ext(name))
	parse, ok := formats[ext]
	if !ok {
		return Document{}, &Problem{What: fmt.Sprintf("is no document: %s are not read", orNone(ext)), Mend: "save it as .md, .txt or .html, or take it out of the folder"}
	}
	data, problem := r.load(name)
	if problem != nil {
		return Document{}, problem
	}
	text, note, problem := decode(data)
	if problem != nil {
		return Document{}, problem
	}
	yamlText, body, problem := splitFront(text)
	if problem != nil {
		return Document{}, problem
	}
	var fm frontMatter
	if yamlText != "" {
		if fm, problem = parseFront(yamlText); problem != nil {
			return Document{}, problem
		}
	}
	doc := Document{
		ID: strings.TrimSuffix(name, path.Ext(name)), Path: name, Title: fm.Title, URL: fm.URL, Date: fm.Date, Lang: fm.Lang,
		Pair: fm.Pair, License: fm.License, Sources: fm.Sources, Text: text,
	}
	if note != "" {
		doc.Notes = append(doc.Notes, Note{What: note})
	}
	blocks, problem := parse(&doc, body)
	if problem != nil {
		return Document{}, problem
	}
	if doc.Title == "" {
		doc.Title = inferTitle(doc, blocks)
	}
	cutPassages(&doc, blocks)
	if ext != ".md" && ext != ".markdown" { // what people write with markup, they don't repeat by mistake
		doc.note(dropRepeats(&doc))
	}
	if len(doc.Passages) == 0 {
		return Document{}, &Problem{What: "has nothing to quote", Mend: "give it a paragraph of text, or take it out of the folder"}
	}
	return doc, doc.resolve(fm.Timeline)
}

// formats gives how the files of an extension are cut into blocks.
var formats = map[string]func(doc *Document, body int) ([]block, *Problem){
	".md":       markdownFormat,
	".markdown": markdownFormat,
	".txt":      plainFormat,
	".text":     plainFormat,
	".html":     htmlFormat,
	".htm":      htmlFormat,
}

func isHTML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".html" || ext == ".htm"
}

func markdownFormat(doc *Document, body int) ([]block, *Problem) {
	if line := overNested(doc.Text); line > 0 {
		return nil, &Problem{Line: line, What: "nests quotes or lists deeper than any text for people", Mend: "take the markers off that line"}
	}
	blocks, notes := withoutDebris(doc.Text, markdownBlocks(doc.Text, body))
	doc.note(notes)
	return blocks, nil
}

func plainFormat(doc *Document, body int) ([]block, *Problem) {
	lines, notes := articleLines(cutLines(doc.Text, body))
	doc.note(notes)
	return plainBlocks(doc.Text, lines), nil
}

// htmlFormat replaces the document's text by that of the article.
func htmlFormat(doc *Document, body int) ([]block, *Problem) {
	text, title, lang, blocks, problem := htmlText(doc.Text[body:])
	if problem != nil {
		return nil, problem
	}
	doc.Text = text
	if doc.Title == "" {
		doc.Title = title
	}
	if doc.Lang == "" && langForm.MatchString(lang) {
		doc.Lang = lang
	}
	blocks, notes := withoutDebris(text, blocks)
	doc.note(notes)
	return blocks, nil
}

// load reads a file, if it is not too large.
func (r *reader) load(name string) ([]byte, *Problem) {
	f, err := r.fsys.Open(name)
	if err != nil {
		return nil, &Problem{What: "can't be read: " + cause(err), Mend: "check its permissions, and that it is no link out of the folder"}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, r.opts.MaxFile+1))
	switch {
	case err != nil:
		return nil, &Problem{What: "can't be read: " + cause(err), Mend: "check the file and its disk"}
	case int64(len(data)) > r.opts.MaxFile:
		return nil, &Problem{What: fmt.Sprintf("is larger than %d MiB", r.opts.MaxFile>>20), Mend: "cut it into several documents"}
	case len(strings.TrimSpace(string(data[:min(len(data), 64)]))) == 0 && len(strings.TrimSpace(string(data))) == 0:
		return nil, &Problem{What: "is empty", Mend: "write something into it, or take it out of the folder"}
	}
	return data, nil
}

// inferTitle takes the first heading, else the file's name.
func inferTitle(doc Document, blocks []block) string {
	for _, b := range blocks {
		if b.kind == heading {
			if t := cleanHeading(b.heading); t != "" {
				return t
			}
		}
	}
	return strings.NewReplacer("-", " ", "_", " ").Replace(path.Base(doc.ID))
}

// resolve finds the passage that each timeline entry cites.
func (d *Document) resolve(events []frontEvents) *Problem {
	for _, e := range events {
		ev := Event{Date: e.Date, Name: e.Name, Label: e.Label, Parameters: e.Parameters, Cites: e.Cites}
		for _, p := range d.Passages {
			if !strings.Contains(p.Text, e.Cites) {
				continue
			}
			if ev.Passage != "" {
				return &Problem{Line: 2, What: fmt.Sprintf("timeline entry %s %q cites words of more than one passage: %q", e.Date, e.Name, e.Cites), Mend: "cite words that stand in one passage only"}
			}
			ev.Passage = p.ID
		}
		if ev.Passage == "" {
			return &Problem{Line: 2, What: fmt.Sprintf("timeline entry %s %q cites words that no passage holds: %q", e.Date, e.Name, e.Cites), Mend: "copy them from the passage, to the letter"}
		}
		d.Timeline = append(d.Timeline, ev)
	}
	return nil
}

func orNone(ext string) string {
	if ext == "" {
		return "files without an extension"
	}
	return ext + " files"
}
