package index

import (
	"context"
	"slices"
)

// try holds groups aside, and whole sets, and tells how models trained on the
// rest do on them.
func try(ctx context.Context, sets []TrainingSet, lessons []lesson) ([]Trial, error) {
	articles, apart := make([]float64, len(sets)), make([]float64, len(sets))
	for k := range folds {
		if err := holdAside(ctx, lessons, func(l *lesson) bool { return l.fold == k }, articles); err != nil {
			return nil, err
		}
	}
	for _, family := range families(sets) {
		if err := holdAside(ctx, lessons, func(l *lesson) bool { return slices.Contains(family, l.set) }, apart); err != nil {
			return nil, err
		}
	}
	trials := make([]Trial, len(sets))
	for i, s := range sets {
		n := float64(max(1, len(s.Questions)))
		trials[i] = Trial{s.Name, len(s.Questions), articles[i] / n, apart[i] / n}
	}
	return trials, nil
}

// holdAside trains on all lessons but those aside, and adds to right, by set,
// how many of those the model solves.
func holdAside(ctx context.Context, lessons []lesson, aside func(*lesson) bool, right []float64) error {
	m, err := fit(ctx, lessons, func(l *lesson) bool { return !aside(l) })
	if err != nil {
		return err
	}
	for i := range lessons {
		if l := &lessons[i]; aside(l) && l.solved(m) {
			right[l.set]++
		}
	}
	return nil
}

// families puts sets together that have a group in common, such as questions
// and their translations: knowing one of them is knowing the others.
func families(sets []TrainingSet) (out [][]int) {
	latest := map[string]int{} // set by group
	of := make([]int, len(sets))
	for i, s := range sets {
		of[i] = i
		for _, q := range s.Questions {
			if other, ok := latest[q.Group]; ok && of[other] != i {
				for old, j := of[other], 0; j < i; j++ {
					if of[j] == old {
						of[j] = i
					}
				}
			}
			latest[q.Group] = i
		}
	}
	for k := range sets {
		var members []int
		for i := range sets {
			if of[i] == k {
				members = append(members, i)
			}
		}
		if members != nil {
			out = append(out, members)
		}
	}
	return out
}
