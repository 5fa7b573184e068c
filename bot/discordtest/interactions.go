package discordtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Interaction types and the clock of interactions, by Discord's documentation
// ("Receiving and Responding", "Followup Messages").
const (
	kindCommand      = 2
	kindComponent    = 3
	kindAutocomplete = 4

	acknowledgeIn = 3 * time.Second
	tokenLife     = 15 * time.Minute
)

// Response types.
const (
	answerMessage        = 4
	answerDeferred       = 5
	answerDeferredUpdate = 6
	answerUpdate         = 7
	answerChoices        = 8
	answerModal          = 9
)

// Invoke says who does something, where, and with which options.
type Invoke struct {
	Channel string // World.Text when empty
	User    string // World.User when empty
	Locale  string // "en-US" when empty
	Options Object // values of a command's options, by name; a File for an attachment
	Focused string // the option being typed, for Autocomplete
}

// Interaction is one that the fake has sent.
type Interaction struct {
	ID, Token string
	kind      int
}

// Response is what a bot made of an interaction.
type Response struct {
	Type     int      // the callback's type
	Deferred bool     // the bot took its time
	Message  Message  // the original response; zero for choices and for deferred updates
	Choices  []Object // of an autocompletion
	Modal    Object
}

// interactionRecord is what the fake knows of an interaction.
type interactionRecord struct {
	Interaction
	user, channel string
	name          string // of the command
	born          time.Time
	answered      int // type of the callback; 0 before it came
	original      *Message
	source        *Message // the message of a component
	choices       []Object
	modal         Object
	followed      bool // a deferred response was filled in
}

// done tells that nothing more is to be expected without further requests.
func (r *interactionRecord) done() bool {
	return r.answered != 0 && (r.answered != answerDeferred || r.followed)
}

// Slash invokes a slash command: "gpt ask" names a command and a subcommand,
// which must be registered.
func (s *Server) Slash(name string, in Invoke) Interaction {
	return s.invoke(kindCommand, name, in)
}

// Autocomplete types into an option of a slash command.
func (s *Server) Autocomplete(name string, in Invoke) Interaction {
	return s.invoke(kindAutocomplete, name, in)
}

func (s *Server) invoke(kind int, name string, in Invoke) Interaction {
	s.mu.Lock()
	in = s.defaults(in)
	data, err := s.commandData(kind, strings.Fields(name), in)
	if err != nil {
		s.mu.Unlock()
		s.misuse("%v", err)
	}
	defer s.mu.Unlock()
	return s.interact(kind, in, data, nil, name)
}

func (s *Server) defaults(in Invoke) Invoke {
	if in.Channel == "" {
		in.Channel = s.World.Text
	}
	if in.User == "" {
		in.User = s.World.User
	}
	if in.Locale == "" {
		in.Locale = "en-US"
	}
	return in
}

func (s *Server) commandData(kind int, path []string, in Invoke) (Object, error) {
	if len(path) == 0 {
		return nil, fmt.Errorf("a command without a name")
	}
	channel := s.state.channels[in.Channel]
	if channel == nil {
		return nil, fmt.Errorf("no channel %s to use a command in", in.Channel)
	}
	command := s.command(channel.GuildID, path[0], 1)
	if command == nil {
		return nil, fmt.Errorf("no slash command %q is registered", path[0])
	}
	data := Object{"id": command["id"], "name": command["name"], "type": 1}
	if command["guild_id"] != nil {
		data["guild_id"] = command["guild_id"]
	}
	at, level := data, command
	for _, sub := range path[1:] {
		options := objects(level["options"])
		i := slices.IndexFunc(options, func(o Object) bool { return o["name"] == sub && number(o["type"]) <= 2 })
		if i < 0 {
			return nil, fmt.Errorf("command %q has no subcommand %q", path[0], sub)
		}
		level = options[i]
		next := Object{"name": sub, "type": level["type"]}
		at["options"] = []Object{next}
		at = next
	}
	options, err := optionValues(objects(level["options"]), in, kind == kindAutocomplete)
	if err != nil {
		return nil, err
	}
	at["options"] = options
	if resolved := s.resolve(options, in); len(resolved) > 0 {
		data["resolved"] = resolved
	}
	return data, nil
}

// optionValues are the given options with their types. As on Discord, required
// ones must be there unless they are still being typed.
func optionValues(known []Object, in Invoke, typing bool) ([]Object, error) {
	out := []Object{}
	for _, k := range known {
		name, _ := k["name"].(string)
		v, given := in.Options[name]
		if !given && k["required"] == true && !typing {
			return nil, fmt.Errorf("the required option %q is missing", name)
		}
		if !given {
			continue
		}
		if err := bounded(k, v, typing); err != nil {
			return nil, err
		}
		o := Object{"name": name, "type": k["type"], "value": v}
		if typing && name == in.Focused {
			o["focused"] = true
		}
		out = append(out, o)
	}
	for name := range in.Options {
		if !slices.ContainsFunc(known, func(k Object) bool { return k["name"] == name }) {
			return nil, fmt.Errorf("there is no option %q", name)
		}
	}
	return out, nil
}

// MessageCommand picks a command from the menu of a message.
func (s *Server) MessageCommand(name, message string, in Invoke) Interaction {
	s.mu.Lock()
	in = s.defaults(in)
	m := s.message(in.Channel, message)
	var command Object
	if m != nil { // so there is the channel
		command = s.command(s.state.channels[in.Channel].GuildID, name, 3)
	}
	if command == nil {
		s.mu.Unlock()
		s.misuse("no message %s, or no message command %q is registered", message, name)
	}
	defer s.mu.Unlock()
	return s.interact(kindCommand, in, Object{
		"id": command["id"], "name": name, "type": 3, "target_id": m.ID,
		"resolved": Object{"messages": Object{m.ID: toObject(m)}},
	}, nil, name)
}

// Click presses the button with a custom ID under a message.
func (s *Server) Click(m Message, customID string, in Invoke) Interaction {
	s.mu.Lock()
	in.Channel = m.ChannelID
	in = s.defaults(in)
	stored := s.message(m.ChannelID, m.ID)
	if stored == nil || !slices.Contains(customIDs(stored.Components), customID) {
		s.mu.Unlock()
		s.misuse("message %s has no button %q", m.ID, customID)
	}
	defer s.mu.Unlock()
	return s.interact(kindComponent, in, Object{"custom_id": customID, "component_type": 2, "id": 1}, stored, "")
}

// Forge presses a button that a message doesn't have: no client shows it, but
// nothing keeps a person from sending its custom ID.
func (s *Server) Forge(m Message, customID string, in Invoke) Interaction {
	s.mu.Lock()
	in.Channel = m.ChannelID
	in = s.defaults(in)
	stored := s.message(m.ChannelID, m.ID)
	if stored == nil {
		s.mu.Unlock()
		s.misuse("there is no message %s", m.ID)
	}
	defer s.mu.Unlock()
	return s.interact(kindComponent, in, Object{"custom_id": customID, "component_type": 2, "id": 1}, stored, "")
}

// Buttons lists the buttons under a message, by label; one without a label is
// listed by the name of its emoji.
func (m Message) Buttons() map[string]string {
	out := map[string]string{}
	var walk func([]Object)
	walk = func(list []Object) {
		for _, c := range list {
			walk(objects(anyList(c["components"])))
			id, _ := c["custom_id"].(string)
			label, _ := c["label"].(string)
			if emoji, ok := c["emoji"].(Object); ok && label == "" {
				label, _ = emoji["name"].(string)
			}
			if id != "" {
				out[label] = id
			}
		}
	}
	walk(m.Components)
	return out
}

func customIDs(components []Object) []string {
	return slices.Collect(maps.Values(Message{Components: components}.Buttons()))
}

// anyList turns a list of objects into the form in which JSON decodes it.
func anyList(v any) any {
	list, ok := v.([]Object)
	if !ok {
		return v
	}
	out := []any{}
	for _, o := range list {
		out = append(out, o)
	}
	return out
}

// interact sends INTERACTION_CREATE.
func (s *Server) interact(kind int, in Invoke, data Object, source *Message, name string) Interaction {
	r := &interactionRecord{
		Interaction: Interaction{ID: s.newID(), kind: kind}, user: in.User, channel: in.Channel, name: name,
		born: s.now(), source: source,
	}
	r.Token = "token-" + r.ID + strings.Repeat("x", 100) // real ones are long, too
	s.state.interactions[r.Token] = r
	c := s.state.channels[in.Channel]
	o := Object{
		"id": r.ID, "application_id": s.World.Application, "type": kind, "token": r.Token, "version": 1,
		"data": data, "channel_id": c.ID, "channel": toObject(c), "locale": in.Locale, "entitlements": []any{},
		"app_permissions":                fmt.Sprint(uint64(s.permissions(c, s.World.Bot))),
		"authorizing_integration_owners": Object{}, "context": 1, "attachment_size_limit": maxFile,
	}
	if c.GuildID != "" {
		member := toObject(s.state.members[in.User])
		member["permissions"] = fmt.Sprint(uint64(s.permissions(c, in.User)))
		o["member"], o["guild_id"], o["guild_locale"], o["context"] = member, c.GuildID, "en-US", 0
		o["guild"] = Object{"id": c.GuildID, "locale": "en-US", "features": []any{}}
		o["authorizing_integration_owners"] = Object{"0": c.GuildID}
		if s.foreign(c.GuildID) {
			o["authorizing_integration_owners"] = Object{"1": in.User}
		}
	} else {
		o["user"] = toObject(s.state.users[in.User])
	}
	if source != nil {
		o["message"] = toObject(source)
	}
	guild := c.GuildID
	if s.foreign(guild) {
		guild = "" // such interactions come to the first shard
	}
	s.dispatch("INTERACTION_CREATE", guild, o)
	s.touch()
	return r.Interaction
}

// WaitResponse returns what the bot answered, once it is complete: a deferred
// response counts when it is filled in.
func (s *Server) WaitResponse(ctx context.Context, i Interaction) (Response, error) {
	var out Response
	err := s.wait(ctx, "the response to an interaction", func() bool {
		r := s.state.interactions[i.Token]
		if r == nil || !r.done() {
			return false
		}
		out = Response{Type: r.answered, Deferred: r.answered == answerDeferred, Choices: r.choices, Modal: r.modal}
		if r.original != nil {
			out.Message = copyMessage(r.original)
		}
		return true
	})
	return out, err
}

// WaitAcknowledged returns the type of the callback, once it came.
func (s *Server) WaitAcknowledged(ctx context.Context, i Interaction) (kind int, err error) {
	err = s.wait(ctx, "the acknowledgement of an interaction", func() bool {
		if r := s.state.interactions[i.Token]; r != nil {
			kind = r.answered
		}
		return kind != 0
	})
	return kind, err
}
