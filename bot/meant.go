package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"historian/corpus"
	"historian/index"
)

// Between an answer and none: where the index is not sure enough to answer,
// but not far from it, the asker is shown what came closest and picks.

// maxReadings is how many passages are offered.
const maxReadings = 3

// near is the share of the threshold from which an uncertain answer is
// offered rather than withheld: half as sure as an answer must be.
const near = 0.5

// readings gives the passages that an uncertain question may be about, each of
// another section.
func readings(a index.Answer, threshold float64) []corpus.Passage {
	if !a.Abstained() || a.Reason != index.LowConfidence && a.Reason != index.Answered || a.Confidence < near*threshold {
		return nil
	}
	var out []corpus.Passage
	seen := map[string]bool{}
	for _, h := range a.Hits {
		section := strings.Join(append([]string{h.Passage.Doc}, h.Passage.Trail...), "\n")
		if seen[section] || 2*h.Score < a.Hits[0].Score {
			continue
		}
		seen[section] = true
		if out = append(out, h.Passage); len(out) == maxReadings {
			break
		}
	}
	return out
}

// askBack is the reply "Did you mean …?".
func (b *Bot) askBack(choices []corpus.Passage, q Question, w words) Reply {
	r := Reply{Content: w.NotSure + "\n" + w.DidYouMean, Abstained: true}
	for _, p := range choices {
		r.Buttons = append(r.Buttons, Button{
			Label: clip(oneLine(strings.Join(lastOf(p), " › ")), buttonLabel),
			ID:    b.sign(customID{actMeant, q.Asker, passageMark(p.ID)}), Quiet: true,
		})
	}
	return r
}

// buttonLabel is how long a button's label may be: Discord takes 80
// characters ("Button Structure"), a phone shows about half of that.
const buttonLabel = 60

// lastOf names a passage by its document and its last heading.
func lastOf(p corpus.Passage) []string {
	if n := len(p.Trail); n > 0 && p.Trail[n-1] != p.Title {
		return []string{p.Title, p.Trail[n-1]}
	}
	return []string{p.Title}
}

// meant shows the passage that was picked.
func (b *Bot) meant(ctx context.Context, s *discordgo.Session, i *discordgo.Interaction, id customID, w words) Reply {
	question := b.questionOf(s, i.Message)
	if question == "" {
		return Reply{Content: w.Outdated}
	}
	at := b.settingAt(s, i)
	a, err := b.answer(ctx, at, question, "")
	if err != nil {
		return Reply{Content: w.Failed}
	}
	for _, h := range a.Hits {
		if passageMark(h.Passage.ID) == id.about {
			a.Excerpts, a.ReadAs = []index.Excerpt{index.Quote(a.Query, h)}, ""
			q := Question{Text: question, Asker: id.asker, at: at, Private: i.Message.Flags&discordgo.MessageFlagsEphemeral != 0}
			q.Echo = echoed.MatchString(i.Message.Content)
			return b.dress(a, q, w)
		}
	}
	return b.outdated(s, i, w)
}
