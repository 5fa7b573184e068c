package discordtest

import (
	"net/http"
	"slices"
)

// interactionRoutes are those by which a bot answers interactions. They take
// the interaction's token in place of the bot's.
var interactionRoutes = []route{
	{method: "POST", path: "/interactions/{interaction_id}/{interaction_token}/callback", handle: (*Server).callback, limits: callbackLimits, open: true},
	{method: "POST", path: "/webhooks/{webhook_id}/{webhook_token}", handle: (*Server).followUp, limits: messageLimits, open: true},
	{method: "GET", path: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", handle: (*Server).getResponse, open: true},
	{method: "PATCH", path: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", handle: (*Server).editResponse, limits: editLimits, open: true},
	{method: "DELETE", path: "/webhooks/{webhook_id}/{webhook_token}/messages/@original", handle: (*Server).deleteResponse, open: true},
	{method: "GET", path: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", handle: (*Server).getResponse, open: true},
	{method: "PATCH", path: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", handle: (*Server).editResponse, limits: editLimits, open: true},
	{method: "DELETE", path: "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", handle: (*Server).deleteResponse, open: true},
}

func callbackLimits(c *call) []fieldError { return checkInteractionResponse(c.object, len(c.files)) }

// fits lists the response types that each interaction type takes.
var fits = map[int][]int{
	kindCommand:      {answerMessage, answerDeferred, answerModal},
	kindComponent:    {answerMessage, answerDeferred, answerDeferredUpdate, answerUpdate, answerModal},
	kindAutocomplete: {answerChoices},
}

func (s *Server) callback(c *call) (int, any) {
	r := s.state.interactions[c.PathValue("interaction_token")]
	switch {
	case r == nil || r.ID != c.PathValue("interaction_id") || r.answered == 0 && s.now().Sub(r.born) > acknowledgeIn:
		return http.StatusNotFound, unknownInteraction
	case r.answered != 0:
		return http.StatusBadRequest, acknowledged
	}
	kind := int(number(c.object["type"]))
	if !slices.Contains(fits[r.kind], kind) {
		s.violations = append(s.violations, Violation{Request{Method: c.Method, Path: c.URL.Path, Body: c.object}, "this type of response doesn't fit this type of interaction"})
		return http.StatusBadRequest, errorBody([]fieldError{{"type", "BASE_TYPE_CHOICES", "This type of response doesn't fit the interaction."}})
	}
	r.answered = kind
	data, _ := c.object["data"].(Object)
	switch kind {
	case answerMessage:
		s.respondWith(r, data, c.files)
	case answerDeferred:
		r.original = s.responseMessage(r)
		r.original.Flags = int(number(data["flags"]))&flagEphemeral | flagLoading
		s.post(r.original)
	case answerDeferredUpdate:
		r.original = r.source
	case answerUpdate:
		r.original = s.edit(r.source, data, c.files)
	case answerChoices:
		r.choices = objects(data["choices"])
	case answerModal:
		r.modal = data
	}
	s.touch()
	if !c.flag("with_response") {
		return http.StatusNoContent, nil
	}
	resource := Object{"type": kind}
	if r.original != nil {
		resource["message"] = r.original
	}
	return http.StatusOK, Object{"interaction": Object{"id": r.ID, "type": r.kind}, "resource": resource}
}

// responseMessage is the still empty message that answers an interaction.
func (s *Server) responseMessage(r *interactionRecord) *Message {
	kind := typeDefault
	if r.kind == kindCommand {
		kind = typeSlash
	}
	m := s.newMessage(r.channel, s.state.users[s.World.Bot], kind)
	m.WebhookID, m.ApplicationID = s.World.Application, s.World.Application
	m.InteractionMetadata = Object{
		"id": r.ID, "type": r.kind, "user": s.state.users[r.user], "authorizing_integration_owners": Object{},
	}
	if r.source != nil {
		m.InteractionMetadata["interacted_message_id"] = r.source.ID
	}
	return m
}

func (s *Server) respondWith(r *interactionRecord, data Object, files []File) {
	r.original = s.responseMessage(r)
	r.original.Flags = int(number(data["flags"])) & flagEphemeral
	s.fillResponse(r.original, data, files)
	s.post(r.original)
}

// fillResponse is fill with the default of interactions: without
// allowed_mentions, only users are pinged.
func (s *Server) fillResponse(m *Message, data Object, files []File) {
	if _, given := data["allowed_mentions"]; !given {
		clone := Object{"allowed_mentions": Object{"parse": []any{"users"}}}
		for k, v := range data {
			clone[k] = v
		}
		data = clone
	}
	s.fill(m, data, files, true)
}

// record finds the interaction of a webhook call. Its token lives for fifteen
// minutes and works only after the acknowledgement.
func (s *Server) record(c *call) (r *interactionRecord, status int, refused any) {
	r = s.state.interactions[c.PathValue("webhook_token")]
	switch {
	case r == nil || c.PathValue("webhook_id") != s.World.Application || r.answered == 0:
		return nil, http.StatusNotFound, unknownWebhook
	case s.now().Sub(r.born) > tokenLife:
		return nil, http.StatusUnauthorized, invalidToken
	}
	return r, 0, nil
}

func (s *Server) followUp(c *call) (int, any) {
	r, status, refused := s.record(c)
	if status != 0 {
		return status, refused
	}
	if r.answered == answerDeferred && !r.followed {
		return http.StatusOK, s.complete(r, c)
	}
	m := s.responseMessage(r)
	m.Flags = int(number(c.object["flags"])) & flagEphemeral
	if r.original != nil {
		s.replyTo(m, r.original)
	}
	s.fillResponse(m, c.object, c.files)
	s.post(m)
	return http.StatusOK, m
}

// complete fills in a deferred response.
func (s *Server) complete(r *interactionRecord, c *call) *Message {
	r.followed = true
	r.original.Flags &^= flagLoading
	return s.edit(r.original, c.object, c.files)
}

// response finds the message of a webhook call.
func (s *Server) response(c *call) (r *interactionRecord, m *Message, status int, refused any) {
	r, status, refused = s.record(c)
	if status != 0 {
		return nil, nil, status, refused
	}
	id := c.PathValue("message_id")
	m = r.original
	if id != "" && (m == nil || m.ID != id) {
		m = s.message(r.channel, id)
		if m != nil && m.WebhookID != s.World.Application {
			m = nil
		}
	}
	if m == nil || s.message(m.ChannelID, m.ID) == nil {
		return nil, nil, http.StatusNotFound, unknownMessage
	}
	return r, m, 0, nil
}

func (s *Server) getResponse(c *call) (int, any) {
	_, m, status, refused := s.response(c)
	if status != 0 {
		return status, refused
	}
	return http.StatusOK, m
}

func (s *Server) editResponse(c *call) (int, any) {
	r, m, status, refused := s.response(c)
	if status != 0 {
		return status, refused
	}
	if m == r.original && r.answered == answerDeferred && !r.followed {
		return http.StatusOK, s.complete(r, c)
	}
	return http.StatusOK, s.edit(m, c.object, c.files)
}

func (s *Server) deleteResponse(c *call) (int, any) {
	r, m, status, refused := s.response(c)
	if status != 0 {
		return status, refused
	}
	if m == r.original {
		r.followed = true
	}
	s.remove(m)
	return http.StatusNoContent, nil
}
