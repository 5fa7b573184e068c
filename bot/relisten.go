package bot

// The content of messages that nobody addresses to it, the bot asks for only
// while some channel needs it. When that changes, its shards connect anew.

// renewal gives what is closed when the shards are to connect anew.
func (b *Bot) renewal() <-chan struct{} {
	b.shardsMu.Lock()
	defer b.shardsMu.Unlock()
	if b.renew == nil {
		b.renew = make(chan struct{})
	}
	return b.renew
}

// relisten has the shards connect anew, with the intents that are needed now.
// It tells whether there are any.
func (b *Bot) relisten() bool {
	b.shardsMu.Lock()
	defer b.shardsMu.Unlock()
	if b.renew == nil {
		return false
	}
	close(b.renew)
	b.renew = make(chan struct{})
	return true
}

// withoutContent goes on without the content of messages, which Discord
// refuses, where only settings of moderators need it. It tells whether that
// is any help.
func (b *Bot) withoutContent() bool {
	if len(b.opts.Ambient) > 0 || !b.desk.Unasked("") {
		return false
	}
	if !b.noContent.Swap(true) {
		b.log.Error("Discord refuses the Message Content intent, which some channels are set to need; going on without: it answers there only when called. " + mends[4014])
		return true
	}
	return false
}
