package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"historian/index/lang"
)

// What speaks for and against the leading passage as an answer: signals that
// a logistic regression turns into a probability. They mean the same in every
// corpus: shares, ratios, counts of words and logs of odds.
const (
	eBias    = iota // 1
	eHead           // share of the query's worth that title and headings hold
	eMargin         // score over that of the next passage that says something else, less 1, at most 2
	eScore          // the ranking's own score, at most 4
	eOdds           // log of the odds that the answering passage, rather than any, holds what this one and its head hold
	eMissed         // the part of it for what the best sentence and the head lack; never positive
	eHeld           // share of the query's content words that the passage and its head hold, each counted alike
	eUnknown        // how likely the answering passage holds the likeliest word of the question that no passage holds, 0 to 1
	eStrange        // names and words unknown to the lexicon that the passage lacks, at most 2
	eNoun           // ordinary nouns that no passage holds, at most 2
	eWanted         // asked for a date, amount or name: how near to the question's words one is, as a share of their worth; -1 without
	eReason         // 1: asks for a reason, and the excerpt gives none
	eSteps          // 1: asks how to do something, and the excerpt doesn't tell anybody to do anything
	eNow            // 1: asks how things are at the moment, which no document knows
	eTerms          // log of 1 plus the number of content words
	eLength         // log of the passage's length in bytes
	eForeign        // 1: in another language than the question
	evidenceCount
)

var evidenceNames = [evidenceCount]string{"bias", "head", "margin", "score", "odds", "missed", "held", "unknown", "strange", "noun",
	"wanted", "reason", "steps", "now", "terms", "length", "foreign"}

type evidence [evidenceCount]float64

// evidenceOf weighs the leading passage r, hits[at], with its excerpt e.
func evidenceOf(r reading, e Excerpt, hits []Hit, at int) evidence {
	ev := evidence{eBias: 1, eMargin: margin(hits, at) - 1, eScore: math.Min(hits[at].Score, maxScore),
		eLength: math.Log1p(float64(len(r.passage.Text)))}
	if hits[at].query != nil {
		ev[eForeign] = 1
	}
	all := r.weighTerms(&ev)
	r.weighWords(&ev)
	if r.q.Want.typed() {
		ev[eWanted] = -1
		if v, ok := r.answering(spanOf(e)); ok {
			ev[eWanted] = r.near(v) / all
		}
	}
	excerpt := fold(e.Text)
	switch {
	case r.q.Want == WantReason && !givesReason.matches(excerpt):
		ev[eReason] = 1
	case asksHow.matches(r.q.folded) && !instructs.matches(excerpt):
		ev[eSteps] = 1
	}
	if asksNow.matches(r.q.folded) {
		ev[eNow] = 1
	}
	return ev
}

// weighTerms adds up what the passage, its head and its best sentence hold of
// the query, and gives the worth of the whole query.
func (r reading) weighTerms(ev *evidence) (all float64) {
	named, best := r.named(), r.bestSentence()
	content := 0
	for i, t := range r.q.Terms {
		if t.aside || r.q.neutral(i) {
			continue
		}
		if t.Weight >= contentWeight {
			content++
			ev[eHeld] += named[i]
		}
		w := worth(t)
		all += w
		ev[eHead] += w * r.head[i]
		if t.Start == t.End {
			continue // implied: nobody's word
		}
		held, lacked := t.odds()
		ev[eOdds] += named[i]*held + (1-named[i])*lacked
		ev[eMissed] += (1 - best[i]) * lacked
		if t.DF == 0 {
			ev[eUnknown] = max(ev[eUnknown], t.Held)
		}
	}
	all = max(all, 1e-9)
	ev[eHead] /= all
	ev[eHeld] /= float64(max(content, 1))
	ev[eTerms] = math.Log1p(float64(content))
	return all
}

// odds gives the logs of the odds that a passage answers by which it is the
// likelier for holding the term, and the unlikelier for lacking it: the
// binary independence model (Robertson and Spärck Jones 1976). A pair of
// characters counts half, for it shares them with its neighbours.
func (t QueryTerm) odds() (held, lacked float64) {
	share := math.Exp(-t.IDF) // of all passages that hold it, see IDF in prepare
	held, lacked = math.Log(t.Held/share), math.Log((1-t.Held)/(1-share))
	if t.Pair {
		return held / 2, lacked / 2
	}
	return held, lacked
}

// bestSentence tells by query term how well the best sentence or the head
// holds it, 0 to 1.
func (r reading) bestSentence() []float64 {
	best := 0
	for i, g := range r.gains {
		if g > r.gains[best] {
			best = i
		}
	}
	out := append([]float64(nil), r.head...)
	for _, m := range r.matches {
		if m.sentence == best {
			out[m.term] = max(out[m.term], m.fit)
		}
	}
	return out
}

// maxWords bounds how many words of a kind count: one is a warning, two are
// proof.
const maxWords = 2

// weighWords counts the words of the question that the passage lacks, by what
// the lexicon knows of them. A name that is missing is what was asked about;
// a verb may be there in other words.
func (r reading) weighWords(ev *evidence) {
	l := lang.OwnLexicon()
	named := r.named()
	for i, t := range r.q.Terms {
		term := t.Forms[0].Term
		if t.aside || named[i] >= looseFit || t.Weight < contentWeight || t.Pair || lang.Unspaced(term) || !lang.StartsWithLetter(term) {
			continue
		}
		switch l.Class(term) {
		case lang.Strange, lang.ProperName:
			ev[eStrange]++
		case lang.Noun:
			if t.DF == 0 && len(t.Loose) == 0 {
				ev[eNoun]++
			}
		}
	}
	for _, m := range missing(r.q) {
		if !lang.IsHan(firstHan(m)) {
			continue
		}
		for _, c := range l.Classes(fold(m)) {
			switch c {
			case lang.Strange, lang.ProperName:
				ev[eStrange]++
			case lang.Noun:
				ev[eNoun]++
			}
		}
	}
	ev[eStrange], ev[eNoun] = min(ev[eStrange], maxWords), min(ev[eNoun], maxWords)
}

// What asks for something that a passage may or may not have the form of.
// Matched against folded text.
var (
	givesReason = compilePattern(`\b(?:because|since|due to|so that|in order to|as a result|caused?|reasons?|therefore|led to|to \w+|for fear)\b|因为|由于|为了|因此|所以|导致|原因|以便|使得|鉴于|缘于|从而`)
	asksHow     = compilePattern(`\bhow (?:do|can|could|should|would) (?:i|you|we|one)\b|\bhow to\b|\b(?:can|could) i\b|\bis there (?:a|any) way\b|(?:怎么|怎样|如何|咋)(?:样)?(?:才能|去)?(?:装|写|做|用|弄|实现|设置|配置|安装|导出|汇出|删|改|开|关|加|建|调|跑|部署|申请|注册|登录|下载|取消|付|使用)`)
	instructs   = compilePattern("\\b(?:you|your|click|select|go to|open (?:the|your)|press|enter|step \\d)\\b|`|点击|打开|选择|输入|设置里|按下|进入|你可以|您可以|你的")
	asksNow     = compilePattern(`\b(?:right now|today|tonight|currently|at the moment|these days|tomorrow|yesterday|last night|latest|nowadays)\b|今天|现在|目前|此刻|最新|昨晚|昨天|明天|最近`)
)

// maxScore bounds the ranking's score as evidence: beyond it, more says no more.
const maxScore = 4

// margin is the score of hits[at] over that of the best other hit, 1 to 3.
func margin(hits []Hit, at int) float64 {
	for i, h := range hits {
		if i == at || h.Passage.Pair != "" && h.Passage.Pair == hits[at].Passage.Pair && base(h.Passage.Lang) != base(hits[at].Passage.Lang) {
			continue
		}
		if h.Score <= 0 {
			return 3
		}
		return math.Min(3, math.Max(1, hits[at].Score/h.Score))
	}
	return 3
}

//go:embed confidence.json
var confidenceJSON []byte

// confidenceWeights are the weights of the regression. "evaluate calibrate"
// fits them on several corpora at once, and tells how they do on each when
// fitted on the others.
var confidenceWeights = sync.OnceValue(func() (w evidence) {
	var stored map[string]float64
	if err := json.Unmarshal(confidenceJSON, &stored); err != nil {
		panic(fmt.Sprintf("confidence.json: %v", err)) // unreachable: a test reads it
	}
	for i, name := range evidenceNames {
		w[i] = stored[name]
	}
	return w
})

// confidence is the probability that the excerpt answers.
func (ev evidence) confidence() float64 {
	z := 0.0
	for i, w := range confidenceWeights() {
		z += w * ev[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// parts names the evidence with its weights, for explanations.
func (ev evidence) parts() []Part {
	var out []Part
	for i, w := range confidenceWeights() {
		out = append(out, Part{evidenceNames[i], ev[i], w})
	}
	return out
}

// objection gives the reason not to answer whatever the confidence: the
// question is about something that the documents, or this passage, don't name.
func objection(r reading) Reason {
	for _, t := range r.q.Terms {
		if t.Entity && t.DF == 0 {
			return UnknownEntity
		}
	}
	if !r.about() || r.lacksMoney() {
		return MissingAttribute
	}
	return Answered
}

// lacksMoney tells whether an amount of money is asked for and the passage
// names none. No other answer will do, but that it is free.
func (r reading) lacksMoney() bool {
	if r.q.Want != WantMoney || free.matches(fold(r.passage.Text)) {
		return false
	}
	for _, v := range r.values {
		if v.Kind == lang.Money {
			return false
		}
	}
	return true
}

var free = compilePattern(`\bfree\b|\bno (?:charge|cost)\b|免费|不要钱|不收费`)
