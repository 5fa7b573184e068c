package bot_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"historian/bot"
	"historian/bot/desk"
	"historian/bot/discordtest"
)

// menu has a moderator use a command in the menu of a message.
func (o *office) menu(name, channel, message string) discordtest.Message {
	o.t.Helper()
	m := o.response(o.MessageCommand(name, message, discordtest.Invoke{User: o.w.Moderator, Channel: channel})).Message
	if !m.Ephemeral() {
		o.t.Errorf("%s answers in public", name)
	}
	return m
}

func (o *office) corrections() string {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.folder, desk.CorrectionsName))
	o.must(err)
	return string(data)
}

// file gives the text of a file that a command of the desk attached.
func (o *office) file(m discordtest.Message, name string) string {
	o.t.Helper()
	for _, a := range m.Attachments {
		if a["filename"] == name {
			f, _ := o.Attachment(a)
			return string(f.Data)
		}
	}
	o.t.Errorf("no file %s under %q", name, m.Content)
	return ""
}

func TestDeskCorrections(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	w := o.w
	mention := func(text string) discordtest.Message {
		o.Say(w.Text, o.AddMember("asker", 0), "<@"+w.Bot+"> "+text, discordtest.Say{})
		return o.message(w.Text)
	}

	// A wrong answer is given no more, to any way of asking the same.
	const closing = "on which day were the plots opened?"
	first := mention(closing)
	contains(t, "the answer", first.Content, "4 May 2019")
	m := o.menu("Wrong answer", w.Text, first.ID)
	contains(t, "the correction", m.Content, closing, "Garden rules › Opening", "does not answer it")
	mended := o.shown(w.Text, func(x discordtest.Message) bool { return x.ID == first.ID && x.EditedTimestamp != nil })
	lacks(t, "the answer that stands there", mended.Content, "4 May 2019")
	lacks(t, "the next answer", mention("which day were the plots opened on").Content, "4 May 2019")
	contains(t, "another question", mention(opening).Content, "4 May 2019")
	contains(t, "the file", o.corrections(), "question: "+closing, "wrong: \"garden#", w.Moderator, "date:")
	contains(t, "taking it back", o.press(m, "Undo").Content, "Taken back")
	contains(t, "the answer again", mention("which day were the plots opened on").Content, "4 May 2019")

	// What a person answered helps to find the passage.
	asked := o.Say(w.Text, w.User, "where do we bring the potato peels?", discordtest.Say{})
	contains(t, "before", o.ask("where do we bring the potato peels?"), "not in the documents")
	told := o.Say(w.Text, w.Owner, "there are compost bins behind the tool shed", discordtest.Say{ReplyTo: asked})
	m = o.menu("This answers it", w.Text, told)
	contains(t, "the choice", m.Content, "potato peels", "Which passage", "**1** Compost bins stand behind")
	o.restart() // in the middle
	refusal := o.response(o.Click(m, m.Buttons()["1"], discordtest.Invoke{})).Message
	contains(t, "a member choosing", refusal.Content, "who may manage this server")
	contains(t, "the choice made", o.press(m, "1").Content, "Garden rules › Compost", "answers it")
	contains(t, "after", o.ask("where do we bring potato peels"), "Compost bins stand behind the tool shed")

	// Right answers are kept, too.
	contains(t, "a confirmation", o.menu("This answers it", w.Text, mention(keys).ID).Content, "Garden rules › Keys", "answers it")

	// A remark that looks like a question.
	o.order("channel", discordtest.Object{"mode": "ambient"})
	o.until(func() bool { return o.Identifies() == 3 })
	o.must(o.WaitReady(soon(t), 1))
	const remark = "who hands out keys to the tool shed, anyway?"
	remarked := o.Say(w.Text, w.User, remark, discordtest.Say{})
	unasked := o.message(w.Text)
	contains(t, "the unasked answer", unasked.Content, "warden")
	contains(t, "no question", o.menu("Not a question", w.Text, remarked).Content, "no question")
	o.Say(w.Text, w.User, remark, discordtest.Say{})
	o.silent(w.Text)
	for _, m := range o.Messages(w.Text) {
		if m.ID == unasked.ID {
			t.Error("the answer to no question stays")
		}
	}

	// By typing, and the list.
	choices := o.response(o.Autocomplete("gpt-admin correct", discordtest.Invoke{User: w.Moderator, Options: discordtest.Object{"question": "anything about watering?", "answer": ""}, Focused: "answer"})).Choices
	if len(choices) == 0 || !strings.Contains(fmt.Sprint(choices[0]["name"]), "Water") {
		t.Fatalf("choices %v", choices)
	}
	contains(t, "typing", o.order("correct", discordtest.Object{"question": "what about the hose?", "answer": choices[0]["value"]}), "Garden rules › Water")
	contains(t, "the answer", o.ask("what about the hose?"), "Watering is allowed")
	list := o.orderIn(w.Text, "correct", nil)
	contains(t, "the list", list.Content, "4, the latest first", "**1** what about the hose?", "potato peels", "<@"+w.Moderator+">")
	refusal = o.response(o.Click(list, list.Buttons()["Undo 1"], discordtest.Invoke{})).Message
	contains(t, "a member undoing", refusal.Content, "who may manage this server")
	contains(t, "undoing from the list", o.press(list, "Undo 1").Content, "what about the hose?", "Taken back")

	// As a patch, until the next reindex.
	patch := o.file(o.orderIn(w.Text, "export", discordtest.Object{"what": "corrections"}), "corrections.diff")
	contains(t, "the patch", patch, "--- a/corrections.yaml", "+++ b/corrections.yaml", "+- question: where do we bring the potato peels?")
	o.write(t, "garden.md", strings.Replace(string(docs["garden.md"].Data), "Bins are emptied every second Friday.", "Bins are emptied on Mondays.", 1))
	said := o.order("reindex", nil)
	contains(t, "the reindex", said, "Done")
	lacks(t, "the reindex", said, "is gone")
	o.until(func() bool { return strings.Contains(o.ask("where do we bring potato peels"), "Mondays") }) // found again by its first words
	if m := o.orderIn(w.Text, "export", discordtest.Object{"what": "corrections"}); len(m.Attachments) != 1 {
		t.Errorf("%d files after a reindex, want the corrections alone", len(m.Attachments))
	}

	o.write(t, "garden.md", strings.Replace(string(docs["garden.md"].Data), "Compost bins stand behind", "There are bins behind", 1))
	contains(t, "a reindex without the passage", o.order("reindex", nil), "Done", "points to a passage that is gone", "potato peels")
	contains(t, "the status", o.order("status", nil), "Corrections: 3 (1 about passages that are gone)")

	// By hand, rightly and wrongly.
	o.write(t, desk.CorrectionsName, "- question: who has the goat?\n  answer: "+o.passage(keys)+"\n")
	contains(t, "a correction by hand", o.ask("who has the goat?"), "warden")
	o.write(t, desk.CorrectionsName, "- question: [\n")
	contains(t, "a broken file", o.order("correct", discordtest.Object{"question": "what about the hose?", "answer": o.passage(keys)}), "can't be read", "corrections.yaml:", "nothing was changed")
	contains(t, "what it said before", o.ask("who has the goat?"), "warden")
}

// TestDeskShadow is the way from a channel where the bot is new to one where
// it answers.
func TestDeskShadow(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{Ambient: map[string]bool{"1": true}})
	w := o.w
	mods := o.AddTextChannel("mods")
	contains(t, "shadow without a place to show", o.order("channel", discordtest.Object{"mode": "shadow"}), "gpt-admin server moderators", "Nothing was changed")
	o.Overwrite(mods, w.Bot, 0, discordtest.SendMessages)
	o.until(func() bool {
		return strings.Contains(o.order("server", discordtest.Object{"moderators": mods}), "can't write in <#"+mods+">")
	})
	o.Overwrite(mods, w.Bot, discordtest.SendMessages, 0)
	o.until(func() bool {
		return strings.Contains(o.order("server", discordtest.Object{"moderators": mods}), "Moderators' channel: <#"+mods+">")
	})
	contains(t, "shadow", o.order("channel", discordtest.Object{"mode": "shadow"}), "Saved", "shadow")

	o.Say(w.Text, w.User, "lovely weather for the garden today", discordtest.Say{})
	var posts []discordtest.Message
	for n := range 11 {
		person := o.AddMember(fmt.Sprint("asker", n), 0)
		text := opening
		if n == 10 {
			text = "<@" + w.Bot + "> " + opening // called, it is silent, too
		}
		channel := w.Text
		if n == 5 {
			channel = w.Thread
		}
		o.Say(channel, person, text, discordtest.Say{})
		posts = append(posts, o.message(mods))
	}
	contains(t, "the shadow answer", posts[0].Content, "<#"+w.Text+">", "% sure", opening, "4 May 2019", "discord.com/channels/")
	o.silent(w.Text)

	// A member can't judge; moderators can, and change their mind.
	for _, thumb := range []string{"👍", "👎"} {
		refusal := o.response(o.Click(posts[0], posts[0].Buttons()[thumb], discordtest.Invoke{})).Message
		contains(t, "a member's judgement", refusal.Content, "who may manage this server")
	}
	posts[0] = o.press(posts[0], "👎")
	contains(t, "a judgement", posts[0].Content, "4 May 2019", "👎 <@"+w.Moderator+">")
	for _, p := range posts[:9] {
		contains(t, "a judgement", o.press(p, "👍").Content, "👍 <@"+w.Moderator+">")
	}
	o.restart()
	o.press(posts[9], "👍")
	var proposal discordtest.Message
	for proposal = o.message(mods); !strings.Contains(proposal.Content, "propose"); {
		proposal = o.message(mods)
	}
	contains(t, "the proposal", proposal.Content, "10 of 10", "<#"+w.Text+">", "% sure")
	label := ""
	for l := range proposal.Buttons() {
		label = l
	}
	refusal := o.response(o.Click(proposal, proposal.Buttons()[label], discordtest.Invoke{})).Message
	contains(t, "a member going live", refusal.Content, "who may manage this server")
	contains(t, "going live", o.press(proposal, label).Content, "any question", "from ")
	o.Say(w.Text, w.User, opening, discordtest.Say{})
	contains(t, "the first real answer", o.message(w.Text).Content, "4 May 2019")
}

func TestDeskGapsAndPrivacy(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	w := o.w
	privacy := func(channel, user string) string {
		return o.response(o.Slash("gpt privacy", discordtest.Invoke{Channel: channel, User: user})).Message.Content
	}
	contains(t, "privacy", privacy(w.Text, w.User), "can't be traced after 7 days", "for 90 days", "counts per passage")
	lacks(t, "privacy", privacy(w.Text, w.User), "keeps the words", "every message")

	contains(t, "no gaps", o.order("gaps", nil), "at least three people")
	var people []string
	askAll := func(question string) {
		for n := range 3 {
			if len(people) <= n {
				people = append(people, o.AddMember(fmt.Sprint("asker", n), 0))
			}
			o.response(o.Slash("gpt ask", discordtest.Invoke{User: people[n], Options: discordtest.Object{"question": question}}))
			if n < 2 {
				lacks(t, "the gaps", o.order("gaps", nil), strings.Fields(question)[1]+" "+strings.Fields(question)[2])
			}
		}
	}
	askAll("our chess tournament: who won it?")
	contains(t, "the gaps", o.order("gaps", nil), "asked 3 times", "chess tournament")
	lacks(t, "the gaps", o.order("gaps", nil), people[0], "who won")

	// Of direct messages nothing is noted.
	o.Say(w.DM, w.User, "is there a swimming pool?", discordtest.Say{})
	o.message(w.DM)
	contains(t, "privacy in direct messages", privacy(w.DM, w.User), "Of direct messages nothing else is stored")

	// With opt-in, the words; and forgetting.
	o.order("server", discordtest.Object{"questions": true, "language": "en"})
	contains(t, "privacy with questions", privacy(w.Text, w.User), "keeps the words of those questions, for 90 days")
	askAll("our pedal boats: who repairs them?")
	contains(t, "the gaps with questions", o.order("gaps", nil), "“our pedal boats: who repairs them?”")
	forget := func(user string) string {
		return o.response(o.Slash("gpt forget", discordtest.Invoke{User: user})).Message.Content
	}
	contains(t, "forgetting", forget(people[0]), "Done: 2 notes")
	contains(t, "forgetting again", forget(people[0]), "nothing stored")
	if n := strings.Count(o.order("gaps", nil), "“our pedal boats"); n != 2 {
		t.Errorf("%d questions are left, want 2", n)
	}

	// Votes flag a passage, once, to the moderators.
	mods := o.AddTextChannel("mods")
	o.order("server", discordtest.Object{"moderators": mods, "digest": true})
	o.Say(w.Text, w.User, "<@"+w.Bot+"> "+keys, discordtest.Say{})
	answer := o.message(w.Text)
	for n := range 4 {
		o.response(o.Click(answer, answer.Buttons()["👎"], discordtest.Invoke{User: o.AddMember(fmt.Sprint("voter", n), 0)}))
	}
	flag := o.message(mods)
	contains(t, "the flag", flag.Content, "Garden rules › Keys", "👎 3")
	contains(t, "the list", o.order("gaps", nil), "unhelpful", "👍 0 👎 4")
	contains(t, "the passage", o.ask(keys), "warden") // never silently buried

	// Every week, and then not for a week.
	o.bot.Tend()
	digest := o.message(mods)
	contains(t, "the digest", digest.Content, "The week", "asked 3 times", "chess tournament", "👎 4")
	o.bot.Tend()
	o.clock.pass(6 * 24 * time.Hour)
	o.bot.Tend()
	o.clock.pass(2 * 24 * time.Hour)
	o.bot.Tend()
	contains(t, "the second digest", o.message(mods).Content, "The week", "0 answers")
	if n := len(o.Messages(mods)); n != 3 {
		t.Errorf("%d messages to moderators, want a flag and two digests", n)
	}

	o.clock.pass(91 * 24 * time.Hour)
	o.bot.Tend()
	contains(t, "the gaps after their time", o.order("gaps", nil), "Nothing to see")
	o.order("server", discordtest.Object{"gaps": false})
	lacks(t, "privacy without gaps", privacy(w.Text, w.User), "traced", "keeps the words")
}

func TestDeskExportImport(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	o.order("channel", discordtest.Object{"mode": "off", "threshold": 55, "documents": "rules"})
	text := o.file(o.orderIn(o.w.Text, "export", nil), "settings.yaml")
	contains(t, "the export", text, o.w.Guild, o.w.Text, "mode: ", "threshold: 55", "rules")
	o.order("channel", discordtest.Object{"mode": "mention", "threshold": 0, "documents": "all"})
	bring := func(text string) string {
		return o.order("import", discordtest.Object{"file": discordtest.File{Name: "settings.yaml", Data: []byte(text)}})
	}
	for text, want := range map[string]string{
		"servers: [":                          "settings.yaml:1",
		"servers:\n  \"1\": {mode: off}\n":    "nothing for this server",
		"servers:\n  \"1\": {loudness: 11}\n": "settings.yaml:2",
	} {
		contains(t, text, bring(text), "nothing was changed", want)
	}
	contains(t, "the channel", o.order("channel", nil), "when called")
	contains(t, "the import", bring(text), "Saved")
	contains(t, "the channel", o.order("channel", nil), "off", "from 55 %", "rules")
	contains(t, "the log", o.file(o.orderIn(o.w.Text, "export", discordtest.Object{"what": "log"}), "log.tsv"), o.w.Moderator, "import settings", "threshold 55")
	contains(t, "no gaps", o.order("export", discordtest.Object{"what": "gaps"}), "nothing to export")
}

// TestDeskConflicts: two documents give different values; the answer shows
// both, and the moderators get a list until one is mended.
func TestDeskConflicts(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	o.write(t, "history.md", "# History\n\n## Opening\n\nThe community garden opened on 11 May 2019.\n")
	contains(t, "the reindex", o.order("reindex", nil), "Done")
	const question = "when did the community garden open?"
	o.until(func() bool { return strings.Contains(o.ask(question), "11 May 2019") })
	contains(t, "the answer", o.ask(question), "The documents differ here", "4 May 2019", "Garden rules › Opening", "History › Opening")
	o.response(o.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": question}}))
	contains(t, "the list", o.order("gaps", nil), "Documents that disagree", "“4 May 2019” Garden rules", "≠ “11 May 2019” History")
	o.must(os.Remove(filepath.Join(o.folder, "history.md")))
	contains(t, "the mend", o.order("reindex", nil), "Done")
	o.until(func() bool { return strings.Contains(o.order("gaps", nil), "Nothing to see") })
}
