// Package bot is Historian on Discord.
//
// In: gateway events and interactions. Out: replies. A handler is a function
// from an event to a Reply; one place sends. Whatever a document or a person
// writes, a reply pings nobody, stays within Discord's limits and quotes
// verbatim.
package bot
