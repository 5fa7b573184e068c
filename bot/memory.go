package bot

import (
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Bounds of what is remembered, in entries. Nothing of it is a text.
const (
	rememberedEvents  = 8192
	rememberedReplies = 4096
	rememberedLimits  = 4096
)

// memory is what a bot keeps while it runs: the numbers of events it has
// handled, which reply answers which message, and how much people asked.
type memory struct {
	handled  *lru.Cache[string, struct{}] // interactions
	turns    *turns
	places   *lru.Cache[string, found]     // channels that the gateway didn't tell of
	told     *lru.Cache[string, time.Time] // what was said that need not be said again, and when
	people   *lru.Cache[string, *rate.Limiter]
	channels *lru.Cache[string, *rate.Limiter]
	denied   *lru.Cache[string, time.Time] // channels that refused us, until when
	mu       sync.Mutex
}

func newMemory() *memory {
	return &memory{
		handled:  cache[struct{}](rememberedEvents),
		turns:    newTurns(),
		places:   cache[found](rememberedLimits),
		told:     cache[time.Time](rememberedLimits),
		people:   cache[*rate.Limiter](rememberedLimits),
		channels: cache[*rate.Limiter](rememberedLimits),
		denied:   cache[time.Time](rememberedLimits),
	}
}

func cache[V any](size int) *lru.Cache[string, V] {
	c, err := lru.New[string, V](size)
	if err != nil {
		panic(err) // unreachable: the size is positive
	}
	return c
}

// first tells whether an event is seen for the first time: after a resume,
// the gateway sends some again.
func (m *memory) first(id string) bool {
	seen, _ := m.handled.ContainsOrAdd(id, struct{}{})
	return !seen
}

// once tells whether something was not said within a time, and notes that it
// is said now.
func (m *memory) once(what string, now time.Time, within time.Duration) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if last, ok := m.told.Get(what); ok && now.Sub(last) < within {
		return false
	}
	m.told.Add(what, now)
	return true
}

// Limits for questions: a person can ask a few at once and then one every few
// seconds, a channel three times as much.
const (
	personBurst  = 5
	channelBurst = 15
)

var personPace, channelPace = rate.Every(4 * time.Second), rate.Every(time.Second)

// allow tells whether a person may ask in a channel now.
func (m *memory) allow(person, channel string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return limiter(m.people, person, personPace, personBurst).Allow() && limiter(m.channels, channel, channelPace, channelBurst).Allow()
}

func limiter(c *lru.Cache[string, *rate.Limiter], key string, pace rate.Limit, burst int) *rate.Limiter {
	l, ok := c.Get(key)
	if !ok {
		l = rate.NewLimiter(pace, burst)
		c.Add(key, l)
	}
	return l
}

// forget removes what is remembered of a person.
func (m *memory) forget(person string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.people.Remove(person)
	for _, what := range m.told.Keys() {
		if strings.Contains(what+" ", " "+person+" ") {
			m.told.Remove(what)
		}
	}
}

// silence is how long a channel that refused a message is left alone.
const silence = 10 * time.Minute

func (m *memory) deny(channel string) (first bool) {
	until, was := m.denied.Get(channel)
	m.denied.Add(channel, time.Now().Add(silence))
	return !was || time.Now().After(until)
}

func (m *memory) refused(channel string) bool {
	until, ok := m.denied.Get(channel)
	return ok && time.Now().Before(until)
}
