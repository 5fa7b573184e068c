package main

import (
	"bytes"
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"historian/bot/discordtest"
)

//go:embed page.html
var pageHTML []byte

// A refusal is an error whose text the person is shown: what Discord's client
// would not let them do.
type refusal struct{ error }

func refuse(format string, args ...any) error { return refusal{fmt.Errorf(format, args...)} }

// routes are the page and what it does.
func (st *stage) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", st.page)
	mux.HandleFunc("GET /events", st.events)
	mux.HandleFunc("GET /attachments/", st.attachment)
	mux.HandleFunc("GET /complete", st.complete)
	for path, do := range map[string]func(context.Context, action) error{
		"say": st.say, "edit": st.edit, "delete": st.remove, "press": st.press, "menu": st.menu, "slash": st.slash,
	} {
		mux.HandleFunc("POST /"+path, st.act(do))
	}
	return local(http.NewCrossOriginProtection().Handler(mux))
}

// local refuses requests that came by another name than the machine's own, as
// those of foreign pages do that had their name point here.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "only served by a loopback address", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// page serves the page. Its policy lets no script run but its own, whatever
// documents hold.
func (st *stage) page(w http.ResponseWriter, _ *http.Request) {
	nonce := rand.Text()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "+
		fmt.Sprintf("script-src 'nonce-%s'; style-src 'nonce-%[1]s'", nonce))
	_, _ = w.Write(bytes.ReplaceAll(pageHTML, []byte("NONCE"), []byte(nonce))) // the browser may have gone
}

// A view is what the page is told: the rooms, who is who, and the messages of
// one room, oldest first.
type view struct {
	Rooms    []room                `json:"rooms"`
	Me       string                `json:"me"`
	Bot      string                `json:"bot"`
	Menu     []named               `json:"menu"` // commands in the menu of a message
	Messages []discordtest.Message `json:"messages"`
	Used     map[string]string     `json:"used"` // commands, by the ID of their interaction
}

// events streams the view of a channel, anew whenever it changes.
func (st *stage) events(w http.ResponseWriter, r *http.Request) {
	here, ok := st.room(r.URL.Query().Get("channel"))
	if !ok {
		here = st.rooms[0]
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	world := st.discord.World
	v := view{Rooms: st.rooms, Me: world.User, Bot: world.Bot, Menu: st.menuOf(r.URL.Query().Get("locale"))}
	for last := []byte(nil); ; {
		var now []byte
		err := st.discord.WaitFor(r.Context(), here.ID, func(ms []discordtest.Message) bool {
			v.Messages, v.Used = ms, map[string]string{}
			st.used.Range(func(id, name any) bool {
				v.Used[fmt.Sprint(id)] = fmt.Sprint(name)
				return true
			})
			now, _ = json.Marshal(v) // plain data
			return !bytes.Equal(now, last)
		})
		if err != nil {
			return // the page was closed
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", now); err != nil {
			return
		}
		if http.NewResponseController(w).Flush() != nil {
			return
		}
		last = now
	}
}

// attachment serves a file that the bot sent.
func (st *stage) attachment(w http.ResponseWriter, r *http.Request) {
	f, ok := st.discord.Attachment(discordtest.Object{"url": st.discord.URL() + r.URL.EscapedPath()})
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", f.ContentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(f.Data)))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = w.Write(f.Data) // the browser may have gone
}

// complete lists what the person may go on to type in a slash command.
func (st *stage) complete(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var found []suggestion
	if _, ok := st.room(q.Get("channel")); ok {
		found, _ = st.suggest(r.Context(), action{Channel: q.Get("channel"), Text: q.Get("text"), Locale: q.Get("locale")}) // as on Discord, nothing is listed after an error
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(append([]suggestion{}, found...)) // the browser may have gone
}

// An action is what the page asks for.
type action struct {
	Channel string `json:"channel"`
	Message string `json:"message"` // that it is about
	Text    string `json:"text"`
	Reply   string `json:"reply"`  // message replied to
	Button  string `json:"button"` // custom ID
	Command string `json:"command"`
	Locale  string `json:"locale"` // language of the person's Discord
}

// maxBody is far more than the longest message in JSON.
const maxBody = 1 << 16

// act reads an action and does it.
func (st *stage) act(do func(context.Context, action) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var a action
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&a)
		if err == nil {
			if _, ok := st.room(a.Channel); ok {
				err = do(r.Context(), a)
			} else {
				err = refuse("there is no such channel")
			}
		}
		var refused refusal
		switch {
		case err == nil:
			w.WriteHeader(http.StatusNoContent)
		case errors.Is(err, errSilent):
			http.Error(w, err.Error(), http.StatusGatewayTimeout)
		case errors.As(err, &refused):
			http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		default:
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}
}

// textLimit is the length of a message in characters.
const textLimit = 2000

// text is what the person typed as Discord's client sends it.
func (st *stage) text(a action) (string, error) {
	text := strings.ReplaceAll(strings.TrimSpace(a.Text), "@historian", "<@"+st.discord.World.Bot+">")
	switch {
	case text == "":
		return "", refuse("a message needs a text")
	case utf8.RuneCountInString(text) > textLimit:
		return "", refuse("a message has at most %d characters", textLimit)
	}
	return text, nil
}

func (st *stage) say(_ context.Context, a action) error {
	text, err := st.text(a)
	if err != nil {
		return err
	}
	st.discord.Say(a.Channel, st.discord.World.User, text, discordtest.Say{ReplyTo: a.Reply})
	return nil
}

// mine finds a message of the person's own.
func (st *stage) mine(a action) error {
	if m, ok := st.message(a.Channel, a.Message); !ok || m.Author.ID != st.discord.World.User {
		return refuse("that is not your message")
	}
	return nil
}

func (st *stage) edit(_ context.Context, a action) error {
	if err := st.mine(a); err != nil {
		return err
	}
	text, err := st.text(a)
	if err != nil {
		return err
	}
	st.discord.EditMessage(a.Channel, a.Message, text)
	return nil
}

// remove deletes a message of the person's own, or dismisses one that they
// alone see.
func (st *stage) remove(_ context.Context, a action) error {
	if m, ok := st.message(a.Channel, a.Message); !ok || !m.Ephemeral() {
		if err := st.mine(a); err != nil {
			return err
		}
	}
	st.discord.DeleteMessage(a.Channel, a.Message)
	return nil
}

func (st *stage) press(ctx context.Context, a action) error {
	m, ok := st.message(a.Channel, a.Message)
	if !ok {
		return refuse("the message is gone")
	}
	for _, id := range m.Buttons() {
		if id == a.Button {
			return st.acknowledged(ctx, st.discord.Click(m, id, st.invoke(a)))
		}
	}
	return refuse("the button is gone")
}

func (st *stage) menu(ctx context.Context, a action) error {
	if _, ok := st.message(a.Channel, a.Message); !ok {
		return refuse("the message is gone")
	}
	for _, c := range st.commands() {
		if c.Type == messageCommand && c.Name == a.Command {
			i := st.discord.MessageCommand(c.Name, a.Message, st.invoke(a))
			st.used.Store(i.ID, c.Name)
			return st.acknowledged(ctx, i)
		}
	}
	return refuse("there is no command %q", a.Command)
}

func (st *stage) invoke(a action) discordtest.Invoke {
	return discordtest.Invoke{Channel: a.Channel, Locale: a.Locale}
}
