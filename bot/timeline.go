package bot

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"historian/index"
)

// timelineLimit is how many events a list shows; the picture shows all.
const timelineLimit = 12

// Timeline shows the dated events of the documents as a list and as a
// picture: those whose name holds model, any if empty, and that are told in
// language, any if empty, then in that of locale where the documents have both.
func (b *Bot) Timeline(model, language, locale string) (r Reply) {
	if language != "" {
		locale = language
	}
	w := wordsFor(locale)
	defer b.rescue("timeline", func() { r = Reply{Content: w.Failed} })
	catalog := b.answerer.Catalog()
	events := eventsFor(catalog.Events, model, language, locale)
	if len(events) == 0 {
		return Reply{Content: w.NoTimeline, Abstained: true}
	}
	lines := []string{w.Timeline}
	var said []string
	used := length(w.Timeline)
	for i, e := range events {
		line := timelineLine(e, w)
		if i == timelineLimit || used+length(line) > contentLimit-100 {
			lines = append(lines, fmt.Sprintf("- … +%d", len(events)-i))
			break
		}
		used += length(line) + 1
		lines = append(lines, line)
		said = append(said, w.date(e.Date)+" "+e.Name)
	}
	r = Reply{Content: strings.Join(lines, "\n")}
	key := strings.Join([]string{catalog.Generation, bare(model), base(language), w.Timeline}, "\n")
	png, err := b.pictures.timeline(key, func() ([]byte, error) { return timelinePNG(milestones(events, w), b.opts.Font, w) })
	if err != nil {
		b.log.Error("no picture of the timeline", "error", err)
		return r
	}
	r.Files = []File{{Name: "timeline.png", Type: "image/png", Data: png, Alt: clip(say(w.ImageAlt, strings.Join(said, "; ")), altLimit)}}
	return r
}

// altLimit is how long an attachment's description may be ("Attachment
// Structure": 1,024 characters).
const altLimit = 1000

// timelineLine is date, name, size and what happened, with its source.
func timelineLine(e index.Event, w words) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s", escape(w.date(e.Date)), escape(clip(oneLine(e.Name), 80)))
	if e.Parameters > 0 {
		b.WriteString(w.Comma + say(w.Parameters, w.count(e.Parameters)))
	}
	if e.Label != "" {
		b.WriteString(w.Colon + escape(clip(oneLine(e.Label), 120)))
	}
	b.WriteString(" · " + link(clip(plainCitation(e.Citation), 60), e.Citation.URL))
	return b.String()
}

// eventsFor gives the events for a reader, by date: those whose name holds
// model, in language where that is given, and else, of paired documents,
// those in the language of locale where there is one.
func eventsFor(all []index.Event, model, language, locale string) []index.Event {
	want := base(locale)
	if language != "" {
		want = base(language)
	}
	day := func(e index.Event) string { return e.Pair + "\n" + e.Date }
	told := map[string]bool{} // in the wanted language, by pair and date
	for _, e := range all {
		if e.Pair != "" && base(e.Lang) == want {
			told[day(e)] = true
		}
	}
	seen := map[string]bool{}
	var out []index.Event
	for _, e := range all {
		other := base(e.Lang) != want
		again := e.Date + "\n" + e.Name + "\n" + e.Pair
		if !strings.Contains(bare(e.Name), bare(model)) || other && (language != "" || told[day(e)]) || e.Pair != "" && seen[again] {
			continue
		}
		seen[again] = true
		out = append(out, e)
	}
	return out
}

// milestones gives the events as points of the picture. A later event of the
// same name has the size of the first that states one.
func milestones(events []index.Event, w words) []milestone {
	var out []milestone
	size := map[string]float64{}
	for _, e := range events {
		if size[e.Name] == 0 {
			size[e.Name] = e.Parameters
		}
	}
	for _, e := range events {
		if t, _, ok := parseDate(e.Date); ok {
			out = append(out, milestone{Name: e.Name, Date: t, When: w.date(e.Date), Parameters: size[e.Name], Size: w.count(size[e.Name])})
		}
	}
	return out
}

// parseDate reads a date as precise as it is known: a day, a month, a year.
func parseDate(date string) (t time.Time, layout string, ok bool) {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, date); err == nil {
			return t, layout, true
		}
	}
	return t, "", false
}

// date writes a date as precisely as it is known: 14 Feb 2019, Feb 2019, 2019.
func (w words) date(date string) string {
	t, layout, ok := parseDate(date)
	if !ok {
		return date
	}
	return t.Format(map[string]string{time.DateOnly: w.Day, "2006-01": w.Month, "2006": w.Year}[layout])
}

// A pictureCache keeps pictures until the documents change. The zero value is
// empty.
type pictureCache struct {
	mu   sync.Mutex
	made map[string][]byte
}

// maxPictures bounds the cache; a filter is typed by people.
const maxPictures = 32

func (c *pictureCache) timeline(key string, draw func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if png, ok := c.made[key]; ok {
		return png, nil
	}
	png, err := draw()
	if err != nil {
		return nil, err
	}
	if c.made == nil || len(c.made) >= maxPictures {
		c.made = map[string][]byte{}
	}
	c.made[key] = png
	return png, nil
}
