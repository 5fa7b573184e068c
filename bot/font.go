package bot

import (
	"fmt"
	"image"
	"unicode"

	"github.com/hajimehoshi/bitmapfont/v3"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// faces are the fonts of pictures: Go's for Latin, Greek and Cyrillic, then
// the one that was configured, if any, then a bitmap font with some 18,000
// Chinese characters, kana and Hangul, which needs no file.
type faces struct {
	regular, bold, other *sfnt.Font
	made                 map[faceKey]font.Face
}

type faceKey struct {
	font *sfnt.Font // nil for the bitmap font
	size float64
}

// loadFonts loads the built-in fonts, and other, an OpenType font or
// collection; nil for none.
func loadFonts(other []byte) (*faces, error) {
	f := &faces{made: map[faceKey]font.Face{}}
	var err error
	if f.regular, err = opentype.Parse(goregular.TTF); err != nil {
		return nil, err
	}
	if f.bold, err = opentype.Parse(gobold.TTF); err != nil {
		return nil, err
	}
	if other == nil {
		return f, nil
	}
	fonts, err := opentype.ParseCollection(other) // takes single fonts, too
	if err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	f.other, err = fonts.Font(0)
	return f, err
}

// A run is a part of a text in one face.
type run struct {
	text string
	face font.Face
}

// runs cuts a text into runs, each in the first font that has its characters.
func (f *faces) runs(s string, size float64, bold bool) []run {
	var out []run
	var last faceKey
	for _, r := range s {
		key := f.keyOf(r, bold)
		key.size = size
		if n := len(out) - 1; n >= 0 && key == last {
			out[n].text += string(r)
			continue
		}
		out, last = append(out, run{string(r), f.face(key)}), key
	}
	return out
}

func (f *faces) keyOf(r rune, bold bool) faceKey {
	switch {
	case covers(f.regular, r) && bold:
		return faceKey{font: f.bold}
	case covers(f.regular, r):
		return faceKey{font: f.regular}
	case f.other != nil && covers(f.other, r):
		return faceKey{font: f.other}
	}
	return faceKey{}
}

// has tells whether all characters of s can be drawn.
func (f *faces) has(s string) bool {
	for _, r := range s {
		if f.keyOf(r, false).font == nil && !drawn(r) {
			return false
		}
	}
	return true
}

func covers(f *sfnt.Font, r rune) bool {
	i, err := f.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// drawn tells whether the bitmap font has a character: it shows nothing for
// those it lacks.
func drawn(r rune) bool {
	if unicode.IsSpace(r) {
		return true
	}
	bounds, mask, at, _, ok := bitmapfont.FaceSC.Glyph(fixed.Point26_6{}, r)
	for y := 0; ok && y < bounds.Dy(); y++ {
		for x := 0; x < bounds.Dx(); x++ {
			if _, _, _, a := mask.At(at.X+x, at.Y+y).RGBA(); a > 0 {
				return true
			}
		}
	}
	return false
}

func (f *faces) face(key faceKey) font.Face {
	if made, ok := f.made[key]; ok {
		return made
	}
	var face font.Face
	if key.font == nil {
		face = enlarged{bitmapfont.FaceSC, max(1, int(key.size/bitmapHeight+0.5))}
	} else {
		// The options are constant and valid, so NewFace does not fail.
		face, _ = opentype.NewFace(key.font, &opentype.FaceOptions{Size: key.size, DPI: 72, Hinting: font.HintingFull})
	}
	f.made[key] = face
	return face
}

// bitmapHeight is the height of the bitmap font's characters in pixels.
const bitmapHeight = 12

// enlarged is a bitmap face with every pixel n by n pixels large.
type enlarged struct {
	font.Face
	n int
}

func (e enlarged) Glyph(dot fixed.Point26_6, r rune) (image.Rectangle, image.Image, image.Point, fixed.Int26_6, bool) {
	small, mask, at, advance, ok := e.Face.Glyph(fixed.Point26_6{}, r)
	if !ok {
		return image.Rectangle{}, nil, image.Point{}, 0, false
	}
	large := image.NewAlpha(image.Rect(0, 0, small.Dx()*e.n, small.Dy()*e.n))
	for y := range large.Rect.Dy() {
		for x := range large.Rect.Dx() {
			_, _, _, a := mask.At(at.X+x/e.n, at.Y+y/e.n).RGBA()
			large.Pix[y*large.Stride+x] = byte(a >> 8)
		}
	}
	place := large.Rect.Add(small.Min.Mul(e.n)).Add(image.Pt(dot.X.Round(), dot.Y.Round()))
	return place, large, image.Point{}, advance * fixed.Int26_6(e.n), true
}

func (e enlarged) GlyphAdvance(r rune) (fixed.Int26_6, bool) {
	a, ok := e.Face.GlyphAdvance(r)
	return a * fixed.Int26_6(e.n), ok
}

func (enlarged) Kern(rune, rune) fixed.Int26_6 { return 0 }
