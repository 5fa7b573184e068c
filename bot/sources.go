package bot

import (
	"fmt"
	"strings"
)

// Sources lists the documents that answers come from.
func (b *Bot) Sources(w words) Reply {
	c := b.answerer.Catalog()
	lines := []string{w.Sources}
	used := length(w.Sources)
	for i, d := range c.Documents {
		line := fmt.Sprintf("- %s (%s, %d)", link(clip(oneLine(d.Title), 80), d.URL), d.Lang, d.Passages)
		if used+length(line)+1 > contentLimit-20 {
			lines = append(lines, fmt.Sprintf("- … +%d", len(c.Documents)-i))
			break
		}
		used += length(line) + 1
		lines = append(lines, line)
	}
	return Reply{Content: strings.Join(lines, "\n")}
}
