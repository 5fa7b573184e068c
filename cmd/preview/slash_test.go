package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// firstRoom gives the ID of the first channel of the page.
func firstRoom(t *testing.T, url string) string {
	t.Helper()
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/events", nil)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	line, err := bufio.NewReader(resp.Body).ReadString('\n')
	var v view
	if err != nil || json.Unmarshal([]byte(strings.TrimPrefix(line, "data: ")), &v) != nil || len(v.Rooms) == 0 {
		t.Fatalf("events begin with %q, error %v", line, err)
	}
	return v.Rooms[0].ID
}

var garden = []command{{Type: slashCommand, Name: "garden", Options: []command{
	{Type: subcommand, Name: "ask", Names: map[string]string{"zh-CN": "提问"}, Options: []command{
		{Type: 3, Name: "question", Names: map[string]string{"zh-CN": "问题"}, Required: true},
		{Type: booleanOption, Name: "private"},
		{Type: 3, Name: "language", Choices: []choice{{"English", "en"}}},
	}},
	{Type: subcommand, Name: "help"},
}}, {Type: messageCommand, Name: "Find"}}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ line, want string }{
		{"/garden ask when is noon?", "garden ask question=when is noon?"},
		{"/garden ask question:when is noon? private:true", "garden ask private=true question=when is noon?"},
		{"/garden ask private:false question: ratio 1:2", "garden ask private=false question=ratio 1:2"},
		{"/garden 提问 问题:几点？ language:english", "garden ask language=en question=几点？"},
		{"/garden  ask", "garden ask: /garden ask needs question"},
		{"/garden ask private:maybe question:x", "garden ask private=maybe question=x: private cannot be maybe"},
		{"/garden ask x language:Latin", "garden ask language=Latin question=x: language cannot be Latin"},
		{"/garden help", "garden help"},
		{"/garden", "unknown"},
		{"/garden asking", "unknown"},
		{"/Find", "unknown"},
		{"/", "unknown"},
	} {
		got := "unknown"
		if c, known := read(tt.line, garden); known {
			got = strings.Join(c.path, " ")
			for _, name := range slices.Sorted(maps.Keys(c.options)) {
				got += fmt.Sprintf(" %s=%v", name, c.options[name])
			}
			if err := c.check(); err != nil {
				got += ": " + err.Error()
			}
		}
		if got != tt.want {
			t.Errorf("%s: read as %s, want %s", tt.line, got, tt.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("/garden ask question:when private:true")
	f.Add("/garden 提问 问题:")
	f.Fuzz(func(t *testing.T, line string) {
		c, known := read(line, garden)
		if !known {
			return
		}
		for name, v := range c.options {
			if s, ok := v.(string); ok && name == "question" && (!strings.Contains(line, s) || s == "") {
				t.Errorf("%q has the question %q", line, s)
			}
		}
		if c.focus != nil && (c.from < 0 || c.from > len(line)) {
			t.Errorf("%q: its last value begins at %d", line, c.from)
		}
	})
}

// TestSuggestions: the commands of the bot, and what it offers for options.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	page := serving(t, hostile)
	channel := firstRoom(t, page)
	for _, tt := range []struct{ locale, line, want string }{
		{"en-US", "/g", "/gpt ask "},
		{"zh-CN", "/gpt a", "/gpt 提问 "},
		{"en-US", "/gpt ask question:comp", "/gpt ask question:Garden <img src=x onerror=document.title='taken'>: Compost "},
		{"en-US", "/gpt timeline language:e", "/gpt timeline language:en "},
		{"en-US", "/gpt ask why? private:t", "/gpt ask why? private:true "},
		{"en-US", "/gpt ask why?", "/gpt ask why? private:"},
	} {
		q := url.Values{"channel": {channel}, "text": {tt.line}, "locale": {tt.locale}}
		resp, err := http.Get(page + "/complete?" + q.Encode())
		if err != nil {
			t.Fatal(err)
		}
		var found []suggestion
		err = json.NewDecoder(resp.Body).Decode(&found)
		resp.Body.Close()
		if err != nil || !slices.ContainsFunc(found, func(s suggestion) bool { return s.Line == tt.want }) {
			t.Errorf("%s: suggested %+v (%v), want %q", tt.line, found, err, tt.want)
		}
	}
}
