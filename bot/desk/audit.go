package desk

import (
	"time"

	"go.etcd.io/bbolt"
)

// An Action is what a moderator did.
type Action struct {
	Time time.Time `json:"time"`
	By   string    `json:"by"`   // ID of the person
	What string    `json:"what"` // "channel 123: mode ambient"
}

// Note writes down what a moderator did.
func (d *Desk) Note(guild string, a Action) error {
	return d.update(func(tx *bbolt.Tx) error { return d.note(tx, guild, a) })
}

func (d *Desk) note(tx *bbolt.Tx, guild string, a Action) error {
	a.Time = d.now()
	n, err := tx.Bucket(auditBucket).NextSequence()
	if err != nil {
		return err
	}
	return put(tx, auditBucket, key(guild, number(n)), a)
}

// Actions gives what moderators did, the latest first.
func (d *Desk) Actions(guild string, most int) (out []Action, err error) {
	err = d.view(func(tx *bbolt.Tx) error {
		return each(tx, auditBucket, key(guild, ""), func(_ string, a Action) (verdict, Action, error) {
			out = append([]Action{a}, out...)
			return keep, a, nil
		})
	})
	return out[:min(len(out), most)], err
}
