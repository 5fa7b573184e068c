package index

import (
	"container/heap"
	"slices"
)

// A candidate is a passage with its score.
type candidate struct {
	n     passageNum
	score float64
}

// before tells whether a ranks before b.
func (a candidate) before(b candidate) bool {
	return a.score > b.score || a.score == b.score && a.n < b.n
}

// topK is a heap of the best candidates, the last of them on top.
type topK []candidate

func (t topK) Len() int           { return len(t) }
func (t topK) Less(i, j int) bool { return t[j].before(t[i]) }
func (t topK) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *topK) Push(x any)        { *t = append(*t, x.(candidate)) }
func (t *topK) Pop() any          { panic("unreachable: the last is replaced, not popped") }

// least gives the score that a further candidate must reach.
func (t topK) least(k int) float64 {
	if len(t) < k {
		return 0
	}
	return t[0].score
}

// add keeps c if it is among the k best, and tells whether it did.
func (t *topK) add(c candidate, k int) bool {
	switch {
	case len(*t) < k:
		heap.Push(t, c)
	case c.before((*t)[0]):
		(*t)[0] = c
		heap.Fix(t, 0)
	default:
		return false
	}
	return true
}

// ranked gives the candidates in order; the heap is spent.
func (t topK) ranked() []passageNum {
	slices.SortFunc(t, func(a, b candidate) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	out := make([]passageNum, len(t))
	for i, c := range t {
		out[i] = c.n
	}
	return out
}
