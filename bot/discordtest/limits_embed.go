package discordtest

import "fmt"

// Limits of an embed: Message, "Embed Limits".
const (
	maxEmbedTitle       = 256
	maxEmbedDescription = 4096
	maxEmbedFields      = 25
	maxEmbedFieldName   = 256
	maxEmbedFieldValue  = 1024
	maxEmbedFooter      = 2048
	maxEmbedAuthor      = 256
	maxEmbedTotal       = 6000 // over all embeds of a message
	maxLink             = 2048
)

// embeds checks each embed and the total over all of them.
func (p part) embeds() {
	total := 0
	for _, e := range p.parts("embeds", 0, maxEmbeds) {
		total += e.embed()
	}
	if total > maxEmbedTotal {
		p.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", fmt.Sprintf("Embed size exceeds maximum size of %d", maxEmbedTotal))
	}
}

// embed checks one embed and returns its characters that count towards the
// total. Only pictures may come from a file sent along.
func (p part) embed() int {
	total := characters(p.text("title", 0, maxEmbedTitle)) + characters(p.text("description", 0, maxEmbedDescription))
	p.link("url", maxLink, "http", "https")
	for _, f := range p.parts("fields", 0, maxEmbedFields) {
		total += characters(f.needText("name", maxEmbedFieldName)) + characters(f.needText("value", maxEmbedFieldValue))
	}
	if footer, ok := p.part("footer"); ok {
		total += characters(footer.needText("text", maxEmbedFooter))
		footer.link("icon_url", maxLink, "http", "https", "attachment")
	}
	if author, ok := p.part("author"); ok {
		total += characters(author.needText("name", maxEmbedAuthor))
		author.link("url", maxLink, "http", "https")
		author.link("icon_url", maxLink, "http", "https", "attachment")
	}
	pictures := false
	for _, key := range []string{"image", "thumbnail"} {
		if picture, ok := p.part(key); ok {
			pictures = true
			picture.link("url", maxLink, "http", "https", "attachment")
		}
	}
	if total == 0 && !pictures {
		p.require("description") // nothing to show
	}
	return total
}
