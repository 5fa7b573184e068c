package index

import (
	"strings"

	"historian/index/lang"
)

// A Lexicon translates words between English and Chinese, to find passages in
// the other language.
type Lexicon = lang.Lexicon

// ReadLexicon gives the lexicon that comes with us together with those in
// list (LEXICON_PATH): files and folders, separated as in PATH. It names the
// lines that it skips. Of an empty list it gives nil: ours alone, to be read
// when it is needed.
func ReadLexicon(list string) (*Lexicon, []lang.BadLine, error) {
	if strings.TrimSpace(list) == "" {
		return nil, nil, nil
	}
	return lang.ReadLexicon(list)
}

// OwnLexicon gives the lexicon that comes with us.
func OwnLexicon() *Lexicon { return lang.OwnLexicon() }

// Translate has questions translated by a lexicon from now on; nil means by
// ours.
func (ix *Index) Translate(l *Lexicon) { ix.ranker.lexicon.Store(l) }

// CheckLexicon tells what is wrong with the lines of a glossary, or unlikely
// to be meant.
func CheckLexicon(name, data string) []lang.BadLine { return lang.CheckLexicon(name, data) }
