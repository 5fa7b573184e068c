package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"historian/index"
)

// A customID is what a button carries: "h2.action.asker.about.signature", at
// most 100 characters. Nothing is stored for it, so buttons outlive restarts
// and new indexes; which question an answer is about is read from the message
// again.
type customID struct {
	action string
	asker  string // user ID of the person the button is for
	about  string // mark of the passage it is about; "" for none
}

// Actions of buttons.
const (
	actMore   = "more"
	actWhy    = "why"
	actDelete = "delete"
	actShare  = "share"
	actGood   = "good"
	actBad    = "bad"
	actMeant  = "meant" // this is what they meant
	actAgain  = "again" // ask the same question anew
)

const idVersion = "h2"

// signingKey derives the key for custom IDs from the bot's secret.
func signingKey(secret string) []byte {
	mac := hmac.New(sha256.New, []byte("historian custom id"))
	mac.Write([]byte(secret))
	return mac.Sum(nil)
}

// sign writes a custom ID, so that nobody else can.
func (b *Bot) sign(id customID) string {
	body := strings.Join([]string{idVersion, id.action, id.asker, id.about}, ".")
	return body + "." + b.signature(body)
}

func (b *Bot) signature(body string) string {
	mac := hmac.New(sha256.New, b.key)
	mac.Write([]byte(body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12])
}

// parseID reads a custom ID, if we signed it.
func (b *Bot) parseID(id string) (c customID, ok bool) {
	i := strings.LastIndexByte(id, '.')
	if i < 0 || !hmac.Equal([]byte(b.signature(id[:i])), []byte(id[i+1:])) {
		return c, false
	}
	parts := strings.Split(id[:i], ".")
	if len(parts) != 4 || parts[0] != idVersion {
		return c, false
	}
	return customID{parts[1], parts[2], parts[3]}, true
}

// passageMark stands for a passage in custom IDs. Passages keep their IDs over
// reindexing as long as their text stays.
func passageMark(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// firstMark is the mark of the passage that an answer quotes first; "" where
// it quotes none.
func firstMark(a index.Answer) string {
	if len(a.Excerpts) == 0 {
		return ""
	}
	return passageMark(a.Excerpts[0].Passage.ID)
}
