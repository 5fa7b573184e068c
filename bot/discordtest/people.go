package discordtest

import (
	"context"
	"slices"
)

// Say says what is special about a message.
type Say struct {
	ReplyTo string   // ID of the message it replies to
	Silent  bool     // a reply that doesn't ping the author of the message it answers
	Bot     bool     // written by another bot
	Webhook bool     // written by a webhook
	Embeds  []Object // shown under it
}

// Say has a user write a message, and returns its ID.
func (s *Server) Say(channel, user, content string, how Say) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	author := s.state.users[user]
	author.Bot = author.Bot || how.Bot
	m := s.newMessage(channel, author, typeDefault)
	m.Content = content
	m.Embeds = append(m.Embeds, how.Embeds...)
	if how.Webhook {
		m.WebhookID = s.newID()
	}
	body := Object{}
	if to := s.message(channel, how.ReplyTo); to != nil {
		s.replyTo(m, to)
		body["allowed_mentions"] = Object{"parse": []any{"users", "roles", "everyone"}, "replied_user": !how.Silent}
	}
	s.mention(m, body)
	s.post(m)
	return m.ID
}

// EditMessage has the author of a message change it.
func (s *Server) EditMessage(channel, id, content string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.message(channel, id); m != nil {
		s.edit(m, Object{"content": content}, nil)
	}
}

// ShowPreview does what Discord does when it has fetched a link of a message:
// a MESSAGE_UPDATE that no person made, with edited_timestamp unset.
func (s *Server) ShowPreview(channel, id string, embed Object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.message(channel, id); m != nil {
		m.Embeds = append(m.Embeds, embed)
		s.dispatchMessage("MESSAGE_UPDATE", m)
	}
}

// DeleteMessage deletes a message.
func (s *Server) DeleteMessage(channel, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.message(channel, id); m != nil {
		s.remove(m)
	}
}

// React has a user put an emoji under a message.
func (s *Server) React(channel, id, user, emoji string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.message(channel, id); m != nil {
		s.reaction(m, "MESSAGE_REACTION_ADD", user, emoji, 1)
	}
}

// OpenPost has a user open a post in a forum: a thread with its first message,
// which has the thread's ID.
func (s *Server) OpenPost(forum, user, title, content string) (post, message string) {
	post = s.NextPost(forum, user, title, content, MessageLast)
	return post, post
}

// PostOrder says how the events of a new forum post come.
type PostOrder int

// The orders of THREAD_CREATE and the MESSAGE_CREATE of the first message.
const (
	MessageLast PostOrder = iota
	MessageFirst
	MessageUntold // THREAD_CREATE alone
)

// NextPost is OpenPost with the events in an order. It returns the ID of the
// post.
func (s *Server) NextPost(forum, user, title, content string, order PostOrder) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.addThread(forum, title, user, 4320)
	m := s.newMessage(t.ID, s.state.users[user], typeDefault)
	m.ID = t.ID
	m.Content = content
	s.mention(m, Object{})
	switch order {
	case MessageLast:
		s.announceThread(t)
		s.post(m)
	case MessageFirst:
		s.post(m)
		s.announceThread(t)
	case MessageUntold:
		s.state.messages[m.ChannelID] = append(s.state.messages[m.ChannelID], m)
		s.announceThread(t)
	}
	return t.ID
}

// Lock has a moderator lock a thread or post: nobody else may write there.
func (s *Server) Lock(thread string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.state.channels[thread]; t != nil && t.Thread() {
		t.Metadata["locked"] = true
		s.dispatch("THREAD_UPDATE", t.GuildID, toObject(t))
	}
}

// Repeat sends the MESSAGE_CREATE of a message again, as Discord may.
func (s *Server) Repeat(channel, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.message(channel, id); m != nil {
		s.dispatchMessage("MESSAGE_CREATE", m)
	}
}

// Dispatch sends any event, for what the fake itself never sends.
func (s *Server) Dispatch(event string, d Object) {
	s.mu.Lock()
	defer s.mu.Unlock()
	guild, _ := d["guild_id"].(string)
	s.dispatch(event, guild, d)
}

// Messages lists the messages of a channel, oldest first; ephemeral ones too.
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Message{}
	for _, m := range s.state.messages[channel] {
		out = append(out, copyMessage(m))
	}
	return out
}

// WaitMessage returns the bot's next message in a channel: each once, in
// order. Responses to interactions come by WaitResponse.
func (s *Server) WaitMessage(ctx context.Context, channel string) (Message, error) {
	var out Message
	err := s.wait(ctx, "a message of the bot", func() bool {
		for _, m := range s.state.messages[channel] {
			if m.Author.ID != s.World.Bot || m.WebhookID != "" {
				continue
			}
			if !slices.Contains(s.seen[channel], m.ID) {
				s.seen[channel] = append(s.seen[channel], m.ID)
				out = copyMessage(m)
				return true
			}
		}
		return false
	})
	return out, err
}

// WaitFor returns once ok accepts the messages of a channel.
func (s *Server) WaitFor(ctx context.Context, channel string, ok func([]Message) bool) error {
	return s.watch(ctx, "the channel to change", func() bool { return ok(s.Messages(channel)) })
}

// Attachment returns the file behind an attachment of a message.
func (s *Server) Attachment(a Object) (File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	link, _ := a["url"].(string)
	if len(link) < len(s.URL()) {
		return File{}, false
	}
	f, ok := s.state.files[link[len(s.URL()):]]
	return f, ok
}
