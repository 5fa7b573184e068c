package index

import (
	"fmt"
	"testing"
)

func TestFamilies(t *testing.T) {
	set := func(groups ...string) (s TrainingSet) {
		for _, g := range groups {
			s.Questions = append(s.Questions, Labelled{Group: g})
		}
		return s
	}
	for _, tt := range []struct {
		sets []TrainingSet
		want string
	}{
		{nil, "[]"},
		{[]TrainingSet{set("a"), set("b")}, "[[0] [1]]"},
		{[]TrainingSet{set("a", "b"), set("c"), set("b", "b")}, "[[1] [0 2]]"},
		{[]TrainingSet{set("a"), set("b"), set("c"), set("a", "b")}, "[[2] [0 1 3]]"},
		{[]TrainingSet{set("a"), set("a", "b"), set("b"), set("d")}, "[[0 1 2] [3]]"},
	} {
		if got := fmt.Sprint(families(tt.sets)); got != tt.want {
			t.Errorf("families of %v are %s, want %s", tt.sets, got, tt.want)
		}
	}
}
