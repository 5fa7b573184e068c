package discordtest

import (
	"fmt"
	"net/http"
	"slices"
)

// roomRoutes are those of the gateway's address, users, guilds, channels and
// threads.
var roomRoutes = []route{
	{method: "GET", path: "/gateway", handle: (*Server).getGateway, open: true},
	{method: "GET", path: "/gateway/bot", handle: (*Server).getGatewayBot},
	{method: "GET", path: "/users/@me", handle: func(s *Server, _ *call) (int, any) { return http.StatusOK, s.me() }},
	{method: "GET", path: "/users/@me/guilds", handle: (*Server).getMyGuilds},
	{method: "GET", path: "/users/{user_id}", handle: (*Server).getUser},
	{method: "GET", path: "/applications/@me", handle: (*Server).getApplication},
	{method: "GET", path: "/oauth2/applications/@me", handle: (*Server).getApplication},
	{method: "POST", path: "/users/@me/channels", handle: (*Server).openDM},
	{method: "GET", path: "/guilds/{guild_id}", handle: (*Server).getGuild},
	{method: "GET", path: "/guilds/{guild_id}/roles", handle: (*Server).getRoles},
	{method: "GET", path: "/guilds/{guild_id}/channels", handle: (*Server).getChannels},
	{method: "GET", path: "/guilds/{guild_id}/members/{user_id}", handle: (*Server).getMember},
	{method: "GET", path: "/channels/{channel_id}", handle: (*Server).getChannel},
	{method: "POST", path: "/channels/{channel_id}/typing", handle: (*Server).typing},
	{method: "POST", path: "/channels/{channel_id}/threads", handle: (*Server).startThread},
	{method: "POST", path: "/channels/{channel_id}/messages/{message_id}/threads", handle: (*Server).startThread},
}

func (s *Server) getGateway(*call) (int, any) {
	return http.StatusOK, Object{"url": s.gatewayURL()}
}

func (s *Server) getGatewayBot(*call) (int, any) {
	return http.StatusOK, Object{"url": s.gatewayURL(), "shards": s.opts.Shards, "session_start_limit": Object{
		"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": max(1, s.opts.MaxConcurrency),
	}}
}

// me is the bot's user as only the bot sees it.
func (s *Server) me() Object {
	o := toObject(s.state.users[s.World.Bot])
	o["verified"], o["mfa_enabled"], o["email"], o["locale"] = true, false, nil, "en-US"
	return o
}

func (s *Server) getUser(c *call) (int, any) {
	u, ok := s.state.users[c.PathValue("user_id")]
	if !ok {
		return http.StatusNotFound, unknownUser
	}
	return http.StatusOK, u
}

// getMyGuilds lists the guilds that the bot is in, in part.
func (s *Server) getMyGuilds(*call) (int, any) {
	everywhere := &Channel{GuildID: s.World.Guild}
	return http.StatusOK, []Object{{
		"id": s.World.Guild, "name": "guild", "icon": nil, "banner": nil, "owner": false, "features": []any{},
		"permissions": fmt.Sprint(uint64(s.permissions(everywhere, s.World.Bot))),
	}}
}

// Flags of an application that may read messages ("Application Flags").
const contentFlag = 1 << 19

func (s *Server) getApplication(*call) (int, any) {
	flags := contentFlag
	if s.opts.Disallowed&IntentMessageContent != 0 {
		flags = 0
	}
	return http.StatusOK, Object{
		"id": s.World.Application, "name": "historian", "icon": nil, "description": "", "flags": flags,
		"bot_public": true, "bot_require_code_grant": false, "verify_key": "", "bot": s.me(),
	}
}

func (s *Server) openDM(c *call) (int, any) {
	id, _ := c.object["recipient_id"].(string)
	u, ok := s.state.users[id]
	if !ok {
		return http.StatusNotFound, unknownUser
	}
	for _, have := range s.state.channels {
		if have.Type == channelDM && have.Recipients[0].ID == id {
			return http.StatusOK, have
		}
	}
	return http.StatusOK, s.state.channels[s.addChannel(Channel{Type: channelDM, Recipients: []User{u}})]
}

// guild is the guild object, without what only GUILD_CREATE adds.
func (s *Server) guild() Object {
	roles := []*Role{}
	for _, id := range slices.Sorted(mapKeys(s.state.roles)) {
		roles = append(roles, s.state.roles[id])
	}
	return Object{
		"id": s.World.Guild, "name": "guild", "icon": nil, "splash": nil, "discovery_splash": nil, "banner": nil,
		"description": nil, "owner_id": s.World.Owner, "afk_channel_id": nil, "afk_timeout": 300,
		"verification_level": 0, "default_message_notifications": 1, "explicit_content_filter": 0,
		"roles": roles, "emojis": []any{}, "stickers": []any{}, "features": []any{}, "mfa_level": 0,
		"application_id": nil, "system_channel_id": nil, "system_channel_flags": 0, "rules_channel_id": nil,
		"public_updates_channel_id": s.updatesChannel(), "safety_alerts_channel_id": nil, "vanity_url_code": nil,
		"premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US", "nsfw_level": 0,
		"premium_progress_bar_enabled": false, "max_members": 500000, "nsfw": false,
	}
}

func (s *Server) updatesChannel() any {
	if s.state.updates == "" {
		return nil
	}
	return s.state.updates
}

// guildCreate is the guild as a session gets it after READY.
func (s *Server) guildCreate(ss *session) Object {
	o := s.guild()
	channels, threads := []*Channel{}, []*Channel{}
	for _, c := range s.guildChannels() {
		if c.Thread() {
			threads = append(threads, c)
		} else {
			channels = append(channels, c)
		}
	}
	members := s.memberList()
	o["joined_at"], o["large"], o["unavailable"], o["member_count"] = s.now().UTC(), false, false, len(members)
	if ss.intents&IntentGuildMembers == 0 {
		// Without the intent a session gets the bot's own member only.
		members = []*Member{s.state.members[s.World.Bot]}
	}
	o["members"], o["channels"], o["threads"] = members, channels, threads
	for _, empty := range []string{"voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"} {
		o[empty] = []any{}
	}
	return toObject(o)
}

func (s *Server) memberList() []*Member {
	members := []*Member{}
	for _, id := range slices.Sorted(mapKeys(s.state.members)) {
		members = append(members, s.state.members[id])
	}
	return members
}

func (s *Server) guildChannels() []*Channel {
	channels := []*Channel{}
	for _, id := range s.state.order {
		if c := s.state.channels[id]; c.GuildID == s.World.Guild {
			channels = append(channels, c)
		}
	}
	return channels
}

func (s *Server) getGuild(c *call) (int, any) {
	if c.PathValue("guild_id") != s.World.Guild {
		return http.StatusNotFound, unknownGuild
	}
	return http.StatusOK, s.guild()
}

func (s *Server) getRoles(c *call) (int, any) {
	if c.PathValue("guild_id") != s.World.Guild {
		return http.StatusNotFound, unknownGuild
	}
	return http.StatusOK, s.guild()["roles"]
}

func (s *Server) getChannels(c *call) (int, any) {
	if c.PathValue("guild_id") != s.World.Guild {
		return http.StatusNotFound, unknownGuild
	}
	return http.StatusOK, slices.DeleteFunc(s.guildChannels(), func(c *Channel) bool { return c.Thread() })
}

func (s *Server) getMember(c *call) (int, any) {
	if c.PathValue("guild_id") != s.World.Guild {
		return http.StatusNotFound, unknownGuild
	}
	m := s.state.members[c.PathValue("user_id")]
	if m == nil {
		return http.StatusNotFound, unknownMember
	}
	return http.StatusOK, m
}

// channel finds the channel of a call and checks that the bot sees it and has
// further permissions. A status of 0 means yes.
func (s *Server) channel(c *call, need Permissions) (ch *Channel, status int, refused any) {
	ch = s.state.channels[c.PathValue("channel_id")]
	if ch == nil {
		return nil, http.StatusNotFound, unknownChannel
	}
	have := s.permissions(ch, s.World.Bot)
	switch {
	case have&ViewChannel == 0:
		return nil, http.StatusForbidden, missingAccess
	case have&need != need:
		return nil, http.StatusForbidden, missingPermission
	}
	return ch, 0, nil
}

func (s *Server) getChannel(c *call) (int, any) {
	ch, status, refused := s.channel(c, 0)
	if status != 0 {
		return status, refused
	}
	return http.StatusOK, ch
}

// sending is the permission that writing in a channel needs.
func sending(ch *Channel) Permissions {
	if ch.Thread() {
		return SendMessagesInThreads
	}
	return SendMessages
}

func (s *Server) typing(c *call) (int, any) {
	ch, status, refused := s.channel(c, 0)
	switch {
	case status != 0:
		return status, refused
	case s.permissions(ch, s.World.Bot)&sending(ch) == 0:
		return http.StatusForbidden, missingPermission
	}
	return http.StatusNoContent, nil
}

// startThread makes a thread, of a message or of none.
func (s *Server) startThread(c *call) (int, any) {
	ch, status, refused := s.channel(c, CreatePublicThreads)
	if status != 0 {
		return status, refused
	}
	name, _ := c.object["name"].(string)
	archive := 4320
	if v, ok := c.object["auto_archive_duration"].(float64); ok {
		archive = int(v)
	}
	id := c.PathValue("message_id")
	if id == "" {
		return http.StatusCreated, s.announceThread(s.addThread(ch.ID, name, s.World.Bot, archive))
	}
	m := s.message(ch.ID, id)
	switch {
	case m == nil:
		return http.StatusNotFound, unknownMessage
	case m.Thread != nil:
		return http.StatusBadRequest, threadExists
	}
	t := s.addThread(ch.ID, name, s.World.Bot, archive)
	// A message's thread has the message's ID.
	delete(s.state.channels, t.ID)
	s.state.order[len(s.state.order)-1] = m.ID
	t.ID = m.ID
	s.state.channels[t.ID] = t
	m.Thread = t
	return http.StatusCreated, s.announceThread(t)
}

func (s *Server) announceThread(t *Channel) *Channel {
	o := toObject(t)
	o["newly_created"] = true
	s.dispatch("THREAD_CREATE", t.GuildID, o)
	return t
}
