// Package discordtest is a Discord on the loopback interface, for tests: the
// REST API (v9 and v10) and the gateway, over real HTTP and a real WebSocket.
// It is written from Discord's documentation and shares no code or types with
// package bot or with the client library, so that it is a second opinion.
//
//	func TestAnswersMention(t *testing.T) {
//		d := discordtest.New(t, discordtest.Options{})
//		session, _ := discordgo.New("Bot " + d.Token())
//		session.Client = &http.Client{Transport: d.Transport()}
//		// … add handlers, session.Open(), defer session.Close() …
//		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
//		defer cancel()
//		w := d.World
//		d.Say(w.Text, w.User, "<@"+w.Bot+"> where are backups kept?", discordtest.Say{})
//		reply, err := d.WaitMessage(ctx, w.Text)
//		if err != nil || reply.Content == "" {
//			t.Errorf("reply %+v, error %v", reply, err)
//		}
//	}
//
// A process under test is pointed at the fake by its URL instead.
//
// Every request body is held against the documented limits and, where it is
// at hand, Discord's OpenAPI description; what it breaks is answered as Discord
// answers it and listed by [Server.Violations]. A server made by [New] fails
// its test on any violation.
package discordtest
