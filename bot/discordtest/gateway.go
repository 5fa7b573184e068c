package discordtest

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Gateway close codes.
const (
	closeUnknownOp     = 4001
	closeDecode        = 4002
	closeNotAuth       = 4003
	closeAuthFailed    = 4004
	closeAlreadyAuth   = 4005
	closeInvalidSeq    = 4007
	closeRateLimited   = 4008
	closeTimedOut      = 4009
	closeInvalidShard  = 4010
	closeInvalidAPI    = 4012
	closeIntents       = 4013
	closeDisallowed    = 4014
	maxGatewayPayload  = 4096 // bytes
	maxGatewaySends    = 120  // in gatewaySendWindow
	gatewaySendWindow  = 60 * time.Second
	identifyWindow     = 5 * time.Second
	lateHeartbeatSlack = 5 * time.Second
)

type gateway struct {
	conns      map[*conn]struct{}
	sessions   map[string]*session
	faults     []GatewayFault // for the connections to come
	identified map[int]time.Time
	muteAcks   bool
	refuse     int // close code for whoever identifies or resumes; 0 is none
	refuseText string
	identifies int
	resumes    int
}

// conn is one WebSocket connection. Its fields are guarded by Server.mu, except
// for the socket's writes, which have their own lock.
type conn struct {
	ws       *websocket.Conn
	writing  sync.Mutex
	out      chan []byte // closed by drop
	compress bool
	session  *session // nil before IDENTIFY or RESUME
	fault    GatewayFault
	sends    []time.Time // what the client sent in the last minute
	gone     bool
}

// payload is what both sides send.
type payload struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Type *string         `json:"t"`
}

func (s *Server) gatewayURL() string { return "ws://" + s.host + "/gateway" }

// serveGateway is one connection's life: hello, then what the client sends.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	c := &conn{ws: ws, out: make(chan []byte, 4096)}
	s.mu.Lock()
	if len(s.gateway.faults) > 0 {
		c.fault, s.gateway.faults = s.gateway.faults[0], s.gateway.faults[1:]
	}
	s.gateway.conns[c] = struct{}{}
	s.touch()
	s.mu.Unlock()
	defer s.leave(c)
	go c.write()
	q := r.URL.Query()
	if v := q.Get("v"); v != "9" && v != "10" || q.Get("encoding") != "json" && q.Get("encoding") != "" {
		s.closeConn(c, closeInvalidAPI, "Invalid API version")
		return
	}
	if !c.fault.Silent {
		s.sendOp(c, opHello, Object{"heartbeat_interval": s.opts.HeartbeatInterval.Milliseconds()})
	}
	s.read(c)
}

func (s *Server) read(c *conn) {
	for {
		if !c.fault.Silent {
			_ = c.ws.SetReadDeadline(time.Now().Add(s.opts.HeartbeatInterval*3/2 + lateHeartbeatSlack))
		}
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			s.hangup(c, err)
			return
		}
		if c.fault.Silent {
			continue
		}
		if code, text := s.receive(c, data); code != 0 {
			s.closeConn(c, code, text)
			return
		}
	}
}

// hangup tells a client that fell silent, and forgets the session of one that
// closed with 1000 or 1001, as documented.
func (s *Server) hangup(c *conn, err error) {
	s.mu.Lock()
	if websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) && c.session != nil {
		delete(s.gateway.sessions, c.session.id)
	}
	s.mu.Unlock()
	if timeout, ok := err.(interface{ Timeout() bool }); ok && timeout.Timeout() {
		s.closeConn(c, closeTimedOut, "Session timed out")
	}
}

// receive handles one payload; a code other than 0 ends the connection.
func (s *Server) receive(c *conn, data []byte) (code int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(data) > maxGatewayPayload {
		return closeDecode, "Payload too large"
	}
	now := s.now()
	for len(c.sends) > 0 && now.Sub(c.sends[0]) > gatewaySendWindow {
		c.sends = c.sends[1:]
	}
	if c.sends = append(c.sends, now); len(c.sends) > maxGatewaySends {
		return closeRateLimited, "Rate limited"
	}
	var p payload
	if err := json.Unmarshal(data, &p); err != nil {
		return closeDecode, "Error while decoding payload"
	}
	switch p.Op {
	case opHeartbeat:
		if !c.fault.NoAck && !s.gateway.muteAcks {
			c.send(opAck, nil)
		}
		return 0, ""
	case opIdentify, opResume:
		if c.session != nil {
			return closeAlreadyAuth, "Already authenticated"
		}
		if s.gateway.refuse != 0 {
			return s.gateway.refuse, s.gateway.refuseText
		}
		if op := c.fault.Instead; op != 0 {
			c.fault.Instead = 0
			c.send(op, op == opInvalidSession && c.fault.Resumable)
			return 0, ""
		}
		if p.Op == opResume {
			return s.resume(c, p.Data)
		}
		return s.identify(c, p.Data)
	case opPresence, opRequestMembers:
		if c.session == nil {
			return closeNotAuth, "Not authenticated"
		}
		if p.Op == opRequestMembers {
			s.sendMembers(c.session, p.Data)
		}
		return 0, ""
	}
	return closeUnknownOp, "Unknown opcode"
}

// leave forgets the connection; its session stays, to be resumed.
func (s *Server) leave(c *conn) {
	s.mu.Lock()
	s.drop(c)
	s.mu.Unlock()
	_ = c.ws.Close()
}

func (s *Server) drop(c *conn) {
	if c.gone {
		return
	}
	c.gone = true
	close(c.out)
	delete(s.gateway.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	s.touch()
}

// closeConn ends the connection with a close code.
func (s *Server) closeConn(c *conn, code int, text string) {
	c.writing.Lock()
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(time.Second))
	c.writing.Unlock()
	s.leave(c)
}

func (s *Server) sendOp(c *conn, op int, d any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.send(op, d)
}
