package discordtest

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// Intents is the set of event groups that a session asks for.
type Intents int

// The intents that the fake tells apart.
const (
	IntentGuilds                 Intents = 1 << 0
	IntentGuildMembers           Intents = 1 << 1
	IntentGuildPresences         Intents = 1 << 8
	IntentGuildMessages          Intents = 1 << 9
	IntentGuildMessageReactions  Intents = 1 << 10
	IntentDirectMessages         Intents = 1 << 12
	IntentDirectMessageReactions Intents = 1 << 13
	IntentMessageContent         Intents = 1 << 15

	privilegedIntents = IntentGuildMembers | IntentGuildPresences | IntentMessageContent
	// Bits 0 to 16, 20, 21, 24 and 25 have a meaning.
	validIntents Intents = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// intentFor is the intent that brings an event; 0 means it needs none.
func intentFor(event string, direct bool) Intents {
	pick := func(guild, dm Intents) Intents {
		if direct {
			return dm
		}
		return guild
	}
	switch {
	case strings.HasPrefix(event, "MESSAGE_REACTION"):
		return pick(IntentGuildMessageReactions, IntentDirectMessageReactions)
	case strings.HasPrefix(event, "MESSAGE_"):
		return pick(IntentGuildMessages, IntentDirectMessages)
	case strings.HasPrefix(event, "THREAD_"), strings.HasPrefix(event, "CHANNEL_"), event == "GUILD_CREATE", event == "GUILD_UPDATE", event == "GUILD_DELETE":
		return IntentGuilds
	case strings.HasPrefix(event, "GUILD_MEMBER_"):
		return IntentGuildMembers
	}
	return 0
}

// contentFields are empty for sessions without MESSAGE_CONTENT.
var contentFields = map[string]any{"content": "", "embeds": []any{}, "attachments": []any{}, "components": []any{}}

// redact empties what a session may not read. Exempt are direct messages, the
// bot's own messages and messages that mention it.
func (s *Server) redact(ss *session, event string, d Object) Object {
	if ss.intents&IntentMessageContent != 0 || event != "MESSAGE_CREATE" && event != "MESSAGE_UPDATE" {
		return d
	}
	if s.mayRead(d) {
		return d
	}
	d = maps.Clone(d)
	maps.Copy(d, contentFields)
	if ref, ok := d["referenced_message"].(Object); ok && !s.mayRead(ref) {
		ref = maps.Clone(ref)
		maps.Copy(ref, contentFields)
		d["referenced_message"] = ref
	}
	return d
}

func (s *Server) mayRead(message Object) bool {
	channel, _ := message["channel_id"].(string)
	if c := s.state.channels[channel]; c != nil && c.Type == channelDM {
		return true
	}
	if author, _ := message["author"].(Object); author["id"] == s.World.Bot {
		return true
	}
	mentions, _ := message["mentions"].([]any)
	return slices.ContainsFunc(mentions, func(u any) bool {
		user, _ := u.(Object)
		return user["id"] == s.World.Bot
	})
}

func mapKeys[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }
