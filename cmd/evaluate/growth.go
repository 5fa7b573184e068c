package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// growth runs bench on ever more passages, prints a table in Markdown and
// draws a plot of it.
func growth(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate growth", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage); flags.PrintDefaults() }
	most := flags.Int("most", 1_000_000, "`number` of passages to end with")
	questions := flags.Int("questions", 400, "`number` of questions")
	plot := flags.String("plot", "", "draw the plot, as SVG, to this `file`")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage
	}
	if flags.NArg() > 1 || *most < leastGrowth || *questions < 1 {
		flags.Usage()
		return errUsage
	}
	var costs []cost
	fmt.Fprint(stdout, growthHead)
	for n := leastGrowth; n <= *most; n *= 10 {
		c, err := benchAll(ctx, benchOptions{passages: n, questions: *questions, set: flags.Arg(0)}, stderr)
		if err != nil {
			return err
		}
		costs = append(costs, c...)
		for _, c := range c {
			fmt.Fprintf(stdout, "| %d | %s | %.2f | %.2f | %.1f | %.0f | %.0f |\n", c.Passages, c.System,
				float64(c.P50)/1000, float64(c.P99)/1000, c.IndexS, c.PeakRSS, c.Disk)
		}
	}
	if *plot == "" {
		return nil
	}
	return os.WriteFile(*plot, []byte(drawGrowth(costs)), 0o644)
}

const (
	leastGrowth = 1000
	growthHead  = `| passages | system | p50, ms | p99, ms | indexing, s | peak memory, MB | disk, MB |
|---:|---|---:|---:|---:|---:|---:|
`
)

// Sizes of the plot, in pixels: four panels beside each other.
const (
	panelWidth, panelHeight = 210, 200
	panelLeft, panelTop     = 46, 34
)

// panels are what the plot shows.
var panels = []struct {
	title string
	value func(cost) float64
}{
	{"query p50, ms", func(c cost) float64 { return float64(c.P50) / 1000 }},
	{"indexing, s", func(c cost) float64 { return c.IndexS }},
	{"peak memory, MB", func(c cost) float64 { return c.PeakRSS }},
	{"disk, MB", func(c cost) float64 { return c.Disk }},
}

var systemColours = map[string]string{historian: "#5865f2", bleveEnglish: "#b07d2b"}

// drawGrowth draws costs over passages, both on logarithmic scales.
func drawGrowth(costs []cost) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">`+"\n",
		len(panels)*(panelWidth+panelLeft)+20, panelTop+panelHeight+46)
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	for i, p := range panels {
		fmt.Fprintf(&b, `<g transform="translate(%d,%d)">`+"\n", panelLeft+i*(panelWidth+panelLeft), panelTop)
		drawPanel(&b, p.title, costs, p.value)
		b.WriteString("</g>\n")
	}
	x := panelLeft
	for _, system := range benchSystems {
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="12" height="4" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n",
			x, panelTop+panelHeight+32, systemColours[system], x+18, panelTop+panelHeight+38, system)
		x += 120
	}
	b.WriteString("</svg>\n")
	return b.String()
}
