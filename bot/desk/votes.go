package desk

import (
	"strings"

	"go.etcd.io/bbolt"
)

// Votes are what people thought of answers that quoted a passage.
type Votes struct {
	Passage   string // ID
	Good, Bad int
}

// Flagged tells whether moderators should look at the passage: it is shown on
// as before, they decide.
func (v Votes) Flagged() bool { return v.Bad >= minBad && v.Bad > v.Good }

// minBad is how many bad votes flag a passage, if they outnumber the good.
const minBad = 3

type votes struct {
	Good    int    `json:"good"`
	Bad     int    `json:"bad"`
	Last    string `json:"last"` // day
	Voters  askers `json:"voters,omitempty"`
	Flagged bool   `json:"flagged,omitempty"` // moderators were told
}

// Vote counts a vote on a passage, of each person once a day. It tells when
// that flags the passage for the first time.
func (d *Desk) Vote(guild, passage, person string, good bool) (flagged bool, err error) {
	if d.db == nil {
		return false, nil
	}
	err = d.update(func(tx *bbolt.Tx) error {
		flagged = false
		k := key(guild, passage)
		v, _, err := get[votes](tx, votesBucket, k)
		if err != nil {
			return err
		}
		today, err := d.today(tx, person)
		if err != nil {
			return err
		}
		v.Voters = v.Voters.recent(today.Day)
		if v.Voters.find(tx, person) >= 0 {
			return nil
		}
		v.Voters, v.Last = append(v.Voters, today), today.Day
		if good {
			v.Good++
		} else {
			v.Bad++
		}
		if (Votes{Good: v.Good, Bad: v.Bad}).Flagged() && !v.Flagged {
			v.Flagged, flagged = true, true
		}
		return put(tx, votesBucket, k, v)
	})
	return flagged, err
}

// Flagged lists the passages that moderators should look at.
func (d *Desk) Flagged(guild string) (out []Votes, err error) {
	err = d.view(func(tx *bbolt.Tx) error {
		return each(tx, votesBucket, key(guild, ""), func(k string, v votes) (verdict, votes, error) {
			_, passage, _ := strings.Cut(k, "/")
			if x := (Votes{passage, v.Good, v.Bad}); x.Flagged() {
				out = append(out, x)
			}
			return keep, v, nil
		})
	})
	return out, err
}
