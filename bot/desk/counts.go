package desk

import (
	"strings"
	"sync"

	"go.etcd.io/bbolt"
)

// Counts are what the bot did for a server.
type Counts struct {
	Answers     int `json:"answers"`
	Abstentions int `json:"abstentions"` // asked, and not in the documents
}

// counts are those not yet written: an answer must not wait for the disk.
type counts struct {
	mu      sync.Mutex
	pending map[string]Counts // by guild/day
}

// Count counts an answer or an abstention of today.
func (d *Desk) Count(guild string, answered bool) {
	if d.db == nil {
		return
	}
	d.counts.mu.Lock()
	defer d.counts.mu.Unlock()
	if d.counts.pending == nil {
		d.counts.pending = map[string]Counts{}
	}
	k := string(key(guild, dayOf(d.now())))
	c := d.counts.pending[k]
	if answered {
		c.Answers++
	} else {
		c.Abstentions++
	}
	d.counts.pending[k] = c
}

// Flush writes what was counted.
func (d *Desk) Flush() error {
	d.counts.mu.Lock()
	pending := d.counts.pending
	d.counts.pending = nil
	d.counts.mu.Unlock()
	if len(pending) == 0 {
		return nil
	}
	return d.update(func(tx *bbolt.Tx) error {
		for k, more := range pending {
			c, _, err := get[Counts](tx, daysBucket, []byte(k))
			if err != nil {
				return err
			}
			if err := put(tx, daysBucket, []byte(k), Counts{c.Answers + more.Answers, c.Abstentions + more.Abstentions}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Week counts the last seven days.
func (d *Desk) Week(guild string) (sum Counts, err error) {
	if err := d.Flush(); err != nil {
		return sum, err
	}
	first := dayOf(d.now().AddDate(0, 0, -6))
	err = d.view(func(tx *bbolt.Tx) error {
		return each(tx, daysBucket, key(guild, ""), func(k string, c Counts) (verdict, Counts, error) {
			if k[strings.LastIndexByte(k, '/')+1:] >= first {
				sum.Answers += c.Answers
				sum.Abstentions += c.Abstentions
			}
			return keep, c, nil
		})
	})
	return sum, err
}
