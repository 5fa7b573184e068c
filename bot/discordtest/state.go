package discordtest

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// World names the things that exist when the server starts. All are IDs.
type World struct {
	Bot         string // the bot's user
	Application string // its application; differs from the user, as on Discord
	Guild       string
	Text        string // a text channel
	Thread      string // a public thread of Text
	Forum       string // a forum channel
	Post        string // a forum post: a thread of Forum
	DM          string // direct messages between Bot and User
	Owner       string // owns the guild
	User        string // a member without special permissions
	Moderator   string // a member with ManageGuild and ManageMessages
}

type state struct {
	users        map[string]User
	members      map[string]*Member
	roles        map[string]*Role
	channels     map[string]*Channel
	order        []string                      // channel IDs as created
	messages     map[string][]*Message         // by channel, oldest first
	commands     map[string][]Object           // by guild ID; "" is global
	interactions map[string]*interactionRecord // by token
	files        map[string]File               // by path
	updates      string                        // the channel where Discord writes to moderators; "" for none
}

func (s *Server) populate() {
	s.state = state{
		users: map[string]User{}, members: map[string]*Member{}, roles: map[string]*Role{},
		channels: map[string]*Channel{}, messages: map[string][]*Message{},
		commands: map[string][]Object{}, interactions: map[string]*interactionRecord{}, files: map[string]File{},
	}
	w := &s.World
	w.Guild, w.Application = s.newID(), s.newID()
	s.state.roles[w.Guild] = newRole(w.Guild, "@everyone", everyone)
	w.Bot = s.addMember("historian", 0)
	bot := s.state.users[w.Bot]
	bot.Bot = true
	s.state.users[w.Bot] = bot
	s.state.members[w.Bot].User = &bot
	w.Owner = s.addMember("owner", 0)
	w.User = s.addMember("asker", 0)
	w.Moderator = s.addMember("moderator", ManageGuild|ManageMessages)
	w.Text = s.addChannel(Channel{Type: channelText, GuildID: w.Guild, Name: "general"})
	w.Forum = s.addChannel(Channel{Type: channelForum, GuildID: w.Guild, Name: "questions"})
	w.Thread = s.addThread(w.Text, "thread", w.User, 1440).ID
	w.Post = s.addThread(w.Forum, "post", w.User, 1440).ID
	w.DM = s.addChannel(Channel{Type: channelDM, Recipients: []User{s.state.users[w.User]}})
}

func newRole(id, name string, p Permissions) *Role {
	return &Role{ID: id, Name: name, Permissions: p, Colors: Object{
		"primary_color": 0, "secondary_color": nil, "tertiary_color": nil,
	}}
}

// newID makes a snowflake: the clock's milliseconds above 22 bits that keep
// IDs of one millisecond apart and rising.
func (s *Server) newID() string {
	const epoch = 1420070400000 // the first millisecond of 2015
	id := (s.now().UnixMilli() - epoch) << 22
	s.lastID = max(s.lastID+1, id)
	return strconv.FormatInt(s.lastID, 10)
}

// AddMember adds a person to the guild and returns the user's ID. Permissions
// beyond those of everybody come by a role of the same name.
func (s *Server) AddMember(name string, extra Permissions) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addMember(name, extra)
}

func (s *Server) addMember(name string, extra Permissions) string {
	u := User{ID: s.newID(), Username: name, Discriminator: "0"}
	s.state.users[u.ID] = u
	m := &Member{User: &u, Roles: []string{}, JoinedAt: s.now().UTC().Add(-time.Hour)}
	if extra != 0 {
		role := newRole(s.newID(), name, extra)
		s.state.roles[role.ID] = role
		m.Roles = append(m.Roles, role.ID)
	}
	s.state.members[u.ID] = m
	return u.ID
}

// AddTextChannel adds a text channel to the guild and returns its ID.
func (s *Server) AddTextChannel(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.addChannel(Channel{Type: channelText, GuildID: s.World.Guild, Name: name})
	s.dispatch("CHANNEL_CREATE", s.World.Guild, toObject(s.state.channels[id]))
	return id
}

// BecomeCommunity gives the guild a channel in which Discord, and whoever else
// has something to tell them, writes to the moderators. It returns its ID.
func (s *Server) BecomeCommunity() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.updates = s.addChannel(Channel{Type: channelText, GuildID: s.World.Guild, Name: "moderator-only"})
	s.dispatch("CHANNEL_CREATE", s.World.Guild, toObject(s.state.channels[s.state.updates]))
	s.dispatch("GUILD_UPDATE", s.World.Guild, s.guild())
	return s.state.updates
}

// AddForeignChannel adds a channel of a server that the bot is no member of: it
// learns of it only by the interactions of people who installed it for
// themselves. It returns the channel's ID.
func (s *Server) AddForeignChannel() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addChannel(Channel{Type: channelText, GuildID: s.newID(), Name: "elsewhere"})
}

// foreign tells whether a server is one that the bot is no member of.
func (s *Server) foreign(guild string) bool { return guild != "" && guild != s.World.Guild }

// DirectChannel is the channel of direct messages between the bot and a user; "" where
// neither opened it.
func (s *Server) DirectChannel(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, c := range s.state.channels {
		if c.Type == channelDM && c.Recipients[0].ID == user {
			return id
		}
	}
	return ""
}

func (s *Server) addChannel(c Channel) string {
	c.ID = s.newID()
	if c.GuildID != "" && !c.Thread() {
		c.Position = new(len(s.state.channels))
	}
	s.state.channels[c.ID] = &c
	s.state.order = append(s.state.order, c.ID)
	return c.ID
}

func (s *Server) addThread(parent, name, owner string, archive int) *Channel {
	now := s.now().UTC()
	id := s.addChannel(Channel{
		Type: channelThread, GuildID: s.World.Guild, ParentID: parent, Name: name, OwnerID: owner,
		MessageCount: new(0), MemberCount: new(1), TotalSent: new(0),
		Metadata: Object{
			"archived": false, "locked": false, "auto_archive_duration": archive,
			"archive_timestamp": now.Format(time.RFC3339Nano), "create_timestamp": now.Format(time.RFC3339Nano),
		},
	})
	return s.state.channels[id]
}

// Overwrite changes what a user may do in a channel, for the rest of the test.
func (s *Server) Overwrite(channel, user string, allow, deny Permissions) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.state.channels[channel]; c != nil {
		i := slices.IndexFunc(c.Overwrites, func(o Overwrite) bool { return o.ID == user })
		if i < 0 { // there is one for each
			i = len(c.Overwrites)
			c.Overwrites = append(c.Overwrites, Overwrite{ID: user, Type: 1})
		}
		o := &c.Overwrites[i]
		o.Allow, o.Deny = o.Allow&^deny|allow, o.Deny&^allow|deny
		s.dispatch("CHANNEL_UPDATE", c.GuildID, toObject(c))
	}
}

// permissions follows the documented order: @everyone, roles, then the
// channel's overwrites for @everyone, roles, member. A thread has its parent's.
func (s *Server) permissions(c *Channel, user string) Permissions {
	if c.Type == channelDM || user == s.World.Owner {
		return allPermissions
	}
	m := s.state.members[user]
	if m == nil || user == s.World.Bot && s.foreign(c.GuildID) {
		return 0
	}
	p := s.state.roles[s.World.Guild].Permissions
	for _, id := range m.Roles {
		p |= s.state.roles[id].Permissions
	}
	if p&Administrator != 0 {
		return allPermissions
	}
	if parent := s.state.channels[c.ParentID]; c.Thread() && parent != nil {
		c = parent
	}
	for _, concerns := range []func(id string) bool{
		func(id string) bool { return id == s.World.Guild },
		func(id string) bool { return slices.Contains(m.Roles, id) },
		func(id string) bool { return id == user },
	} {
		var allow, deny Permissions
		for _, o := range c.Overwrites {
			if concerns(o.ID) {
				allow, deny = allow&^o.Deny|o.Allow, deny&^o.Allow|o.Deny
			}
		}
		p = p&^deny | allow
	}
	return p
}

var userMention = regexp.MustCompile(`<@!?(\d+)>`)
var roleMention = regexp.MustCompile(`<@&(\d+)>`)

// mentionedUsers lists the known users whom content mentions, each once.
func (s *Server) mentionedUsers(content string) []User {
	users, seen := []User{}, map[string]bool{}
	for _, m := range userMention.FindAllStringSubmatch(content, -1) {
		if u, ok := s.state.users[m[1]]; ok && !seen[u.ID] {
			seen[u.ID] = true
			users = append(users, u)
		}
	}
	return users
}

func (s *Server) mentionedRoles(content string) []string {
	roles := []string{}
	for _, m := range roleMention.FindAllStringSubmatch(content, -1) {
		if _, ok := s.state.roles[m[1]]; ok && !slices.Contains(roles, m[1]) {
			roles = append(roles, m[1])
		}
	}
	return roles
}

func (s *Server) message(channel, id string) *Message {
	for _, m := range s.state.messages[channel] {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// post stores a message and tells the sessions. Ephemeral messages reach
// nobody but the person who asked.
func (s *Server) post(m *Message) {
	s.state.messages[m.ChannelID] = append(s.state.messages[m.ChannelID], m)
	c := s.state.channels[m.ChannelID]
	if !m.Ephemeral() {
		c.LastMessageID = &m.ID
		if c.Thread() {
			c.MessageCount, c.TotalSent = new(*c.MessageCount+1), new(*c.TotalSent+1)
		}
		s.dispatchMessage("MESSAGE_CREATE", m)
	}
	s.touch()
}

// dispatchMessage sends the message with what gateway events add to it.
func (s *Server) dispatchMessage(event string, m *Message) {
	o := toObject(m)
	guild := s.state.channels[m.ChannelID].GuildID
	if guild != "" {
		o["guild_id"] = guild
		if member := s.state.members[m.Author.ID]; member != nil && m.WebhookID == "" {
			o["member"] = partialMember(member)
		}
		mentions, _ := o["mentions"].([]any)
		for _, u := range mentions {
			if u, ok := u.(Object); ok {
				if member := s.state.members[u["id"].(string)]; member != nil {
					u["member"] = partialMember(member)
				}
			}
		}
	}
	s.dispatch(event, guild, o)
}

// partialMember is the member without its user.
func partialMember(m *Member) Object {
	o := maps.Clone(toObject(m))
	delete(o, "user")
	return o
}
