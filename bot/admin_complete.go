package bot

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"historian/index"
)

// completeAdmin offers documents and folders, or passages that answer the
// question that is typed.
func (b *Bot) completeAdmin(i *discordgo.Interaction) []choice {
	out := []choice{}
	if !governs(i) {
		return out
	}
	_, options := subcommand(i.ApplicationCommandData())
	for _, o := range options {
		if o == nil || !o.Focused {
			continue
		}
		typed, _ := o.Value.(string)
		switch o.Name {
		case "documents":
			return b.completeDocuments(typed)
		case "answer":
			return b.completePassages(text(options, "question") + " " + typed)
		}
	}
	return out
}

// completeDocuments offers names for the last of a list.
func (b *Bot) completeDocuments(typed string) []choice {
	before := ""
	if i := strings.LastIndexAny(typed, ",，、"); i >= 0 {
		_, n := utf8.DecodeRuneInString(typed[i:])
		before, typed = typed[:i+n], strings.TrimSpace(typed[i+n:])
	}
	names := []string{"all"}
	for _, d := range b.answerer.Catalog().Documents {
		for at := 0; ; {
			slash := strings.IndexByte(d.ID[at:], '/')
			if slash < 0 {
				break
			}
			at += slash + 1
			names = append(names, d.ID[:at])
		}
		names = append(names, d.ID)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return length(before+n) > choiceLength })
	out := []choice{}
	for _, c := range closest(typed, prepared(names)) {
		if whole := before + c.Value; length(whole) <= choiceLength {
			out = append(out, choice{whole, whole})
		}
	}
	return out
}

// completePassages offers the passages nearest to a question.
func (b *Bot) completePassages(question string) []choice {
	out := []choice{}
	a, err := b.answerer.Answer(context.Background(), index.Question{Text: question})
	if err != nil {
		b.log.Error("can't answer", "error", err)
		return out
	}
	for _, h := range a.Hits {
		if length(h.Passage.ID) <= choiceLength {
			out = append(out, choice{clip(plainCitation(h.Passage)+": "+oneLine(h.Passage.Text), choiceLength), h.Passage.ID})
		}
	}
	return out
}
