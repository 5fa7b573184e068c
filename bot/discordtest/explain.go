package discordtest

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// explain puts a failed validation into lines, each with the JSON pointer of
// the value and what is wrong with it. Where a value fits no branch of a
// oneOf or anyOf, only the branch it comes nearest to is explained.
func explain(e *jsonschema.ValidationError) []string {
	english := message.NewPrinter(language.English)
	var lines []string
	for _, leaf := range leaves(e) {
		where := pointer(leaf.InstanceLocation...)
		if where == "" {
			where = "/"
		}
		lines = append(lines, where+": "+leaf.ErrorKind.LocalizedString(english))
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// leaves are the errors at the bottom of e.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		return nearest(e)
	}
	var all []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		all = append(all, leaves(cause)...)
	}
	return all
}

// nearest returns the leaves of the branch of e that the value was meant for:
// of the same JSON type and, as Discord marks its alternatives, with the same
// "type"; then the one that went wrong deepest; then the one with least wrong.
// Branches that are one value each make a list of values.
func nearest(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	var best []*jsonschema.ValidationError
	var bestRank [3]int
	var values []any
	for _, branch := range e.Causes {
		found := leaves(branch)
		if c, ok := found[0].ErrorKind.(*kind.Const); ok && len(found[0].InstanceLocation) == len(e.InstanceLocation) {
			values = append(values, c.Want)
		}
		rank := [3]int{0, depth(found), -len(found)}
		for _, leaf := range found {
			rank[0] = min(rank[0], -otherness(leaf, len(e.InstanceLocation)))
		}
		if best == nil || slices.Compare(rank[:], bestRank[:]) > 0 {
			best, bestRank = found, rank
		}
	}
	if len(values) > 1 && len(values) == len(e.Causes) {
		return []*jsonschema.ValidationError{{InstanceLocation: e.InstanceLocation, ErrorKind: &kind.Enum{Want: values}}}
	}
	return best
}

func depth(found []*jsonschema.ValidationError) int {
	n := 0
	for _, leaf := range found {
		n = max(n, len(leaf.InstanceLocation))
	}
	return n
}

// otherness tells how surely a leaf means that the value, itself at depth
// level, is not what the branch is for: 2 by its JSON type, 1 by what it is.
func otherness(leaf *jsonschema.ValidationError, level int) int {
	at := leaf.InstanceLocation
	switch leaf.ErrorKind.(type) {
	case *kind.Type:
		if len(at) == level {
			return 2
		}
	case *kind.Enum, *kind.Const:
		if len(at) == level || len(at) == level+1 && at[level] == "type" {
			return 1
		}
	}
	return 0
}
