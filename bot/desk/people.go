package desk

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// linkable is how long an asker can be recognised: the salt of a day is
// thrown away then, and with it what the hashes of that day meant.
const linkable = 7 * 24 * time.Hour

// An asker is a person on a day, by a hash that nobody can undo or compare
// with that of another day once the day's salt is gone.
type asker struct {
	Day  string `json:"day"`
	Hash string `json:"hash,omitempty"`
}

// askers are the people of the last days, each once.
type askers []asker

// recent drops the askers whose salt is gone.
func (a askers) recent(first string) askers {
	return slices.DeleteFunc(a, func(x asker) bool { return x.Day < first })
}

func (d *Desk) firstLinkable() string { return dayOf(d.now().Add(-linkable)) }

// hash gives a person's hash with the salt of a day.
func hash(salt []byte, person string) string {
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(person))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// today gives a person as an asker of today.
func (d *Desk) today(tx *bbolt.Tx, person string) (asker, error) {
	day := dayOf(d.now())
	salt, err := random(tx, saltsBucket, day)
	return asker{day, hash(salt, person)}, err
}

// random gives 32 bytes that are the same at each call for a key.
func random(tx *bbolt.Tx, bucket []byte, key string) ([]byte, error) {
	if have := tx.Bucket(bucket).Get([]byte(key)); have != nil {
		return have, nil
	}
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return nil, err
	}
	return b, tx.Bucket(bucket).Put([]byte(key), b)
}

// find gives where a person is among askers; -1 for nowhere.
func (a askers) find(tx *bbolt.Tx, person string) int {
	return slices.IndexFunc(a, func(x asker) bool {
		salt := tx.Bucket(saltsBucket).Get([]byte(x.Day))
		return salt != nil && hash(salt, person) == x.Hash
	})
}

// Forget removes what can be linked to a person, and tells how much that was.
func (d *Desk) Forget(person string) (n int, err error) {
	err = d.update(func(tx *bbolt.Tx) error {
		n = 0
		err := each(tx, gapsBucket, nil, func(_ string, g gap) (verdict, gap, error) {
			left := slices.DeleteFunc(slices.Clone(g.Questions), func(q asked) bool { return askers{q.asker}.find(tx, person) == 0 })
			i := g.Askers.find(tx, person)
			if i < 0 && len(left) == len(g.Questions) {
				return keep, g, nil
			}
			n++
			g.Questions = left
			if i >= 0 {
				g.Askers = slices.Delete(g.Askers, i, i+1)
			}
			if len(g.Terms) == 0 && len(g.Askers) == 0 {
				return remove, g, nil
			}
			return change, g, nil
		})
		if err != nil {
			return err
		}
		return each(tx, votesBucket, nil, func(_ string, v votes) (verdict, votes, error) {
			i := v.Voters.find(tx, person)
			if i < 0 {
				return keep, v, nil
			}
			n++
			v.Voters = slices.Delete(v.Voters, i, i+1)
			return change, v, nil
		})
	})
	return n, err
}
