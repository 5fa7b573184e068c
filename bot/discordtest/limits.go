package discordtest

import (
	"strconv"
	"strings"
)

// Discord's documented limits that its OpenAPI description misses, and those
// every bot meets, so that they hold where the description is not at hand.
//
// Discord does not list the codes of its form errors. Those used here are seen
// in its answers; for a few rules none is known, and theirs are made alike.

// fieldError is one entry of Discord's "Invalid Form Body". Path leads to the
// field, as in "embeds.0.title". A numeric Code, with an empty Path, is not
// about one field but is the code of the whole answer, as 50006 is.
type fieldError struct{ Path, Code, Message string }

func (e fieldError) String() string {
	if e.Path == "" {
		return e.Code + ": " + e.Message
	}
	return e.Path + " [" + e.Code + "]: " + e.Message
}

// errorBody is Discord's answer to a body that breaks errs: error 50035, with
// an object a step of each path and the errors under "_errors".
func errorBody(errs []fieldError) Object {
	nested := Object{}
	for _, e := range errs {
		if code, err := strconv.Atoi(e.Code); err == nil && e.Path == "" {
			return Object{"code": code, "message": e.Message}
		}
		at := nested
		for step := range strings.SplitSeq(e.Path, ".") {
			if step == "" {
				continue
			}
			next, ok := at[step].(Object)
			if !ok {
				next = Object{}
				at[step] = next
			}
			at = next
		}
		list, _ := at["_errors"].([]any)
		at["_errors"] = append(list, Object{"code": e.Code, "message": e.Message})
	}
	return Object{"code": 50035, "message": "Invalid Form Body", "errors": nested}
}
