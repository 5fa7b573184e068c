package main

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"historian/bot/desk"
)

// openDesk opens what moderators decide. Where the data folder can't be
// written, or another process has the file, the bot answers without: only a
// settings file that is wrong is an error.
func openDesk(c config, log *slog.Logger) (*desk.Desk, error) {
	d, err := desk.Open(filepath.Join(c.Data, c.deskName()), desk.Options{
		Keep: time.Duration(c.Retention) * 24 * time.Hour, Settings: c.Settings, Corrections: c.corrections(),
	})
	switch {
	case errors.Is(err, desk.ErrSetting):
		return d, fmt.Errorf("configuration: SETTINGS_FILE: %w", err)
	case errors.Is(err, desk.ErrLocked):
		log.Error("the moderators' desk is off: another process has its file open; give each process its own SHARD_ID, or its own DATA_DIR", "error", err)
	case err != nil:
		log.Error("the moderators' desk is off: its file can't be opened for writing; answering goes on", "error", err)
	}
	return d, nil
}

// deskName is the name of the desk's file in the data folder: one a process,
// since one process alone can have it open. A server's events always go to
// the same shard.
func (c config) deskName() string {
	if c.ShardID >= 0 {
		return fmt.Sprintf("desk-%d.db", c.ShardID)
	}
	return "desk.db"
}

// corrections is the path of the corrections: among the documents, or beside
// the index of those that come with the program.
func (c config) corrections() string {
	if c.Corpus != "" {
		return filepath.Join(c.Corpus, desk.CorrectionsName)
	}
	return filepath.Join(c.Data, desk.CorrectionsName)
}
