package bot

import (
	"github.com/bwmarrin/discordgo"

	"historian/bot/desk"
)

// Names of the moderators' commands in the menu of messages.
var (
	menuAnswers = localised{"This answers it", "这就是答案", "這就是答案"}
	menuWrong   = localised{"Wrong answer", "答案有误", "答案有誤"}
	menuNone    = localised{"Not a question", "这不是问题", "這不是問題"}
)

const (
	channelType    = discordgo.ApplicationCommandOptionChannel
	stringType     = discordgo.ApplicationCommandOptionString
	integerType    = discordgo.ApplicationCommandOptionInteger
	booleanType    = discordgo.ApplicationCommandOptionBoolean
	attachmentType = discordgo.ApplicationCommandOptionAttachment
)

// adminCommands gives the commands of the desk. Discord shows them to those
// who may manage the server; the desk checks again.
func (b *Bot) adminCommands() []*discordgo.ApplicationCommand {
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	rights := int64(discordgo.PermissionManageGuild)
	about := localised{"The moderators' desk", "管理台", "管理臺"}
	names := about.others()
	out := []*discordgo.ApplicationCommand{{
		Type: discordgo.ChatApplicationCommand, Name: b.adminCommand(), Contexts: &contexts, IntegrationTypes: &installs,
		DefaultMemberPermissions: &rights, Description: about.en, DescriptionLocalizations: &names,
		Options: adminSubcommands(),
	}}
	for _, l := range []localised{menuAnswers, menuWrong, menuNone} {
		names := l.others()
		out = append(out, &discordgo.ApplicationCommand{
			Type: discordgo.MessageApplicationCommand, Name: l.en, NameLocalizations: &names, Contexts: &contexts,
			IntegrationTypes: &installs, DefaultMemberPermissions: &rights,
		})
	}
	return out
}

func adminSubcommands() []*discordgo.ApplicationCommandOption {
	file := func(name string, about localised, required bool) *discordgo.ApplicationCommandOption {
		return option(attachmentType, name, about, required, false)
	}
	return []*discordgo.ApplicationCommandOption{
		sub("status", localised{"How the bot is doing, and what moderators did", "机器人的状态与管理员的操作", "機器人的狀態與管理員的操作"}),
		sub("channel", localised{"Say how the bot behaves in a channel", "设置机器人在某个频道的行为", "設定機器人在某個頻道的行為"},
			append([]*discordgo.ApplicationCommandOption{channelOption("channel", localised{"Which channel; this one if left out", "哪个频道；不填则为当前频道", "哪個頻道；不填則為目前頻道"})}, placeOptions()...)...),
		sub("server", localised{"Say how the bot behaves in this server", "设置机器人在本服务器的行为", "設定機器人在本伺服器的行為"}, append(placeOptions(),
			channelOption("moderators", localised{"Where moderators get shadow answers and digests", "管理员接收影子回答和周报的频道", "管理員接收影子回答和週報的頻道"}),
			option(booleanType, "digest", localised{"Post once a week what the documents lack", "每周发布文档缺少的内容", "每週發布文件缺少的內容"}, false, false),
			option(booleanType, "gaps", localised{"Take note of what the documents lack", "记录文档缺少的内容", "記錄文件缺少的內容"}, false, false),
			option(booleanType, "questions", localised{"Keep the words of unanswered questions", "保存未回答问题的原文", "儲存未回答問題的原文"}, false, false))...),
		sub("reindex", localised{"Index the documents anew, or add one", "重建索引，或添加一份文档", "重建索引，或新增一份文件"},
			file("document", localised{"A document to add: .md, .txt or .html", "要添加的文档：.md、.txt 或 .html", "要新增的文件：.md、.txt 或 .html"}, false)),
		sub("rollback", localised{"Go back to the index before this one", "换回上一个索引", "換回上一個索引"}),
		sub("gaps", localised{"What the documents lack, and what needs a look", "文档缺少什么，哪些需要检查", "文件缺少什麼，哪些需要檢查"}),
		sub("correct", localised{"Correct an answer; without options, list corrections", "更正回答；不填则列出更正", "更正回答；不填則列出更正"},
			option(stringType, "question", localised{"The question as people ask it", "人们的问法", "人們的問法"}, false, false),
			option(stringType, "answer", localised{"The passage that answers it", "回答它的段落", "回答它的段落"}, false, true)),
		sub("export", localised{"Get settings, corrections, gaps or the log as a file", "导出设置、更正、缺口或日志", "匯出設定、更正、缺口或日誌"}, exportOption()),
		sub("import", localised{"Replace this server's settings by a file", "用文件替换本服务器的设置", "用檔案取代本伺服器的設定"},
			file("file", localised{"Settings as export gives them", "export 导出的设置文件", "export 匯出的設定檔案"}, true)),
	}
}

// placeOptions are the settings that a channel and a server can have.
func placeOptions() []*discordgo.ApplicationCommandOption {
	mode := option(stringType, "mode", localised{"What it answers there", "在那里回答什么", "在那裡回答什麼"}, false, false)
	for _, m := range desk.Modes {
		mode.Choices = append(mode.Choices, choiceOf(modeNames[string(m)], string(m)))
	}
	mode.Choices = append(mode.Choices, choiceOf(asDefault, unset))
	least := 0.0
	threshold := option(integerType, "threshold", localised{"Answer when at least so many percent sure; 0 is the usual", "至少多少百分比的把握才回答；0 为默认", "至少多少百分比的把握才回答；0 為預設"}, false, false)
	threshold.MinValue, threshold.MaxValue = &least, 99
	language := option(stringType, "language", localised{"Language of the bot's own words", "机器人自己的语言", "機器人自己的語言"}, false, false)
	for _, l := range []struct{ name, tag string }{{"English", "en"}, {"简体中文", "zh-CN"}, {"繁體中文", "zh-TW"}} {
		language.Choices = append(language.Choices, &discordgo.ApplicationCommandOptionChoice{Name: l.name, Value: l.tag})
	}
	language.Choices = append(language.Choices, choiceOf(askersOwn, unset))
	return []*discordgo.ApplicationCommandOption{
		mode,
		option(stringType, "documents", localised{"Documents or folders it answers from, with commas; all", "依据的文档或文件夹，逗号分隔；all 为全部", "依據的文件或資料夾，逗號分隔；all 為全部"}, false, true),
		threshold, language,
	}
}

// unset is the choice that takes a setting back.
const unset = "default"

func choiceOf(l localised, value string) *discordgo.ApplicationCommandOptionChoice {
	return &discordgo.ApplicationCommandOptionChoice{Name: l.en, NameLocalizations: l.others(), Value: value}
}

func channelOption(name string, about localised) *discordgo.ApplicationCommandOption {
	o := option(channelType, name, about, false, false)
	o.ChannelTypes = []discordgo.ChannelType{
		discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildForum,
		discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread, discordgo.ChannelTypeGuildNewsThread,
	}
	return o
}

// What export gives.
const (
	exportSettings    = "settings"
	exportCorrections = "corrections"
	exportGaps        = "gaps"
	exportLog         = "log"
)

func exportOption() *discordgo.ApplicationCommandOption {
	o := option(stringType, "what", localised{"What to export", "导出什么", "匯出什麼"}, false, false)
	o.Choices = []*discordgo.ApplicationCommandOptionChoice{
		choiceOf(localised{"settings", "设置", "設定"}, exportSettings),
		choiceOf(localised{"corrections, and what changed since the last reindex", "更正，以及自上次重建索引以来的改动", "更正，以及自上次重建索引以來的改動"}, exportCorrections),
		choiceOf(localised{"gaps", "缺口", "缺口"}, exportGaps),
		choiceOf(localised{"log of moderators", "管理员日志", "管理員日誌"}, exportLog),
	}
	return o
}
