package bot

import (
	"context"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// intents asks for what the bot uses; for the content of messages only where
// it answers unasked.
func (b *Bot) intents() discordgo.Intent {
	i := discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if b.unasked("") && !b.noContent.Load() {
		i |= discordgo.IntentMessageContent
	}
	return i
}

// work counts the handlers that run, so that an end can wait for them.
type work struct {
	mu      sync.Mutex
	ended   bool
	running sync.WaitGroup
}

// during runs f, unless the end has begun.
func (w *work) during(f func()) {
	w.mu.Lock()
	if w.ended {
		w.mu.Unlock()
		return
	}
	w.running.Add(1)
	w.mu.Unlock()
	defer w.running.Done()
	f()
}

// end lets nothing begin any more, and waits for what runs.
func (w *work) end() {
	w.mu.Lock()
	w.ended = true
	w.mu.Unlock()
	w.running.Wait()
}

// listen adds the bot's handlers to a session. Each runs in a goroutine of
// its own.
func (b *Bot) listen(ctx context.Context, s *discordgo.Session, handlers *work) {
	during := handlers.during
	s.AddHandler(func(s *discordgo.Session, r *discordgo.Ready) {
		during(func() { b.onReady(s, r) })
	})
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
		during(func() { b.onMessage(ctx, s, m.Message) })
	})
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageUpdate) {
		during(func() { b.onEdit(ctx, s, m.Message) })
	})
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageDelete) {
		if m.Message != nil {
			during(func() { b.onDelete(ctx, s, m.ChannelID, m.ID) })
		}
	})
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageDeleteBulk) {
		during(func() { b.onDelete(ctx, s, m.ChannelID, m.Messages...) })
	})
	s.AddHandler(func(s *discordgo.Session, t *discordgo.ThreadCreate) {
		during(func() { b.onThread(ctx, s, t) })
	})
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		during(func() { b.onInteraction(ctx, s, i.Interaction) })
	})
}

// onReady learns who the bot is, and registers its commands once a process.
func (b *Bot) onReady(s *discordgo.Session, r *discordgo.Ready) {
	defer b.rescue("ready", nil)
	if r.User != nil && r.User.ID != "" {
		b.SetSelf(r.User.ID)
	}
	if b.id.Load() == nil {
		b.log.Error("neither READY nor /users/@me tells who the bot is; it can't know when it is mentioned")
		return
	}
	b.log.Info("ready", "user", b.self(), "servers", len(r.Guilds))
	b.session.Store(s)
	if !b.unasked("") {
		b.log.Info("answers where it is called; set AMBIENT_CHANNELS, or use " + b.adminCommand() + ", to have it answer unasked in some channels")
	}
	if s.ShardID != 0 {
		return
	}
	b.registering.Lock()
	defer b.registering.Unlock()
	if b.registered {
		return
	}
	switch err := b.register(s, b.applicationID(s, r)); {
	case lacksCommands(err):
		b.log.Warn("the server has no application commands; mentions, replies and direct messages work without", "error", err)
	case err != nil:
		b.log.Error("commands are not registered", "error", err)
		return
	}
	b.registered = true
}

// connected notes whether a shard is connected.
func (b *Bot) connected(shard int, up bool) {
	b.shardsMu.Lock()
	defer b.shardsMu.Unlock()
	if b.shards == nil {
		b.shards = map[int]bool{}
	}
	b.shards[shard] = up
}

// Connected tells whether every shard of this process is connected.
func (b *Bot) Connected() bool {
	b.shardsMu.Lock()
	defer b.shardsMu.Unlock()
	for _, up := range b.shards {
		if !up {
			return false
		}
	}
	return len(b.shards) > 0
}
