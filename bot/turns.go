package bot

import (
	"hash/maphash"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"
)

// A version is a message as it stood at some time: as it was written, after
// an edit, or gone.
type version struct {
	id, channel string
	message     *discordgo.Message // nil once it is deleted
	edited      time.Time          // zero as it was written, and where the server doesn't tell
	unknown     bool               // nothing was known of the message before
}

// known is the newest version of a message that was seen. It holds no text.
type known struct {
	seen, gone bool
	edited     time.Time
	words      uint64 // hash of the text, by a seed of this process
}

// follows tells whether v is news to somebody who knows u. discordgo hands
// out events in any order, and a gateway may repeat them.
func (v version) follows(u known, words uint64) bool {
	switch {
	case u.gone:
		return false
	case v.message == nil || !u.seen:
		return true
	case v.edited.IsZero() && u.edited.IsZero():
		return words != u.words
	}
	return v.edited.After(u.edited)
}

// turns has the versions of each message worked on one after the other, the
// newest only, however their events come in: so a question has one reply, and
// the reply is that to the question's last version.
type turns struct {
	mu      sync.Mutex
	seed    maphash.Seed
	known   *lru.Cache[string, known]
	replies *lru.Cache[string, string] // message → our reply to it
	waiting map[string]*version        // of messages being worked on; nil where nothing waits
}

func newTurns() *turns {
	return &turns{seed: maphash.MakeSeed(), known: cache[known](rememberedEvents), replies: cache[string](rememberedReplies), waiting: map[string]*version{}}
}

// run calls work for a version unless a newer one is known. work gets the ID
// of the reply that the message has, "" for none, and gives the one it has
// then. A version that comes while another is worked on is worked on after
// it, by whoever is at work; stale tells that one waits.
func (t *turns) run(v version, work func(v version, reply string, stale func() bool) string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.note(v) {
		return
	}
	if _, busy := t.waiting[v.id]; busy {
		t.waiting[v.id] = &v
		return
	}
	defer delete(t.waiting, v.id)
	for next := &v; next != nil; next = t.waiting[v.id] {
		t.waiting[v.id] = nil
		reply, _ := t.replies.Get(v.id)
		reply = t.unlocked(func() string { return work(*next, reply, func() bool { return t.stale(v.id) }) })
		if reply == "" {
			t.replies.Remove(v.id)
		} else {
			t.replies.Add(v.id, reply)
		}
	}
}

// note remembers a version, and tells whether it is news. The caller holds mu.
func (t *turns) note(v version) bool {
	u, _ := t.known.Get(v.id)
	now := known{seen: true, gone: v.message == nil, edited: v.edited}
	if v.message != nil {
		now.words = maphash.String(t.seed, v.message.Content)
	}
	if !v.follows(u, now.words) {
		return false
	}
	t.known.Add(v.id, now)
	return true
}

// unlocked runs f without the lock.
func (t *turns) unlocked(f func() string) string {
	t.mu.Unlock()
	defer t.mu.Lock()
	return f()
}

func (t *turns) stale(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.waiting[id] != nil
}

// has tells whether any version of a message was seen.
func (t *turns) has(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	u, _ := t.known.Peek(id)
	return u.seen
}
