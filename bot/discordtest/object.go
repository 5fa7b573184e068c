// Package discordtest is a Discord for tests.
package discordtest

// Object is a JSON object as encoding/json decodes it.
type Object = map[string]any
