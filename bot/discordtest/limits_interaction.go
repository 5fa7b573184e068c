package discordtest

// Limits of answers to interactions: Receiving and Responding.
const (
	maxChoices       = 25
	maxChoiceName    = 100
	maxChoiceValue   = 100
	maxModalTitle    = 45
	maxModalParts    = 5
	maxModalLabel    = 45
	maxModalHelp     = 100 // description of a label, placeholder of a text input
	maxTextInputText = 4000
)

// Interaction callback types.
const (
	callbackPong           = 1
	callbackMessage        = 4
	callbackDeferred       = 5
	callbackDeferredUpdate = 6
	callbackUpdate         = 7
	callbackAutocomplete   = 8
	callbackModal          = 9
	callbackLaunch         = 12 // an Activity
)

// checkInteractionResponse checks the first answer to an interaction, with so
// many files.
func checkInteractionResponse(o Object, files int) []fieldError {
	p, errs := newForm(o)
	data, ok := p.part("data")
	if !ok {
		data = part{path: "data", errs: errs}
	}
	switch p.number("type") {
	case callbackPong, callbackDeferredUpdate, callbackLaunch:
	case callbackDeferred, callbackUpdate:
		data.message(files, false)
	case callbackMessage:
		data.message(files, true)
	case callbackAutocomplete:
		if !ok {
			p.require("data")
			break
		}
		data.choices()
	case callbackModal:
		if !ok {
			p.require("data")
			break
		}
		data.modal()
	default:
		p.fail("type", "BASE_TYPE_CHOICES", "Value must be one of (1, 4, 5, 6, 7, 8, 9, 12).")
	}
	return *errs
}

// choices checks the choices of an option, or offered for one.
func (p part) choices() {
	for _, c := range p.parts("choices", 0, maxChoices) {
		c.needText("name", maxChoiceName)
		c.localizations("name_localizations", maxChoiceName)
		switch c.Object["value"].(type) {
		case nil:
			c.require("value")
		case string:
			c.text("value", 0, maxChoiceValue)
		}
	}
}

// modal checks a form: each of its parts is a label or a row around one input.
func (p part) modal() {
	p.needText("custom_id", maxCustomID)
	p.needText("title", maxModalTitle)
	if p.Object["components"] == nil {
		p.require("components")
	}
	seen := map[string]bool{}
	for _, c := range p.parts("components", 1, maxModalParts) {
		if c.number("type") == componentLabel {
			c.needText("label", maxModalLabel)
			c.text("description", 0, maxModalHelp)
			if c.Object["component"] == nil {
				c.require("component")
			}
		}
		c.component(seen)
	}
}

// textInput checks the field of a modal.
func (p part) textInput(seen map[string]bool) {
	p.customID(seen)
	p.text("label", 1, maxModalLabel)
	p.text("placeholder", 0, maxModalHelp)
	p.text("value", 0, maxTextInputText)
}
