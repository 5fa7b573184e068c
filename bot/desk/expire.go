package desk

import (
	"errors"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

// Expire removes what has been kept for its time, and what could tell people
// of past days. It is called now and then.
func (d *Desk) Expire() error {
	if d.db == nil {
		return nil
	}
	first, linked, today := dayOf(d.now().Add(-d.opts.Keep)), d.firstLinkable(), dayOf(d.now())
	return d.update(func(tx *bbolt.Tx) error {
		var left uint64
		salts := tx.Bucket(saltsBucket).Cursor()
		for day, _ := salts.First(); day != nil && string(day) < linked; day, _ = salts.First() {
			if err := salts.Delete(); err != nil {
				return err
			}
		}
		return errors.Join(
			each(tx, gapsBucket, nil, func(_ string, g gap) (verdict, gap, error) {
				if g.Askers = g.Askers.recent(linked); len(g.Terms) > 0 {
					g.Askers = g.Askers.recent(today) // enough have asked: only to count each once a day
				}
				g.Questions = stillKept(g.Questions, first, linked)
				if g.Last < first || len(g.Terms) == 0 && len(g.Askers) == 0 {
					return remove, g, nil
				}
				left++
				return change, g, nil
			}),
			tx.Bucket(gapsBucket).SetSequence(left),
			each(tx, votesBucket, nil, func(_ string, v votes) (verdict, votes, error) {
				v.Voters = v.Voters.recent(today)
				if v.Last < first {
					return remove, v, nil
				}
				return change, v, nil
			}),
			each(tx, shadowBucket, nil, func(_ string, j Judgement) (verdict, Judgement, error) {
				return removeIf(j.Day < first), j, nil
			}),
			each(tx, conflictsBucket, nil, func(_ string, c conflict) (verdict, conflict, error) {
				return removeIf(c.Last < first), c, nil
			}),
			each(tx, daysBucket, nil, func(k string, c Counts) (verdict, Counts, error) {
				return removeIf(k[strings.LastIndexByte(k, '/')+1:] < first), c, nil
			}),
			each(tx, auditBucket, nil, func(_ string, a Action) (verdict, Action, error) {
				return removeIf(dayOf(a.Time) < first), a, nil
			}),
			each(tx, notesBucket, nil, func(_ string, day string) (verdict, string, error) {
				return removeIf(day < first), day, nil
			}),
		)
	})
}

func removeIf(yes bool) verdict {
	if yes {
		return remove
	}
	return keep
}

// stillKept gives the questions of the days since first; those of days before
// linked without the hash of who asked.
func stillKept(all []asked, first, linked string) (out []asked) {
	for _, q := range all {
		if q.Day < first {
			continue
		}
		if q.Day < linked {
			q.Hash = ""
		}
		out = append(out, q)
	}
	return out
}

// digestEvery is how far two digests are apart.
const digestEvery = 7 * 24 * time.Hour

// DigestDue tells whether a server wants its weekly digest now, and takes
// note that it gets it.
func (d *Desk) DigestDue(guild string) (due bool, err error) {
	g := d.Guild(guild)
	if !g.Digest || g.Moderator == "" {
		return false, nil
	}
	err = d.update(func(tx *bbolt.Tx) error {
		last, _, err := get[string](tx, notesBucket, key(guild, "digest"))
		if due = last <= dayOf(d.now().Add(-digestEvery)); !due || err != nil {
			return err
		}
		return put(tx, notesBucket, key(guild, "digest"), dayOf(d.now()))
	})
	return due, err
}
