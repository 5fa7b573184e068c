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

// Timeline shows the dated events of the documents, those whose name holds
// model (any if empty), in the language of locale where the documents have
// it, as a list and as a picture.
func (b *Bot) Timeline(model, locale string) (r Reply) {
	w := wordsFor(locale)
	defer b.rescue("timeline", func() { r = Reply{Content: w.Failed} })
	catalog := b.answerer.Catalog()
	events := eventsFor(catalog.Events, model, locale)
	if len(events) == 0 {
		return Reply{Content: w.NoTimeline, Abstained: true}
	}
	lines := []string{w.Timeline}
	var said []string
	used := length(w.Timeline)
	for i, e := range events {
		line := timelineLine(e, w)
		if i == timelineLimit || used+length(line) > contentLimit-100 {
			break
		}
		used += length(line) + 1
		lines = append(lines, line)
		said = append(said, when(e.Date)+" "+e.Name)
	}
	r = Reply{Content: strings.Join(lines, "\n")}
	if png, err := b.pictures.timeline(catalog.Generation+"\n"+model, milestones(events), b.opts.Font); err != nil {
		b.log.Error("no picture of the timeline", "error", err)
	} else {
		r.Files = []File{{Name: "timeline.png", Type: "image/png", Data: png, Alt: clip(say(w.ImageAlt, strings.Join(said, "; ")), 1000)}}
	}
	return r
}

// timelineLine is date, name, size and what happened, with its source.
func timelineLine(e index.Event, w words) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s", escape(when(e.Date)), escape(e.Name))
	if e.Parameters > 0 {
		b.WriteString(", " + say(w.Parameters, count(e.Parameters)))
	}
	if e.Label != "" {
		b.WriteString(": " + escape(clip(oneLine(e.Label), 120)))
	}
	b.WriteString(" · " + link(clip(plainCitation(e.Citation), 60), e.Citation.URL))
	return b.String()
}

// eventsFor gives the events for a reader: of paired documents the one in
// their language, by date.
func eventsFor(all []index.Event, model, locale string) []index.Event {
	want := "en"
	if strings.HasPrefix(locale, "zh") {
		want = "zh"
	}
	at := map[string]int{} // date, name and pair → place in out
	var out []index.Event
	for _, e := range all {
		if model != "" && !strings.Contains(strings.ToLower(e.Name), strings.ToLower(model)) {
			continue
		}
		key := e.Date + "\n" + e.Name + "\n" + e.Pair
		i, ok := at[key]
		switch {
		case !ok || e.Pair == "":
			at[key] = len(out)
			out = append(out, e)
		case base(e.Lang) == want:
			out[i] = e
		}
	}
	return out
}

// milestones gives the events as points of the picture. A later event of the
// same name has the size of the first that states one.
func milestones(events []index.Event) []milestone {
	var out []milestone
	size := map[string]float64{}
	for _, e := range events {
		if size[e.Name] == 0 {
			size[e.Name] = e.Parameters
		}
	}
	for _, e := range events {
		for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
			if t, err := time.Parse(form, e.Date); err == nil {
				out = append(out, milestone{Name: e.Name, Date: t, When: when(e.Date), Parameters: size[e.Name]})
				break
			}
		}
	}
	return out
}

// when writes a date as precisely as it is known: 14 Feb 2019, Feb 2019, 2019.
func when(date string) string {
	for _, f := range [][2]string{{time.DateOnly, "2 Jan 2006"}, {"2006-01", "Jan 2006"}} {
		if t, err := time.Parse(f[0], date); err == nil {
			return t.Format(f[1])
		}
	}
	return date
}

// A pictureCache keeps pictures until the documents change. The zero value is
// empty.
type pictureCache struct {
	mu   sync.Mutex
	made map[string][]byte
}

// maxPictures bounds the cache; a filter is typed by people.
const maxPictures = 32

func (c *pictureCache) timeline(key string, points []milestone, font []byte) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if png, ok := c.made[key]; ok {
		return png, nil
	}
	png, err := timelinePNG(points, font)
	if err != nil {
		return nil, err
	}
	if c.made == nil || len(c.made) >= maxPictures {
		c.made = map[string][]byte{}
	}
	c.made[key] = png
	return png, nil
}
