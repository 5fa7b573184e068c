package main

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "write the pictures in docs")

// maxPicture keeps the repository small.
const maxPicture = 200 << 10

// picture takes a picture of all messages and, with -update, keeps it.
func (p tab) picture(name string, width int64) {
	p.t.Helper()
	height, err := chromedp.Run(p.ctx, chromedp.Evaluate[int64](`[...log.children].reduce((h, e) => h + e.offsetHeight, 24 + document.body.offsetHeight - log.offsetHeight)`))
	if err != nil {
		p.t.Fatal(err)
	}
	p.do(chromedp.EmulateViewport(width, height, chromedp.EmulateScale(1.5)))
	p.js(`document.activeElement.blur(); log.scrollTop = 0`)
	p.until(`[...document.images].every(i => i.complete && i.naturalWidth > 0)`)
	p.until(`innerHeight === ` + strconv.FormatInt(height, 10) + ` && log.scrollHeight <= log.clientHeight && document.documentElement.scrollWidth <= innerWidth`)
	data, err := chromedp.Run(p.ctx, chromedp.Screenshot(chromedp.CSS("#log")))
	if err != nil {
		p.t.Fatal(err)
	}
	if data = small(p.t, data); len(data) > maxPicture {
		p.t.Errorf("%s has %d bytes", name, len(data))
	}
	if !*update {
		return
	}
	if err := os.WriteFile(filepath.Join("..", "..", "docs", name), data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// small writes a PNG anew with its 256 most frequent colours: of a page with
// text, those are nearly all.
func small(t *testing.T, data []byte) []byte {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	size := picture.Bounds()
	count := map[color.Color]int{}
	for y := range size.Dy() {
		for x := range size.Dx() {
			count[picture.At(x, y)]++
		}
	}
	palette := color.Palette(slices.SortedFunc(maps.Keys(count), func(a, b color.Color) int { return count[b] - count[a] }))
	palette = palette[:min(len(palette), 256)]
	nearest := map[color.Color]uint8{}
	out := image.NewPaletted(size, palette)
	for y := range size.Dy() {
		for x := range size.Dx() {
			c := picture.At(x, y)
			n, ok := nearest[c]
			if !ok {
				n = uint8(palette.Index(c))
				nearest[c] = n
			}
			out.SetColorIndex(x, y, n)
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPictures asks the documents that come with the program what the
// pictures in docs show.
func TestPictures(t *testing.T) {
	t.Parallel()
	url := serving(t, nil)
	p := opened(browser(t), t, url, 760, 900, 1.5)
	ask := func(question, holds string) {
		t.Helper()
		p.say(question)
		p.until(`[...document.querySelectorAll("article.bot")].length === document.querySelectorAll("article.person").length && ` + last + `.textContent.includes(` + quote(holds) + `)`)
	}
	ask("when did GPT-2 come out?", "2019")
	ask("GPT-3 是什么时候发布的？", "2020")
	ask("GPT-4 是什麼時候發布的？", "2023")
	ask("what is the capital of Australia?", "not in the documents")
	p.picture("reply.png", 760)

	p.enter("#ambient")
	p.write("/gpt timeline\r")
	p.until(last + `?.querySelector("img")?.alt`)
	p.picture("timeline.png", 760)

	p = opened(browser(t), t, url, 390, 844, 1.5)
	p.enter("@historian")
	ask("when was ChatGPT launched?", "30 November 2022")
	p.press("Why this?")
	p.until(last + `.matches(".mine-only")`)
	p.picture("why.png", 390)
}
