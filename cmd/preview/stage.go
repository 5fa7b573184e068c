package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"historian/bot"
	"historian/bot/discordtest"
)

// A stage is a Discord with the bot and one person, whom the page plays.
type stage struct {
	discord *discordtest.Server
	rooms   []room
	used    sync.Map // interaction ID → the command, as Discord shows above an answer
	end     context.CancelFunc
	ended   chan error // what the bot's Run gave
}

// A room is a channel, as far as it shows another way to reach the bot.
type room struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"` // mention, ambient or direct
}

// newStage starts the bot and waits until people can reach it.
func newStage(ctx context.Context, a bot.Answerer, stderr io.Writer) (*stage, error) {
	d, err := discordtest.Start(discordtest.Options{})
	if err != nil {
		return nil, err
	}
	ambient := d.AddTextChannel("ambient")
	st := &stage{discord: d, ended: make(chan error, 1), rooms: []room{
		{d.World.Text, "general", "mention"}, {ambient, "ambient", "ambient"}, {d.World.DM, "historian", "direct"},
	}}
	b := bot.New(a, bot.Options{Ambient: map[string]bool{ambient: true}, Logger: logger(stderr), Secret: d.Token()})
	ctx, st.end = context.WithCancel(ctx)
	go func() {
		defer st.end() // so that nobody waits for a bot that gave up
		st.ended <- b.Run(ctx, bot.Gateway{Token: d.Token(), API: d.URL(), ShardID: -1, Grace: time.Second})
	}()
	if err := st.ready(ctx); err != nil {
		st.end()
		err = errors.Join(err, <-st.ended)
		d.Close()
		return nil, fmt.Errorf("start the bot: %w", err)
	}
	return st, nil
}

// startIn bounds how long the bot takes to connect and register its commands.
const startIn = 30 * time.Second

func (st *stage) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startIn)
	defer cancel()
	if err := st.discord.WaitReady(ctx, 1); err != nil {
		return err
	}
	return st.discord.WaitFor(ctx, st.rooms[0].ID, func([]discordtest.Message) bool { return len(st.discord.Commands("")) > 0 })
}

// close ends the bot, and gives what it ended with.
func (st *stage) close() error {
	st.end()
	err := <-st.ended
	st.discord.Close()
	return err
}

// room finds a channel of the page.
func (st *stage) room(id string) (room, bool) {
	for _, r := range st.rooms {
		if r.ID == id {
			return r, true
		}
	}
	return room{}, false
}

// message finds a message that the page shows.
func (st *stage) message(channel, id string) (discordtest.Message, bool) {
	for _, m := range st.discord.Messages(channel) {
		if m.ID == id {
			return m, true
		}
	}
	return discordtest.Message{}, false
}

// acknowledgeIn is how long Discord waits for the bot before it tells the
// person that it did not respond.
const acknowledgeIn = 3 * time.Second

var errSilent = errors.New("the bot did not respond")

// acknowledged waits until the bot has taken note of an interaction.
func (st *stage) acknowledged(ctx context.Context, i discordtest.Interaction) error {
	ctx, cancel := context.WithTimeout(ctx, acknowledgeIn)
	defer cancel()
	if _, err := st.discord.WaitAcknowledged(ctx, i); err != nil {
		return errSilent
	}
	return nil
}
