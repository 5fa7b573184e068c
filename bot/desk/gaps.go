package desk

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

// minAskers is how many different people must have asked before anybody sees
// what: one person's question stays that person's.
const minAskers = 3

// A Gap is something that people asked and the documents lacked.
type Gap struct {
	Terms     []string  // what was asked about, normalised, sorted
	Words     []string  // the same as somebody wrote it
	Asked     int       // how often, each person once a day
	Last      time.Time // day of the last time, UTC
	Questions []string  // the words of the last questions; empty unless the server keeps them
}

// gap is a Gap in the store. Until enough people have asked, it is only
// hashes: of the terms, which is its key, and of the askers.
type gap struct {
	Terms     []string `json:"terms,omitempty"` // written when enough have asked
	Words     []string `json:"words,omitempty"` // the same
	Asked     int      `json:"asked"`
	Last      string   `json:"last"` // day
	Askers    askers   `json:"askers,omitempty"`
	Questions []asked  `json:"questions,omitempty"`
}

// asked is the words of a question, kept where a server opted in.
type asked struct {
	asker
	Text string `json:"text"`
}

// Bounds of what is kept of questions.
const (
	maxQuestions = 5
	maxGaps      = 100_000 // of all servers; more are not noted until some expire
	maxGapTerms  = 12
)

// A Miss is a question that the documents didn't answer.
type Miss struct {
	Person string // who asked; only a hash is kept
	Subject
	Text string // the question; kept only where the server opted in
}

// Missed notes a question that the documents didn't answer.
func (d *Desk) Missed(guild string, m Miss) error {
	settings := d.Guild(guild)
	terms := termSet(m.Terms)
	if settings.NoGaps || len(terms) == 0 || d.db == nil {
		return nil
	}
	return d.update(func(tx *bbolt.Tx) error {
		k, err := gapKey(tx, guild, terms)
		if err != nil {
			return err
		}
		g, known, err := get[gap](tx, gapsBucket, k)
		if err != nil {
			return err
		}
		if !known {
			n, err := tx.Bucket(gapsBucket).NextSequence() // counts; Expire counts anew
			if err != nil || n > maxGaps {
				return err
			}
		}
		today, err := d.today(tx, m.Person)
		if err != nil {
			return err
		}
		g.Askers = g.Askers.recent(d.firstLinkable())
		switch i := g.Askers.find(tx, m.Person); {
		case i >= 0 && g.Askers[i].Day == today.Day:
			return nil // once a day
		case i >= 0:
			g.Askers[i] = today
		default:
			g.Askers = append(g.Askers, today)
		}
		g.Asked++
		g.Last = today.Day
		if len(g.Askers) >= minAskers {
			g.Terms, g.Words = terms, m.Words
		}
		if settings.Questions {
			g.Questions = append(g.Questions, asked{today, clip(m.Text)})
			g.Questions = g.Questions[max(0, len(g.Questions)-maxQuestions):]
		}
		return put(tx, gapsBucket, k, g)
	})
}

// termSet sorts terms, each once.
func termSet(terms []string) []string {
	out := slices.Clone(terms[:min(len(terms), maxGapTerms)])
	slices.Sort(out)
	return slices.Compact(out)
}

// gapKey is the hash of a term set with a secret of this store.
func gapKey(tx *bbolt.Tx, guild string, terms []string) ([]byte, error) {
	secret, err := random(tx, secretBucket, "terms")
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(guild + "\n" + strings.Join(terms, "\n")))
	return key(guild, hex.EncodeToString(mac.Sum(nil)[:16])), err
}

// clip bounds a question that is kept.
func clip(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return s
}

// Gaps gives what at least three people asked and the documents lacked, most
// asked first. Those that differ in a word of three are one.
func (d *Desk) Gaps(guild string) (out []Gap, err error) {
	err = d.view(func(tx *bbolt.Tx) error {
		return each(tx, gapsBucket, key(guild, ""), func(_ string, g gap) (verdict, gap, error) {
			if len(g.Terms) > 0 {
				out = append(out, g.shown())
			}
			return keep, g, nil
		})
	})
	byAsked := func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Asked, a.Asked), slices.Compare(a.Terms, b.Terms))
	}
	slices.SortFunc(out, byAsked)
	var merged []Gap
	for _, g := range out {
		i := slices.IndexFunc(merged, func(m Gap) bool { return alike(m.Terms, g.Terms) })
		if i < 0 {
			merged = append(merged, g)
			continue
		}
		m := &merged[i]
		m.Asked += g.Asked
		m.Questions = append(m.Questions, g.Questions...)
		if g.Last.After(m.Last) {
			m.Last = g.Last
		}
	}
	slices.SortFunc(merged, byAsked)
	return merged, err
}

func (g gap) shown() Gap {
	out := Gap{Terms: g.Terms, Words: g.Words, Asked: g.Asked}
	out.Last, _ = time.Parse(dayForm, g.Last) // our own writing; zero if it was altered
	for _, q := range g.Questions {
		out.Questions = append(out.Questions, q.Text)
	}
	return out
}

// alike tells whether two term sets share two thirds of their terms.
func alike(a, b []string) bool {
	same := 0
	for _, t := range a {
		if slices.Contains(b, t) {
			same++
		}
	}
	return 3*same >= 2*(len(a)+len(b)-same)
}
