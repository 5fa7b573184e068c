package discordtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// a is a string of n characters. They are outside the BMP, so that code
// points, bytes and UTF-16 units differ.
func a(n int) string { return strings.Repeat("🜁", n) }

// times is a list of n values.
func times(n int, v func(i int) any) []any {
	list := []any{}
	for i := range n {
		list = append(list, v(i))
	}
	return list
}

// with is o with some fields changed; nil removes one.
func with(o Object, changes Object) Object {
	o = maps.Clone(o)
	for key, v := range changes {
		if o[key] = v; v == nil {
			delete(o, key)
		}
	}
	return o
}

// limitTest has a body within a limit and one over it.
type limitTest struct {
	name     string
	in, over Object
	want     string // what is wrong with over
}

func runLimits(t *testing.T, check func(Object) []fieldError, tests []limitTest) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := check(test.in); len(got) > 0 {
				t.Errorf("within: %v", got)
			}
			var lines []string
			for _, e := range check(test.over) {
				lines = append(lines, e.String())
			}
			if got := strings.Join(lines, "\n"); got != test.want {
				t.Errorf("over:\ngot  %s\nwant %s", got, test.want)
			}
		})
	}
}

func atMost(path string, n int) string {
	return fmt.Sprintf("%s [BASE_TYPE_MAX_LENGTH]: Must be %d or fewer in length.", path, n)
}

func between(path string, n int) string {
	return fmt.Sprintf("%s [BASE_TYPE_BAD_LENGTH]: Must be between 1 and %d in length.", path, n)
}

func required(path string) string { return path + " [BASE_TYPE_REQUIRED]: This field is required" }

const empty = "50006: Cannot send an empty message"

func TestMessageLimits(t *testing.T) {
	mentions := func(m Object) Object { return Object{"content": "x", "allowed_mentions": m} }
	ids := func(n int) []any { return times(n, func(i int) any { return fmt.Sprint(i) }) }
	notUnique := `allowed_mentions [MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE]: parse:["users"] and users: [ids...] are mutually exclusive.`
	runLimits(t, func(m Object) []fieldError { return checkMessage(m, 0) }, []limitTest{
		{"content", Object{"content": a(2000)}, Object{"content": a(2001)}, atMost("content", 2000)},
		{"content is text", Object{"content": "5"}, Object{"content": 5.0},
			"content [STRING_TYPE_CONVERT]: Could not interpret \"5\" as string.\n" + empty},
		{"empty", Object{"content": "x"}, Object{}, empty},
		{"blank", Object{"content": " x "}, Object{"content": " \n"}, empty},
		{"empty lists", Object{"sticker_ids": []any{"1"}}, Object{"embeds": []any{}, "components": []any{}, "sticker_ids": []any{}}, empty},
		{"poll", Object{"poll": Object{}}, Object{"poll": nil}, empty},
		{"forward", Object{"message_reference": Object{"type": 1.0, "message_id": "1"}},
			Object{"message_reference": Object{"message_id": "1"}}, empty},
		{"nonce", Object{"content": "x", "nonce": a(25)}, Object{"content": "x", "nonce": a(26)}, atMost("nonce", 25)},
		{"nonce as number", Object{"content": "x", "nonce": 12345.0}, Object{"nonce": 1.0}, empty},

		{"mentions default", Object{"content": "@everyone <@1>"}, mentions(Object{"parse": nil}), required("allowed_mentions.parse")},
		{"mentions kind", mentions(Object{"parse": []any{"users", "roles", "everyone"}}), mentions(Object{"parse": []any{"all"}}),
			"allowed_mentions.parse.0 [BASE_TYPE_CHOICES]: Value must be one of {'roles', 'users', 'everyone'}."},
		{"mentioned users", mentions(Object{"parse": []any{}, "users": ids(100)}), mentions(Object{"users": ids(101)}),
			atMost("allowed_mentions.users", 100)},
		{"mentioned roles", mentions(Object{"parse": []any{"users"}, "roles": ids(100)}), mentions(Object{"roles": ids(101)}),
			atMost("allowed_mentions.roles", 100)},
		{"mentioned twice", mentions(Object{"parse": []any{"users"}, "users": []any{}}),
			mentions(Object{"parse": []any{"users"}, "users": ids(1)}), notUnique},
	})
}

func TestAttachmentLimits(t *testing.T) {
	attached := func(o Object) Object { return Object{"attachments": []any{o}} }
	runLimits(t, func(m Object) []fieldError { return checkMessage(m, 2) }, []limitTest{
		{"file", attached(Object{"id": "1"}), attached(Object{"id": "2"}),
			"attachments.0.id [ATTACHMENT_NOT_FOUND]: No file 2 came with the message."},
		{"number", attached(Object{"id": 0.0}), attached(Object{"id": -1.0}),
			"attachments.0.id [ATTACHMENT_NOT_FOUND]: No file -1 came with the message."},
		{"ID", attached(Object{"id": "0"}), attached(Object{"id": "first"}),
			`attachments.0.id [NUMBER_TYPE_COERCE]: Value "first" is not snowflake.`},
		{"no ID", attached(Object{"id": "0"}), attached(Object{}), required("attachments.0.id")},
		{"description", attached(Object{"id": "0", "description": a(1024)}), attached(Object{"id": "0", "description": a(1025)}),
			atMost("attachments.0.description", 1024)},
		{"object", attached(Object{"id": "0"}), Object{"attachments": []any{"x"}},
			"attachments.0 [MODEL_TYPE_CONVERT]: Only dictionaries may be used in a ModelType"},
		{"list", attached(Object{"id": "0"}), Object{"attachments": "x"},
			"attachments [LIST_TYPE_CONVERT]: Only iterables may be used in a ListType"},
	})
	if got := checkMessage(Object{}, 10); len(got) > 0 {
		t.Errorf("10 files: %v", got)
	}
	if got := fmt.Sprint(checkMessage(Object{}, 11)); got != "[30015: Maximum number of attachments in a message reached (10)]" {
		t.Errorf("11 files: %v", got)
	}
	kept := attached(Object{"id": "1234567890123456789"})
	if got := checkEdit(kept, 0); len(got) > 0 {
		t.Errorf("kept in an edit: %v", got)
	}
	if got := checkMessage(kept, 0); len(got) == 0 {
		t.Error("a new message cannot keep an attachment")
	}
}

func TestEditLimits(t *testing.T) {
	runLimits(t, func(m Object) []fieldError { return checkEdit(m, 0) }, []limitTest{
		{"content", Object{}, Object{"content": a(2001)}, atMost("content", 2000)},
		{"emptied", Object{"content": ""}, Object{"content": a(2001), "embeds": []any{}}, atMost("content", 2000)},
	})
}

func TestEmbedLimits(t *testing.T) {
	embed := func(o Object) Object { return Object{"embeds": []any{with(Object{"description": "x"}, o)}} }
	field := func(name, value string) Object {
		return embed(Object{"fields": []any{Object{"name": name, "value": value}}})
	}
	fields := func(n int) Object {
		return embed(Object{"fields": times(n, func(int) any { return Object{"name": "x", "value": "x"} })})
	}
	embeds := func(n int) Object {
		return Object{"embeds": times(n, func(int) any { return Object{"title": "x"} })}
	}
	// total has every counted part; the first embed has 256+4096+1024+1+256+1.
	total := func(footer int) Object {
		return Object{"embeds": []any{
			Object{"title": a(256), "description": a(4096), "author": Object{"name": a(256)},
				"fields": []any{Object{"name": "x", "value": a(1024)}}, "footer": Object{"text": "x"}},
			Object{"footer": Object{"text": a(footer)}},
		}}
	}
	runLimits(t, func(m Object) []fieldError { return checkMessage(m, 0) }, []limitTest{
		{"embeds", embeds(10), embeds(11), atMost("embeds", 10)},
		{"title", embed(Object{"title": a(256)}), embed(Object{"title": a(257)}), atMost("embeds.0.title", 256)},
		{"description", embed(Object{"description": a(4096)}), embed(Object{"description": a(4097)}), atMost("embeds.0.description", 4096)},
		{"fields", fields(25), fields(26), atMost("embeds.0.fields", 25)},
		{"field name", field(a(256), "x"), field(a(257), "x"), between("embeds.0.fields.0.name", 256)},
		{"field value", field("x", a(1024)), field("x", a(1025)), between("embeds.0.fields.0.value", 1024)},
		{"no field name", field("x", "x"), field("", "x"), required("embeds.0.fields.0.name")},
		{"no field value", field("x", "x"), field("x", " "), required("embeds.0.fields.0.value")},
		{"footer", embed(Object{"footer": Object{"text": a(1600)}}), embed(Object{"footer": Object{"text": a(2049)}}),
			between("embeds.0.footer.text", 2048)},
		{"author", embed(Object{"author": Object{"name": a(256)}}), embed(Object{"author": Object{"name": a(257)}}),
			between("embeds.0.author.name", 256)},
		{"total", total(6000 - 5634), total(6001 - 5634), "embeds [MAX_EMBED_SIZE_EXCEEDED]: Embed size exceeds maximum size of 6000"},
		{"nothing", embed(Object{"description": nil, "image": Object{"url": "attachment://a.png"}}),
			embed(Object{"description": nil, "color": 5.0}), required("embeds.0.description")},
		{"url", embed(Object{"url": "https://example.org/a?b=ü#c"}), embed(Object{"url": "example.org"}),
			"embeds.0.url [URL_TYPE_INVALID_URL]: Not a well formed URL."},
		{"scheme", embed(Object{"url": "http://example.org"}), embed(Object{"url": "ftp://example.org"}),
			`embeds.0.url [URL_TYPE_INVALID_SCHEME]: Scheme "ftp" is not supported. Scheme must be one of ('http', 'https').`},
	})
}

// row is a message with one action row.
func row(components ...any) Object {
	return Object{"components": []any{Object{"type": 1.0, "components": components}}}
}

func button(changes Object) Object {
	return with(Object{"type": 2.0, "style": 1.0, "label": "x", "custom_id": "a"}, changes)
}

func TestComponentLimits(t *testing.T) {
	rows := func(n, each int) Object {
		return Object{"components": times(n, func(i int) any {
			return Object{"type": 1.0, "components": times(each, func(j int) any {
				return button(Object{"custom_id": fmt.Sprint(i, j)})
			})}
		})}
	}
	link := func(o Object) Object {
		return row(button(with(Object{"style": 5.0, "custom_id": nil, "url": "https://example.org"}, o)))
	}
	menu := func(n int, o Object) Object {
		return row(with(Object{"type": 3.0, "custom_id": "a", "options": times(n, func(i int) any {
			return Object{"label": "x", "value": fmt.Sprint(i)}
		})}, o))
	}
	option := func(o Object) Object {
		return menu(0, Object{"options": []any{with(Object{"label": "x", "value": "y"}, o)}})
	}
	first := "components.0.components.0"
	exclusive := first + ".custom_id [BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE]: A custom id and url cannot both be specified"
	texts := func(n int) Object {
		return Object{"flags": 32768.0, "components": times(n, func(int) any { return Object{"type": 10.0, "content": "x"} })}
	}
	runLimits(t, func(m Object) []fieldError { return checkMessage(m, 0) }, []limitTest{
		{"rows", rows(5, 5), rows(6, 1), atMost("components", 5)},
		{"buttons", rows(1, 5), rows(1, 6), between("components.0.components", 5)},
		{"empty row", rows(1, 1), rows(1, 0), between("components.0.components", 5)},
		{"row", rows(1, 1), Object{"components": []any{Object{"type": 1.0}}}, required("components.0.components")},
		{"row only", rows(1, 1), Object{"components": []any{button(nil)}},
			"components.0.type [BASE_TYPE_CHOICES]: Value must be one of (1,)."},
		{"custom ID", row(button(Object{"custom_id": a(100)})), row(button(Object{"custom_id": a(101)})), between(first+".custom_id", 100)},
		{"empty custom ID", row(button(nil)), row(button(Object{"custom_id": ""})), between(first+".custom_id", 100)},
		{"no custom ID", row(button(nil)), row(button(Object{"custom_id": nil})),
			first + ".custom_id [BUTTON_COMPONENT_CUSTOM_ID_REQUIRED]: A custom id is required"},
		{"same custom ID", row(button(nil), button(Object{"custom_id": "b"})), row(button(nil), button(Object{"disabled": true})),
			"components.0.components.1.custom_id [COMPONENT_CUSTOM_ID_DUPLICATED]: Component custom id cannot be duplicated"},
		{"label", row(button(Object{"label": a(80)})), row(button(Object{"label": a(81)})), atMost(first+".label", 80)},
		{"style", row(button(Object{"style": 4.0})), row(button(Object{"style": 7.0})),
			first + ".style [BASE_TYPE_CHOICES]: Value must be one of (1, 2, 3, 4, 5, 6)."},
		{"link", link(nil), link(Object{"url": nil}), required(first + ".url")},
		{"link with custom ID", link(nil), link(Object{"custom_id": "a"}), exclusive},
		{"button with url", row(button(nil)), row(button(Object{"url": "https://example.org"})), exclusive},
		{"long link", link(Object{"url": "https://x.y/" + strings.Repeat("a", 500)}), link(Object{"url": "https://x.y/" + strings.Repeat("a", 501)}),
			atMost(first+".url", 512)},
		{"premium", row(button(Object{"style": 6.0, "custom_id": nil, "sku_id": "1"})), row(button(Object{"style": 6.0, "custom_id": nil})),
			required(first + ".sku_id")},

		{"options", menu(25, nil), menu(26, nil), between(first+".options", 25)},
		{"no options", menu(1, nil), menu(0, nil), between(first+".options", 25)},
		{"options absent", menu(1, nil), menu(1, Object{"options": nil}), required(first + ".options")},
		{"select custom ID", menu(1, nil), menu(1, Object{"custom_id": nil}), required(first + ".custom_id")},
		{"placeholder", menu(1, Object{"placeholder": a(150)}), menu(1, Object{"placeholder": a(151)}), atMost(first+".placeholder", 150)},
		{"option label", option(Object{"label": a(100)}), option(Object{"label": a(101)}), between(first+".options.0.label", 100)},
		{"option value", option(Object{"value": a(100)}), option(Object{"value": a(101)}), between(first+".options.0.value", 100)},
		{"option description", option(Object{"description": a(100)}), option(Object{"description": a(101)}), atMost(first+".options.0.description", 100)},
		{"same value", menu(2, nil), menu(0, Object{"options": []any{Object{"label": "x", "value": "y"}, Object{"label": "z", "value": "y"}}}),
			first + ".options.1.value [SELECT_COMPONENT_OPTION_VALUE_DUPLICATED]: The specified option value is already used"},
		{"select alone", row(button(nil)), row(button(nil), Object{"type": 5.0, "custom_id": "b"}),
			"components.0 [COMPONENT_LAYOUT_WIDTH_EXCEEDED]: The specified component exceeds the maximum width"},

		{"V2", texts(40), texts(41), atMost("components", 40)},
		{"V2 content", texts(1), with(texts(1), Object{"content": "x"}),
			"content [MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]: The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"},
		{"V2 embeds", with(texts(1), Object{"embeds": []any{}}), with(texts(1), Object{"embeds": []any{Object{"title": "x"}}}),
			"embeds [MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2]: The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"},
		{"V2 nested", texts(1),
			Object{"flags": 32768.0, "components": []any{Object{"type": 17.0, "components": texts(40)["components"]}}}, atMost("components", 40)},
	})
}

func TestInteractionLimits(t *testing.T) {
	answer := func(kind float64, data Object) Object { return Object{"type": kind, "data": data} }
	choices := func(n int, name string, value any) Object {
		return answer(8, Object{"choices": times(n, func(int) any { return Object{"name": name, "value": value} })})
	}
	input := func(o Object) Object {
		return Object{"type": 18.0, "label": "x", "component": with(Object{"type": 4.0, "style": 1.0, "custom_id": "b"}, o)}
	}
	modal := func(o Object) Object {
		return answer(9, with(Object{"custom_id": "a", "title": "x", "components": []any{input(nil)}}, o))
	}
	inputs := func(n int) Object {
		return modal(Object{"components": times(n, func(i int) any { return input(Object{"custom_id": fmt.Sprint(i)}) })})
	}
	label := func(n int) Object {
		return modal(Object{"components": []any{with(input(nil), Object{"label": a(n)})}})
	}
	runLimits(t, func(o Object) []fieldError { return checkInteractionResponse(o, 0) }, []limitTest{
		{"type", Object{"type": 1.0}, Object{"type": 2.0}, "type [BASE_TYPE_CHOICES]: Value must be one of (1, 4, 5, 6, 7, 8, 9, 12)."},
		{"message", answer(4, Object{"content": a(2000)}), answer(4, Object{"content": a(2001)}), atMost("data.content", 2000)},
		{"empty message", answer(4, Object{"content": "x"}), Object{"type": 4.0}, empty},
		{"deferred", Object{"type": 5.0}, answer(5, Object{"content": a(2001)}), atMost("data.content", 2000)},
		{"deferred update", Object{"type": 6.0}, Object{"type": 6.0, "data": "x"},
			"data [MODEL_TYPE_CONVERT]: Only dictionaries may be used in a ModelType"},
		{"update", answer(7, Object{"components": []any{}}), answer(7, Object{"embeds": []any{Object{"title": a(257)}}}), atMost("data.embeds.0.title", 256)},
		{"choices", choices(25, "x", "y"), choices(26, "x", "y"), atMost("data.choices", 25)},
		{"choice name", choices(1, a(100), "y"), choices(1, a(101), "y"), between("data.choices.0.name", 100)},
		{"choice value", choices(1, "x", a(100)), choices(1, "x", a(101)), atMost("data.choices.0.value", 100)},
		{"choice number", choices(1, "x", 5.0), choices(1, "x", nil), required("data.choices.0.value")},
		{"type as json.Number", Object{"type": json.Number("8"), "data": Object{}}, Object{"type": json.Number("3")},
			"type [BASE_TYPE_CHOICES]: Value must be one of (1, 4, 5, 6, 7, 8, 9, 12)."},
		{"no choices", answer(8, Object{"choices": []any{}}), Object{"type": 8.0}, required("data")},
		{"no modal", modal(nil), Object{"type": 9.0}, required("data")},
		{"modal without components", modal(nil), modal(Object{"components": nil}), required("data.components")},
		{"modal component", modal(nil), modal(Object{"components": []any{with(input(nil), Object{"component": nil})}}),
			required("data.components.0.component")},
		{"modal title", modal(Object{"title": a(45)}), modal(Object{"title": a(46)}), between("data.title", 45)},
		{"modal custom ID", modal(Object{"custom_id": a(100)}), modal(Object{"custom_id": nil}), required("data.custom_id")},
		{"modal parts", inputs(5), inputs(6), between("data.components", 5)},
		{"modal label", label(45), label(46), between("data.components.0.label", 45)},
		{"modal input", modal(nil), modal(Object{"components": []any{input(Object{"custom_id": nil})}}),
			required("data.components.0.component.custom_id")},
	})
}

func TestCommandLimits(t *testing.T) {
	command := func(o Object) Object { return with(Object{"name": "ask", "description": "Ask"}, o) }
	named := func(s string) Object { return command(Object{"name": s}) }
	menu := func(o Object) Object { return with(Object{"type": 3.0, "name": "Ask This"}, o) }
	option := func(o Object) Object {
		return with(Object{"type": 3.0, "name": "question", "description": "x"}, o)
	}
	options := func(list ...any) Object { return command(Object{"options": list}) }
	numbered := func(n int, o Object) []any {
		return times(n, func(i int) any { return option(with(Object{"name": fmt.Sprint("o", i)}, o)) })
	}
	choices := func(n int, o Object) Object {
		return options(option(Object{"choices": times(n, func(int) any { return with(Object{"name": "x", "value": "y"}, o) })}))
	}
	// sized has n characters, most of them in choices of 200. A translation
	// counts when it is longer than what it translates.
	sized := func(n int) Object {
		n -= len("ask") + len("question") + len("x")
		list := times(n/200, func(int) any { return Object{"name": a(100), "value": a(100)} })
		half := len(list) / 2
		return command(Object{
			"description": "x", "description_localizations": Object{"de": a(n % 200 / 2)},
			"options": []any{
				option(Object{"choices": list[:half]}),
				option(Object{"choices": list[half:], "name": "o", "description": a(n%200 - n%200/2 - 1)}),
			},
		})
	}
	localized := func(locale, name string) Object {
		return command(Object{"name_localizations": Object{locale: name}})
	}
	invalid := "name [APPLICATION_COMMAND_INVALID_NAME]: Command name is invalid"
	runLimits(t, checkCommand, []limitTest{
		{"name", named(strings.Repeat("a", 32)), named(strings.Repeat("a", 33)), between("name", 32) + "\n" + invalid},
		{"menu options", menu(Object{"options": []any{}}), menu(Object{"options": []any{option(nil)}}),
			"options [APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS]: Context menu commands cannot have options"},
		{"case", named("ask-it_2"), named("Ask"), invalid},
		{"blank", named("問い'ञि"), named("ask it"), invalid},
		{"description", command(Object{"description": a(100)}), command(Object{"description": a(101)}), between("description", 100)},
		{"no description", command(nil), command(Object{"description": nil}), required("description")},
		{"menu", menu(Object{"description": ""}), menu(Object{"description": "x"}), atMost("description", 0)},
		{"menu name", menu(Object{"name": a(32)}), menu(Object{"name": a(33)}), between("name", 32)},
		{"options", command(Object{"options": numbered(25, nil)}), command(Object{"options": numbered(26, nil)}), atMost("options", 25)},
		{"option name", options(option(nil)), options(option(Object{"name": "Q"})), "options.0." + invalid},
		{"option description", options(option(nil)), options(option(Object{"description": ""})), required("options.0.description")},
		{"option twice", options(option(nil)), options(option(nil), option(nil)),
			"options.1.name [APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS]: Option name already exists"},
		{"option type", options(option(Object{"type": 11.0})), options(option(Object{"type": 12.0})),
			"options.0.type [BASE_TYPE_CHOICES]: Value must be one of (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)."},
		{"order", options(option(Object{"required": true}), option(Object{"name": "b"})),
			options(option(Object{"name": "b"}), option(Object{"required": true})),
			"options.1 [APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID]: Required options must be placed before non-required options"},
		{"in a subcommand", options(option(Object{"type": 1.0, "options": []any{option(nil)}})),
			options(option(Object{"type": 1.0, "options": []any{option(Object{"name": "Q"})}})), "options.0.options.0." + invalid},
		{"choices", choices(25, nil), choices(26, nil), atMost("options.0.choices", 25)},
		{"choice name", choices(1, Object{"name": a(100)}), choices(1, Object{"name": a(101)}), between("options.0.choices.0.name", 100)},
		{"choice value", choices(1, Object{"value": a(100)}), choices(1, Object{"value": a(101)}), atMost("options.0.choices.0.value", 100)},
		{"locale", localized("zh-TW", "問"), localized("zh", "問"),
			"name_localizations.zh [BASE_TYPE_CHOICES]: Value must be one of {'" + strings.Join(locales, "', '") + "'}."},
		{"localised name", localized("de", "frag"), localized("de", "Frag"), "name_localizations.de [APPLICATION_COMMAND_INVALID_NAME]: Command name is invalid"},
		{"total", sized(8000), sized(8001), "APPLICATION_COMMAND_TOO_LARGE: Command exceeds maximum size (8000)"},
	})
}

func TestCommandCounts(t *testing.T) {
	kinds := func(kind float64, n int) []any {
		return times(n, func(i int) any {
			o := Object{"type": kind, "name": fmt.Sprint("c", i)}
			if kind == 1 {
				o["description"] = "x"
			}
			return o
		})
	}
	if got := checkCommands(slices.Concat(kinds(1, 100), kinds(2, 15), kinds(3, 15))); len(got) > 0 {
		t.Errorf("as many as there may be: %v", got)
	}
	for kind, n := range map[float64]int{1: 100, 2: 15, 3: 15} {
		want := fmt.Sprintf("[30032: Maximum number of application commands reached (%d)]", n)
		if got := fmt.Sprint(checkCommands(kinds(kind, n+1))); got != want {
			t.Errorf("%d of type %v: got %v, want %v", n+1, kind, got, want)
		}
	}
	want := "[1 [APPLICATION_COMMANDS_DUPLICATE_NAME]: Application command names must be unique]"
	if got := fmt.Sprint(checkCommands(slices.Concat(kinds(1, 1), kinds(1, 1), kinds(2, 1)))); got != want {
		t.Errorf("same name: got %v, want %v", got, want)
	}
	want = "[1 [MODEL_TYPE_CONVERT]: Only dictionaries may be used in a ModelType 0.name [APPLICATION_COMMAND_INVALID_NAME]: Command name is invalid]"
	if got := fmt.Sprint(checkCommands([]any{Object{"name": "A", "description": "x"}, "x"})); got != want {
		t.Errorf("paths: got %v, want %v", got, want)
	}
}

func TestErrorBody(t *testing.T) {
	got := errorBody([]fieldError{
		{"embeds.0.title", "A", "one"}, {"embeds.0.title", "B", "two"}, {"embeds", "C", "three"}, {"", "D", "four"},
	})
	want := Object{"code": 50035, "message": "Invalid Form Body", "errors": Object{
		"_errors": []any{Object{"code": "D", "message": "four"}},
		"embeds": Object{
			"_errors": []any{Object{"code": "C", "message": "three"}},
			"0": Object{"title": Object{"_errors": []any{
				Object{"code": "A", "message": "one"}, Object{"code": "B", "message": "two"},
			}}},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = errorBody([]fieldError{{"content", "A", "one"}, {"", "50006", "Cannot send an empty message"}})
	if diff := cmp.Diff(Object{"code": 50006, "message": "Cannot send an empty message"}, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever a client sends, the checks end, and what they find makes an answer
// of Discord's kind.
func FuzzLimits(f *testing.F) {
	f.Add([]byte(`{"content":"x","embeds":[{"fields":[{"name":1}]}],"allowed_mentions":{"parse":null,"users":[]}}`), 1)
	f.Add([]byte(`{"flags":32768,"components":[{"type":17,"components":[{"type":1,"components":[{"type":2}]}]}]}`), 0)
	f.Add([]byte(`{"type":9,"data":{"components":[{"type":18,"component":{"type":4}}]}}`), 0)
	f.Add([]byte(`{"name":"a","name_localizations":{"a.b":1},"options":[{"type":1,"options":[{"choices":[{}]}]}]}`), 0)
	f.Fuzz(func(t *testing.T, data []byte, files int) {
		var o Object
		if json.Unmarshal(data, &o) != nil {
			return
		}
		for _, errs := range [][]fieldError{
			checkMessage(o, files), checkEdit(o, files), checkInteractionResponse(o, files),
			checkCommand(o), checkCommands([]any{o, o}),
		} {
			body := errorBody(errs)
			if code, ok := body["code"].(int); !ok || code < 10000 || body["message"] == "" {
				t.Errorf("%s: answer %v", data, body)
			}
			for _, e := range errs {
				if e.Code == "" || e.Message == "" {
					t.Errorf("%s: error %+v", data, e)
				}
			}
		}
	})
}
