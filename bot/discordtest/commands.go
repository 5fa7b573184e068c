package discordtest

import (
	"cmp"
	"maps"
	"net/http"
)

// commandRoutes are those by which a bot registers its commands.
var commandRoutes = []route{
	{method: "GET", path: "/applications/{application_id}/commands", handle: (*Server).getCommands},
	{method: "PUT", path: "/applications/{application_id}/commands", handle: (*Server).putCommands, limits: commandLimits},
	{method: "GET", path: "/applications/{application_id}/guilds/{guild_id}/commands", handle: (*Server).getCommands},
	{method: "PUT", path: "/applications/{application_id}/guilds/{guild_id}/commands", handle: (*Server).putCommands, limits: commandLimits},
}

func commandLimits(c *call) []fieldError { return checkCommands(c.list) }

// mine checks that a call concerns the bot's application and a known guild.
func (s *Server) mine(c *call) (int, any) {
	guild := c.PathValue("guild_id")
	if c.PathValue("application_id") != s.World.Application || guild != "" && guild != s.World.Guild {
		return http.StatusForbidden, missingAccess
	}
	return 0, nil
}

func (s *Server) getCommands(c *call) (int, any) {
	if status, refused := s.mine(c); status != 0 {
		return status, refused
	}
	localised := c.flag("with_localizations")
	out := []Object{}
	for _, command := range s.state.commands[c.PathValue("guild_id")] {
		if !localised {
			command = maps.Clone(command)
			delete(command, "name_localizations")
			delete(command, "description_localizations")
		}
		out = append(out, command)
	}
	return http.StatusOK, out
}

func (s *Server) putCommands(c *call) (int, any) {
	if status, refused := s.mine(c); status != 0 {
		return status, refused
	}
	guild := c.PathValue("guild_id")
	commands := []Object{}
	for _, v := range c.list {
		given, _ := v.(Object)
		commands = append(commands, s.newCommand(given, guild))
	}
	s.state.commands[guild] = commands
	return http.StatusOK, commands
}

// newCommand adds what Discord gives a command.
func (s *Server) newCommand(given Object, guild string) Object {
	o := Object{
		"type": 1.0, "description": "", "default_member_permissions": nil, "nsfw": false,
		"name_localizations": nil, "description_localizations": nil,
	}
	if guild == "" {
		o["dm_permission"], o["contexts"], o["integration_types"] = true, nil, []any{0.0}
	} else {
		o["guild_id"] = guild
	}
	maps.Copy(o, given)
	for _, have := range s.state.commands[guild] {
		if have["name"] == o["name"] && have["type"] == o["type"] {
			o["id"] = have["id"]
		}
	}
	if o["id"] == nil {
		o["id"] = s.newID()
	}
	o["application_id"], o["version"] = s.World.Application, s.newID()
	return o
}

// Commands lists the commands registered everywhere (guild "") or in a guild.
func (s *Server) Commands(guild string) []Object {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Object(nil), s.state.commands[guild]...)
}

// command finds a command by name and type, in the guild first.
func (s *Server) command(guild, name string, kind float64) Object {
	for _, scope := range []string{guild, ""} {
		for _, c := range s.state.commands[scope] {
			if c["name"] == name && cmp.Or(number(c["type"]), 1) == kind {
				return c
			}
		}
	}
	return nil
}

func number(v any) float64 {
	f, _ := v.(float64)
	return f
}
