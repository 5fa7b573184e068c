package desk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Errors of the desk, for callers that branch.
var (
	// ErrOff: nothing can be kept, since there is no file to keep it in.
	ErrOff = errors.New("nothing is kept here")
	// ErrSetting: a setting has no such value.
	ErrSetting = errors.New("wrong setting")
	// ErrLocked: another process has the file.
	ErrLocked = errors.New("another process has it open")
)

// Options of Open. The zero value has the defaults.
type Options struct {
	Now         func() time.Time // nil means time.Now
	Keep        time.Duration    // how long reports are kept; 0 means DefaultKeep
	Settings    string           // YAML file that holds the settings, in place of the store; "" for none
	Corrections string           // file of the corrections; "" for none
}

// DefaultKeep is how long reports are kept: gaps, votes, counts, the log of
// what moderators did.
const DefaultKeep = 90 * 24 * time.Hour

// A Desk is open for one process. It is safe for concurrent use. One without
// a file keeps nothing: reading gives nothing, and writing ErrOff.
type Desk struct {
	db   *bbolt.DB // nil: off
	opts Options

	mu       sync.RWMutex
	guilds   map[string]Guild
	fileTime time.Time // of the settings file, when it was read

	corrections corrections
	counts      counts
}

// buckets of the file. Keys begin with the ID of a guild and a slash, where
// not said otherwise; values are JSON.
var (
	settingsBucket  = []byte("settings")  // guild → Guild
	gapsBucket      = []byte("gaps")      // guild/hash of terms → gap
	saltsBucket     = []byte("salts")     // day → 32 random bytes
	secretBucket    = []byte("secret")    // "terms" → 32 random bytes
	votesBucket     = []byte("votes")     // guild/passage → votes
	shadowBucket    = []byte("shadow")    // guild/channel/message → judgement
	daysBucket      = []byte("days")      // guild/day → Counts
	auditBucket     = []byte("audit")     // guild/number → Action
	conflictsBucket = []byte("conflicts") // passage, line break, passage → conflict
	notesBucket     = []byte("notes")     // guild/what → time: the last digest, what was told already
)

var allBuckets = [][]byte{settingsBucket, gapsBucket, saltsBucket, secretBucket, votesBucket, shadowBucket, daysBucket, auditBucket, notesBucket, conflictsBucket}

// lockPatience is how long Open waits for another process: one that is being
// replaced ends in this time.
const lockPatience = 3 * time.Second

// Open opens the file at path, and makes it where there is none. Settings
// in a text file are read, too, and must be right (else ErrSetting). Where the file
// can't be opened for writing, it gives a Desk that keeps nothing beside the
// error: settings and corrections in text files hold all the same.
func Open(path string, opts Options) (*Desk, error) {
	d := Off(opts)
	if err := d.RefreshSettings(); err != nil {
		return d, fmt.Errorf("%w: %w", ErrSetting, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return d, fmt.Errorf("open %s: %w", path, err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockPatience})
	if errors.Is(err, bolterrors.ErrTimeout) {
		err = ErrLocked
	}
	if err != nil {
		return d, fmt.Errorf("open %s: %w", path, err)
	}
	d.db = db
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, b := range allBuckets {
			if _, err := tx.CreateBucketIfNotExists(b); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = d.loadSettings()
	}
	if err != nil {
		d.db = nil
		return d, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	return d, nil
}

// Off gives a desk that keeps nothing.
func Off(opts Options) *Desk {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Keep == 0 {
		opts.Keep = DefaultKeep
	}
	return &Desk{opts: opts, guilds: map[string]Guild{}, corrections: corrections{path: opts.Corrections}}
}

// Close writes what is still to be written, and gives the file back.
func (d *Desk) Close() error {
	if d.db == nil {
		return nil
	}
	return errors.Join(d.Flush(), d.db.Close())
}

// On tells whether the desk keeps anything.
func (d *Desk) On() bool { return d.db != nil }

// Keep tells how long reports are kept.
func (d *Desk) Keep() time.Duration { return d.opts.Keep }

func (d *Desk) now() time.Time { return d.opts.Now().UTC() }

// day is how days are written: they sort as they follow each other.
const dayForm = "2006-01-02"

func dayOf(t time.Time) string { return t.UTC().Format(dayForm) }

// update writes in one transaction. Many at once share one write to disk.
func (d *Desk) update(f func(*bbolt.Tx) error) error {
	if d.db == nil {
		return ErrOff
	}
	return d.db.Batch(f)
}

// view reads; where the desk is off there is nothing to read.
func (d *Desk) view(f func(*bbolt.Tx) error) error {
	if d.db == nil {
		return nil
	}
	return d.db.View(f)
}
