package lang

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Lexicon translates words and phrases between English and Chinese. The
// order of translations is their likelihood.
type Lexicon struct {
	pairs   []pair
	chinese side // by English
	english side // by Chinese
}

// A pair is a translation as the lexicon has it, not yet folded.
type pair struct {
	en, zh string
	class  WordClass
	from   source
}

// A source is where a pair comes from. Of several that have a word, the first
// gives all its translations: a glossary knows its community's words best, and
// a dictionary's long lists beside ours found less (by a point of hit@1).
type source uint8

const (
	fromGlossary   source = iota // in our format, by whoever runs the program
	fromUs                       // in the lexicon that comes with us
	fromDictionary               // in CEDICT's format
)

// Bounds of what is looked up, in English words and Chinese characters.
const (
	longestPhrase = 7
	longestHan    = 8
	// longestGloss bounds the words of a dictionary's glosses: longer ones explain.
	longestGloss = 4
	// maxSenses bounds the translations of an entry: the tail of a long list
	// is rare senses, which find more noise than answers.
	maxSenses = 8
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// OwnLexicon is the lexicon that comes with us, read once.
var OwnLexicon = sync.OnceValue(func() *Lexicon {
	l := NewLexicon()
	l.addOwn()
	return l
})

func (l *Lexicon) addOwn() {
	files, _ := fs.Glob(lexiconFiles, "lexicon/*.txt") // the pattern is constant and well-formed
	for _, name := range files {
		data, _ := lexiconFiles.ReadFile(name) // embedded: always readable
		_ = l.add(name, string(data), fromUs)  // a test holds our own files to have no bad lines
	}
}

// NewLexicon gives an empty lexicon.
func NewLexicon() *Lexicon {
	l := &Lexicon{}
	l.chinese.entry = func(p pair) (string, string) { return englishKey(p.en), foldHan(p.zh) }
	l.english.entry = func(p pair) (string, string) {
		zh := foldHan(p.zh)
		if utf8.RuneCountInString(zh) > longestHan {
			return "", ""
		}
		return zh, englishKey(p.en)
	}
	return l
}

// A BadLine is a line of a lexicon that was skipped.
type BadLine struct {
	Name string
	Line int
	What string
}

func (b BadLine) String() string { return fmt.Sprintf("%s:%d: %s", b.Name, b.Line, b.What) }

// Add reads entries from r, in our own format or in that of CEDICT, line by
// line:
//
//	english<TAB>中文1|中文2
//	傳統 传统 [chuan2 tong3] /tradition/traditional/
//
// It skips comments (#) and names the lines that it can't read.
func (l *Lexicon) Add(name string, r io.Reader) ([]BadLine, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read lexicon %s: %w", name, err)
	}
	return l.add(name, string(data), fromGlossary), nil
}

// add reads entries; from is where those in our format come from.
func (l *Lexicon) add(name, data string, from source) (bad []BadLine) {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(data, "\uFEFF")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		pairs, what := parseEntry(line)
		if what != "" {
			bad = append(bad, BadLine{name, n, what})
		}
		for _, p := range pairs {
			p.class = classOf(p.en, name)
			p.from = max(p.from, from)
			l.pairs = append(l.pairs, p)
			l.chinese.note(englishShelf(p.en), len(l.pairs)-1)
			l.english.note(chineseShelf(foldHan(p.zh)), len(l.pairs)-1)
		}
	}
	return bad
}

// parseEntry gives the pairs (English, Chinese) of a line, or what is wrong.
func parseEntry(line string) (pairs []pair, what string) {
	if !utf8.ValidString(line) {
		return nil, "not UTF-8"
	}
	if en, zh, ok := strings.Cut(line, "\t"); ok {
		for t := range strings.SplitSeq(zh, "|") {
			if t = strings.TrimSpace(t); t != "" {
				pairs = append(pairs, pair{en: strings.TrimSpace(en), zh: t})
			}
		}
		if len(pairs) == 0 || strings.TrimSpace(en) == "" {
			return nil, "needs a term, a tab and its translations"
		}
		return pairs, ""
	}
	head, glosses, ok := strings.Cut(line, "/")
	_, zh, two := strings.Cut(strings.TrimSpace(head), " ")
	zh, _, three := strings.Cut(zh, " ")
	if !ok || !two || !three {
		return nil, "neither “english<TAB>中文|中文” nor “傳統 传统 [pinyin] /english/”"
	}
	for g := range strings.SplitSeq(strings.TrimRight(glosses, "/ "), "/") {
		for part := range strings.SplitSeq(g, ";") {
			if en := cleanGloss(part); en != "" {
				pairs = append(pairs, pair{en: en, zh: zh, from: fromDictionary})
			}
		}
	}
	return pairs, ""
}

// cleanGloss takes a dictionary's remarks off a gloss; empty where nothing is
// left to look up.
func cleanGloss(g string) string {
	var b strings.Builder
	depth := 0
	for _, r := range g {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		default:
			if depth <= 0 {
				b.WriteRune(r)
			}
		}
	}
	g = strings.Join(strings.Fields(b.String()), " ")
	for _, remark := range []string{"CL:", "variant of", "old variant", "see ", "abbr. for", "surname ", "also written", "used in"} {
		if strings.HasPrefix(g, remark) {
			return ""
		}
	}
	for _, particle := range []string{"to be ", "to ", "a ", "an ", "the "} {
		g = strings.TrimPrefix(g, particle)
	}
	if strings.Count(g, " ") >= longestGloss || strings.IndexFunc(g, IsHan) >= 0 {
		return ""
	}
	return strings.Trim(g, " .,!?")
}

// foldHan normalises Chinese. What is in plain characters already, as most of
// a lexicon is, it gives back.
func foldHan(s string) string {
	for _, r := range s {
		if _, other := simplified[r]; other || r < 0x4E00 || r > 0x9FFF {
			return Normalize(s).Text
		}
	}
	return s
}

// englishKey is how English is looked up: folded, each word stemmed.
func englishKey(en string) string {
	words := strings.FieldsFunc(Normalize(en).Text, func(r rune) bool { return r == ' ' || r == '-' })
	for i, w := range words {
		words[i] = newStem(w) // not remembered: few are ever asked for
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words, " ")
}

// Chinese translates the longest phrase at the head of words (folded): how
// many words it takes, and the Chinese for them; 0 where nothing is known.
func (l *Lexicon) Chinese(words []string) (n int, senses []string) {
	stems := make([]string, min(len(words), longestPhrase))
	for i := range stems {
		stems[i] = stem(words[i])
	}
	if len(stems) == 0 {
		return 0, nil
	}
	shelf := l.chinese.open(englishShelf(words[0]), l.pairs)
	for n := len(stems); n > 0; n-- {
		if e, ok := shelf[strings.Join(stems[:n], " ")]; ok {
			return n, e.senses
		}
	}
	return 0, nil
}

// English translates the longest word at the head of text (folded Chinese):
// how many characters it takes, and the English, each word stemmed.
func (l *Lexicon) English(text []rune) (n int, senses []string) {
	if len(text) == 0 {
		return 0, nil
	}
	shelf := l.english.open(chineseShelf(string(text[0])), l.pairs)
	for n := min(len(text), longestHan); n > 0; n-- {
		if e, ok := shelf[string(text[:n])]; ok {
			return n, e.senses
		}
	}
	return 0, nil
}

// Stats counts the entries from each side.
func (l *Lexicon) Stats() (english, chinese int) {
	return len(l.chinese.entries(l.pairs)), len(l.english.entries(l.pairs))
}

// Words lists the English keys, sorted.
func (l *Lexicon) Words() []string { return l.chinese.entries(l.pairs) }
