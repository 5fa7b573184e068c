package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// payload is a message as Discord takes it. discordgo's own type has no place
// for the description of an attachment or for enforce_nonce.
type payload struct {
	Content         string                      `json:"content"`
	Components      []component                 `json:"components"`
	Attachments     []attachment                `json:"attachments"`
	AllowedMentions mentions                    `json:"allowed_mentions"`
	Flags           int                         `json:"flags,omitempty"`
	Reference       *discordgo.MessageReference `json:"message_reference,omitempty"`
	Nonce           string                      `json:"nonce,omitempty"`
	EnforceNonce    bool                        `json:"enforce_nonce,omitempty"`
}

// mentions allows none: parse is an empty list, never null or absent, on
// sends and edits alike.
type mentions struct {
	Parse       []string `json:"parse"`
	RepliedUser bool     `json:"replied_user"`
}

type attachment struct {
	ID          string `json:"id"` // the file's index
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
}

type component struct {
	Type       int         `json:"type"`
	Style      int         `json:"style,omitempty"`
	Label      string      `json:"label,omitempty"`
	Emoji      *emoji      `json:"emoji,omitempty"`
	CustomID   string      `json:"custom_id,omitempty"`
	Components []component `json:"components,omitempty"`
}

type emoji struct {
	Name string `json:"name"`
}

// Discord's numbers (API reference: "Component Types", "Button Styles",
// "Message Flags", "Interaction Callback Type").
const (
	actionRow, button        = 1, 2
	primaryStyle, quietStyle = 1, 2
	flagEphemeral            = 1 << 6
	flagSuppressEmbeds       = 1 << 2
	buttonsPerRow            = 5
	responseMessage          = 4
	responseDeferred         = 5
	responseDeferredUpdate   = 6
	responseUpdate           = 7
	responseChoices          = 8
)

// payloadOf dresses a reply for a request.
func payloadOf(r Reply) payload {
	p := payload{Content: r.Content, Components: []component{}, Attachments: []attachment{}, AllowedMentions: mentions{Parse: []string{}}, Flags: flagSuppressEmbeds}
	if r.Ephemeral {
		p.Flags |= flagEphemeral
	}
	for i, b := range r.Buttons {
		if i%buttonsPerRow == 0 {
			p.Components = append(p.Components, component{Type: actionRow})
		}
		c := component{Type: button, Style: primaryStyle, Label: b.Label, CustomID: b.ID}
		if b.Quiet {
			c.Style = quietStyle
		}
		if b.Emoji != "" {
			c.Emoji = &emoji{b.Emoji}
		}
		row := &p.Components[len(p.Components)-1]
		row.Components = append(row.Components, c)
	}
	for i, f := range r.Files {
		p.Attachments = append(p.Attachments, attachment{strconv.Itoa(i), f.Name, f.Alt})
	}
	return p
}

// plainer is a payload without what only Discord itself is sure to take:
// buttons, flags, descriptions, nonces.
func (p payload) plainer() any {
	out := map[string]any{"content": p.Content, "allowed_mentions": p.AllowedMentions}
	if p.Reference != nil {
		out["message_reference"] = map[string]string{"message_id": p.Reference.MessageID, "channel_id": p.Reference.ChannelID}
	}
	if p.Flags&flagEphemeral != 0 {
		out["flags"] = flagEphemeral
	}
	return out
}

// A sender is the one place that talks to Discord.
type sender struct {
	s     *discordgo.Session
	plain *plainness
	log   *slog.Logger
}

func (b *Bot) sender(s *discordgo.Session) sender { return sender{s, &b.plain, b.log} }

// A plainness counts how often in a row a server took a message only without
// its trimmings. One that does so again and again is another make than
// Discord, and gets plain messages from then on.
type plainness struct{ taken atomic.Int32 }

const surelyPlain = 3

// A request is one for Discord's REST API.
type request struct {
	method, url string
	bucket      string // of the rate limiter; "" for requests by an interaction's token, whose limit is its own
	body        any
	files       []File
}

// do sends a request and reads the answer into into, where that is not nil.
func (d sender) do(r request, into any) error {
	var data []byte
	contentType := "application/json"
	if r.body != nil {
		var err error
		if data, err = json.Marshal(r.body); err != nil {
			return fmt.Errorf("write request: %w", err)
		}
	}
	if len(r.files) > 0 {
		var attached []*discordgo.File
		for _, f := range r.files {
			attached = append(attached, &discordgo.File{Name: f.Name, ContentType: f.Type, Reader: bytes.NewReader(f.Data)})
		}
		var err error
		if contentType, data, err = discordgo.MultipartBodyWithJSON(r.body, attached); err != nil {
			return fmt.Errorf("write request: %w", err)
		}
	}
	limiter := d.s.Ratelimiter
	if r.bucket == "" {
		limiter = discordgo.NewRatelimiter() // no interaction waits for another, and none leaves anything behind
	}
	out, err := d.s.RequestWithLockedBucket(r.method, r.url, contentType, data, limiter.LockBucket(r.bucket), 0)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(out, into)
}

// post sends a message; where the server does not take it as it is, without
// the trimmings. wrap makes the request's body of the message.
func (d sender) post(r request, p payload, wrap func(any) any, into any) error {
	r.body = wrap(p)
	if d.plain.taken.Load() >= surelyPlain {
		r.body = wrap(p.plainer())
		return d.do(r, into)
	}
	err := d.do(r, into)
	if err == nil {
		d.plain.taken.Store(0)
		return nil
	}
	if status(err) != http.StatusBadRequest || code(err) != 0 && code(err) != codeInvalidForm {
		return err
	}
	r.body = wrap(p.plainer())
	if d.do(r, into) != nil {
		return err
	}
	if d.plain.taken.Add(1) == 1 {
		d.log.Warn("the server takes messages only without buttons and the like; sending them plain", "error", err)
	}
	return nil
}

// whole is a message as a request's whole body.
func whole(message any) any { return message }

// reply sends a message in answer to another, once: Discord drops a second
// one with the same nonce.
func (d sender) reply(channel, to string, r Reply) (id string, err error) {
	p := payloadOf(r)
	p.Flags &^= flagEphemeral // only interactions can answer privately
	p.Nonce, p.EnforceNonce = to, true
	no := false
	p.Reference = &discordgo.MessageReference{MessageID: to, ChannelID: channel, FailIfNotExists: &no}
	var m struct {
		ID string `json:"id"`
	}
	url := discordgo.EndpointChannelMessages(channel)
	err = d.post(request{method: http.MethodPost, url: url, bucket: url, files: r.Files}, p, whole, &m)
	return m.ID, err
}

// say sends a message that answers none.
func (d sender) say(channel, content string) error {
	url := discordgo.EndpointChannelMessages(channel)
	return d.post(request{method: http.MethodPost, url: url, bucket: url}, payloadOf(Reply{Content: content}), whole, nil)
}

// send sends a reply that answers no message.
func (d sender) send(channel string, r Reply) error {
	p := payloadOf(r)
	p.Flags &^= flagEphemeral
	url := discordgo.EndpointChannelMessages(channel)
	return d.post(request{method: http.MethodPost, url: url, bucket: url, files: r.Files}, p, whole, nil)
}

// edit changes a message of ours to another reply.
func (d sender) edit(channel, id string, r Reply) error {
	p := payloadOf(r)
	p.Flags &^= flagEphemeral
	return d.post(request{method: http.MethodPatch, url: discordgo.EndpointChannelMessage(channel, id), bucket: discordgo.EndpointChannelMessage(channel, ""), files: r.Files}, p, whole, nil)
}

func (d sender) remove(channel, id string) error {
	err := d.s.ChannelMessageDelete(channel, id)
	if code(err) == discordgo.ErrCodeUnknownMessage {
		return nil // somebody was faster
	}
	return err
}

// tokenLife is how long an interaction can be answered after it was
// acknowledged; past it nothing is sent.
const tokenLife = 15*time.Minute - 10*time.Second

// acknowledge answers an interaction with a response that holds no message.
func (d sender) acknowledge(i *discordgo.Interaction, kind int, data any) error {
	return d.do(request{method: http.MethodPost, url: discordgo.EndpointInteractionResponse(i.ID, i.Token), body: map[string]any{"type": kind, "data": data}}, nil)
}

// respond answers an interaction with a message.
func (d sender) respond(i *discordgo.Interaction, kind int, r Reply) error {
	return d.post(request{method: http.MethodPost, url: discordgo.EndpointInteractionResponse(i.ID, i.Token), files: r.Files}, payloadOf(r),
		func(message any) any { return map[string]any{"type": kind, "data": message} }, nil)
}

// complete fills in a deferred response, or changes the message of a button.
func (d sender) complete(i *discordgo.Interaction, r Reply) error {
	p := payloadOf(r)
	p.Flags = 0 // fixed when it was deferred
	return d.post(request{method: http.MethodPatch, url: original(i), files: r.Files}, p, whole, nil)
}

// follow sends a further message about an interaction that was acknowledged.
func (d sender) follow(i *discordgo.Interaction, r Reply) error {
	return d.post(request{method: http.MethodPost, url: discordgo.EndpointWebhookToken(i.AppID, i.Token), files: r.Files}, payloadOf(r), whole, nil)
}

// erase deletes the message of a button that was acknowledged: by the
// interaction's token, which works where the bot is no member, too.
func (d sender) erase(i *discordgo.Interaction) error {
	err := d.do(request{method: http.MethodDelete, url: original(i)}, nil)
	if err == nil || code(err) == discordgo.ErrCodeUnknownMessage || i.Message == nil {
		return nil
	}
	return d.remove(i.ChannelID, i.Message.ID)
}

func original(i *discordgo.Interaction) string {
	return discordgo.EndpointWebhookMessage(i.AppID, i.Token, "@original")
}

// codeInvalidForm is Discord's error code for a body it does not take; it has
// another for every other reason ("JSON Error Codes").
const codeInvalidForm = 50035

// code gives Discord's error code of a failed request; 0 for other errors.
func code(err error) int {
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Message != nil {
		return rest.Message.Code
	}
	return 0
}

// status gives the HTTP status of a failed request; 0 where there is none.
func status(err error) int {
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Response != nil {
		return rest.Response.StatusCode
	}
	return 0
}
