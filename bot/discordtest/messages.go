package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/png" // for the size of pictures
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// messageRoutes are those of messages and reactions.
var messageRoutes = []route{
	{method: "GET", path: "/channels/{channel_id}/messages", handle: (*Server).getMessages},
	{method: "POST", path: "/channels/{channel_id}/messages", handle: (*Server).createMessage, limits: messageLimits},
	{method: "GET", path: "/channels/{channel_id}/messages/{message_id}", handle: (*Server).getMessage},
	{method: "PATCH", path: "/channels/{channel_id}/messages/{message_id}", handle: (*Server).editMessage, limits: editLimits},
	{method: "DELETE", path: "/channels/{channel_id}/messages/{message_id}", handle: (*Server).deleteMessage},
	{method: "PUT", path: "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", handle: (*Server).addReaction},
	{method: "DELETE", path: "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", handle: (*Server).removeReaction},
}

func messageLimits(c *call) []fieldError { return checkMessage(c.object, len(c.files)) }
func editLimits(c *call) []fieldError    { return checkEdit(c.object, len(c.files)) }

func (s *Server) getMessages(c *call) (int, any) {
	ch, status, refused := s.channel(c, ReadMessageHistory)
	if status != 0 {
		return status, refused
	}
	limit, err := strconv.Atoi(c.URL.Query().Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		limit = 50
	}
	before, after := c.URL.Query().Get("before"), c.URL.Query().Get("after")
	found := []*Message{}
	for _, m := range slices.Backward(s.state.messages[ch.ID]) {
		if !m.Ephemeral() && (before == "" || older(m.ID, before)) && (after == "" || older(after, m.ID)) && len(found) < limit {
			found = append(found, m)
		}
	}
	return http.StatusOK, found
}

// older compares snowflakes, which are decimal numbers.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

func (s *Server) getMessage(c *call) (int, any) {
	ch, status, refused := s.channel(c, ReadMessageHistory)
	if status != 0 {
		return status, refused
	}
	if m := s.message(ch.ID, c.PathValue("message_id")); m != nil && !m.Ephemeral() {
		return http.StatusOK, m
	}
	return http.StatusNotFound, unknownMessage
}

func (s *Server) createMessage(c *call) (int, any) {
	ch, status, refused := s.channel(c, 0)
	if status != 0 {
		return status, refused
	}
	need := sending(ch)
	if len(c.files) > 0 {
		need |= AttachFiles
	}
	if embeds, _ := c.object["embeds"].([]any); len(embeds) > 0 {
		need |= EmbedLinks
	}
	if s.permissions(ch, s.World.Bot)&need != need {
		return http.StatusForbidden, missingPermission
	}
	if ch.Thread() && ch.Metadata["locked"] == true {
		return http.StatusBadRequest, threadArchived
	}
	if same := s.sameNonce(ch.ID, c.object); same != nil {
		return http.StatusOK, same
	}
	m := s.newMessage(ch.ID, s.state.users[s.World.Bot], typeDefault)
	if status, refused := s.refer(m, ch, c.object); status != 0 {
		return status, refused
	}
	s.fill(m, c.object, c.files, true)
	m.Nonce = c.object["nonce"]
	s.post(m)
	return http.StatusOK, m
}

// sameNonce finds the message that enforce_nonce makes of a second request:
// one of the last few minutes with the same nonce.
func (s *Server) sameNonce(channel string, body Object) *Message {
	if body["enforce_nonce"] != true || body["nonce"] == nil {
		return nil
	}
	for _, m := range s.state.messages[channel] {
		if m.Author.ID == s.World.Bot && m.Nonce == body["nonce"] && s.now().Sub(m.Timestamp) < 5*time.Minute {
			return m
		}
	}
	return nil
}

// refer makes a message a reply.
func (s *Server) refer(m *Message, ch *Channel, body Object) (int, any) {
	ref, _ := body["message_reference"].(Object)
	if ref == nil {
		return 0, nil
	}
	id, _ := ref["message_id"].(string)
	to := s.message(ch.ID, id)
	switch {
	case s.permissions(ch, m.Author.ID)&ReadMessageHistory == 0:
		return http.StatusBadRequest, replyNeedsHistory
	case to == nil && ref["fail_if_not_exists"] == false:
		return 0, nil
	case to == nil:
		return http.StatusBadRequest, errorBody([]fieldError{{"message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"}})
	}
	s.replyTo(m, to)
	return 0, nil
}

func (s *Server) replyTo(m, to *Message) {
	m.Type = typeReply
	m.Reference = &Reference{MessageID: to.ID, ChannelID: to.ChannelID, GuildID: s.state.channels[to.ChannelID].GuildID}
	referenced := *to
	referenced.Referenced = nil // one level deep
	m.Referenced = &referenced
}

func (s *Server) newMessage(channel string, author User, kind int) *Message {
	return &Message{
		ID: s.newID(), Type: kind, ChannelID: channel, Author: author, Timestamp: s.now().UTC(),
		Mentions: []User{}, MentionRoles: []string{}, Attachments: []Object{}, Embeds: []Object{}, Components: []Object{},
	}
}

// fill writes what a body holds into a message; what it leaves out stays. A
// new message and an edit differ in that an edit notifies nobody.
func (s *Server) fill(m *Message, body Object, files []File, fresh bool) {
	if v, ok := body["content"]; ok {
		m.Content, _ = v.(string)
	}
	if v, ok := body["flags"].(float64); ok {
		m.Flags = m.Flags&(flagEphemeral|flagLoading) | int(v)&^flagLoading
	}
	if v, ok := body["embeds"]; ok {
		m.Embeds = objects(v)
	}
	if v, ok := body["components"]; ok {
		m.Components = numbered(objects(v))
	}
	s.attach(m, body, files, fresh)
	s.mention(m, body)
}

func objects(v any) []Object {
	out := []Object{}
	list, _ := v.([]any)
	for _, e := range list {
		if o, ok := e.(Object); ok {
			out = append(out, o)
		}
	}
	return out
}

// numbered gives each component the id that Discord gives it.
func numbered(components []Object) []Object {
	n := 0
	var number func([]Object) []Object
	number = func(in []Object) []Object {
		out := []Object{}
		for _, c := range in {
			c = maps.Clone(c)
			n++
			c["id"] = n
			if children, ok := c["components"]; ok {
				c["components"] = number(objects(children))
			}
			out = append(out, c)
		}
		return out
	}
	return number(components)
}

// attach keeps the attachments that the body names and adds the new files.
func (s *Server) attach(m *Message, body Object, files []File, fresh bool) {
	named, given := body["attachments"].([]any)
	if !fresh && given {
		m.Attachments = slices.DeleteFunc(m.Attachments, func(a Object) bool {
			return !slices.ContainsFunc(objects(named), func(o Object) bool { return o["id"] == a["id"] })
		})
	}
	for n, f := range files {
		id := s.newID()
		path := "/attachments/" + m.ChannelID + "/" + id + "/" + url.PathEscape(f.Name)
		s.state.files[path] = f
		a := Object{
			"id": id, "filename": f.Name, "size": len(f.Data), "content_type": f.ContentType,
			"url": s.URL() + path, "proxy_url": s.URL() + path,
		}
		for _, o := range objects(named) {
			if fmt.Sprint(o["id"]) == strconv.Itoa(n) && o["description"] != nil {
				a["description"] = o["description"]
			}
		}
		if picture, _, err := image.DecodeConfig(bytes.NewReader(f.Data)); err == nil {
			a["width"], a["height"] = picture.Width, picture.Height
		}
		m.Attachments = append(m.Attachments, a)
	}
}

// mention works out whom a message pings, under its allowed_mentions.
func (s *Server) mention(m *Message, body Object) {
	allowed, restricted := body["allowed_mentions"].(Object)
	may := func(kind string, id string) bool {
		if !restricted {
			return true
		}
		parse, _ := allowed["parse"].([]any)
		only, _ := allowed[kind].([]any)
		return slices.Contains(parse, any(kind)) || slices.Contains(only, any(id))
	}
	m.Mentions = slices.DeleteFunc(s.mentionedUsers(m.Content), func(u User) bool { return !may("users", u.ID) })
	m.MentionRoles = slices.DeleteFunc(s.mentionedRoles(m.Content), func(id string) bool { return !may("roles", id) })
	c := s.state.channels[m.ChannelID]
	m.MentionEveryone = (strings.Contains(m.Content, "@everyone") || strings.Contains(m.Content, "@here")) &&
		may("everyone", "") && s.permissions(c, m.Author.ID)&MentionEveryone != 0
	if m.Referenced != nil && (!restricted || allowed["replied_user"] == true) {
		author := m.Referenced.Author
		if !slices.ContainsFunc(m.Mentions, func(u User) bool { return u.ID == author.ID }) {
			m.Mentions = append(m.Mentions, author)
		}
	}
}

func (s *Server) editMessage(c *call) (int, any) {
	ch, status, refused := s.channel(c, 0)
	if status != 0 {
		return status, refused
	}
	m := s.message(ch.ID, c.PathValue("message_id"))
	switch {
	case m == nil || m.Ephemeral():
		return http.StatusNotFound, unknownMessage
	case m.Author.ID != s.World.Bot:
		return http.StatusForbidden, otherAuthor
	}
	return http.StatusOK, s.edit(m, c.object, c.files)
}

func (s *Server) edit(m *Message, body Object, files []File) *Message {
	now := s.now().UTC()
	m.EditedTimestamp = &now
	s.fill(m, body, files, false)
	if !m.Ephemeral() {
		s.dispatchMessage("MESSAGE_UPDATE", m)
	}
	s.touch()
	return m
}

func (s *Server) deleteMessage(c *call) (int, any) {
	ch, status, refused := s.channel(c, 0)
	if status != 0 {
		return status, refused
	}
	m := s.message(ch.ID, c.PathValue("message_id"))
	switch {
	case m == nil || m.Ephemeral():
		return http.StatusNotFound, unknownMessage
	case m.Author.ID != s.World.Bot && s.permissions(ch, s.World.Bot)&ManageMessages == 0:
		return http.StatusForbidden, missingPermission
	}
	s.remove(m)
	return http.StatusNoContent, nil
}

func (s *Server) remove(m *Message) {
	s.state.messages[m.ChannelID] = slices.DeleteFunc(s.state.messages[m.ChannelID], func(o *Message) bool { return o == m })
	for _, reply := range s.state.messages[m.ChannelID] {
		if reply.Referenced != nil && reply.Referenced.ID == m.ID {
			reply.Referenced = nil
		}
	}
	if m.Ephemeral() {
		s.touch()
		return
	}
	o := Object{"id": m.ID, "channel_id": m.ChannelID}
	guild := s.state.channels[m.ChannelID].GuildID
	if guild != "" {
		o["guild_id"] = guild
	}
	s.dispatch("MESSAGE_DELETE", guild, o)
	s.touch()
}

func (s *Server) addReaction(c *call) (int, any) {
	return s.react(c, "MESSAGE_REACTION_ADD", AddReactions|ReadMessageHistory, 1)
}

func (s *Server) removeReaction(c *call) (int, any) {
	return s.react(c, "MESSAGE_REACTION_REMOVE", 0, -1)
}

func (s *Server) react(c *call, event string, need Permissions, by int) (int, any) {
	ch, status, refused := s.channel(c, need)
	if status != 0 {
		return status, refused
	}
	m := s.message(ch.ID, c.PathValue("message_id"))
	if m == nil {
		return http.StatusNotFound, unknownMessage
	}
	s.reaction(m, event, s.World.Bot, c.PathValue("emoji_name"), by)
	return http.StatusNoContent, nil
}

// reaction counts a person's emoji under a message and tells the sessions.
func (s *Server) reaction(m *Message, event, user, name string, by int) {
	emoji := Object{"id": nil, "name": name}
	i := slices.IndexFunc(m.Reactions, func(r Object) bool { return r["emoji"].(Object)["name"] == name })
	if i < 0 {
		m.Reactions = append(m.Reactions, Object{"emoji": emoji, "count": 0, "me": false})
		i = len(m.Reactions) - 1
	}
	count, _ := m.Reactions[i]["count"].(int)
	m.Reactions[i]["count"] = count + by
	if user == s.World.Bot {
		m.Reactions[i]["me"] = by > 0
	}
	if count+by <= 0 {
		m.Reactions = slices.Delete(m.Reactions, i, i+1)
	}
	o := Object{"user_id": user, "channel_id": m.ChannelID, "message_id": m.ID, "emoji": emoji, "type": 0, "burst": false}
	guild := s.state.channels[m.ChannelID].GuildID
	if guild != "" {
		o["guild_id"] = guild
	}
	s.dispatch(event, guild, o)
	s.touch()
}

// copyMessage is a message that later changes don't reach.
func copyMessage(m *Message) Message {
	var out Message
	if err := json.Unmarshal(encode(m), &out); err != nil {
		panic(err) // our own type
	}
	return out
}
