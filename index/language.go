package index

import (
	"historian/corpus"
	"historian/index/lang"
)

// detectSample is how many bytes of a document tell its language.
const detectSample = 4 << 10

// tellLanguages fills in the languages that a document doesn't state, and
// those of passages in another script than the document's.
func tellLanguages(doc *corpus.Document) {
	if doc.Lang == "" {
		doc.Lang = lang.Detect(doc.Text[:min(len(doc.Text), detectSample)])
	}
	for i := range doc.Passages {
		p := &doc.Passages[i]
		if p.Lang == "" {
			p.Lang = doc.Lang
		}
		if seen := lang.Detect(p.Text); seen != "und" && (p.Lang == "und" || isChinese(seen) != isChinese(p.Lang)) {
			p.Lang = seen
		}
	}
}

// scriptOfLang gives the script of a language.
func scriptOfLang(tag string) int {
	switch base(tag) {
	case "zh", "ja", "ko", "th", "lo", "km", "my", "bo":
		return unspaced
	}
	return spaced
}

func isChinese(tag string) bool { return base(tag) == "zh" }
