package corpus

import (
	"fmt"
	"strings"
	"unicode"
)

// A page that tells the same twice, short and long, is indexed once: a
// passage goes when a fuller one of the same document holds it almost whole.
const (
	shingle    = 6       // characters that are compared at once
	sameShare  = 0.8     // of a passage's shingles that a fuller passage holds
	maxHolders = 8       // passages looked at for a shingle: one in more is a phrase
	ownContext = 60      // shingles; a shorter passage means what its heading says
	maxSampled = 1 << 20 // bytes of text from which every shingle is compared
)

// dropRepeats leaves out passages that another of the same document holds
// almost whole, and gives a note on each. In a document of many characters it
// looks at a sample of them, so that memory stays small.
func dropRepeats(doc *Document) []note {
	every := 1 + len(doc.Text)/maxSampled
	sets := make([][]uint64, len(doc.Passages))
	holders := map[uint64][]int32{}
	for i, p := range doc.Passages {
		sets[i] = shingles(p.Text, uint64(every))
		for _, s := range sets[i] {
			if h := holders[s]; len(h) < maxHolders {
				holders[s] = append(h, int32(i))
			}
		}
	}
	var notes []note
	kept := doc.Passages[:0:0]
	for i, p := range doc.Passages {
		if j := fuller(doc, i, sets, holders, ownContext/every); j >= 0 {
			notes = append(notes, note{p.Start, p.Start, fmt.Sprintf("left out what is said more fully elsewhere: “%s”", clip(doc.Passages[j].Text))})
			continue
		}
		kept = append(kept, p)
	}
	doc.Passages = kept
	return notes
}

// fuller gives a passage that holds nearly all of passage i and more, or the
// same earlier; -1 for none.
func fuller(doc *Document, i int, sets [][]uint64, holders map[uint64][]int32, context int) int {
	shared := map[int]int{}
	for _, s := range sets[i] {
		for _, j := range holders[s] {
			if j := int(j); j != i && (len(sets[j]) > len(sets[i]) || len(sets[j]) == len(sets[i]) && j < i) {
				shared[j]++
			}
		}
	}
	best := -1
	for j, n := range shared {
		if float64(n) < sameShare*float64(len(sets[i])) || best >= 0 && j > best {
			continue
		}
		if len(sets[i]) >= context || sameTopic(doc.Passages[i], doc.Passages[j]) {
			best = j
		}
	}
	return best
}

// sameTopic tells whether what heads passage p is named by q or its headings:
// "It costs 5 dollars." under "Plan A" and "Plan B" says two things.
func sameTopic(p, q Passage) bool {
	if len(p.Trail) == 0 {
		return true
	}
	return strings.Contains(bareWords(strings.Join(q.Trail, "")+q.Text), bareWords(p.Trail[len(p.Trail)-1]))
}

// shingles gives the hashes of a text's runs of letters and digits, one in
// every so many, each once and in the order they occur. The hash is the same
// in every run of the program, and so is the sample.
func shingles(text string, every uint64) []uint64 {
	var window [shingle]rune
	var out []uint64
	seen := map[uint64]bool{}
	n := 0
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		copy(window[:], window[1:])
		window[shingle-1] = unicode.ToLower(r)
		if n++; n < shingle {
			continue
		}
		if sum := fnv(window); sum>>8%every == 0 && !seen[sum] {
			seen[sum] = true
			out = append(out, sum)
		}
	}
	return out
}

// fnv is FNV-1a over characters.
func fnv(window [shingle]rune) uint64 {
	sum := uint64(14695981039346656037)
	for _, r := range window {
		sum = (sum ^ uint64(r)) * 1099511628211
	}
	return sum
}
