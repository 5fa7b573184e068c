package bot

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"historian/corpus"
	"historian/index"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestTimelinePNG(t *testing.T) {
	for tag, name := range map[string]string{"en": "Transformer", "zh-CN": "变换器 Transformer", "zh-TW": "變換器"} {
		w := wordsFor(tag)
		var events []index.Event
		for _, e := range []struct {
			date, name string
			size       float64
		}{
			{"2017-06-12", name, 0}, {"2018-06-11", "GPT", 117e6}, {"2019-02-14", "GPT-2", 1.5e9}, {"2019-11-05", "GPT-2", 0},
			{"2020-05-28", "GPT-3", 175e9}, {"2022-01-27", "InstructGPT", 0}, {"2022-11-30", "ChatGPT", 0}, {"2023-03-14", "GPT-4", 0},
		} {
			events = append(events, index.Event{Event: corpus.Event{Date: e.date, Name: e.name, Parameters: e.size}})
		}
		drawTimeline(t, milestones(events, w), w)
	}
}

func drawTimeline(t *testing.T, points []milestone, w words) {
	t.Helper()
	data, err := timelinePNG(points, nil, w)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != imageWidth || b.Dy() != imageHeight {
		t.Errorf("picture is %v", b)
	}
	if dir := os.Getenv("HISTORIAN_PICTURES"); dir != "" { // to look at it
		if err := os.WriteFile(filepath.Join(dir, "timeline-"+w.Delete+".png"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTimelinePNGOddInput(t *testing.T) {
	for name, points := range map[string][]milestone{
		"one":         {{Name: "甲", Date: day("2020-01-01"), When: "2020", Parameters: 0}},
		"one sized":   {{Name: "A", Date: day("2020-01-01"), When: "2020", Parameters: 1e9}},
		"a century":   {{Name: "A", Date: day("1920-01-01"), When: "1920", Parameters: 3}, {Name: "B", Date: day("2020-01-01"), When: "2020", Parameters: 1e30}},
		"no glyph":    {{Name: "模型", Date: day("2020-01-01"), When: "2020", Parameters: 1e9}, {Name: "모델", Date: day("2021-01-01"), When: "2021", Parameters: 1e8}},
		"all at once": {{Name: "A", Date: day("2020-01-01"), When: "2020", Parameters: 1e9}, {Name: "B", Date: day("2020-01-01"), When: "2020", Parameters: 1e9}, {Name: "C", Date: day("2020-01-01"), When: "2020", Parameters: 1e9}},
	} {
		if _, err := timelinePNG(points, nil, wordsFor("en")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := timelinePNG(nil, nil, wordsFor("en")); err == nil {
		t.Error("no event: want an error")
	}
	if _, err := timelinePNG([]milestone{{Name: "A", Date: day("2020-01-01"), When: "2020", Parameters: 0}}, []byte("no font"), wordsFor("en")); err == nil {
		t.Error("a broken font: want an error")
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[float64]string{117e6: "117M", 1.5e9: "1.5B", 175e9: "175B", 1e12: "1T", 1000: "1K", 999: "999", 1e11: "100B"} {
		if got := wordsFor("en").count(n); got != want {
			t.Errorf("count(%g) = %q, want %q", n, got, want)
		}
	}
}

// TestFontsHaveWhatPeopleWrite: no name and no word of ours becomes boxes.
func TestFontsHaveWhatPeopleWrite(t *testing.T) {
	f, err := loadFonts(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"GPT-3.5", "变换器（Transformer）", "語言模型的歷史、發佈時間", "チャットボット", "챗봇", "Модель", "Modèle Ελλ", "第 12 版"} {
		if !f.has(text) {
			t.Errorf("no glyphs for %q", text)
		}
	}
	for _, w := range languages {
		for _, text := range []string{w.SizeUnknown, w.LogScale, w.date("2019-02-14"), w.date("2019-02"), w.date("2019"), w.count(1.5e9)} {
			if !f.has(text) {
				t.Errorf("no glyphs for %q", text)
			}
		}
	}
	if f.has("𒀀") {
		t.Error("cuneiform: want no glyph")
	}
}
