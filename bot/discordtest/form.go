package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// part is a JSON object under check, and the path that leads to it. Its
// methods read a field and note what is wrong with it; an absent or null field
// reads as the zero value. The zero part has no fields.
type part struct {
	Object
	path string
	errs *[]fieldError
}

// newForm is the part for a whole body. Errors in it are added to the second
// result.
func newForm(o Object) (part, *[]fieldError) {
	errs := new([]fieldError)
	return part{Object: o, errs: errs}, errs
}

func (p part) fail(key, code, message string) {
	*p.errs = append(*p.errs, fieldError{join(p.path, key), code, message})
}

func join(path, key string) string { return strings.Trim(path+"."+key, ".") }

func (p part) require(key string) {
	p.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
}

// size notes an n outside lo to hi, in Discord's words. They name the lower
// bound only where there is one.
func (p part) size(key string, n, lo, hi int) {
	switch {
	case lo <= n && n <= hi:
	case lo > 0:
		p.fail(key, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", lo, hi))
	default:
		p.fail(key, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", hi))
	}
}

// characters counts as Discord does, in code points: that is how JSON Schema,
// in which Discord describes its lengths, defines maxLength. (JavaScript
// clients count UTF-16 units and are stricter with emoji.)
func characters(s string) int { return utf8.RuneCountInString(s) }

// text reads a string of lo to hi characters that may be left out.
func (p part) text(key string, lo, hi int) string {
	v := p.Object[key]
	if v == nil {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		p.fail(key, "STRING_TYPE_CONVERT", fmt.Sprintf("Could not interpret %q as string.", fmt.Sprint(v)))
		return ""
	}
	p.size(key, characters(s), lo, hi)
	return s
}

// needText reads a string of 1 to hi characters that must be there. Blanks
// alone are nothing: Discord trims before it looks.
func (p part) needText(key string, hi int) string {
	if s, ok := p.Object[key].(string); p.Object[key] == nil || ok && strings.TrimSpace(s) == "" {
		p.require(key)
		return ""
	}
	return p.text(key, 1, hi)
}

// list reads an array of lo to hi elements that may be left out.
func (p part) list(key string, lo, hi int) []any {
	v := p.Object[key]
	if v == nil {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		p.fail(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil
	}
	p.size(key, len(list), lo, hi)
	return list
}

// parts reads an array of objects.
func (p part) parts(key string, lo, hi int) []part {
	return p.elements(key, p.list(key, lo, hi))
}

func (p part) elements(key string, list []any) []part {
	var parts []part
	for i, v := range list {
		at := join(key, strconv.Itoa(i))
		o, ok := v.(Object)
		if !ok {
			p.fail(at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
			continue
		}
		parts = append(parts, part{Object: o, path: join(p.path, at), errs: p.errs})
	}
	return parts
}

// part reads an object; ok is false when there is none.
func (p part) part(key string) (sub part, ok bool) {
	v := p.Object[key]
	if v == nil {
		return part{}, false
	}
	o, ok := v.(Object)
	if !ok {
		p.fail(key, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
	}
	return part{Object: o, path: join(p.path, key), errs: p.errs}, ok
}

// link reads an address of at most limit characters with one of the schemes.
func (p part) link(key string, limit int, schemes ...string) {
	s := p.text(key, 0, limit)
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme == "" || u.Host == "":
		p.fail(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	case !slices.Contains(schemes, u.Scheme):
		p.fail(key, "URL_TYPE_INVALID_SCHEME",
			fmt.Sprintf("Scheme %q is not supported. Scheme must be one of ('%s').", u.Scheme, strings.Join(schemes, "', '")))
	}
}

// number reads an integer, whoever decoded it; 0 when there is none.
func (p part) number(key string) int {
	switch n := p.Object[key].(type) {
	case float64:
		return int(n)
	case int:
		return n
	case json.Number:
		i, _ := n.Int64()
		return int(i)
	}
	return 0
}

// choice notes a value outside the table.
func (p part) choice(key string, value string, table []string) {
	if !slices.Contains(table, value) {
		p.fail(key, "BASE_TYPE_CHOICES", "Value must be one of {'"+strings.Join(table, "', '")+"'}.")
	}
}
