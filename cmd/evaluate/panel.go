package main

import (
	"fmt"
	"math"
	"strings"
)

// A scale maps the logarithm of a value to pixels.
type scale struct{ least, most, pixels float64 } // powers of ten

// scaleOf gives the scale in whole powers of ten that holds all values.
func scaleOf(values []float64, pixels float64) scale {
	s := scale{math.Inf(1), math.Inf(-1), pixels}
	for _, v := range values {
		s.least = min(s.least, math.Floor(math.Log10(v)))
		s.most = max(s.most, math.Ceil(math.Log10(v)))
	}
	s.most = max(s.most, s.least+1)
	return s
}

func (s scale) at(v float64) float64 {
	return (math.Log10(v) - s.least) / (s.most - s.least) * s.pixels
}

// drawPanel draws one value of costs over passages.
func drawPanel(b *strings.Builder, title string, costs []cost, value func(cost) float64) {
	var xs, ys []float64
	for _, c := range costs {
		xs = append(xs, float64(c.Passages))
		ys = append(ys, max(value(c), 0.001))
	}
	x, y := scaleOf(xs, panelWidth), scaleOf(ys, panelHeight)
	fmt.Fprintf(b, `<text x="0" y="-12" font-size="13">%s</text>`+"\n", title)
	for power := y.least; power <= y.most; power++ {
		at := panelHeight - y.at(math.Pow(10, power))
		fmt.Fprintf(b, `<line x1="0" x2="%d" y1="%.0f" y2="%.0f" stroke="#ddd"/><text x="-6" y="%.0f" text-anchor="end">%g</text>`+"\n",
			panelWidth, at, at, at+4, math.Pow(10, power))
	}
	for power := x.least; power <= x.most; power++ {
		at := x.at(math.Pow(10, power))
		fmt.Fprintf(b, `<line x1="%.0f" x2="%.0f" y1="0" y2="%d" stroke="#ddd"/><text x="%.0f" y="%d" text-anchor="middle">%s</text>`+"\n",
			at, at, panelHeight, at, panelHeight+16, thousands(math.Pow(10, power)))
	}
	for _, system := range benchSystems {
		var points []string
		for i, c := range costs {
			if c.System == system {
				points = append(points, fmt.Sprintf("%.1f,%.1f", x.at(xs[i]), panelHeight-y.at(ys[i])))
			}
		}
		fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2.5"/>`+"\n", strings.Join(points, " "), systemColours[system])
	}
}

// thousands writes a power of ten from a thousand on: 10k, 1M.
func thousands(v float64) string {
	if v >= 1e6 {
		return fmt.Sprintf("%.0fM", v/1e6)
	}
	return fmt.Sprintf("%.0fk", v/1e3)
}
