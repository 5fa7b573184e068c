package index

import "historian/index/lang"

// A Want is the kind of thing a question asks for.
type Want string

// The wants. WantAny says nothing about the form of the answer.
const (
	WantAny        Want = ""
	WantDate       Want = "date"
	WantNumber     Want = "number"
	WantDuration   Want = "duration"
	WantMoney      Want = "money"
	WantPerson     Want = "person"
	WantPlace      Want = "place"
	WantName       Want = "name"
	WantDefinition Want = "definition"
	WantExpansion  Want = "expansion" // of an abbreviation: the words it stands for
	WantReason     Want = "reason"
	WantSteps      Want = "steps"
	WantList       Want = "list"
	WantYesNo      Want = "yes-no"
)

// Marked tells whether what answers w is marked within the excerpt, as a
// MarkAnswer.
func (w Want) Marked() bool { return len(w.kinds()) > 0 }

// typed tells whether w can only be satisfied by a span of a certain form.
func (w Want) typed() bool { return w == WantExpansion || len(w.kinds()) > 0 }

// kinds gives the kinds of values that can satisfy w, the likeliest first.
func (w Want) kinds() []lang.ValueKind {
	switch w {
	case WantDate:
		return []lang.ValueKind{lang.Date}
	case WantNumber:
		return []lang.ValueKind{lang.Number, lang.Money, lang.Duration}
	case WantDuration:
		return []lang.ValueKind{lang.Duration}
	case WantMoney:
		return []lang.ValueKind{lang.Money}
	case WantPerson, WantPlace, WantName:
		return []lang.ValueKind{lang.Name}
	}
	return nil
}

// wantPatterns read a question's form; the first that matches decides. They
// are matched against lower-case, simplified text.
var wantPatterns = []struct {
	want Want
	re   *pattern
}{
	{WantExpansion, compilePattern(`\bstands? for\b|\bfull (?:form|name)\b|\bacronym\b|\babbreviat|\bshort for\b|\bletters? (?:in|of)\b|缩写|全称|全名|什么的简称|字母.{0,6}意思`)},
	{WantMoney, compilePattern(`\bhow much (?:money|does .* cost|did .* (?:cost|pay|earn|raise|spend))|\bwhat (?:is|was|'s) the (?:price|cost|budget|salary|fee)\b|\bhow (?:expensive|cheap)\b|多少钱|多少(?:美元|元|英镑|欧元)|价格|售价|票价|身价`)},
	{WantDuration, compilePattern(`\bhow long\b(?: .*)?(?:take|took|last|did|does|has|was|is|were)|\bhow many (?:\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b|多久|多长时间|多少(?:年|个月|天|小时|分钟|秒)|几(?:个月|天|小时|分钟|周)|几年(?:时间|才|后|内)`)},
	{WantDate, compilePattern(`\bwhe?n\b|\b(?:what|which|whats) (?:\w+ ){0,2}?(?:year|yr|date|day|month|century|decade|time period|era)\b|\b(?:year|date)\?*$|\b(?:release|launch|birth|publication|founding) (?:date|year)\b|什么时候|啥时候|何时|几时|哪一?年|哪几年|哪一?天|哪个?(?:月|年|世纪|年代)|哪一个?(?:月|世纪|年代)|几月|几号|几几年|年份|什么年代|日期|多会儿|何年|几年(?:[^时才后内]|$)`)},
	{WantNumber, compilePattern(`\bhow (?:many|much|big|large|tall|high|deep|far|old|fast|heavy|wide|often|small)\b|\bwhat(?:s|'s| is| was| are| were) the (?:\w+ )?(?:number|amount|size|population|percentage|total|average|ratio|rate|length|height|area|distance|speed|score|count)\b|\bwhat (?:percent|percentage|number|fraction|proportion|portion|share)\b|\bnumber of\b|\bhow \w+ (?:params|parameters)\b|\b(?:size|count|params?)\?*$|多少|几(?:个|人|次|种|条|位|名|部|座|场|项|张|层|倍|岁|家|支|所|句|首|届|辆|颗|只|本|款|代|亿|万|百|千|成|分|度|米|公里)|多[大高长远深重快宽]|百分之几|参数量|规模|数量|比例|人口`)},
	{WantSteps, compilePattern(`\bsteps?\b|\bstages?\b|\bphases?\b|\bhow (?:do|can|should|to)\b.*\b(?:install|set up|setup|configure|create|make|delete|remove|change|add|enable|disable|build|use|get)\b|步骤|哪几步|几步|流程|阶段|怎么(?:安装|设置|配置|做)`)},
	{WantReason, compilePattern(`\bwhy\b|\bhow come\b|\bwhat (?:is|was|were|are) the (?:reasons?|causes?|purpose|motivation)|\bwhat caused\b|\bfor what (?:reason|purpose)|为什么|为何|为啥|怎么会|原因|何故|目的`)},
	{WantPerson, compilePattern(`\bwho(?:se|m|'s|s)?\b|\bwhat (?:person|author|scientist|president|king|queen|actor|singer)\b|\bby whom\b|谁|何人|哪位|哪个人|什么人|作者|哪一位|哪名`)},
	{WantPlace, compilePattern(`\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|country|place|state|region|town|continent|location|river|province|county|street|building)\b|哪里|哪儿|何处|什么地方|哪个(?:国家|城市|地方|省|州|地区|洲|县|区|岛)|哪一?(?:国|省|市|州|洲)|何地|位于`)},
	{WantList, compilePattern(`\b(?:what|which) (?:are|were|kinds?|types?|tasks|models|things|examples|features|limitations|\w+s (?:are|were|can|do|did|could))\b|\blist\b|\bname (?:the|some|all|two|three|four|five)\b|\bgive (?:\w+ )?examples?\b|哪些|哪几|有什么|列举|列出|分别是|举例`)},
	{WantName, compilePattern(`\bwhich\b|\bwhat (?:model|company|organi[sz]ation|team|band|film|movie|book|song|language|paper|dataset|game|school|university|group|party|brand|app|name|is the name|was the name|\w+ (?:is|was) (?:called|named))\b|\b(?:called|named)\b|哪个|哪一个|哪种|哪一种|哪家|哪支|哪部|哪本|哪款|哪所|叫什么|名字|名称|什么名|哪代|哪一代|是哪`)},
	{WantYesNo, compilePattern(`^(?:so |and |but )?(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|isn't|aren't|doesn't|didn't|can't)\b|吗|是不是|能不能|有没有|会不会|可不可以|可以不|是否|行不行|对不对|要不要`)},
	{WantDefinition, compilePattern(`\bwhat(?:'s| is| are| was| does| do)\b|\bdefine\b|\bmeaning\b|\bmean\b|什么是|是什么|是啥|啥是|何谓|什么意思|定义`)},
}

// wantOf tells what a question asks for, by its form. folded is the question
// in lower case and simplified characters.
func wantOf(folded string) Want {
	for _, p := range wantPatterns {
		if p.re.matches(folded) {
			return p.want
		}
	}
	return WantAny
}
