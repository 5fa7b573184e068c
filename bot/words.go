package bot

import (
	"fmt"
	"strings"

	"historian/index"
)

// words is what the bot itself says, in one language. Texts with %s are given
// escaped words.
type words struct {
	NotInDocuments string
	Lacking        string // %s: words of the question
	Quote          string // %s: words quoted
	Between        string // two sentences
	Topics         string // %s: topics
	OtherLanguage  string // the excerpt is in another language than the question
	Differ         string // %s, %s: values that documents disagree about
	ReadAs         string // %s: the question as it was read
	AskMe          string // somebody called without a question; %s: the command
	Failed         string
	Slow           string // rate limit
	More, Why, Delete,
	Share string
	NoMore                                                   string
	NotSure                                                  string // close, but not sure enough to answer
	DidYouMean                                               string
	Outdated                                                 string // a button of an answer whose question can't be found again
	Changed                                                  string // a button of an answer that would be another today
	Again                                                    string // the button that asks anew
	Forbidden                                                string // a button that isn't theirs
	NoPermission                                             string // %s: a channel, then permissions
	Thanks                                                   string
	SizeUnknown, LogScale                                    string // on the axes of its picture
	Day, Month, Year                                         string // layouts of dates (package time)
	Units                                                    []unit // of large numbers
	Comma, Listing, Colon                                    string
	Timeline                                                 string
	NoTimeline                                               string
	Undated                                                  string
	Sources                                                  string
	Help                                                     string                // %[1]s: the command
	WhyTitle, WhyTerms, WhyWants, WhySure, WhyBest, WhyIndex string                // an explanation; the terms, the kind, percents, the index
	Wants                                                    map[index.Want]string // what a question asks for
	Families                                                 [len(families)]string // what speaks for a passage
	Parameters                                               string                // %s: 1.5B
	ImageAlt                                                 string                // %s: the entries
}

// languages of the bot's own words, by BCP 47 base and script.
var languages = map[string]words{
	"en": {
		NotInDocuments: "Sorry, that is not in the documents.",
		Lacking:        "They don't mention %s.",
		Quote:          "“%s”", Between: " ",
		Topics:        "They do tell about: %s.",
		OtherLanguage: "-# The documents say it in another language:",
		Differ:        "-# The documents differ here: %s or %s.",
		ReadAs:        "-# Reading this as: %s",
		AskMe:         "Ask me something, and I'll look it up in the documents. `/%s help` tells more.",
		Failed:        "Sorry, something went wrong while I looked that up. Please try again in a moment.",
		Slow:          "One moment, please: that was a lot of questions at once.",
		More:          "More passages", Why: "Why this?", Delete: "Delete", Share: "Share",
		NoMore:       "There are no further passages on this.",
		NotSure:      "I'm not sure that the documents answer this.",
		DidYouMean:   "Did you mean one of these?",
		Outdated:     "This answer is too old for its buttons. Ask again for a fresh one.",
		Changed:      "This answer is from earlier documents or an earlier version of me, so its buttons no longer fit.",
		Again:        "Ask again",
		NoPermission: "I was asked something in %s, but I'm not allowed to answer there. Please give me these permissions in that channel: %s. Or deny me View Channel, and I'll leave it alone. I won't mention this channel again.",
		Forbidden:    "Only the person who asked, or a moderator, can do that.",
		Thanks:       "Thank you, noted.",
		SizeUnknown:  "size not public or not stated", LogScale: "parameters, log scale",
		Day: "2 Jan 2006", Month: "Jan 2006", Year: "2006", Units: metricUnits, Comma: ", ", Listing: ", ", Colon: ": ",
		Timeline:   "**Timeline**",
		NoTimeline: "The documents hold no dated events that match.",
		Sources:    "**Documents I answer from**",
		Help: "I answer questions from this community's documents, word for word, and say where it stands. When they don't hold the answer, I say so.\n" +
			"- Mention me with a question, or reply to one of my answers to ask on.\n- `/%[1]s ask` asks, privately if you like.\n- `/%[1]s timeline` shows the dated events.\n- `/%[1]s sources` lists the documents.\n- `/%[1]s privacy` tells what is kept.\n" +
			"- Right-click a message, Apps, *Find the answer* looks up what somebody else asked.",
		WhyTitle: "**Why this?**",
		WhyTerms: "I looked for: %s. In brackets, how many passages hold it; in bold, what the first excerpt holds.",
		WhyWants: "The question seems to ask for %s.",
		WhySure:  "That the documents answer it is %s likely; I answer from %s.",
		WhyBest:  "What fits best, by score, and what speaks for it:",
		WhyIndex: "Index %s",
		Wants: map[index.Want]string{
			index.WantDate: "a date", index.WantNumber: "a number", index.WantDuration: "a length of time", index.WantMoney: "an amount of money",
			index.WantPerson: "a person", index.WantPlace: "a place", index.WantName: "a name", index.WantDefinition: "an explanation",
			index.WantReason: "a reason", index.WantSteps: "steps", index.WantList: "a list", index.WantYesNo: "yes or no",
		},
		Families:   [len(families)]string{"its headings", "its best sentence", "the words close together", "the kind of answer", "the words of the question", "other"},
		Parameters: "%s parameters",
		ImageAlt:   "Timeline: %s",
	},
	"zh-Hans": {
		NotInDocuments: "抱歉，文档里没有这个内容。",
		Lacking:        "文档没有提到%s。",
		Quote:          "“%s”",
		Topics:         "文档里有这些：%s。",
		OtherLanguage:  "-# 文档原文是另一种语言：",
		Differ:         "-# 文档说法不一：%s 或 %s。",
		ReadAs:         "-# 理解为：%s",
		AskMe:          "问我一个问题，我会在文档里查找答案。用 `/%s 帮助` 了解更多。",
		Failed:         "抱歉，查找时出了点问题，请稍后再试。",
		Slow:           "请稍等，刚才的问题有点多。",
		More:           "更多段落", Why: "为什么是这个？", Delete: "删除", Share: "分享",
		NoMore:       "没有更多相关段落了。",
		NotSure:      "我不确定文档里有没有这个答案。",
		DidYouMean:   "你想问的是不是其中之一？",
		Outdated:     "这条回答太旧，按钮已失效。请重新提问。",
		Changed:      "这条回答来自较早的文档或较早的版本，它的按钮已不适用。",
		Again:        "重新提问",
		NoPermission: "有人在 %s 问了我问题，但我没有权限在那里回答。请在该频道给我这些权限：%s；或者取消我的“查看频道”权限，我就不打扰了。我不会再为这个频道提醒。",
		Forbidden:    "只有提问者或管理员可以这样做。",
		Thanks:       "谢谢，已记录。",
		SizeUnknown:  "规模未公开或未提及", LogScale: "参数数量（对数刻度）",
		Day: "2006年1月2日", Month: "2006年1月", Year: "2006年", Units: hansUnits, Comma: "，", Listing: "、", Colon: "：",
		Timeline:   "**时间线**",
		NoTimeline: "文档里没有符合条件的带日期的事件。",
		Sources:    "**我所依据的文档**",
		Help: "我从本社区的文档里逐字引用来回答问题，并注明出处；文档里没有，我会直说。\n" +
			"- 提及我并提问，或者回复我的回答来追问。\n- `/%[1]s 提问` 提问，可以只给自己看。\n- `/%[1]s 时间线` 显示带日期的事件。\n- `/%[1]s 来源` 列出文档。\n- `/%[1]s 隐私` 说明保存了什么。\n" +
			"- 在消息上点右键，选“应用”里的“查找答案”，可以查别人问的问题。",
		WhyTitle: "**为什么是这个？**",
		WhyTerms: "查找的词：%s。括号里是含有它的段落数，粗体是第一段摘录里有的。",
		WhyWants: "问题问的似乎是%s。",
		WhySure:  "文档能回答它的可能性是 %s；达到 %s 我才回答。",
		WhyBest:  "最合适的段落，按得分，以及理由：",
		WhyIndex: "索引 %s",
		Wants: map[index.Want]string{
			index.WantDate: "日期", index.WantNumber: "数量", index.WantDuration: "时长", index.WantMoney: "金额",
			index.WantPerson: "人物", index.WantPlace: "地点", index.WantName: "名称", index.WantDefinition: "解释",
			index.WantReason: "原因", index.WantSteps: "步骤", index.WantList: "一份列表", index.WantYesNo: "是或否",
		},
		Families:   [len(families)]string{"标题", "最合适的句子", "词语靠得近", "答案的类型", "问题里的词", "其他"},
		Parameters: "%s参数",
		ImageAlt:   "时间线：%s",
	},
	"zh-Hant": {
		NotInDocuments: "抱歉，文件裡沒有這個內容。",
		Lacking:        "文件沒有提到%s。",
		Quote:          "「%s」",
		Topics:         "文件裡有這些：%s。",
		OtherLanguage:  "-# 文件原文是另一種語言：",
		Differ:         "-# 文件說法不一：%s 或 %s。",
		ReadAs:         "-# 理解為：%s",
		AskMe:          "問我一個問題，我會在文件裡查找答案。用 `/%s 說明` 了解更多。",
		Failed:         "抱歉，查找時出了點問題，請稍後再試。",
		Slow:           "請稍等，剛才的問題有點多。",
		More:           "更多段落", Why: "為什麼是這個？", Delete: "刪除", Share: "分享",
		NoMore:       "沒有更多相關段落了。",
		NotSure:      "我不確定文件裡有沒有這個答案。",
		DidYouMean:   "你想問的是不是其中之一？",
		Outdated:     "這則回答太舊，按鈕已失效。請重新提問。",
		Changed:      "這則回答來自較早的文件或較早的版本，它的按鈕已不適用。",
		Again:        "重新提問",
		NoPermission: "有人在 %s 問了我問題，但我沒有權限在那裡回答。請在該頻道給我這些權限：%s；或者取消我的「檢視頻道」權限，我就不打擾了。我不會再為這個頻道提醒。",
		Forbidden:    "只有提問者或管理員可以這樣做。",
		Thanks:       "謝謝，已記錄。",
		SizeUnknown:  "規模未公開或未提及", LogScale: "參數數量（對數刻度）",
		Day: "2006年1月2日", Month: "2006年1月", Year: "2006年", Units: hantUnits, Comma: "，", Listing: "、", Colon: "：",
		Timeline:   "**時間線**",
		NoTimeline: "文件裡沒有符合條件的帶日期的事件。",
		Sources:    "**我所依據的文件**",
		Help: "我從本社群的文件裡逐字引用來回答問題，並註明出處；文件裡沒有，我會直說。\n" +
			"- 提及我並提問，或者回覆我的回答來追問。\n- `/%[1]s 提問` 提問，可以只給自己看。\n- `/%[1]s 時間線` 顯示帶日期的事件。\n- `/%[1]s 來源` 列出文件。\n- `/%[1]s 隱私` 說明保存了什麼。\n" +
			"- 在訊息上點右鍵，選「應用程式」裡的「查找答案」，可以查別人問的問題。",
		WhyTitle: "**為什麼是這個？**",
		WhyTerms: "查找的詞：%s。括號裡是含有它的段落數，粗體是第一段摘錄裡有的。",
		WhyWants: "問題問的似乎是%s。",
		WhySure:  "文件能回答它的可能性是 %s；達到 %s 我才回答。",
		WhyBest:  "最合適的段落，按得分，以及理由：",
		WhyIndex: "索引 %s",
		Wants: map[index.Want]string{
			index.WantDate: "日期", index.WantNumber: "數量", index.WantDuration: "時長", index.WantMoney: "金額",
			index.WantPerson: "人物", index.WantPlace: "地點", index.WantName: "名稱", index.WantDefinition: "解釋",
			index.WantReason: "原因", index.WantSteps: "步驟", index.WantList: "一份列表", index.WantYesNo: "是或否",
		},
		Families:   [len(families)]string{"標題", "最合適的句子", "詞語靠得近", "答案的類型", "問題裡的詞", "其他"},
		Parameters: "%s參數",
		ImageAlt:   "時間線：%s",
	},
}

// wordsFor gives the bot's words for a locale of Discord ("en-US", "zh-CN",
// "zh-TW") or a language tag; English for any other.
func wordsFor(tag string) words { return languages[tongue(tag)] }

// tongue gives the language, of those the bot speaks, for a locale or tag.
func tongue(tag string) string {
	switch {
	case tag == "zh-TW", tag == "zh-HK", strings.HasPrefix(tag, "zh-Hant"):
		return "zh-Hant"
	case strings.HasPrefix(tag, "zh"):
		return "zh-Hans"
	}
	return "en"
}

// list joins up to three names as a sentence does.
func (w words) list(names []string) string {
	return strings.Join(names, w.Listing)
}

// say fills words into a text.
func say(format string, args ...any) string { return fmt.Sprintf(format, args...) }
