package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gorilla/websocket"
)

// session outlives its connections: it keeps every event for replay.
type session struct {
	id      string
	conn    *conn // nil while disconnected
	intents Intents
	shard   [2]int
	events  [][]byte // events[i] has sequence number i+1
	scant   func(event string, d any) any
}

// send queues a payload that is not an event. The caller holds Server.mu.
func (c *conn) send(op int, d any) {
	c.enqueue(encode(Object{"op": op, "d": d, "s": nil, "t": nil}))
}

// enqueue hands data to the writer. A client that reads nothing for thousands
// of payloads loses them, as a real one would lose its connection.
func (c *conn) enqueue(data []byte) {
	if c.gone {
		return
	}
	if c.compress {
		data = deflate(data)
	}
	select {
	case c.out <- data:
	default:
	}
}

func (c *conn) write() {
	for data := range c.out {
		kind := websocket.TextMessage
		if len(data) > 0 && data[0] != '{' {
			kind = websocket.BinaryMessage
		}
		c.writing.Lock()
		err := c.ws.WriteMessage(kind, data)
		c.writing.Unlock()
		if err != nil {
			_ = c.ws.Close()
		}
	}
}

func encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // built from JSON values only
	}
	return data
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

// event numbers an event for the session and sends it if it is connected.
func (ss *session) event(name string, d any) {
	seq := len(ss.events) + 1
	data := encode(Object{"op": opDispatch, "s": seq, "t": name, "d": ss.scant(name, d)})
	ss.events = append(ss.events, data)
	if ss.conn != nil {
		ss.conn.enqueue(data)
	}
}

// bareToken removes the "Bot " that Discord tolerates in front of a gateway
// token.
func bareToken(t string) string { return strings.TrimPrefix(t, "Bot ") }

func (s *Server) identify(c *conn, data []byte) (code int, text string) {
	var d struct {
		Token      string            `json:"token"`
		Properties map[string]string `json:"properties"`
		Compress   bool              `json:"compress"`
		Shard      *[2]int           `json:"shard"`
		Intents    *Intents          `json:"intents"`
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return closeDecode, "Error while decoding payload"
	}
	s.gateway.identifies++
	switch {
	case bareToken(d.Token) != s.opts.Token:
		return closeAuthFailed, "Authentication failed."
	case d.Properties == nil:
		return closeDecode, "Error while decoding payload"
	case d.Intents == nil || *d.Intents&^validIntents != 0:
		return closeIntents, "Invalid intent(s)."
	case *d.Intents&s.opts.Disallowed&privilegedIntents != 0:
		return closeDisallowed, "Disallowed intent(s)."
	}
	shard := [2]int{0, 1}
	if d.Shard != nil {
		shard = *d.Shard
	}
	if shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1] {
		return closeInvalidShard, "Invalid shard."
	}
	if !s.identifyAllowed(shard[0]) {
		c.send(opInvalidSession, false)
		return 0, ""
	}
	ss := &session{id: "session-" + s.newID(), conn: c, intents: *d.Intents, shard: shard, scant: s.scant}
	c.session, c.compress = ss, d.Compress
	s.gateway.sessions[ss.id] = ss
	s.ready(ss, d.Shard != nil)
	s.touch()
	return 0, ""
}

// identifyAllowed holds the pace of max_concurrency: one IDENTIFY per key in
// five seconds, the key being the shard modulo max_concurrency.
func (s *Server) identifyAllowed(shard int) bool {
	n := s.opts.MaxConcurrency
	if n == 0 {
		return true
	}
	now, key := s.now(), shard%n
	if last, ok := s.gateway.identified[key]; ok && now.Sub(last) < identifyWindow {
		return false
	}
	s.gateway.identified[key] = now
	return true
}

func (s *Server) ready(ss *session, sharded bool) {
	guilds := []Object{}
	mine := ss.concerns(s.World.Guild)
	if mine {
		guilds = append(guilds, Object{"id": s.World.Guild, "unavailable": true})
	}
	d := Object{
		"v": 10, "user": s.me(), "guilds": guilds, "session_id": ss.id,
		"resume_gateway_url": s.gatewayURL(), "session_type": "normal", "private_channels": []any{},
		"application": Object{"id": s.World.Application, "flags": 0},
	}
	if sharded {
		d["shard"] = ss.shard
	}
	ss.event("READY", d)
	if mine && ss.intents&IntentGuilds != 0 && !s.opts.Make.Uncached {
		ss.event("GUILD_CREATE", s.guildCreate(ss))
	}
}

func (s *Server) resume(c *conn, data []byte) (code int, text string) {
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       *int   `json:"seq"`
	}
	if err := json.Unmarshal(data, &d); err != nil || d.Seq == nil {
		return closeDecode, "Error while decoding payload"
	}
	s.gateway.resumes++
	ss := s.gateway.sessions[d.SessionID]
	switch {
	case bareToken(d.Token) != s.opts.Token:
		return closeAuthFailed, "Authentication failed."
	case ss == nil:
		c.send(opInvalidSession, false)
		return 0, ""
	case *d.Seq < 0 || *d.Seq > len(ss.events):
		return closeInvalidSeq, "Invalid seq."
	}
	if old := ss.conn; old != nil {
		s.drop(old)
		_ = old.ws.Close()
	}
	ss.conn, c.session = c, ss
	for _, missed := range ss.events[*d.Seq:] {
		c.enqueue(missed)
	}
	ss.event("RESUMED", Object{"_trace": []string{}})
	s.touch()
	return 0, ""
}

// concerns reports whether the guild's events go to the session's shard;
// direct messages (no guild) go to shard 0.
func (ss *session) concerns(guild string) bool {
	if guild == "" {
		return ss.shard[0] == 0
	}
	id, _ := strconv.ParseInt(guild, 10, 64)
	return int(id>>22)%ss.shard[1] == ss.shard[0]
}

// dispatch sends an event to every session whose shard and intents ask for it.
func (s *Server) dispatch(event, guild string, d Object) {
	if s.foreign(guild) {
		return
	}
	for _, id := range slices.Sorted(mapKeys(s.gateway.sessions)) {
		ss := s.gateway.sessions[id]
		need := intentFor(event, guild == "")
		if ss.concerns(guild) && (need == 0 || ss.intents&need != 0) {
			ss.event(event, s.redact(ss, event, d))
		}
	}
}

// sendMembers answers REQUEST_GUILD_MEMBERS with one chunk.
func (s *Server) sendMembers(ss *session, data []byte) {
	var d struct {
		GuildID string `json:"guild_id"`
		Nonce   string `json:"nonce"`
	}
	if json.Unmarshal(data, &d) != nil || d.GuildID != s.World.Guild {
		return
	}
	ss.event("GUILD_MEMBERS_CHUNK", Object{
		"guild_id": d.GuildID, "members": s.memberList(), "chunk_index": 0, "chunk_count": 1, "nonce": d.Nonce,
	})
}

func (ss *session) String() string { return fmt.Sprintf("%s shard %v", ss.id, ss.shard) }
