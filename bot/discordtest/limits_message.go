package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Limits of a message, by section of Discord's documentation.
const (
	maxContent     = 2000 // Create Message
	maxEmbeds      = 10   // Create Message
	maxFiles       = 10   // Create Message, "Uploading Files"
	maxNonce       = 25   // Create Message
	maxMentions    = 100  // Allowed Mentions Structure
	maxDescription = 1024 // Attachment Structure
)

const flagComponentsV2 = 1 << 15 // Message Flags: the components are all there is

// firstSnowflake is above every number of a file and below every ID: an ID
// holds milliseconds from bit 22 on.
const firstSnowflake = 1 << 22

// checkMessage checks a message to be created that comes with so many files.
func checkMessage(m Object, files int) []fieldError {
	p, errs := newForm(m)
	p.message(files, true)
	return *errs
}

// checkEdit checks an edit, which may leave out anything. Whether it empties
// the message cannot be told without the message, so that is not checked.
func checkEdit(m Object, files int) []fieldError {
	p, errs := newForm(m)
	p.message(files, false)
	return *errs
}

// message checks what creating and editing share.
func (p part) message(files int, creating bool) {
	content := p.text("content", 0, maxContent)
	if creating && files == 0 && strings.TrimSpace(content) == "" && !p.hasMore() {
		*p.errs = append(*p.errs, fieldError{"", "50006", "Cannot send an empty message"})
	}
	p.embeds()
	p.mentions()
	p.attachments(files, creating)
	p.messageComponents()
	if _, ok := p.Object["nonce"].(string); ok {
		p.text("nonce", 0, maxNonce)
	}
}

// hasMore reports whether a message has anything besides content and files.
// A forward shows what it refers to.
func (p part) hasMore() bool {
	for _, key := range []string{"embeds", "components", "sticker_ids"} {
		if list, _ := p.Object[key].([]any); len(list) > 0 {
			return true
		}
	}
	reference, _ := p.part("message_reference")
	return p.Object["poll"] != nil || reference.number("type") == 1
}

// mentions checks allowed_mentions. Its absence is allowed, though it lets
// everything ping; a null parse is not, for it reads as absent and so lets
// ping what the sender meant to keep silent.
func (p part) mentions() {
	a, ok := p.part("allowed_mentions")
	if !ok {
		return
	}
	if v, given := a.Object["parse"]; given && v == nil {
		a.require("parse")
	}
	parse := a.list("parse", 0, 3)
	for i, kind := range parse {
		a.choice(join("parse", strconv.Itoa(i)), fmt.Sprint(kind), []string{"roles", "users", "everyone"})
	}
	for _, kind := range []string{"users", "roles"} {
		if ids := a.list(kind, 0, maxMentions); len(ids) > 0 && slices.Contains(parse, any(kind)) {
			a.fail("", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
				fmt.Sprintf("parse:[%q] and %s: [ids...] are mutually exclusive.", kind, kind))
		}
	}
}

// attachments checks that each refers to a file sent along or, in an edit, to
// an attachment that is kept.
func (p part) attachments(files int, creating bool) {
	if files > maxFiles {
		*p.errs = append(*p.errs, fieldError{"", "30015", fmt.Sprintf("Maximum number of attachments in a message reached (%d)", maxFiles)})
	}
	for _, a := range p.parts("attachments", 0, maxFiles) {
		a.text("description", 0, maxDescription)
		if a.Object["id"] == nil {
			a.require("id")
			continue
		}
		id := a.number("id")
		if s, ok := a.Object["id"].(string); ok {
			n, err := strconv.Atoi(s)
			if err != nil {
				a.fail("id", "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", s))
				continue
			}
			id = n
		}
		if kept := !creating && id >= firstSnowflake; !kept && (id < 0 || id >= files) {
			a.fail("id", "ATTACHMENT_NOT_FOUND", fmt.Sprintf("No file %d came with the message.", id))
		}
	}
}
