package lang

import (
	"iter"
	"maps"
	"strings"
)

// Stop tells words and Chinese characters that carry grammar rather than
// content. They are indexed and asked for like others: only ranking and
// question reading give them less weight.
func Stop(term string) bool { return stopWords[term] }

// StopWords gives all stop words.
func StopWords() iter.Seq[string] { return maps.Keys(stopWords) }

var stopWords = set(`
	a an the this that these those such same other another any some each every both all no not nor only own
	and or but if then else so than too very just also even still yet
	i me my we us our you your he him his she her it its they them their myself yourself himself herself itself themselves
	am is are was were be been being do does did done doing have has had having
	will would shall should can could may might must ought cannot dont doesnt didnt isnt arent cant wont
	of in on at by for with about against between into through during before after above below to from up down
	out off over under again further once here there upon within without per via as until while because
	what which who whom whose when where why how
	whats hows wheres whos please tell give know
	的 了 是 在 和 与 及 或 而 也 都 就 还 又 很 更 最 被 把 让 使 给 对 从 向 往 由 于 以 为 之 其 此 该 这 那 些 个 位 种 类 次 着 过 得 地 所 吗 呢 吧 啊 呀 么
	我 你 您 他 她 它 们 什 哪 谁 几 何 怎 样 多 少 有 没 不 无 非 会 能 可 要 请 问 因 并 且 但 等 下 上 中 里 内 外 前 后
`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
