package discordtest

// CheckMessage holds a message, as its JSON decodes, with so many files, to
// Discord's description and limits: as a message of its own and as the
// response to an interaction. It returns what breaks a rule, a line each.
func (s *Server) CheckMessage(message Object, files int) []string {
	response := Object{"type": float64(answerMessage), "data": message}
	broken := append(s.spec.request("POST", "/channels/{channel_id}/messages", message),
		s.spec.request("POST", "/interactions/{interaction_id}/{interaction_token}/callback", response)...)
	for _, f := range append(checkMessage(message, files), checkInteractionResponse(response, files)...) {
		broken = append(broken, f.Path+": "+f.Message)
	}
	return broken
}
