package bot

import "encoding/json"

// Payload is a reply as Discord gets it, decoded again.
func Payload(r Reply) (map[string]any, error) {
	data, err := json.Marshal(payloadOf(r))
	if err != nil {
		return nil, err
	}
	var out map[string]any
	return out, json.Unmarshal(data, &out)
}
