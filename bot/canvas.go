package bot

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The colours of pictures, chosen for contrast on their own dark ground.
var (
	ink        = color.RGBA{0xf2, 0xf3, 0xf5, 0xff}
	faint      = color.RGBA{0xb5, 0xba, 0xc1, 0xff}
	ground     = color.RGBA{0x1e, 0x1f, 0x22, 0xff}
	grid       = color.RGBA{0x3a, 0x3d, 0x44, 0xff}
	accent     = color.RGBA{0x5b, 0xc8, 0xaf, 0xff}
	accentSoft = color.RGBA{0x3a, 0x7f, 0x74, 0xff}
)

// A canvas draws shapes and text, and remembers which places are taken.
type canvas struct {
	img   *image.RGBA
	fonts *faces
	taken []image.Rectangle // by points and labels
}

func (c *canvas) free(box image.Rectangle) bool {
	for _, t := range c.taken {
		if box.Overlaps(t) {
			return false
		}
	}
	return true
}

func (c *canvas) disc(x, y, r float64, col color.Color) {
	const k = 0.5523 // control points of a quarter circle as a Bézier curve
	v := c.rasterizer()
	at := func(dx, dy float64) (float32, float32) { return float32(x + dx*r), float32(y + dy*r) }
	v.MoveTo(at(1, 0))
	for _, q := range [][6]float64{{1, k, k, 1, 0, 1}, {-k, 1, -1, k, -1, 0}, {-1, -k, -k, -1, 0, -1}, {k, -1, 1, -k, 1, 0}} {
		ax, ay := at(q[0], q[1])
		bx, by := at(q[2], q[3])
		cx, cy := at(q[4], q[5])
		v.CubeTo(ax, ay, bx, by, cx, cy)
	}
	v.ClosePath()
	v.Draw(c.img, c.img.Bounds(), image.NewUniform(col), image.Point{})
}

func (c *canvas) line(x0, y0, x1, y1, width float64, col color.Color) {
	dx, dy := x1-x0, y1-y0
	n := math.Hypot(dx, dy)
	if n == 0 {
		return
	}
	ox, oy := -dy/n*width/2, dx/n*width/2
	v := c.rasterizer()
	v.MoveTo(float32(x0+ox), float32(y0+oy))
	v.LineTo(float32(x1+ox), float32(y1+oy))
	v.LineTo(float32(x1-ox), float32(y1-oy))
	v.LineTo(float32(x0-ox), float32(y0-oy))
	v.ClosePath()
	v.Draw(c.img, c.img.Bounds(), image.NewUniform(col), image.Point{})
}

func (c *canvas) rasterizer() *vector.Rasterizer {
	return vector.NewRasterizer(c.img.Bounds().Dx(), c.img.Bounds().Dy())
}

// text writes s with its base line at y.
func (c *canvas) text(s string, x, y, size float64, bold bool, col color.Color) {
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(col), Face: c.fonts.face(s, size, bold), Dot: fixed.P(int(x), int(y))}
	d.DrawString(s)
}

func (c *canvas) centred(s string, x, y, size float64, bold bool, col color.Color) {
	c.text(s, x-c.width(s, size, bold)/2, y, size, bold, col)
}

// width of s in pixels.
func (c *canvas) width(s string, size float64, bold bool) float64 {
	return float64(font.MeasureString(c.fonts.face(s, size, bold), s)) / 64
}

// faces holds the built-in fonts and, where given, one that has more scripts.
type faces struct {
	regular, bold, other *sfnt.Font
	made                 map[faceKey]font.Face
}

type faceKey struct {
	font *sfnt.Font
	size float64
}

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

// has tells whether all characters of s can be drawn.
func (f *faces) has(s string) bool {
	return covers(f.regular, s) || f.other != nil && covers(f.other, s)
}

func covers(f *sfnt.Font, s string) bool {
	var buf sfnt.Buffer
	for _, r := range s {
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// face gives the face to write s in.
func (f *faces) face(s string, size float64, bold bool) font.Face {
	key := faceKey{f.regular, size}
	switch {
	case f.other != nil && !covers(f.regular, s):
		key.font = f.other
	case bold:
		key.font = f.bold
	}
	if made, ok := f.made[key]; ok {
		return made
	}
	// The options are constant and valid, so NewFace does not fail.
	face, _ := opentype.NewFace(key.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	f.made[key] = face
	return face
}
