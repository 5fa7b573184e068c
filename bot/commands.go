package bot

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// localised is a text in the bot's languages.
type localised struct{ en, hans, hant string }

func (l localised) others() map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.ChineseCN: l.hans, discordgo.ChineseTW: l.hant}
}

// Commands gives the application commands: one with its subcommands, and one
// in the menu of messages.
func (b *Bot) Commands() []*discordgo.ApplicationCommand {
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
	installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	about := localised{"Answers from this community's documents", "从本社区的文档中寻找答案", "從本社群的文件中尋找答案"}
	find := localised{"Find the answer", "查找答案", "查找答案"}
	aboutNames, findNames := about.others(), find.others()
	return append([]*discordgo.ApplicationCommand{
		{
			Type: discordgo.ChatApplicationCommand, Name: b.opts.Command, Contexts: &contexts, IntegrationTypes: &installs,
			Description: about.en, DescriptionLocalizations: &aboutNames,
			Options: []*discordgo.ApplicationCommandOption{
				sub("ask", localised{"Ask the documents a question", "向文档提问", "向文件提問"},
					option(discordgo.ApplicationCommandOptionString, "question", localised{"What you want to know", "你想知道什么", "你想知道什麼"}, true, true),
					option(discordgo.ApplicationCommandOptionBoolean, "private", localised{"Show the answer to you alone", "答案只给自己看", "答案只給自己看"}, false, false)),
				sub("timeline", localised{"Show the dated events of the documents", "显示文档里带日期的事件", "顯示文件裡帶日期的事件"},
					option(discordgo.ApplicationCommandOptionString, "model", localised{"Only events whose name holds this", "只显示名称含有此词的事件", "只顯示名稱含有此詞的事件"}, false, true),
					languageOption()),
				sub("sources", localised{"List the documents that answers come from", "列出回答所依据的文档", "列出回答所依據的文件"}),
				sub("help", localised{"Tell what this bot does", "说明本机器人的用法", "說明本機器人的用法"}),
				sub("forget", localised{"Remove what can be linked to you", "删除能关联到你的内容", "刪除能關聯到你的內容"}),
				sub("privacy", localised{"Tell what this bot keeps", "说明本机器人保存什么", "說明本機器人保存什麼"}),
			},
		},
		{Type: discordgo.MessageApplicationCommand, Name: find.en, NameLocalizations: &findNames, Contexts: &contexts, IntegrationTypes: &installs},
	}, b.adminCommands()...)
}

func sub(name string, about localised, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, NameLocalizations: namesOf(name), Description: about.en, DescriptionLocalizations: about.others(), Options: options}
}

func option(kind discordgo.ApplicationCommandOptionType, name string, about localised, required, complete bool) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: kind, Name: name, NameLocalizations: namesOf(name), Description: about.en, DescriptionLocalizations: about.others(), Required: required, Autocomplete: complete}
}

func languageOption() *discordgo.ApplicationCommandOption {
	o := option(discordgo.ApplicationCommandOptionString, "language", localised{"Language of the entries", "条目的语言", "條目的語言"}, false, false)
	o.Choices = []*discordgo.ApplicationCommandOptionChoice{{Name: "English", Value: "en"}, {Name: "简体中文", Value: "zh-CN"}, {Name: "繁體中文", Value: "zh-TW"}}
	return o
}

// CommandsJSON gives the commands as Discord gets them.
func (b *Bot) CommandsJSON() ([]byte, error) {
	return json.MarshalIndent(b.Commands(), "", "  ")
}

// register makes Discord's commands ours, if they differ: each change costs
// one of 200 a day, and may take a while to be seen.
func (b *Bot) register(s *discordgo.Session, app string) error {
	have, err := s.ApplicationCommands(app, b.opts.Guild, discordgo.WithRestRetries(1))
	if err != nil {
		return fmt.Errorf("read commands: %w", err)
	}
	want := b.Commands()
	if sameCommands(have, want) {
		b.log.Debug("commands are up to date")
		return nil
	}
	if _, err := s.ApplicationCommandBulkOverwrite(app, b.opts.Guild, want); err != nil {
		return fmt.Errorf("register commands: %w", err)
	}
	b.log.Info("registered commands", "count", len(want), "guild", b.opts.Guild)
	return nil
}

// sameCommands compares what people see of commands, not the numbers that
// Discord gives them.
func sameCommands(have, want []*discordgo.ApplicationCommand) bool {
	if len(have) != len(want) {
		return false
	}
	byName := map[string]string{}
	for _, c := range have {
		byName[c.Name] = essence(c)
	}
	for _, c := range want {
		if byName[c.Name] != essence(c) {
			return false
		}
	}
	return true
}

// essence is a command as JSON, without what differs between asking and
// being told: numbers, defaults, empty lists.
func essence(c *discordgo.ApplicationCommand) string {
	data, err := json.Marshal(c)
	if err != nil {
		return "" // differs from every other
	}
	var tree map[string]any
	if json.Unmarshal(data, &tree) != nil {
		return ""
	}
	for _, k := range []string{"id", "application_id", "guild_id", "version", "default_permission", "default_member_permissions", "dm_permission", "nsfw"} {
		delete(tree, k)
	}
	out, _ := json.Marshal(pruned(tree)) // what was decoded can be encoded
	return string(out)
}

// pruned takes out what is empty, false or null.
func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if e = pruned(e); e == nil {
				delete(v, k)
			} else {
				v[k] = e
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		if len(v) == 0 {
			return nil
		}
		for i, e := range v {
			v[i] = pruned(e)
		}
	case bool:
		if !v {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}

// commandName is what Discord takes as a command's name ("Application Command
// Naming"), in lower case.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)

// ValidCommand tells whether Discord takes name as a command's name.
func ValidCommand(name string) bool {
	return commandName.MatchString(name) && strings.ToLower(name) == name
}
