package bot

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"historian/index"
	"historian/index/lang"
)

// A Message is what somebody wrote, as far as it decides whether and how to
// answer.
type Message struct {
	Text     string
	Mentions []string // IDs of the people mentioned
	Everyone bool     // mentions @everyone, @here or a role
	Direct   bool     // written to the bot alone
	ReplyTo  string   // ID of the author whose message it replies to
	Follows  string   // the question that the replied-to answer answered
	Ambient  bool     // written where the bot answers unasked
	Locale   string   // of the reply; empty: the language of the text
}

// Hear decides whether a message is for the bot, and answers it if so. In an
// ambient channel that means: a question of fact to nobody in particular
// which the documents answer. Otherwise the reply is Ignored.
func (b *Bot) Hear(ctx context.Context, m Message) Reply {
	text := strings.TrimSpace(b.withoutSelf(m.Text))
	addressed := m.Direct || m.ReplyTo == b.self() || contains(m.Mentions, b.self())
	switch {
	case addressed:
		return b.Ask(ctx, Question{Text: text, Follows: m.Follows, Locale: m.Locale})
	case !m.Ambient, m.Everyone, len(m.Mentions) > 0, m.ReplyTo != "", !index.IsQuestion(text):
		return ignored
	}
	r := b.Ask(ctx, Question{Text: text, Locale: m.Locale, Ambient: true})
	if r.Abstained {
		return ignored // nobody asked it
	}
	return r
}

// A Question is what a person asks the bot, by whatever surface.
type Question struct {
	Text    string
	Follows string // the question this one follows up
	Locale  string // of the asker; empty: the language of the text
	Ambient bool   // nobody addressed the bot: it must be surer
}

// Ask answers a question. It never fails: what goes wrong is logged and
// becomes a kind sentence.
func (b *Bot) Ask(ctx context.Context, q Question) (r Reply) {
	w := b.wordsOf(q)
	defer b.rescue("answer", func() { r = Reply{Content: w.Failed, Abstained: true} })
	if !utf8.ValidString(q.Text) || !asksSomething(q.Text) { // no keyboard types broken UTF-8
		return Reply{Content: say(w.AskMe, b.opts.Command), Abstained: true}
	}
	a, err := b.answerer.Answer(ctx, index.Question{Text: q.Text, Follows: q.Follows})
	if err != nil {
		b.log.Error("can't answer", "error", err)
		return Reply{Content: w.Failed, Abstained: true}
	}
	b.count(a, q.Ambient)
	if !a.Abstained() && a.Confidence < b.threshold(q.Ambient, a) {
		a.Excerpts = nil
	}
	return render(a, w)
}

// threshold is how sure an answer must be.
func (b *Bot) threshold(ambient bool, a index.Answer) float64 {
	if ambient {
		return max(b.opts.AmbientConfidence, b.opts.Confidence)
	}
	return max(b.opts.Confidence, a.Threshold)
}

// wordsOf gives the words in the asker's language.
func (b *Bot) wordsOf(q Question) words {
	if q.Locale != "" {
		return wordsFor(q.Locale)
	}
	return wordsFor(lang.Detect(q.Text))
}

// selfMention matches mentions of people.
var selfMention = regexp.MustCompile(`<@!?(\d+)>`)

// withoutSelf takes the bot's own mention out of a text.
func (b *Bot) withoutSelf(text string) string {
	return selfMention.ReplaceAllStringFunc(text, func(m string) string {
		if selfMention.FindStringSubmatch(m)[1] == b.self() {
			return " "
		}
		return m
	})
}

// asksSomething tells whether a text has a word or number to look up.
func asksSomething(text string) bool {
	for _, t := range lang.Analyze(text) {
		if len(t.Term) > 1 {
			return true
		}
	}
	return false
}

func contains(ids []string, id string) bool {
	for _, i := range ids {
		if i == id {
			return true
		}
	}
	return false
}
