// Package desk keeps what moderators decide, and what the bot tells them.
//
// In: settings of channels, corrections of answers, votes, questions that
// the documents didn't answer. Out: how to behave in a channel, which passage
// answers a question, and reports: gaps, bad passages, who changed what.
// Settings and corrections are text that people can read and edit; the rest
// lies in one file of the data folder, and expires. It knows nothing of
// Discord but its IDs.
package desk
