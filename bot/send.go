package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
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

// A sender is the one place that talks to Discord. Requests for one route
// share a bucket of the rate limiter; the bucket's name holds no token, so
// that interactions leave nothing behind.
type sender struct {
	s *discordgo.Session
}

// do sends a request and reads the answer into into, where that is not nil.
func (d sender) do(method, url, bucket string, body any, files []File, into any) error {
	var data []byte
	contentType := "application/json"
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return fmt.Errorf("write request: %w", err)
		}
	}
	if len(files) > 0 {
		var attached []*discordgo.File
		for _, f := range files {
			attached = append(attached, &discordgo.File{Name: f.Name, ContentType: f.Type, Reader: strings.NewReader(string(f.Data))})
		}
		var err error
		if contentType, data, err = discordgo.MultipartBodyWithJSON(body, attached); err != nil {
			return fmt.Errorf("write request: %w", err)
		}
	}
	out, err := d.s.RequestWithLockedBucket(method, url, contentType, data, d.s.Ratelimiter.LockBucket(bucket), 0)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(out, into)
}

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
	err = d.do(http.MethodPost, url, url, p, r.Files, &m)
	return m.ID, err
}

// edit changes a message of ours to another reply.
func (d sender) edit(channel, id string, r Reply) error {
	p := payloadOf(r)
	p.Flags &^= flagEphemeral
	return d.do(http.MethodPatch, discordgo.EndpointChannelMessage(channel, id), discordgo.EndpointChannelMessage(channel, ""), p, r.Files, nil)
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

// respond acknowledges an interaction with a response of a type.
func (d sender) respond(i *discordgo.Interaction, kind int, data any, files []File) error {
	return d.do(http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), discordgo.EndpointInteractionResponse("", ""),
		map[string]any{"type": kind, "data": data}, files, nil)
}

// complete fills in a deferred response.
func (d sender) complete(i *discordgo.Interaction, r Reply) error {
	p := payloadOf(r)
	p.Flags = 0 // fixed when it was deferred
	return d.do(http.MethodPatch, discordgo.EndpointWebhookMessage(i.AppID, i.Token, "@original"), discordgo.EndpointWebhookMessage("", "", ""), p, r.Files, nil)
}

// code gives Discord's error code of a failed request; 0 for other errors.
func code(err error) int {
	var rest *discordgo.RESTError
	if errors.As(err, &rest) && rest.Message != nil {
		return rest.Message.Code
	}
	return 0
}
