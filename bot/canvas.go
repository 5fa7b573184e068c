package bot

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/font"
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
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(col), Dot: fixed.P(int(x), int(y))}
	for _, r := range c.fonts.runs(s, size, bold) {
		d.Face = r.face
		d.DrawString(r.text)
	}
}

func (c *canvas) centred(s string, x, y, size float64, bold bool, col color.Color) {
	c.text(s, x-c.width(s, size, bold)/2, y, size, bold, col)
}

// width of s in pixels.
func (c *canvas) width(s string, size float64, bold bool) float64 {
	var w fixed.Int26_6
	for _, r := range c.fonts.runs(s, size, bold) {
		w += font.MeasureString(r.face, r.text)
	}
	return float64(w) / 64
}
