package bot

import (
	"bytes"
	"image/png"
	"os"
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestTimelinePNG(t *testing.T) {
	points := []milestone{
		{"Transformer", day("2017-06-12"), "12 Jun 2017", 0},
		{"GPT", day("2018-06-11"), "11 Jun 2018", 117e6},
		{"GPT-2", day("2019-02-14"), "14 Feb 2019", 1.5e9},
		{"GPT-2", day("2019-11-05"), "5 Nov 2019", 1.5e9},
		{"GPT-3", day("2020-05-28"), "28 May 2020", 175e9},
		{"InstructGPT", day("2022-01-27"), "27 Jan 2022", 0},
		{"ChatGPT", day("2022-11-30"), "30 Nov 2022", 0},
		{"GPT-4", day("2023-03-14"), "14 Mar 2023", 0},
	}
	data, err := timelinePNG(points, nil)
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
	if file := os.Getenv("HISTORIAN_PICTURE"); file != "" { // to look at it
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTimelinePNGOddInput(t *testing.T) {
	for name, points := range map[string][]milestone{
		"one":         {{"甲", day("2020-01-01"), "2020", 0}},
		"one sized":   {{"A", day("2020-01-01"), "2020", 1e9}},
		"a century":   {{"A", day("1920-01-01"), "1920", 3}, {"B", day("2020-01-01"), "2020", 1e30}},
		"no glyph":    {{"模型", day("2020-01-01"), "2020", 1e9}, {"모델", day("2021-01-01"), "2021", 1e8}},
		"all at once": {{"A", day("2020-01-01"), "2020", 1e9}, {"B", day("2020-01-01"), "2020", 1e9}, {"C", day("2020-01-01"), "2020", 1e9}},
	} {
		if _, err := timelinePNG(points, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := timelinePNG(nil, nil); err == nil {
		t.Error("no event: want an error")
	}
	if _, err := timelinePNG([]milestone{{"A", day("2020-01-01"), "2020", 0}}, []byte("no font")); err == nil {
		t.Error("a broken font: want an error")
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[float64]string{117e6: "117M", 1.5e9: "1.5B", 175e9: "175B", 1e12: "1T", 1000: "1K", 999: "999", 1e11: "100B"} {
		if got := count(n); got != want {
			t.Errorf("count(%g) = %q, want %q", n, got, want)
		}
	}
}
