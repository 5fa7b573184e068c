package discordtest

import (
	"maps"
	"net/http"
	"slices"
)

// Make says in what a server of another make that is compatible with Discord
// falls short of it. The zero value is Discord itself.
type Make struct {
	Lacks     []string // routes it doesn't have, as "GET /gateway/bot"
	Status    int      // what it answers there; 404 by default
	Sparse    bool     // READY, messages and interactions have the fields that nothing works without
	Uncached  bool     // no GUILD_CREATE tells of channels
	Strict    bool     // message bodies may hold only what bots have always sent
	Unlimited bool     // no headers tell of rate limits
}

// lacks tells whether the server answers that it doesn't have a route.
func (s *Server) lacks(r *route) (int, any, bool) {
	if r == nil || !slices.Contains(s.opts.Make.Lacks, r.method+" "+r.path) {
		return 0, nil, false
	}
	status := s.opts.Make.Status
	if status == 0 {
		status = http.StatusNotFound
	}
	return status, Object{"message": http.StatusText(status), "code": 0}, true
}

// longKnown are the fields of a message that a strict server takes.
var longKnown = []string{"content", "nonce", "tts", "embeds", "embed", "allowed_mentions", "message_reference", "attachments", "sticker_ids"}

// unknownFields lists what a strict server does not take in a message.
func (s *Server) unknownFields(c *call, r *route) []fieldError {
	if !s.opts.Make.Strict || r.path != "/channels/{channel_id}/messages" && r.path != "/channels/{channel_id}/messages/{message_id}" {
		return nil
	}
	var out []fieldError
	for _, key := range slices.Sorted(maps.Keys(c.object)) {
		if !slices.Contains(longKnown, key) {
			out = append(out, fieldError{key, "UNKNOWN_FIELD", "must NOT have additional properties"})
		}
	}
	return out
}

// scant takes out of an event what a sparse server leaves out.
func (s *Server) scant(event string, d any) any {
	o, ok := d.(Object)
	if !ok || !s.opts.Make.Sparse {
		return d
	}
	o = maps.Clone(o)
	keep := func(keys ...string) {
		maps.DeleteFunc(o, func(k string, _ any) bool { return !slices.Contains(keys, k) })
	}
	switch event {
	case "READY":
		keep("v", "user", "guilds", "session_id")
	case "MESSAGE_CREATE":
		keep("id", "channel_id", "guild_id", "author", "content", "timestamp", "mentions", "message_reference", "webhook_id")
	case "MESSAGE_UPDATE":
		keep("id", "channel_id", "guild_id", "content")
	}
	return o
}
