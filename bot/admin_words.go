package bot

// What the desk says to moderators. %s are escaped.
var (
	onlyInServers = localised{"This works in a server only.", "这个命令只能在服务器里用。", "這個指令只能在伺服器裡用。"}
	notModerator  = localised{
		"Only people who may manage this server can do that.",
		"只有拥有“管理服务器”权限的人可以这样做。", "只有擁有「管理伺服器」權限的人可以這樣做。",
	}
	notHome = localised{
		"That would change the documents of every server I am in. Whoever runs me can allow it to the moderators of this one: `MODERATOR_GUILDS` in the configuration.",
		"这会改变我所在的所有服务器的文档。运行我的人可以在配置里用 `MODERATOR_GUILDS` 允许本服务器的管理员这样做。",
		"這會改變我所在的所有伺服器的文件。執行我的人可以在設定裡用 `MODERATOR_GUILDS` 允許本伺服器的管理員這樣做。",
	}
	deskFailed = localised{
		"Sorry, that went wrong, and nothing was changed. The log of whoever runs me tells more.",
		"抱歉，出了点问题，什么都没有改变。运行日志里有详情。", "抱歉，出了點問題，什麼都沒有改變。執行日誌裡有詳情。",
	}
	deskOff = localised{
		"I can't keep that: the desk is off, since I have no file of my own to write to. Whoever runs me finds the reason in my log. Answering works as always.",
		"无法保存：管理台已关闭，因为没有可写的存储文件。运行日志里有原因。回答问题不受影响。",
		"無法儲存：管理臺已關閉，因為沒有可寫的儲存檔案。執行日誌裡有原因。回答問題不受影響。",
	}
	deskReadOnly = localised{
		"I can't write there: the folder is read-only. Whoever runs me can mount it for writing.",
		"无法写入：文件夹是只读的。运行我的人可以改为可写。", "無法寫入：資料夾是唯讀的。執行我的人可以改為可寫。",
	}
	deskFull       = localised{"There is no space left on my disk; nothing was changed.", "磁盘已满，什么都没有改变。", "磁碟已滿，什麼都沒有改變。"}
	settingsInFile = localised{
		"The settings are kept in a file that whoever runs me edits; change them there. `export` gives them as they are.",
		"设置保存在运行我的人编辑的文件里，请在那里修改。`export` 可以导出现有设置。",
		"設定儲存在執行我的人編輯的檔案裡，請在那裡修改。`export` 可以匯出現有設定。",
	}
	offHere = localised{
		"The moderators have switched me off in this channel. Elsewhere, or in a direct message, I answer gladly.",
		"管理员在这个频道关闭了我。在别处或私信里我很乐意回答。", "管理員在這個頻道關閉了我。在別處或私訊裡我很樂意回答。",
	}

	modeNames = map[string]localised{
		"off":     {"off", "关闭", "關閉"},
		"mention": {"when called", "被提及时回答", "被提及時回答"},
		"shadow":  {"shadow", "影子模式", "影子模式"},
		"ambient": {"any question", "回答所有问题", "回答所有問題"},
	}
	asDefault    = localised{"as the default", "与默认相同", "與預設相同"}
	allDocuments = localised{"all documents", "所有文档", "所有文件"}
	askersOwn    = localised{"the asker's language", "提问者的语言", "提問者的語言"}

	settingSaid  = localised{"**%s**: %s; %s; %s; %s.", "**%s**：%s；%s；%s；%s。", "**%s**：%s；%s；%s；%s。"}
	fromPercent  = localised{"answers from %d %% on", "%d%% 以上才回答", "%d%% 以上才回答"}
	usualPercent = localised{"the usual threshold", "默认阈值", "預設門檻"}
	thisServer   = localised{"This server", "本服务器", "本伺服器"}
	saved        = localised{"Saved.", "已保存。", "已儲存。"}

	noSuchDocument = localised{
		"There is no document or folder %s. `/%s sources` lists them; nothing was changed.",
		"没有名为 %s 的文档或文件夹。`/%s sources` 会列出它们；什么都没有改变。",
		"沒有名為 %s 的文件或資料夾。`/%s sources` 會列出它們；什麼都沒有改變。",
	}
	wrongSetting = localised{"That can't be set: %s.", "无法设置：%s。", "無法設定：%s。"}
	needsContent = localised{
		"To read questions that nobody addresses to me I need the *Message Content Intent*. Whoever runs me switches it on in the developer portal (Bot › Message Content Intent). Nothing was changed.",
		"要读取没有提及我的问题，我需要 *Message Content Intent*。运行我的人可以在开发者后台（Bot › Message Content Intent）打开它。什么都没有改变。",
		"要讀取沒有提及我的問題，我需要 *Message Content Intent*。執行我的人可以在開發者後台（Bot › Message Content Intent）開啟它。什麼都沒有改變。",
	}
	needsReview = localised{
		"Shadow answers need a channel where moderators see them: `/%s server moderators:#channel` sets it. Nothing was changed.",
		"影子模式需要一个管理员频道来显示回答：用 `/%s server moderators:#频道` 设置。什么都没有改变。",
		"影子模式需要一個管理員頻道來顯示回答：用 `/%s server moderators:#頻道` 設定。什麼都沒有改變。",
	}
	noRightsThere = localised{
		"I can't write in <#%s>: give me View Channel and Send Messages there. Nothing was changed.",
		"我无法在 <#%s> 发言：请给我“查看频道”和“发送消息”权限。什么都没有改变。",
		"我無法在 <#%s> 發言：請給我「檢視頻道」和「傳送訊息」權限。什麼都沒有改變。",
	}
	reconnects = localised{
		"I am reconnecting so that Discord shows me those messages; it takes a few seconds.",
		"我正在重新连接，以便读取这些消息，需要几秒钟。", "我正在重新連線，以便讀取這些訊息，需要幾秒鐘。",
	}

	statusIndex  = localised{"Index: %s, %d documents, %d passages (%s), built %s", "索引：%s，%d 份文档，%d 个段落（%s），建于 %s", "索引：%s，%d 份文件，%d 個段落（%s），建於 %s"}
	statusConn   = localised{"Connection: %s, up for %s", "连接：%s，已运行 %s", "連線：%s，已執行 %s"}
	statusShards = localised{"%d of %d shards connected", "%d/%d 个分片已连接", "%d/%d 個分片已連線"}
	statusWeek   = localised{"Last seven days: %d answers, %d not in the documents", "最近七天：回答 %d 次，文档中没有 %d 次", "最近七天：回答 %d 次，文件中沒有 %d 次"}
	statusFixes  = localised{"Corrections: %d", "更正：%d 条", "更正：%d 條"}
	statusLost   = localised{" (%d about passages that are gone)", "（其中 %d 条所指的段落已不存在）", "（其中 %d 條所指的段落已不存在）"}
	statusPlaces = localised{"Channels:", "频道：", "頻道："}
	statusLog    = localised{"Moderators lately:", "管理员最近的操作：", "管理員最近的操作："}
	statusOff    = localised{"The desk is off: settings can't be changed. The log tells why.", "管理台已关闭，无法修改设置。日志里有原因。", "管理臺已關閉，無法修改設定。日誌裡有原因。"}
	andMore      = localised{"… and %d more", "……还有 %d 项", "……還有 %d 項"}

	rolledBack = localised{
		"Serving the index %s again instead of %s. The documents in the folder are as they were: the next `reindex` uses them.",
		"已换回索引 %s（原为 %s）。文件夹里的文档没有变：下次 `reindex` 会使用它们。",
		"已換回索引 %s（原為 %s）。資料夾裡的文件沒有變：下次 `reindex` 會使用它們。",
	}
	noOlder     = localised{"There is no older index to go back to.", "没有更早的索引可以换回。", "沒有更早的索引可以換回。"}
	reindexBusy = localised{"Another reindex is at work. Try again when it has ended.", "另一个重建索引正在进行，请等它结束后再试。", "另一個重建索引正在進行，請等它結束後再試。"}
)

// in gives a text in the language of a locale.
func (l localised) in(locale string) string {
	switch tongue(locale) {
	case "zh-Hant":
		return l.hant
	case "zh-Hans":
		return l.hans
	}
	return l.en
}
