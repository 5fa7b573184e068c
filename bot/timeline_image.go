package bot

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"slices"
	"time"
)

// A milestone is a point of the timeline picture.
type milestone struct {
	Name       string
	Date       time.Time
	When       string  // the date as precise as it is known: "14 Feb 2019", "2019"
	Parameters float64 // 0 where not public
	Size       string  // the same, as people say it
}

// The picture is drawn for a phone: 1000 × 750 pixels shown about 400 points
// wide, so nothing is set smaller than 24 pixels, ten points. It brings its own
// dark background and reads the same in Discord's light theme.
const (
	imageWidth, imageHeight = 1000, 750
	plotLeft, plotRight     = 100.0, 960.0
	plotTop, plotBottom     = 200.0, 575.0 // of the log scale; a label fits below
	axisY                   = 665.0        // where the years begin
	bandY                   = 130.0        // where sizes that are not public hang
	nameSize, smallSize     = 30.0, 24.0
	labelHeight             = 66
)

// timelinePNG draws the milestones on a time axis, their sizes on a log
// scale. Sizes that are not public hang hollow in a band above the scale.
// fontFile is an OpenType font for names that the built-in Latin font lacks;
// nil for none. A name that no font has carries its number in time instead.
// The words on the axes are w's.
func timelinePNG(points []milestone, fontFile []byte, w words) ([]byte, error) {
	if len(points) == 0 {
		return nil, fmt.Errorf("draw timeline: no dated event")
	}
	fonts, err := loadFonts(fontFile)
	if err != nil {
		return nil, fmt.Errorf("draw timeline: %w", err)
	}
	points = slices.SortedStableFunc(slices.Values(points), func(a, b milestone) int { return a.Date.Compare(b.Date) })
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, imageWidth, imageHeight)), fonts: fonts}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	s := scaleOf(points)
	c.axes(s, w)
	c.series(s, points)
	c.points(s, points)
	var buf bytes.Buffer
	if err := png.Encode(&buf, c.img); err != nil {
		return nil, fmt.Errorf("draw timeline: %w", err)
	}
	return buf.Bytes(), nil
}

// A scale maps dates and sizes to pixels.
type scale struct {
	from, to  time.Time
	low, high float64 // log10 of the parameters; low is not below high where no size is known
}

func scaleOf(points []milestone) scale {
	s := scale{low: 99, high: -99}
	s.from = time.Date(points[0].Date.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	s.to = time.Date(points[len(points)-1].Date.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, p := range points {
		if p.Parameters > 0 {
			s.low = math.Min(s.low, math.Floor(math.Log10(p.Parameters)))
			s.high = math.Max(s.high, math.Ceil(math.Log10(p.Parameters)))
		}
	}
	if s.low == s.high {
		s.high++
	}
	return s
}

func (s scale) x(t time.Time) float64 {
	return plotLeft + (plotRight-plotLeft)*t.Sub(s.from).Hours()/s.to.Sub(s.from).Hours()
}

// y gives the height of a size, that of the band where it is not public.
func (s scale) y(parameters float64) float64 {
	if parameters <= 0 {
		return bandY
	}
	return plotBottom - (plotBottom-plotTop)*(math.Log10(parameters)-s.low)/(s.high-s.low)
}

// axes draws a line a year, or a few, and a line a power of ten, or a few.
func (c *canvas) axes(s scale, w words) {
	step := 1 + (s.to.Year()-s.from.Year())/10
	for y := s.from.Year(); y <= s.to.Year(); y += step {
		x := s.x(newYear(y))
		c.line(x, bandY-40, x, axisY, 1, grid)
		if y < s.to.Year() {
			mid := (x + s.x(newYear(min(y+step, s.to.Year())))) / 2
			c.centred(fmt.Sprint(y), mid, axisY+32, smallSize, false, faint)
		}
	}
	c.text(w.SizeUnknown, plotLeft+12, 30, smallSize, false, faint)
	c.line(plotLeft, bandY, plotRight, bandY, 1, grid)
	if s.low > s.high {
		return
	}
	for d := s.low; d <= s.high; d += 1 + math.Floor((s.high-s.low)/8) {
		y := s.y(math.Pow(10, d))
		c.line(plotLeft, y, plotRight, y, 1, grid)
		label := w.count(math.Pow(10, d))
		c.text(label, plotLeft-14-c.width(label, smallSize, false), y+8, smallSize, false, faint)
	}
	c.text(w.LogScale, plotLeft+12, imageHeight-14, smallSize, false, faint)
}

func newYear(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

// series joins the points of known size, in time.
func (c *canvas) series(s scale, points []milestone) {
	var last *milestone
	for i := range points {
		p := &points[i]
		if p.Parameters <= 0 {
			continue
		}
		if last != nil {
			c.joined(s.x(last.Date), s.y(last.Parameters), s.x(p.Date), s.y(p.Parameters))
		}
		last = p
	}
}

// joined draws a line of the series and takes its place, so that no label
// crosses it.
func (c *canvas) joined(x0, y0, x1, y1 float64) {
	c.line(x0, y0, x1, y1, 3, accentSoft)
	const steps = 40
	for i := range steps {
		f := float64(i) / steps
		x, y := int(x0+f*(x1-x0)), int(y0+f*(y1-y0))
		c.taken = append(c.taken, image.Rect(x-6, y-6, x+6, y+6))
	}
}

// points draws a disc a milestone, and a label for the first of each name.
func (c *canvas) points(s scale, points []milestone) {
	for _, p := range points {
		x, y := int(s.x(p.Date)), int(s.y(p.Parameters))
		c.taken = append(c.taken, image.Rect(x-14, y-14, x+14, y+14))
	}
	named := map[string]bool{}
	for i, p := range points {
		x, y := s.x(p.Date), s.y(p.Parameters)
		if named[p.Name] {
			c.disc(x, y, 8, accentSoft)
			continue
		}
		named[p.Name] = true
		c.disc(x, y, 13, accent)
		if p.Parameters <= 0 {
			c.disc(x, y, 8, ground)
		}
		name, detail := p.Name, p.When
		if !c.fonts.has(name) {
			name = fmt.Sprintf("No. %d", i+1)
		}
		if p.Parameters > 0 {
			detail = p.Size + ", " + p.When
		}
		c.label(name, detail, x, y)
	}
}

// label writes two lines beside a point, at the first place that is free.
func (c *canvas) label(name, detail string, x, y float64) {
	w := math.Max(c.width(name, nameSize, true), c.width(detail, smallSize, false))
	var box image.Rectangle
	for _, at := range []image.Point{
		{int(x - w/2), int(y + 20)},               // below
		{int(x - w/2), int(y - 22 - labelHeight)}, // above
		{int(x - w), int(y - 20 - labelHeight)},   // above, to the left
		{int(x + 24), int(y - 8)},                 // right
		{int(x - w - 24), int(y - labelHeight/2)}, // left
		{int(x + 24), int(y - labelHeight/2)},
		{int(x - w/2), int(y + 86)}, // farther below
		{int(x - w/2), int(y + 152)},
	} {
		at.X = max(plotLeft-10, min(at.X, imageWidth-8-int(w)))
		box = image.Rect(at.X, at.Y, at.X+int(w), at.Y+labelHeight)
		if box.Min.Y >= 4 && box.Max.Y <= int(axisY) && c.free(box) {
			break
		}
	}
	box = box.Add(image.Pt(0, min(0, int(axisY)-box.Max.Y))) // crowded beats cut off
	c.taken = append(c.taken, box)
	mid := float64(box.Min.X) + w/2
	c.centred(name, mid, float64(box.Min.Y)+28, nameSize, true, ink)
	c.centred(detail, mid, float64(box.Min.Y)+60, smallSize, false, faint)
}

// count writes a number of parameters as people say it: 117M, 1.5B, 175B;
// 1.17亿, 15亿, 1750亿.
func (w words) count(n float64) string {
	for _, u := range w.Units {
		if n >= u.size*0.9995 {
			x := n / u.size
			if x >= 100 {
				return fmt.Sprint(math.Round(x)) + u.name
			}
			return fmt.Sprint(math.Round(x*100)/100) + u.name
		}
	}
	return fmt.Sprint(math.Round(n))
}

// A unit is a power of ten with a name.
type unit struct {
	size float64
	name string
}

var (
	metricUnits = []unit{{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "K"}}
	hansUnits   = []unit{{1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}}
	hantUnits   = []unit{{1e12, "兆"}, {1e8, "億"}, {1e4, "萬"}}
)
