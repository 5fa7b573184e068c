package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"historian/corpus"
	"historian/index"
)

// patience is how long anything in a browser may take on a busy machine.
const patience = 90 * time.Second

// browser starts a headless Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("opens a browser")
	}
	var path string
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil && name != "" {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium is found: install the package chromium, or set CHROMIUM to its path")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(t.Logf))
	t.Cleanup(cancel)
	return ctx
}

// serving serves the page with the bot over documents; nil means those that
// come with the program.
func serving(t *testing.T, docs fstest.MapFS) string {
	t.Helper()
	fsys := corpus.Shipped()
	if docs != nil {
		fsys = docs
	}
	data := t.TempDir()
	if _, err := index.Reindex(t.Context(), data, corpus.Read(fsys, corpus.Options{}), index.ReindexOptions{}); err != nil {
		t.Fatal(err)
	}
	live, err := index.Follow(t.Context(), data, index.FollowOptions{})
	if err != nil {
		t.Fatal(err)
	}
	st, err := newStage(t.Context(), live, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(st.routes())
	t.Cleanup(func() {
		_ = server.Config.Close() // server.Close would wait for pages, which listen for as long as they are open
		if err := st.close(); err != nil {
			t.Error(err)
		}
		for _, v := range st.discord.Violations() {
			t.Errorf("Discord would not take this: %s", v)
		}
		_ = live.Close()
	})
	return server.URL
}

// A tab is the page in a browser.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// opened opens the page, so wide and high, in dark mode.
func opened(ctx context.Context, t *testing.T, url string, width, height int64, scale float64) tab {
	t.Helper()
	p := tab{t, ctx}
	p.do(chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale)))
	dark := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, dark); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(url))
	p.until(`document.querySelector("#rooms button")`)
	return p
}

func (p tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// js runs some JavaScript.
func (p tab) js(code string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](code))
}

// until waits until a JavaScript expression is true.
func (p tab) until(expression string) {
	p.t.Helper()
	poll := chromedp.Poll[chromedp.Void]("Boolean("+expression+")", chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(patience/3))
	if err := chromedp.Do(p.ctx, poll); err != nil {
		text, _ := chromedp.Run(p.ctx, chromedp.Text("body"))
		p.t.Fatalf("never true: %s (%v); the page:\n%s", expression, err, text)
	}
}

// enter goes to a channel and waits for it.
func (p tab) enter(channel string) {
	p.t.Helper()
	p.js(`[...document.querySelectorAll("#rooms button")].find(b => b.textContent === ` + quote(channel) + `).click()`)
	p.until(`document.querySelector("[aria-current=true]").textContent === ` + quote(channel))
}

// write types behind what is in the field.
func (p tab) write(text string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(chromedp.CSS("#text"), text))
}

// say writes a message, sends it, and waits until it is there.
func (p tab) say(text string) {
	p.t.Helper()
	p.write(text + "\r")
	p.until(`[...document.querySelectorAll("article.person")].at(-1)?.textContent.includes(` + quote(text) + `)`)
}

// last is the bot's newest message; button finds one of its buttons.
const last = `[...document.querySelectorAll("article.bot")].at(-1)`

func button(label string) string {
	return `[...(` + last + `?.querySelectorAll("button") || [])].find(b => b.textContent.includes(` + quote(label) + `))`
}

// press presses a button of the bot's newest message.
func (p tab) press(label string) {
	p.t.Helper()
	p.until(button(label))
	p.js(button(label) + `.click()`)
}

// quote writes a string in JavaScript.
func quote(s string) string {
	data, _ := json.Marshal(s) // a string can be
	return string(data)
}
