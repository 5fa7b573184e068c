package bot_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"historian/bot"
	"historian/bot/desk"
	"historian/bot/discordtest"
	"historian/corpus"
	"historian/index"
)

// These tests work at the moderators' desk as moderators do: with commands,
// menus and buttons, on a bot that has documents, an index and a store.

// office is a bot with everything it keeps.
type office struct {
	*running
	folder string // of the documents
	data   string
	clock  *clock
	live   *index.Live
	desk   *desk.Desk
	opts   bot.Options
}

// clock is a time that tests move.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// offices bounds how many are open at once: they index, and write to disk,
// while Discord wants its answers within three seconds.
var offices = make(chan struct{}, 3)

// openOffice starts a bot on documents of a folder.
func openOffice(t *testing.T, d *discordtest.Server, opts bot.Options) *office {
	t.Helper()
	offices <- struct{}{}
	t.Cleanup(func() { <-offices })
	o := &office{folder: t.TempDir(), data: t.TempDir(), clock: &clock{t: time.Now()}, opts: opts}
	o.write(t, "garden.md", string(docs["garden.md"].Data))
	o.write(t, "rules/noise.md", "---\ntitle: Noise\nlang: en\n---\n\nQuiet hours begin at nine in the evening.\n")
	if err := firstIndex(o.folder); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(o.data, os.DirFS(indexed.data)); err != nil {
		t.Fatal(err)
	}
	o.start(t, d)
	return o
}

// indexed is the data folder of the documents that every office begins with,
// made once.
var indexed struct {
	once sync.Once
	data string
	err  error
}

func firstIndex(folder string) error {
	indexed.once.Do(func() {
		fsys, err := corpus.Dir(folder)
		if err == nil {
			indexed.data, err = os.MkdirTemp("", "historian-office") // removed by TestMain
		}
		if err == nil {
			_, err = index.Reindex(context.Background(), indexed.data, corpus.Read(fsys, corpus.Options{}), index.ReindexOptions{})
		}
		indexed.err = err
	})
	return indexed.err
}

// start starts the bot, again after a stop.
func (o *office) start(t *testing.T, d *discordtest.Server) {
	t.Helper()
	var err error
	if o.live, err = index.Follow(t.Context(), o.data, index.FollowOptions{Poll: 50 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	live := o.live
	t.Cleanup(func() { _ = live.Close() })
	o.desk, err = desk.Open(filepath.Join(o.data, "desk.db"), desk.Options{Now: o.clock.now, Corrections: filepath.Join(o.folder, desk.CorrectionsName)})
	if err != nil {
		t.Fatal(err)
	}
	kept := o.desk
	t.Cleanup(func() { _ = kept.Close() })
	opts := o.opts
	opts.Desk, opts.Now, opts.Library = o.desk, o.clock.now, desk.Library{Data: o.data, Corpus: o.folder}
	o.running = start(t, d, o.live, opts)
}

// restart ends the bot and starts it anew.
func (o *office) restart() {
	o.t.Helper()
	o.must(o.stop())
	o.must(o.desk.Close())
	o.must(o.live.Close())
	o.start(o.t, o.Server)
}

func (o *office) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(o.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// order has a moderator give a command of the desk, and gives what it says.
func (o *office) order(sub string, options discordtest.Object) string {
	o.t.Helper()
	return o.orderIn(o.w.Text, sub, options).Content
}

func (o *office) orderIn(channel, sub string, options discordtest.Object) discordtest.Message {
	o.t.Helper()
	m := o.response(o.Slash("gpt-admin "+sub, discordtest.Invoke{User: o.w.Moderator, Channel: channel, Options: options})).Message
	m = o.settled(m)
	if !m.Ephemeral() {
		o.t.Errorf("%s answers in public: %q", sub, m.Content)
	}
	return m
}

// settled waits until a message shows no progress any more.
func (o *office) settled(m discordtest.Message) discordtest.Message {
	o.t.Helper()
	if !strings.HasPrefix(m.Content, "Indexing") {
		return m
	}
	return o.shown(m.ChannelID, func(x discordtest.Message) bool { return x.ID == m.ID && !strings.HasPrefix(x.Content, "Indexing") })
}

// press presses a button of the desk as a moderator, and gives the message as
// it is then.
func (o *office) press(m discordtest.Message, label string) discordtest.Message {
	o.t.Helper()
	id := m.Buttons()[label]
	if id == "" {
		o.t.Fatalf("no button %q under %q: %v", label, m.Content, m.Buttons())
	}
	o.Click(m, id, discordtest.Invoke{User: o.w.Moderator})
	return o.settled(o.shown(m.ChannelID, func(x discordtest.Message) bool { return x.ID == m.ID && x.Content != m.Content }))
}

// ask asks by the command, as a member.
func (o *office) ask(question string) string {
	o.t.Helper()
	person := o.AddMember("asker", 0)
	return o.response(o.Slash("gpt ask", discordtest.Invoke{User: person, Options: discordtest.Object{"question": question, "private": true}})).Message.Content
}

func lacks(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%s holds %q:\n%s", what, p, text)
		}
	}
}

func TestDeskChannelSettings(t *testing.T) {
	t.Parallel()
	d := discord(t)
	o := openOffice(t, d, bot.Options{Ambient: map[string]bool{d.World.Forum: true}})
	w := o.w
	contains(t, "the channel as it is", o.order("channel", nil), "when called", "all documents", "usual threshold")
	contains(t, "the forum's threads", o.orderIn(w.Post, "channel", nil).Content, "any question")

	// Ambient, with one folder of documents, in a language.
	contains(t, "the change", o.order("channel", discordtest.Object{"channel": w.Text, "mode": "ambient", "documents": "rules/, garden", "threshold": 30, "language": "zh-TW"}),
		"Saved", "any question", "rules, garden", "from 30 %", "zh-TW")
	contains(t, "unknown documents", o.order("channel", discordtest.Object{"documents": "gardn"}), "There is no document", "gardn", "nothing was changed")
	o.Say(w.Text, w.User, opening, discordtest.Say{})
	contains(t, "the ambient answer", o.message(w.Text).Content, "4 May 2019")
	o.Say(w.Thread, w.User, opening, discordtest.Say{})
	contains(t, "the answer in a thread of the channel", o.message(w.Thread).Content, "4 May 2019")

	o.order("channel", discordtest.Object{"documents": "rules"})
	reply := o.response(o.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys}})).Message
	lacks(t, "an answer from the rules alone", reply.Content, "warden")
	contains(t, "the abstention", reply.Content, "文件裡沒有")

	// Off: nothing in public, a kind word to those who ask.
	contains(t, "switching off", o.order("channel", discordtest.Object{"mode": "off", "documents": "all"}), "off", "all documents")
	o.Say(w.Text, w.User, "<@"+w.Bot+"> "+opening, discordtest.Say{})
	o.silent(w.Text)
	resp := o.response(o.Slash("gpt ask", discordtest.Invoke{Options: discordtest.Object{"question": keys}}))
	if contains(t, "a command where it is off", resp.Message.Content, "switched me off"); !resp.Message.Ephemeral() {
		t.Error("says in public that it is off")
	}

	// Settings survive a restart, and go back to the default.
	o.restart()
	contains(t, "the channel after a restart", o.order("channel", nil), "off", "zh-TW")
	contains(t, "the status", o.order("status", nil), "<#"+w.Text+">", "off", "mode ambient", "<@"+w.Moderator+">", "2 documents", "1 of 1 shards")
	contains(t, "the default", o.order("channel", discordtest.Object{"mode": "default", "language": "default", "threshold": 0}), "when called", "asker's language", "usual threshold")
	o.Say(w.Text, w.User, "<@"+w.Bot+"> "+opening, discordtest.Say{})
	contains(t, "the answer when called", o.message(w.Text).Content, "4 May 2019")
	contains(t, "the server's default", o.order("server", discordtest.Object{"mode": "off", "digest": true}), "off", "digest")
	contains(t, "the channel under it", o.order("channel", nil), "off")
}

// TestDeskAsksForMore: the first channel that needs the content of messages
// has the bot connect anew; where Discord refuses it, nothing is changed.
func TestDeskAsksForMore(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	w := o.w
	o.Say(w.Text, w.User, opening, discordtest.Say{})
	o.silent(w.Text)
	contains(t, "the change", o.order("channel", discordtest.Object{"mode": "ambient"}), "Saved", "reconnecting")
	o.until(func() bool { return o.Identifies() == 2 })
	o.must(o.WaitReady(soon(t), 1))
	o.Say(w.Text, w.User, opening, discordtest.Say{})
	contains(t, "the answer", o.message(w.Text).Content, "4 May 2019")

	refused := openOffice(t, discordtest.New(t, discordtest.Options{HeartbeatInterval: 250 * time.Millisecond, Disallowed: discordtest.IntentMessageContent}), bot.Options{})
	contains(t, "the refusal", refused.order("channel", discordtest.Object{"mode": "ambient"}), "Message Content Intent", "Nothing was changed")
	contains(t, "the channel", refused.order("channel", nil), "when called")
}

// TestDeskIntentTakenAway: settings need an intent that was switched off
// since; the bot goes on without it.
func TestDeskIntentTakenAway(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discordtest.New(t, discordtest.Options{HeartbeatInterval: 250 * time.Millisecond, Disallowed: discordtest.IntentMessageContent}), bot.Options{})
	_, err := o.desk.Change(o.w.Guild, desk.Action{}, func(g *desk.Guild) error { g.Mode = desk.ModeAmbient; return nil })
	o.must(err)
	o.restart()
	o.Say(o.w.Text, o.w.User, "<@"+o.w.Bot+"> "+opening, discordtest.Say{})
	contains(t, "the answer when called", o.message(o.w.Text).Content, "4 May 2019")
}

// TestDeskIsForModerators has a member without rights try everything.
func TestDeskIsForModerators(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	w := o.w
	file := discordtest.File{Name: "evil.md", ContentType: "text/markdown", Data: []byte("# Evil\n\nThe garden opened never.")}
	question := o.Say(w.Text, w.User, "<@"+w.Bot+"> "+opening, discordtest.Say{})
	answer := o.message(w.Text)
	orders := map[string]discordtest.Object{
		"status": nil, "channel": {"mode": "off"}, "server": {"mode": "off"}, "reindex": {"document": file}, "rollback": nil,
		"gaps": nil, "correct": {"question": opening, "answer": "garden#1"}, "export": nil, "import": {"file": file},
	}
	var tried []discordtest.Interaction
	for sub, options := range orders {
		tried = append(tried, o.Slash("gpt-admin "+sub, discordtest.Invoke{Options: options}))
	}
	for _, menu := range []string{"This answers it", "Wrong answer", "Not a question"} {
		tried = append(tried, o.MessageCommand(menu, question, discordtest.Invoke{}), o.MessageCommand(menu, answer.ID, discordtest.Invoke{}))
	}
	proposal := o.orderIn(w.Text, "reindex", discordtest.Object{"document": discordtest.File{Name: "more.md", Data: []byte("# More\n\nThere is more to tell.")}})
	wrong := o.response(o.MessageCommand("Wrong answer", answer.ID, discordtest.Invoke{User: w.Moderator})).Message
	for _, id := range []string{proposal.Buttons()["Add and reindex"], proposal.Buttons()["Don't add"]} {
		tried = append(tried, o.Click(proposal, id, discordtest.Invoke{}))
	}
	tried = append(tried, o.Click(wrong, wrong.Buttons()["Undo"], discordtest.Invoke{}))
	for n, i := range tried {
		if m := o.response(i).Message; !strings.Contains(m.Content, "who may manage this server") || !m.Ephemeral() {
			t.Errorf("try %d: %q", n, m.Content)
		}
	}
	if c := o.desk.Corrections(); len(c) != 1 || c[0].Wrong == "" {
		t.Errorf("corrections %+v, want the moderator's alone", c)
	}
	if entries, _ := os.ReadDir(o.folder); len(entries) != 3 { // garden.md, rules, corrections.yaml
		t.Errorf("the folder holds %v", entries)
	}
	if n := len(o.Autocomplete("gpt-admin channel", discordtest.Invoke{Options: discordtest.Object{"documents": "g"}, Focused: "documents"}).ID); n == 0 {
		t.Error("no autocompletion")
	}
}

// TestDeskElsewhere: on a bot of many servers, only those that the operator
// names change what all share.
func TestDeskElsewhere(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{Keepers: map[string]bool{"1": true}})
	for _, sub := range []string{"reindex", "rollback", "correct"} {
		contains(t, sub, o.order(sub, nil), "documents of every server", "MODERATOR_GUILDS")
	}
	contains(t, "settings of one's own", o.order("channel", discordtest.Object{"mode": "off"}), "Saved")
}

// TestDeskTwoAtOnce: two moderators do different things at once, and the same
// thing.
func TestDeskTwoAtOnce(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	other := o.AddMember("second moderator", discordtest.ManageGuild)
	both := func(sub string, a, b discordtest.Object) [2]string {
		x := o.Slash("gpt-admin "+sub, discordtest.Invoke{User: o.w.Moderator, Options: a})
		y := o.Slash("gpt-admin "+sub, discordtest.Invoke{User: other, Options: b})
		return [2]string{o.settled(o.response(x).Message).Content, o.settled(o.response(y).Message).Content}
	}
	both("channel", discordtest.Object{"threshold": 70}, discordtest.Object{"language": "en"})
	contains(t, "the channel", o.order("channel", nil), "from 70 %", "; en")
	both("correct", discordtest.Object{"question": "who keeps the dogs?", "answer": o.passage("where are the compost bins?")},
		discordtest.Object{"question": "who keeps the cats?", "answer": o.passage(opening)})
	if n := len(o.desk.Corrections()); n != 2 {
		t.Errorf("%d corrections, want both", n)
	}
	proposal := o.orderIn(o.w.Text, "reindex", discordtest.Object{"document": discordtest.File{Name: "Bees & honey.md", Data: []byte("# Bees\n\nThe bees live in three hives behind the greenhouse.")}})
	add := proposal.Buttons()["Add and reindex"]
	o.Click(proposal, add, discordtest.Invoke{User: o.w.Moderator})
	o.Click(proposal, add, discordtest.Invoke{User: other})
	o.shown(o.w.Text, func(m discordtest.Message) bool { return m.ID == proposal.ID && strings.Contains(m.Content, "Done") })
	o.until(func() bool { return o.live.Catalog().Passages == 7 })
	if _, err := os.Stat(filepath.Join(o.folder, "bees-honey.md")); err != nil {
		t.Error(err)
	}
	said := both("reindex", nil, nil)
	done := 0
	for _, s := range said {
		switch {
		case strings.HasPrefix(s, "Done"):
			done++
		case !strings.Contains(s, "Another reindex is at work"):
			t.Errorf("reindex says %q", s)
		}
	}
	if done == 0 {
		t.Errorf("of two, none was done: %q", said)
	}
}

// until waits until something is so.
func (o *office) until(so func() bool) {
	o.t.Helper()
	for ctx := soon(o.t); !so(); {
		select {
		case <-ctx.Done():
			o.t.Fatal("it never came to be so")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// passage gives the ID of the passage that answers a question.
func (o *office) passage(question string) string {
	o.t.Helper()
	a, err := o.live.Answer(context.Background(), index.Question{Text: question})
	if err != nil || a.Abstained() {
		o.t.Fatalf("%q is not answered (%v)", question, err)
	}
	return a.Excerpts[0].Passage.ID
}

func TestDeskReindex(t *testing.T) {
	t.Parallel()
	o := openOffice(t, discord(t), bot.Options{})
	contains(t, "before", o.ask("where do the bees live?"), "not in the documents")
	propose := func(name, text string) discordtest.Message {
		return o.orderIn(o.w.Text, "reindex", discordtest.Object{"document": discordtest.File{Name: name, ContentType: "text/markdown", Data: []byte(text)}})
	}
	for name, want := range map[string]string{"bees.exe": "documents end in .md", "§§.md": "letters or digits"} {
		contains(t, name, propose(name, "Text.").Content, want)
	}
	contains(t, "broken front matter", propose("bees.md", "---\ntitel: Bees\n---\n\nText.").Content, "bees.md:2", "titel")
	contains(t, "a large file", propose("bees.md", strings.Repeat("Bees. ", 1<<20)).Content, "too large")

	p := propose("../../Bees.md", "# Bees\n\n## Hives\n\nThe bees live in three hives behind the greenhouse.\n")
	contains(t, "the preview", p.Content, "bees.md", "“Bees”", "1 passages", "Hives", "three hives")
	lacks(t, "the preview", p.Content, "replace")
	contains(t, "dropping it", o.press(p, "Don't add").Content, "Not added")
	if _, err := os.Stat(filepath.Join(o.folder, "bees.md")); err == nil {
		t.Error("a document that was dropped is in the folder")
	}

	// A restart between the preview and the decision.
	p = propose("Bees.md", "# Bees\n\n## Hives\n\nThe bees live in three hives behind the greenhouse.\n")
	o.restart()
	done := o.press(p, "Add and reindex")
	contains(t, "adding it", done.Content, "Added **bees.md**", "Done", "3 documents")
	o.until(func() bool { return len(o.live.Catalog().Documents) == 3 })
	contains(t, "after", o.ask("where do the bees live?"), "three hives")
	contains(t, "a second version", propose("bees.txt", "The bees live in five hives.").Content, "would replace")

	contains(t, "the rollback", o.order("rollback", nil), "Serving the index", "again")
	o.until(func() bool { return len(o.live.Catalog().Documents) == 2 })
	contains(t, "a rollback too many", o.order("rollback", nil), "no older index")

	// From the folder, with a bad file.
	o.write(t, "water.md", "---\nurl: [\n---\n\nText.")
	contains(t, "the reindex", o.order("reindex", nil), "Done", "3 documents", "left out", "water.md")
	for _, name := range []string{"garden.md", "bees.md"} {
		o.must(os.Remove(filepath.Join(o.folder, name)))
	}
	m := o.orderIn(o.w.Text, "reindex", nil)
	contains(t, "a shrinkage", m.Content, "did not publish", "shrank")
	refusal := o.response(o.Click(m, m.Buttons()["Publish anyway"], discordtest.Invoke{})).Message
	contains(t, "a member forcing it", refusal.Content, "who may manage this server")
	contains(t, "forced", o.press(m, "Publish anyway").Content, "Done", "1 documents")
	contains(t, "the log", o.order("status", nil), "reindex", "rollback", "added bees.md")
}

// TestDeskShippedDocuments: to documents that come with the program none can
// be added; without a library, nothing can be changed.
func TestDeskShippedDocuments(t *testing.T) {
	t.Parallel()
	r := start(t, discord(t), openIndex(t, docs), bot.Options{})
	for sub, want := range map[string]string{"reindex": "don't know where my index lies", "rollback": "don't know where my index lies", "channel": "the desk is off", "correct": "no corrections yet", "gaps": "Nothing to see", "status": "The desk is off"} {
		options := discordtest.Object{}
		if sub == "channel" {
			options["mode"] = "off"
		}
		m := r.response(r.Slash("gpt-admin "+sub, discordtest.Invoke{User: r.w.Moderator, Options: options})).Message
		contains(t, sub, (&office{running: r}).settled(m).Content, want)
	}
	m := r.response(r.Slash("gpt-admin reindex", discordtest.Invoke{User: r.w.Moderator, Options: discordtest.Object{"document": discordtest.File{Name: "a.md", Data: []byte("# A\n\nB.")}}})).Message
	contains(t, "adding a document", m.Content, "CORPUS_DIR")
	m = r.response(r.MessageCommand("Wrong answer", r.Say(r.w.Text, r.w.User, keys, discordtest.Say{}), discordtest.Invoke{User: r.w.Moderator})).Message
	contains(t, "a correction", m.Content, "the desk is off")
	m = r.response(r.Slash("gpt privacy", discordtest.Invoke{})).Message
	contains(t, "privacy", m.Content, "**Stores**: nothing")
}

// TestDeskSettingsFile: a file that changes is heard of, also where it asks
// for more than the bot listened to.
func TestDeskSettingsFile(t *testing.T) {
	t.Parallel()
	d := discord(t)
	file := filepath.Join(t.TempDir(), "settings.yaml")
	set := func(mode string, age time.Duration) {
		t.Helper()
		text := "servers:\n  \"" + d.World.Guild + "\":\n    mode: " + mode + "\n"
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	set("mention", time.Hour)
	kept, err := desk.Open(filepath.Join(t.TempDir(), "desk.db"), desk.Options{Settings: file})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() })
	o := &office{running: start(t, d, openIndex(t, docs), bot.Options{Desk: kept})}
	contains(t, "the channel", o.order("channel", nil), "when called")
	contains(t, "changing it", o.order("channel", discordtest.Object{"mode": "off"}), "kept in a file")
	set("ambient", time.Minute)
	o.bot.Tend()
	o.until(func() bool { return o.Identifies() == 2 })
	o.must(o.WaitReady(soon(t), 1))
	o.Say(o.w.Text, o.w.User, opening, discordtest.Say{})
	contains(t, "the answer", o.message(o.w.Text).Content, "4 May 2019")
	set("loud", time.Second)
	o.bot.Tend()
	contains(t, "a wrong file", o.order("channel", nil), "any question") // what it said before holds
}
