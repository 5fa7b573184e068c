package bot

import "github.com/bwmarrin/discordgo"

// commandNames are the names that Chinese clients show of subcommands and
// options, by their English ones, which is what the bot gets.
var commandNames = map[string]localised{
	"ask":        {hans: "提问", hant: "提問"},
	"question":   {hans: "问题", hant: "問題"},
	"private":    {hans: "私密", hant: "私密"},
	"timeline":   {hans: "时间线", hant: "時間線"},
	"model":      {hans: "名称", hant: "名稱"},
	"language":   {hans: "语言", hant: "語言"},
	"sources":    {hans: "来源", hant: "來源"},
	"help":       {hans: "帮助", hant: "說明"},
	"privacy":    {hans: "隐私", hant: "隱私"},
	"forget":     {hans: "遗忘", hant: "遺忘"},
	"status":     {hans: "状态", hant: "狀態"},
	"channel":    {hans: "频道", hant: "頻道"},
	"server":     {hans: "服务器", hant: "伺服器"},
	"mode":       {hans: "模式", hant: "模式"},
	"documents":  {hans: "文档", hant: "文件"},
	"document":   {hans: "文档", hant: "文件"},
	"threshold":  {hans: "把握", hant: "把握"},
	"moderators": {hans: "管理频道", hant: "管理頻道"},
	"digest":     {hans: "周报", hant: "週報"},
	"gaps":       {hans: "缺口", hant: "缺口"},
	"questions":  {hans: "原文", hant: "原文"},
	"reindex":    {hans: "重建索引", hant: "重建索引"},
	"rollback":   {hans: "回退", hant: "復原"},
	"correct":    {hans: "更正", hant: "更正"},
	"answer":     {hans: "答案", hant: "答案"},
	"export":     {hans: "导出", hant: "匯出"},
	"what":       {hans: "内容", hant: "內容"},
	"import":     {hans: "导入", hant: "匯入"},
	"file":       {hans: "文件", hant: "檔案"},
}

// namesOf gives the names in other languages; nil where there are none.
func namesOf(name string) map[discordgo.Locale]string {
	l, ok := commandNames[name]
	if !ok {
		return nil
	}
	return l.others()
}
