package discordtest

import (
	"fmt"
	"math"
)

// Limits of components: Component Reference.
const (
	maxRows          = 5 // without components V2
	maxComponents    = 40
	maxRowComponents = 5
	maxCustomID      = 100
	maxButtonLabel   = 80
	maxButtonLink    = 512
	maxSelectOptions = 25
	maxSelectText    = 100 // label, value and description of an option
	maxPlaceholder   = 150
)

// Component types.
const (
	componentRow       = 1
	componentButton    = 2
	componentSelect    = 3 // of strings
	componentTextInput = 4
	componentUser      = 5 // select, as the next three are
	componentChannel   = 8
	componentLabel     = 18
)

const (
	styleLink    = 5
	stylePremium = 6
)

// messageComponents checks the components of a message: rows only, unless the
// message has the flag for components V2, which takes the place of content.
func (p part) messageComponents() {
	seen := map[string]bool{}
	if p.number("flags")&flagComponentsV2 == 0 {
		for _, row := range p.parts("components", 0, maxRows) {
			if row.number("type") != componentRow {
				row.fail("type", "BASE_TYPE_CHOICES", fmt.Sprintf("Value must be one of (%d,).", componentRow))
			}
			row.component(seen)
		}
		return
	}
	for _, key := range []string{"content", "embeds", "sticker_ids", "poll"} {
		if v := p.Object[key]; !blank(v) {
			p.fail(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				fmt.Sprintf("The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", key))
		}
	}
	n := 0
	for _, c := range p.parts("components", 0, math.MaxInt) {
		n += c.component(seen)
	}
	p.size("components", n, 0, maxComponents) // nested ones count
}

// blank reports whether v is null, "" or [].
func blank(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return v == nil
}

// component checks p and what it holds, and returns how many that are. Each
// custom ID goes into seen.
func (p part) component(seen map[string]bool) int {
	switch kind := p.number("type"); {
	case kind == componentRow:
		return 1 + p.row(seen)
	case kind == componentButton:
		p.button(seen)
	case kind == componentSelect || kind >= componentUser && kind <= componentChannel:
		p.selectMenu(seen)
	case kind == componentTextInput:
		p.textInput(seen)
	}
	n := 1
	for _, key := range []string{"component", "accessory"} {
		if c, ok := p.part(key); ok {
			n += c.component(seen)
		}
	}
	for _, c := range p.parts("components", 0, maxComponents) {
		n += c.component(seen)
	}
	return n
}

// row checks an action row: up to five buttons, or one of anything else.
func (p part) row(seen map[string]bool) (n int) {
	if p.Object["components"] == nil {
		p.require("components")
	}
	inside := p.parts("components", 1, maxRowComponents)
	for _, c := range inside {
		n += c.component(seen)
	}
	for _, c := range inside {
		if c.number("type") != componentButton && len(inside) > 1 {
			p.fail("", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
			break
		}
	}
	return n
}

// button checks that a button can be told from others: by a custom ID, or by
// where it leads. Bought ones (premium) have neither.
func (p part) button(seen map[string]bool) {
	p.text("label", 0, maxButtonLabel)
	id, link := p.Object["custom_id"], p.Object["url"]
	switch p.number("style") {
	case styleLink:
		if link == nil {
			p.require("url")
		}
		if id != nil {
			p.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
		p.link("url", maxButtonLink, "http", "https", "discord")
	case stylePremium:
		if p.Object["sku_id"] == nil {
			p.require("sku_id")
		}
	case 1, 2, 3, 4:
		if id == nil {
			p.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
			return
		}
		if link != nil {
			p.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
		p.customID(seen)
	default:
		p.fail("style", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
	}
}

func (p part) selectMenu(seen map[string]bool) {
	p.customID(seen)
	p.text("placeholder", 0, maxPlaceholder)
	if p.number("type") != componentSelect {
		return
	}
	if p.Object["options"] == nil {
		p.require("options")
	}
	values := map[string]bool{}
	for _, o := range p.parts("options", 1, maxSelectOptions) {
		o.needText("label", maxSelectText)
		o.text("description", 0, maxSelectText)
		value := o.needText("value", maxSelectText)
		if value != "" && values[value] {
			o.fail("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		values[value] = true
	}
}

// customID checks that there is a custom ID and that no component of the
// message had it before.
func (p part) customID(seen map[string]bool) {
	if p.Object["custom_id"] == nil {
		p.require("custom_id")
		return
	}
	id := p.text("custom_id", 1, maxCustomID)
	if id != "" && seen[id] {
		p.fail("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	seen[id] = true
}
