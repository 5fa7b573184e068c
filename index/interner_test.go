package index

import (
	"fmt"
	"testing"
)

func TestInterner(t *testing.T) {
	in := newInterner()
	const n = 3 * internerStart
	for round := range 2 {
		for i := range n {
			got, fresh := in.number(fmt.Sprint("w", i))
			if got != uint32(i) || fresh != (round == 0) {
				t.Fatalf("round %d: string %d is %d, new: %t", round, i, got, fresh)
			}
		}
	}
	if _, fresh := in.number(""); !fresh || in.len() != n+1 || string(in.at(n)) != "" || string(in.at(17)) != "w17" {
		t.Errorf("%d strings, the last %q", in.len(), in.at(n))
	}
	order := in.sorted()
	for i := 1; i < len(order); i++ {
		if string(in.at(order[i-1])) >= string(in.at(order[i])) {
			t.Fatalf("%q comes before %q", in.at(order[i-1]), in.at(order[i]))
		}
	}
}
