package bot

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"historian/index"
	"historian/index/lang"
)

// A Message is what somebody wrote, as far as it decides whether and how to
// answer.
type Message struct {
	ID, Author      string // of the message and who wrote it; empty outside Discord
	Guild           string // "" outside servers
	Channel, Parent string // where; Parent is the channel of a thread or forum post

	Text     string
	Title    string   // of the forum post that it begins
	Mentions []string // IDs of the people mentioned
	Everyone bool     // mentions @everyone, @here or a role
	Direct   bool     // written to the bot alone
	ReplyTo  string   // ID of the author whose message it replies to
	Follows  string   // the question that the replied-to answer answered
	Ambient  bool     // written where the bot answers unasked
	Locale   string   // of the reply; empty: the language of the text
	Home     string   // language of the server, for texts that have none

	at setting // how to behave there
}

func (m Message) place() place { return place{guild: m.Guild, channel: m.Channel, parent: m.Parent} }

// addressed tells whether somebody speaks to the bot.
func (b *Bot) addressed(m Message) bool {
	return m.Direct || m.ReplyTo == b.self() || slices.Contains(m.Mentions, b.self())
}

// Hear decides whether a message is for the bot, and answers it if so. In an
// ambient channel that means: a question of fact to nobody in particular
// which the documents answer. Otherwise the reply is Ignored.
func (b *Bot) Hear(ctx context.Context, m Message) Reply {
	text := strings.TrimSpace(b.withoutSelf(m.Text))
	if m.Title != "" && !index.IsQuestion(text) && (index.IsQuestion(m.Title) || text == "") {
		text = m.Title // as people ask in forums, with the details below
	}
	q := Question{Text: text, Locale: m.at.locale(m.Locale, false), Home: m.Home, Asker: m.Author, at: m.at}
	switch {
	case b.addressed(m):
		if b.remark(ctx, m, text) {
			return ignored
		}
		q.Follows = m.Follows
		return b.Ask(ctx, q)
	case !m.Ambient, m.Everyone, len(m.Mentions) > 0, m.ReplyTo != "", !index.IsQuestion(text), b.desk.Effect(text).Ignore:
		return ignored
	}
	q.Ambient = true
	r := b.Ask(ctx, q)
	if r.Abstained {
		return ignored // nobody asked it
	}
	return r
}

// shortRemark is how many words a follow-up that is no question may have:
// "and InstructGPT please".
const shortRemark = 5

// remark tells whether a reply to an answer says something about it rather
// than asks: "thanks!". By form it is no question, and it is long, or its words
// don't stand in what would answer it.
func (b *Bot) remark(ctx context.Context, m Message, text string) bool {
	if m.Direct || slices.Contains(m.Mentions, b.self()) || index.IsQuestion(text) {
		return false
	}
	if len(strings.Fields(text)) > shortRemark {
		return true
	}
	a, err := b.answer(ctx, m.at, text, "")
	if err != nil || a.Abstained() {
		return true
	}
	e := a.Excerpts[0]
	shown := lang.Normalize(plainCitation(e.Passage) + "\n" + e.Text).Text
	return slices.ContainsFunc(a.Query.Terms, func(t index.QueryTerm) bool {
		return t.Weight >= contentWeight && !t.Pair && !strings.Contains(shown, lang.Normalize(t.Text).Text)
	})
}

// contentWeight is the weight from which a term of a query says what it is
// about; those of function words are lower.
const contentWeight = 0.5

// A Question is what a person asks the bot, by whatever surface.
type Question struct {
	Text    string
	Follows string // the question this one follows up
	Locale  string // of the asker; empty: the language of the text
	Home    string // language of the server, for texts that have none
	Ambient bool   // nobody addressed the bot: it must be surer
	Asker   string // ID of who asks; the reply has buttons for them, none if empty
	Private bool   // the reply is seen by the asker alone
	Echo    bool   // the reply repeats the question, since it replies to no message
	Shared  bool   // it is private, and was shown to the channel, too

	at setting // how to behave where it was asked
}

// Ask answers a question. It never fails: what goes wrong is logged and
// becomes a kind sentence.
func (b *Bot) Ask(ctx context.Context, q Question) (r Reply) {
	w := b.wordsOf(q)
	notice := func(text string) Reply {
		r := Reply{Content: text, Abstained: true, Ephemeral: q.Private}
		if q.Asker != "" {
			r.Buttons = b.buttons(index.Answer{}, q, w)
		}
		return r
	}
	defer b.rescue("answer", func() { r = notice(w.Failed) })
	if !utf8.ValidString(q.Text) || !asksSomething(q.Text) { // no keyboard types broken UTF-8
		return notice(say(w.AskMe, b.opts.Command))
	}
	a, err := b.answer(ctx, q.at, q.Text, q.Follows)
	if err != nil {
		return notice(w.Failed)
	}
	if !a.Abstained() && a.Confidence < b.threshold(q, a) {
		a.Excerpts = nil
	}
	b.count(a, q)
	return b.dress(a, q, w)
}

// answerTimeout bounds a search: whoever waits longer has gone.
const answerTimeout = time.Minute

// answer asks the index; its error is logged.
func (b *Bot) answer(ctx context.Context, at setting, text, follows string) (index.Answer, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	q := index.Question{Text: text, Follows: follows, Documents: at.Documents}
	a, err := b.answerer.Answer(ctx, b.corrected(ctx, q))
	if err == nil && a.ReadAs != "" {
		if as := b.corrected(ctx, index.Question{Text: a.ReadAs, Documents: at.Documents}); as.Pin != "" || len(as.Not) > 0 {
			read := a.ReadAs
			a, err = b.answerer.Answer(ctx, as)
			a.ReadAs = read
		}
	}
	if err != nil {
		b.log.Error("can't answer", "error", err)
	}
	return a, err
}

// dress makes the reply of an answer: the question where it must be repeated,
// the excerpts, the buttons.
func (b *Bot) dress(a index.Answer, q Question, w words) Reply {
	head := ""
	if q.Echo {
		head = echo(q.Text)
	}
	var r Reply
	if choices := readings(a, b.threshold(q, a)); len(choices) > 0 && q.Asker != "" {
		r = b.askBack(choices, q, w)
	} else {
		r = render(a, w, contentLimit-length(head))
	}
	r.Content, r.Ephemeral, r.Confidence = head+r.Content, q.Private, a.Confidence
	if q.Asker != "" {
		r.Buttons = append(r.Buttons, b.buttons(a, q, w)...)
	}
	return r
}

// threshold is how sure an answer must be.
func (b *Bot) threshold(q Question, a index.Answer) float64 {
	switch {
	case q.at.Threshold > 0: // moderators know best
		return max(float64(q.at.Threshold)/100, a.Threshold)
	case q.Ambient:
		return max(b.opts.AmbientConfidence, b.opts.Confidence)
	}
	return max(b.opts.Confidence, a.Threshold)
}

// wordsOf gives the words in the asker's language.
func (b *Bot) wordsOf(q Question) words {
	if q.Locale != "" {
		return wordsFor(q.Locale)
	}
	tag := lang.Detect(q.Text)
	if tag == "und" {
		return wordsFor(q.Home)
	}
	if base(tag) == base(lang.Detect(q.Follows)) { // "那 GPT-3 呢？" is written alike in both scripts
		tag = lang.Detect(q.Follows + " " + q.Text)
	}
	return wordsFor(tag)
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
