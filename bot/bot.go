package bot

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
	"historian/corpus"
	"historian/index"
)

// An Answerer answers questions from documents: *index.Live in earnest.
type Answerer interface {
	Answer(ctx context.Context, q index.Question) (index.Answer, error)
	Catalog() index.Catalog
	Passage(id string) (corpus.Passage, bool)
}

// Options of a Bot. The zero value has the defaults.
type Options struct {
	Command           string          // name of the slash command; "" means gpt
	Guild             string          // ID of the one guild to register commands in; "" means everywhere
	Ambient           map[string]bool // IDs of the channels where it answers unasked
	Confidence        float64         // answer when at least this sure, 0 to 1; 0 means the index's own threshold
	AmbientConfidence float64         // the same where nobody asked it; 0 means 0.4
	Font              []byte          // OpenType font for names in pictures that are not Latin
	Logger            *slog.Logger    // nil means slog.Default()
	Secret            string          // what custom IDs are signed with; the token

	Now     func() time.Time // the clock; nil means the machine's
	Desk    *desk.Desk       // what moderators decide; nil means one that keeps nothing
	Keepers map[string]bool  // IDs of the servers whose moderators may change what all share; empty means that of Guild, or the only one
	Library desk.Library     // where documents and indexes lie
}

// ambientConfidence is higher than the threshold for those who ask: a wrong
// answer that nobody asked for annoys more than a missing one.
const ambientConfidence = 0.4

// A Bot turns what happens on Discord into replies. It is safe for concurrent
// use.
type Bot struct {
	answerer Answerer
	opts     Options
	desk     *desk.Desk
	log      *slog.Logger
	id       atomic.Pointer[string] // its own user ID, known from READY on
	app      atomic.Pointer[string] // its application's ID
	stats    Stats
	pictures pictureCache
	memory   *memory
	names    completer
	plain    plainness
	key      []byte // signs custom IDs
	since    time.Time

	registering sync.Mutex
	registered  bool
	shardsMu    sync.Mutex
	shards      map[int]bool // by ID: connected
	renew       chan struct{}

	building    sync.Mutex // held by a reindex
	noContent   atomic.Bool
	otherServer atomic.Bool // not Discord itself: attachments lie anywhere
	session     atomic.Pointer[discordgo.Session]
}

// Stats counts what a Bot did since it started.
type Stats struct {
	Answers, Abstentions, AmbientSilences, Failures, Good, Bad atomic.Int64
}

// New makes a bot that answers by a.
func New(a Answerer, opts Options) *Bot {
	if opts.Command == "" {
		opts.Command = "gpt"
	}
	if opts.AmbientConfidence == 0 {
		opts.AmbientConfidence = ambientConfidence
	}
	if opts.Logger == nil {
		opts.Logger = slog.Default()
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Desk == nil {
		opts.Desk = desk.Off(desk.Options{Now: opts.Now})
	}
	return &Bot{answerer: a, opts: opts, desk: opts.Desk, log: opts.Logger, memory: newMemory(), key: signingKey(opts.Secret), since: opts.Now()}
}

// SetSelf tells the bot its own user ID.
func (b *Bot) SetSelf(id string) { b.id.Store(&id) }

func (b *Bot) self() string {
	if id := b.id.Load(); id != nil {
		return *id
	}
	return "\x00" // nobody's
}

func (b *Bot) now() time.Time { return b.opts.Now() }

// Stats gives the counters.
func (b *Bot) Stats() *Stats { return &b.stats }

// count notes the outcome of a question; of one that the documents don't
// answer, what it is about.
func (b *Bot) count(a index.Answer, q Question) {
	quiet := q.at.Mode == desk.ModeShadow && !q.Private
	switch {
	case !a.Abstained():
		b.stats.Answers.Add(1)
	case q.Ambient:
		b.stats.AmbientSilences.Add(1)
		return
	default:
		b.stats.Abstentions.Add(1)
	}
	if q.at.guild == "" || quiet {
		return // nothing is kept of direct messages, and nothing happened in shadow
	}
	b.desk.Count(q.at.guild, !a.Abstained())
	if a.Conflict != nil && !a.Abstained() {
		err := b.desk.Conflicting(desk.Conflict{Passages: [2]string{a.Excerpts[0].Passage.ID, a.Excerpts[1].Passage.ID}, Values: a.Conflict.Values})
		if err != nil {
			b.log.Error("can't note a conflict", "error", err)
		}
	}
	if !a.Abstained() || a.Reason == index.NoQuestion || len(readings(a, b.threshold(q, a))) > 0 {
		return
	}
	if err := b.desk.Missed(q.at.guild, desk.Miss{Person: q.Asker, Subject: desk.SubjectOf(a.Query), Text: q.Text}); err != nil {
		b.log.Error("can't note a gap", "error", err)
	}
}

// rescue keeps a panic in one handler from ending the bot.
func (b *Bot) rescue(doing string, then func()) {
	if r := recover(); r != nil {
		b.stats.Failures.Add(1)
		b.log.Error("panic", "doing", doing, "panic", r, "stack", string(debug.Stack()))
		if then != nil {
			then()
		}
	}
}
