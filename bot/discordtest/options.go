package discordtest

import (
	"fmt"
	"net/url"
	"path"
	"slices"
)

// Types of options whose values Discord resolves, or bounds ("Application
// Command Option Type").
const (
	optionString     = 3
	optionInteger    = 4
	optionChannel    = 7
	optionAttachment = 11
)

// bounded holds the value of an option against what the command says of it,
// as Discord's client does before it sends anything.
func bounded(option Object, v any, typing bool) error {
	name := option["name"]
	kind := int(number(option["type"]))
	switch v := v.(type) {
	case string:
		if kind != optionString && kind != optionChannel {
			return fmt.Errorf("the option %q of type %d is given a text", name, kind)
		}
	case int:
		if kind != optionInteger {
			return fmt.Errorf("the option %q of type %d is given a number", name, kind)
		}
		for bound, beyond := range map[string]func(limit int) bool{
			"min_value": func(limit int) bool { return v < limit }, "max_value": func(limit int) bool { return v > limit },
		} {
			if limit, ok := option[bound].(float64); ok && beyond(int(limit)) {
				return fmt.Errorf("the option %q is %d, beyond its %s %v", name, v, bound, limit)
			}
		}
	case File:
		if kind != optionAttachment {
			return fmt.Errorf("the option %q of type %d is given a file", name, kind)
		}
	}
	choices := objects(option["choices"])
	if len(choices) > 0 && !typing && !slices.ContainsFunc(choices, func(c Object) bool { return c["value"] == v }) {
		return fmt.Errorf("the option %q has no choice %v", name, v)
	}
	return nil
}

// resolve gives what Discord tells beside the values of options: channels,
// and attachments, whose value becomes an ID.
func (s *Server) resolve(options []Object, in Invoke) Object {
	resolved := Object{}
	add := func(kind, id string, o Object) {
		if resolved[kind] == nil {
			resolved[kind] = Object{}
		}
		of, _ := resolved[kind].(Object)
		of[id] = o
	}
	for _, o := range options {
		switch v := o["value"].(type) {
		case File:
			id := s.newID()
			o["value"] = id
			add("attachments", id, s.upload(id, v))
		case string:
			if c := s.state.channels[v]; c != nil && int(number(o["type"])) == optionChannel {
				add("channels", v, Object{
					"id": v, "type": c.Type, "name": c.Name, "parent_id": c.ParentID, "flags": c.Flags,
					"permissions": fmt.Sprint(uint64(s.permissions(c, in.User))),
				})
			}
		}
	}
	return resolved
}

// upload keeps the file of an option as an ephemeral attachment.
func (s *Server) upload(id string, f File) Object {
	at := "/ephemeral-attachments/" + s.World.Application + "/" + id + "/" + url.PathEscape(path.Base(f.Name))
	s.state.files[at] = f
	return Object{
		"id": id, "filename": f.Name, "size": len(f.Data), "content_type": f.ContentType, "ephemeral": true,
		"url": s.URL() + at, "proxy_url": s.URL() + at,
	}
}
