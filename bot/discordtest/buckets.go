package discordtest

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// globalLimit is how many requests a bot may send in a second, over all
// routes but those of interactions.
const globalLimit = 50

// bucket counts the requests of one route and resource in the current second.
type bucket struct {
	reset time.Time
	used  int
}

// take counts a request and tells how long to wait if it was one too many.
func (b *bucket) take(now time.Time, limit int) time.Duration {
	if !now.Before(b.reset) {
		b.reset, b.used = now.Add(time.Second), 0
	}
	if b.used >= limit {
		return b.reset.Sub(now)
	}
	b.used++
	return 0
}

// limit counts a request in its bucket and in the global one, and writes the
// headers that tell of them. A wait above zero is a 429.
func (s *Server) limit(w http.ResponseWriter, c *call, r *route) (wait time.Duration, global bool) {
	now := s.now()
	if !r.open {
		if wait := s.bucket("global").take(now, globalLimit); wait > 0 {
			w.Header().Set("X-RateLimit-Global", "true")
			w.Header().Set("X-RateLimit-Scope", "global")
			w.Header().Set("Retry-After", seconds(wait))
			return wait, true
		}
	}
	key := r.method + " " + r.path + " " + major(c)
	b := s.bucket(key)
	wait = b.take(now, s.opts.RouteLimit)
	if s.opts.Make.Unlimited {
		return wait, false
	}
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(key))
	h := w.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(s.opts.RouteLimit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(s.opts.RouteLimit-b.used))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(b.reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", seconds(b.reset.Sub(now)))
	h.Set("X-RateLimit-Bucket", strconv.FormatUint(sum.Sum64(), 16))
	if wait > 0 {
		h.Set("X-RateLimit-Scope", "user")
		h.Set("Retry-After", seconds(wait))
	}
	return wait, false
}

func (s *Server) bucket(key string) *bucket {
	if s.buckets[key] == nil {
		s.buckets[key] = &bucket{}
	}
	return s.buckets[key]
}

// major is the resource by which Discord tells the buckets of a route apart.
func major(c *call) string {
	return strings.Join([]string{c.PathValue("channel_id"), c.PathValue("guild_id"), c.PathValue("webhook_id") + c.PathValue("webhook_token")}, "/")
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
