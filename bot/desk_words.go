package bot

// What the desk says about documents, corrections, gaps and shadow answers.
var (
	undoLabel  = localised{"Undo", "撤销", "復原"}
	addLabel   = localised{"Add and reindex", "添加并重建索引", "新增並重建索引"}
	dropLabel  = localised{"Don't add", "不添加", "不新增"}
	forceLabel = localised{"Publish anyway", "仍然发布", "仍然發布"}
	liveLabel  = localised{"Answer from %d %% on", "%d%% 以上开始回答", "%d%% 以上開始回答"}

	startAgain      = localised{"That is too old to go on with. Please start again.", "已经过期，请重新开始。", "已經過期，請重新開始。"}
	noQuestionThere = localised{
		"I find no question there. Use this on a question, on an answer that replies to one, or on one of my answers.",
		"这里没有找到问题。请在问题、对问题的回复或我的回答上使用。", "這裡沒有找到問題。請在問題、對問題的回覆或我的回答上使用。",
	}
	whichPassage      = localised{"Which passage answers it?", "哪个段落回答了它？", "哪個段落回答了它？"}
	nothingNear       = localised{"No passage comes near it. Add a document that answers it: `reindex`.", "没有相近的段落。可以用 `reindex` 添加能回答它的文档。", "沒有相近的段落。可以用 `reindex` 新增能回答它的文件。"}
	notAnswered       = localised{"I don't answer that now, so there is nothing to take out.", "我现在没有回答这个问题，无需移除。", "我現在沒有回答這個問題，無需移除。"}
	noSuchPassage     = localised{"There is no such passage. Pick one of those offered while you type.", "没有这个段落，请从输入时的提示里选择。", "沒有這個段落，請從輸入時的提示裡選擇。"}
	saidAnswers       = localised{"Noted: %s answers it, from now on.", "已记录：从现在起由 %s 回答。", "已記錄：從現在起由 %s 回答。"}
	saidWrong         = localised{"Noted: %s does not answer it.", "已记录：%s 不回答它。", "已記錄：%s 不回答它。"}
	saidIgnored       = localised{"Noted: that is no question. Unasked, I stay silent on it.", "已记录：这不是问题，没人问我时我不会回应。", "已記錄：這不是問題，沒人問我時我不會回應。"}
	undone            = localised{"Taken back.", "已撤销。", "已復原。"}
	undoneAlready     = localised{"That was taken back already.", "已经撤销过了。", "已經復原過了。"}
	noCorrections     = localised{"There are no corrections yet. Right-click a message, Apps: *This answers it*, *Wrong answer*, *Not a question*.", "还没有更正。在消息上点右键，选“应用”：“这就是答案”“答案有误”“这不是问题”。", "還沒有更正。在訊息上點右鍵，選「應用程式」：「這就是答案」「答案有誤」「這不是問題」。"}
	latestCorrections = localised{"**Corrections** (%d, the latest first)", "**更正**（共 %d 条，最新的在前）", "**更正**（共 %d 條，最新的在前）"}
	badFile           = localised{"A file that people edit can't be read, so nothing was changed: %s", "有一个手工编辑的文件无法读取，什么都没有改变：%s", "有一個手動編輯的檔案無法讀取，什麼都沒有改變：%s"}
	badSettings       = localised{"That is no settings file I can take; nothing was changed. %s", "无法使用这个设置文件，什么都没有改变。%s", "無法使用這個設定檔案，什麼都沒有改變。%s"}
	exported          = localised{"Here it is.", "文件如下。", "檔案如下。"}
	nothingToExport   = localised{"There is nothing to export.", "没有可导出的内容。", "沒有可匯出的內容。"}

	noLibrary       = localised{"I don't know where my index lies, so I can't change it here. Whoever runs me can: `reindex` on the command line.", "我不知道索引在哪里，无法在这里更改。运行我的人可以用命令行的 `reindex`。", "我不知道索引在哪裡，無法在這裡更改。執行我的人可以用命令列的 `reindex`。"}
	noFolder        = localised{"My documents are those that come with the program, and none can be added to them. Whoever runs me can set `CORPUS_DIR` to a folder.", "我使用程序自带的文档，无法添加。运行我的人可以用 `CORPUS_DIR` 指定文件夹。", "我使用程式自帶的文件，無法新增。執行我的人可以用 `CORPUS_DIR` 指定資料夾。"}
	reindexBegins   = localised{"Indexing the documents …", "正在重建索引……", "正在重建索引……"}
	reindexProgress = localised{"Indexing the documents: %d files read, %d passages …", "正在重建索引：已读 %d 个文件，%d 个段落……", "正在重建索引：已讀 %d 個檔案，%d 個段落……"}
	reindexDone     = localised{"Done: serving %s, %d documents, %d passages, in %s.", "完成：现在使用 %s，%d 份文档，%d 个段落，用时 %s。", "完成：現在使用 %s，%d 份文件，%d 個段落，用時 %s。"}
	reindexShrank   = localised{"I did not publish that, and go on with the index I have: %s.", "没有发布，继续使用现有索引：%s。", "沒有發布，繼續使用現有索引：%s。"}
	reindexRefused  = localised{"I go on with the index I have, since the new one can't be used: %s.", "新索引无法使用，继续使用现有索引：%s。", "新索引無法使用，繼續使用現有索引：%s。"}
	skippedSaid     = localised{"- left out: %s", "- 已跳过：%s", "- 已略過：%s"}
	lostSaid        = localised{"- a correction points to a passage that is gone: “%s”", "- 有一条更正所指的段落已不存在：“%s”", "- 有一條更正所指的段落已不存在：「%s」"}
	badDocument     = localised{"That can't be added: %s", "无法添加：%s", "無法新增：%s"}
	tooLarge        = localised{"That file is too large: up to %d MiB can be added here.", "文件太大：这里最多可以添加 %d MiB。", "檔案太大：這裡最多可以新增 %d MiB。"}
	cantFetch       = localised{"I can't get that file from Discord. Please try again.", "无法从 Discord 获取这个文件，请重试。", "無法從 Discord 取得這個檔案，請重試。"}
	wouldAdd        = localised{"**%s** would be indexed as “%s”, in %d passages:", "**%s** 将以“%s”为题编入索引，共 %d 个段落：", "**%s** 將以「%s」為題編入索引，共 %d 個段落："}
	wouldReplace    = localised{"⚠ It would replace the document of that name.", "⚠ 它会替换同名文档。", "⚠ 它會取代同名文件。"}
	added           = localised{"Added **%s**.", "已添加 **%s**。", "已新增 **%s**。"}
	dropped         = localised{"Not added.", "没有添加。", "沒有新增。"}
	decided         = localised{"That was decided already, or waited for more than a day.", "已经有人决定过，或等待超过一天。", "已經有人決定過，或等待超過一天。"}

	reviewSaid    = localised{"Moderators' channel: <#%s>.", "管理员频道：<#%s>。", "管理員頻道：<#%s>。"}
	digestSaid    = localised{"Weekly digest.", "每周报告。", "每週報告。"}
	questionsSaid = localised{"Keeps the words of unanswered questions.", "保存未回答问题的原文。", "儲存未回答問題的原文。"}
	noGapsSaid    = localised{"Takes no note of gaps.", "不记录缺口。", "不記錄缺口。"}

	gapsHead     = localised{"**What people asked and the documents lack** (at least three people each)", "**人们问到而文档里没有的**（每项至少三人问过）", "**人們問到而文件裡沒有的**（每項至少三人問過）"}
	gapSaid      = localised{"asked %d times: %s (last %s)", "问过 %d 次：%s（最近 %s）", "問過 %d 次：%s（最近 %s）"}
	flaggedHead  = localised{"**Passages that people found unhelpful**", "**人们认为没有帮助的段落**", "**人們認為沒有幫助的段落**"}
	disagreeHead = localised{"**Documents that disagree**", "**互相矛盾的文档**", "**互相矛盾的文件**"}
	noGaps       = localised{"Nothing to see: at least three people must ask something before it is shown here.", "暂无内容：至少三人问过的才会显示。", "暫無內容：至少三人問過的才會顯示。"}
	digestHead   = localised{"**The week**: %d answers, %d not in the documents.", "**本周**：回答 %d 次，文档中没有 %d 次。", "**本週**：回答 %d 次，文件中沒有 %d 次。"}
	flaggedSaid  = localised{"A passage was found unhelpful several times; I go on quoting it. Please have a look: %s", "有一个段落多次被认为没有帮助；我仍会引用它。请检查：%s", "有一個段落多次被認為沒有幫助；我仍會引用它。請檢查：%s"}
	shadowSaid   = localised{"I would have answered in <#%s>, %d %% sure: <%s>", "我本来会在 <#%s> 回答，把握 %d%%：<%s>", "我本來會在 <#%s> 回答，把握 %d%%：<%s>"}
	liveProposed = localised{
		"In <#%s> you found %d of %d answers good; of those I was surest of, %d of %d. I propose to answer there when I am at least %d %% sure.",
		"在 <#%s>，%[3]d 个回答中有 %[2]d 个被认为好；其中把握较大的 %[5]d 个里有 %[4]d 个好。建议在把握不低于 %[6]d%% 时开始回答。",
		"在 <#%s>，%[3]d 個回答中有 %[2]d 個被認為好；其中把握較大的 %[5]d 個裡有 %[4]d 個好。建議在把握不低於 %[6]d%% 時開始回答。",
	}
)

// What /gpt privacy and /gpt forget say. %d are days.
var (
	readsCalls = localised{
		"**Reads**: messages that mention me or reply to me, direct messages, what you type into my commands.",
		"**读取**：提及或回复我的消息、私信，以及你在命令里输入的内容。", "**讀取**：提及或回覆我的訊息、私訊，以及你在指令裡輸入的內容。",
	}
	readsAll    = localised{"In this channel: every message, to see whether it is a question the documents answer.", "在这个频道：每条消息，以判断是不是文档能回答的问题。", "在這個頻道：每則訊息，以判斷是不是文件能回答的問題。"}
	readsShadow = localised{
		"In this channel: every message, to see whether it is a question the documents answer; I don't answer here, but show questions and what I would have said in the moderators' channel.",
		"在这个频道：每条消息，以判断是不是文档能回答的问题；我不在这里回答，但会把问题和我本来的回答显示在管理员频道。",
		"在這個頻道：每則訊息，以判斷是不是文件能回答的問題；我不在這裡回答，但會把問題和我本來的回答顯示在管理員頻道。",
	}
	keepsMemory = localised{
		"**Keeps in memory**, until I restart: numbers of messages and people, so that an edited question gets its answer edited and nobody floods a channel. No texts.",
		"**内存中**（重启即消失）：消息和用户的编号，用于在问题被编辑时更新回答，并防止刷屏。不含文字。",
		"**記憶體中**（重新啟動即消失）：訊息和使用者的編號，用於在問題被編輯時更新回答，並防止洗版。不含文字。",
	}
	keepsNothing = localised{"**Stores**: nothing.", "**存储**：无。", "**儲存**：無。"}
	keepsGaps    = localised{
		"**Stores** of questions the documents don't answer: what they are about, as a coded number until three people asked, and then as single words, for %d days; that you asked, as a coded number that can't be traced after 7 days. No names, no texts.",
		"**存储**文档没有回答的问题：所问的主题，三人问过之前只是编码，之后是单个词语，保存 %d 天；你问过这件事，以编码保存，7 天后无法追溯。不含名字和原文。",
		"**儲存**文件沒有回答的問題：所問的主題，三人問過之前只是編碼，之後是單個詞語，保存 %d 天；你問過這件事，以編碼保存，7 天後無法追溯。不含名字和原文。",
	}
	keepsQuestions = localised{
		"This server also keeps the words of those questions, for %d days, without names; moderators see them once three people asked.",
		"本服务器还保存这些问题的原文 %d 天，不含名字；三人问过后管理员可以看到。", "本伺服器還儲存這些問題的原文 %d 天，不含名字；三人問過後管理員可以看到。",
	}
	keepsServerVotes = localised{
		"**Stores** 👍 and 👎 as counts per passage, for %d days; that you voted, as a coded number, until the next day. Answers and abstentions are counted by the day.",
		"**存储**每个段落的 👍 和 👎 数量 %d 天；你投过票，以编码保存到次日。回答和未答的次数按天计数。",
		"**儲存**每個段落的 👍 和 👎 數量 %d 天；你投過票，以編碼保存到次日。回答和未答的次數按天計數。",
	}
	keepsVotes    = localised{"**Stores** 👍 and 👎 as counts per passage; that you voted, as a coded number, until the next day.", "**存储**每个段落的 👍 和 👎 数量；你投过票，以编码保存到次日。", "**儲存**每個段落的 👍 和 👎 數量；你投過票，以編碼保存到次日。"}
	keepsNoDirect = localised{"Of direct messages nothing else is stored.", "私信的其他内容不存储。", "私訊的其他內容不儲存。"}
	keepsActions  = localised{
		"**Stores** what moderators do with me, with their ID, for %d days; their corrections until they are taken back: the question, their ID and the date.",
		"**存储**管理员对我的操作及其 ID %d 天；他们的更正保存到撤销为止：问题、ID 和日期。",
		"**儲存**管理員對我的操作及其 ID %d 天；他們的更正保存到復原為止：問題、ID 和日期。",
	}
	keepsLog   = localised{"My log holds no texts and no names. Nothing is sent to anybody else.", "日志里没有原文和名字。不会发送给任何第三方。", "日誌裡沒有原文和名字。不會傳送給任何第三方。"}
	forgetHint = localised{
		"`/%s forget` removes at once what can be linked to you.", "`/%s forget` 立即删除能关联到你的内容。", "`/%s forget` 立即刪除能關聯到你的內容。",
	}
	forgot        = localised{"Done: %d notes that could be linked to you are gone.", "完成：已删除 %d 条能关联到你的记录。", "完成：已刪除 %d 條能關聯到你的記錄。"}
	forgotNothing = localised{"There is nothing stored that can be linked to you.", "没有存储能关联到你的内容。", "沒有儲存能關聯到你的內容。"}
)
