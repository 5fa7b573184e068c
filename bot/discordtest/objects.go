package discordtest

import (
	"encoding/json"
	"strconv"
	"time"
)

// User is Discord's user object.
type User struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`
	Flags         int     `json:"flags"`
	PrimaryGuild  *Object `json:"primary_guild"`
}

// Reference points from a reply to the message it answers.
type Reference struct {
	Type      int    `json:"type"`
	MessageID string `json:"message_id,omitempty"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id,omitempty"`
}

// Message is Discord's message object.
type Message struct {
	ID                  string     `json:"id"`
	Type                int        `json:"type"`
	ChannelID           string     `json:"channel_id"`
	Author              User       `json:"author"`
	Content             string     `json:"content"`
	Timestamp           time.Time  `json:"timestamp"`
	EditedTimestamp     *time.Time `json:"edited_timestamp"`
	TTS                 bool       `json:"tts"`
	Pinned              bool       `json:"pinned"`
	MentionEveryone     bool       `json:"mention_everyone"`
	Mentions            []User     `json:"mentions"`
	MentionRoles        []string   `json:"mention_roles"`
	Attachments         []Object   `json:"attachments"`
	Embeds              []Object   `json:"embeds"`
	Components          []Object   `json:"components"`
	Flags               int        `json:"flags"`
	Nonce               any        `json:"nonce,omitempty"`
	WebhookID           string     `json:"webhook_id,omitempty"`
	ApplicationID       string     `json:"application_id,omitempty"`
	InteractionMetadata Object     `json:"interaction_metadata,omitempty"`
	Reference           *Reference `json:"message_reference,omitempty"`
	Referenced          *Message   `json:"referenced_message,omitempty"`
	Reactions           []Object   `json:"reactions,omitempty"`
	Thread              *Channel   `json:"thread,omitempty"`
}

// Message flags.
const (
	flagEphemeral = 1 << 6
	flagLoading   = 1 << 7
)

// Message and channel types that the fake knows.
const (
	typeDefault   = 0
	typeReply     = 19
	typeSlash     = 20
	typeContext   = 23
	channelText   = 0
	channelDM     = 1
	channelThread = 11
	channelForum  = 15
)

// Ephemeral reports whether only the person asked sees the message.
func (m Message) Ephemeral() bool { return m.Flags&flagEphemeral != 0 }

// Channel is Discord's channel object: guild text and forum channels, threads,
// forum posts and direct messages.
type Channel struct {
	ID            string      `json:"id"`
	Type          int         `json:"type"`
	Flags         int         `json:"flags"`
	GuildID       string      `json:"guild_id,omitempty"`
	ParentID      string      `json:"parent_id,omitempty"`
	Name          string      `json:"name,omitempty"`
	Position      *int        `json:"position,omitempty"`
	Overwrites    []Overwrite `json:"permission_overwrites,omitempty"`
	LastMessageID *string     `json:"last_message_id"`
	OwnerID       string      `json:"owner_id,omitempty"`
	Metadata      Object      `json:"thread_metadata,omitempty"`
	MessageCount  *int        `json:"message_count,omitempty"`
	MemberCount   *int        `json:"member_count,omitempty"`
	TotalSent     *int        `json:"total_message_sent,omitempty"`
	Recipients    []User      `json:"recipients,omitempty"`
}

// Thread reports whether the channel is a thread or a forum post.
func (c Channel) Thread() bool { return c.Type == channelThread }

// Overwrite changes the permissions of a role (type 0) or member (type 1) in
// one channel.
type Overwrite struct {
	ID    string      `json:"id"`
	Type  int         `json:"type"`
	Allow Permissions `json:"allow"`
	Deny  Permissions `json:"deny"`
}

// Role gives its members permissions in the whole guild.
type Role struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Description *string     `json:"description"`
	Color       int         `json:"color"`
	Colors      Object      `json:"colors"`
	Hoist       bool        `json:"hoist"`
	Icon        *string     `json:"icon"`
	Emoji       *string     `json:"unicode_emoji"`
	Position    int         `json:"position"`
	Permissions Permissions `json:"permissions"`
	Managed     bool        `json:"managed"`
	Mentionable bool        `json:"mentionable"`
	Flags       int         `json:"flags"`
}

// Member is a user's membership in the guild.
type Member struct {
	User          *User     `json:"user,omitempty"`
	Nick          *string   `json:"nick"`
	Avatar        *string   `json:"avatar"`
	Banner        *string   `json:"banner"`
	Roles         []string  `json:"roles"`
	JoinedAt      time.Time `json:"joined_at"`
	PremiumSince  *string   `json:"premium_since"`
	Deaf          bool      `json:"deaf"`
	Mute          bool      `json:"mute"`
	Pending       bool      `json:"pending"`
	Flags         int       `json:"flags"`
	DisabledUntil *string   `json:"communication_disabled_until"`
}

// Permissions is a set of permission bits. Discord writes it as a string.
type Permissions uint64

// The permissions that the fake checks or that a test is likely to hand out.
const (
	Administrator         Permissions = 1 << 3
	ManageGuild           Permissions = 1 << 5
	AddReactions          Permissions = 1 << 6
	ViewChannel           Permissions = 1 << 10
	SendMessages          Permissions = 1 << 11
	ManageMessages        Permissions = 1 << 13
	EmbedLinks            Permissions = 1 << 14
	AttachFiles           Permissions = 1 << 15
	ReadMessageHistory    Permissions = 1 << 16
	MentionEveryone       Permissions = 1 << 17
	UseCommands           Permissions = 1 << 31
	CreatePublicThreads   Permissions = 1 << 35
	SendMessagesInThreads Permissions = 1 << 38

	everyone = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory |
		AddReactions | UseCommands | CreatePublicThreads | SendMessagesInThreads
	allPermissions Permissions = 1<<50 - 1
)

// MarshalJSON writes the set as a decimal string.
func (p Permissions) MarshalJSON() ([]byte, error) {
	return strconv.AppendQuote(nil, strconv.FormatUint(uint64(p), 10)), nil
}

// toObject is v as the JSON object it is sent as.
func toObject(v any) Object {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types always encode
	}
	var o Object
	if err := json.Unmarshal(data, &o); err != nil {
		panic(err)
	}
	return o
}
