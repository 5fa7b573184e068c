package desk

import (
	"cmp"
	"slices"

	"go.etcd.io/bbolt"
)

// A Judgement is what a moderator thought of an answer that the bot would
// have given.
type Judgement struct {
	Percent int    `json:"percent"` // how sure the bot was
	Good    bool   `json:"good"`
	Day     string `json:"day"`
}

// Judge keeps a judgement of a shadow answer; of a second one on the same
// message the later counts.
func (d *Desk) Judge(guild, channel, message string, percent int, good bool) error {
	return d.update(func(tx *bbolt.Tx) error {
		return put(tx, shadowBucket, key(guild, channel, message), Judgement{percent, good, dayOf(d.now())})
	})
}

// Judgements gives those of a channel.
func (d *Desk) Judgements(guild, channel string) (out []Judgement, err error) {
	err = d.view(func(tx *bbolt.Tx) error {
		return each(tx, shadowBucket, key(guild, channel, ""), func(_ string, j Judgement) (verdict, Judgement, error) {
			out = append(out, j)
			return keep, j, nil
		})
	})
	return out, err
}

// A Proposal is a threshold to go live with, and what speaks for it.
type Proposal struct {
	Threshold       int // percent
	Good, All       int // judgements at or above it
	AllGood, Judged int // of all
}

// What a proposal needs: so many good answers at or above the threshold, and
// that share of those there good.
const (
	proposalGood  = 10
	proposalShare = 0.9
)

// Propose gives the lowest threshold at which enough answers were judged and
// nearly all were good. ok is false where there is none.
func Propose(judged []Judgement) (p Proposal, ok bool) {
	judged = slices.Clone(judged)
	slices.SortFunc(judged, func(a, b Judgement) int { return cmp.Compare(b.Percent, a.Percent) })
	good := 0
	for i, j := range judged {
		if j.Good {
			good++
		}
		if i+1 < len(judged) && judged[i+1].Percent == j.Percent {
			continue
		}
		if good >= proposalGood && float64(good) >= proposalShare*float64(i+1) {
			p, ok = Proposal{Threshold: min(max(j.Percent, 1), 99), Good: good, All: i + 1}, true
		}
	}
	p.AllGood, p.Judged = good, len(judged)
	return p, ok
}

// Once tells whether something named what happens for the first time since
// the note of it expired or was cleared.
func (d *Desk) Once(guild, what string) (first bool, err error) {
	err = d.update(func(tx *bbolt.Tx) error {
		_, there, err := get[string](tx, notesBucket, key(guild, what))
		if first = !there; !first || err != nil {
			return err
		}
		return put(tx, notesBucket, key(guild, what), dayOf(d.now()))
	})
	return first, err
}

// Again lets Once tell of it anew.
func (d *Desk) Again(guild, what string) error {
	return d.update(func(tx *bbolt.Tx) error { return tx.Bucket(notesBucket).Delete(key(guild, what)) })
}
