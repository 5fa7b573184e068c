package desk

import (
	"strings"

	"go.etcd.io/bbolt"
)

// A Conflict is two passages that give different values for a question that
// somebody asked. The question is not kept.
type Conflict struct {
	Passages [2]string // IDs
	Values   [2]string
}

type conflict struct {
	Values [2]string `json:"values"`
	Last   string    `json:"last"` // day
}

// Conflicting notes that two passages give different values.
func (d *Desk) Conflicting(c Conflict) error {
	if d.db == nil {
		return nil
	}
	if c.Passages[0] > c.Passages[1] {
		c.Passages[0], c.Passages[1] = c.Passages[1], c.Passages[0]
		c.Values[0], c.Values[1] = c.Values[1], c.Values[0]
	}
	k := []byte(strings.Join(c.Passages[:], "\n"))
	now := conflict{c.Values, dayOf(d.now())}
	known := false
	err := d.view(func(tx *bbolt.Tx) error {
		have, ok, err := get[conflict](tx, conflictsBucket, k)
		known = ok && have == now
		return err
	})
	if err != nil || known { // most are noted already: no need to write
		return err
	}
	return d.update(func(tx *bbolt.Tx) error { return put(tx, conflictsBucket, k, now) })
}

// Conflicts gives all that were noted.
func (d *Desk) Conflicts() (out []Conflict, err error) {
	err = d.view(func(tx *bbolt.Tx) error {
		return each(tx, conflictsBucket, nil, func(k string, c conflict) (verdict, conflict, error) {
			a, b, _ := strings.Cut(k, "\n")
			out = append(out, Conflict{[2]string{a, b}, c.Values})
			return keep, c, nil
		})
	})
	return out, err
}
