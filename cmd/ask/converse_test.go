package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// typed are lines as somebody types them.
type typed []string

func (l *typed) next() (string, error) {
	if len(*l) == 0 {
		return "", io.EOF
	}
	line := (*l)[0]
	*l = (*l)[1:]
	return line, nil
}

func (l *typed) close() {}

// TestConversation: what the prompt says to what people type there.
func TestConversation(t *testing.T) {
	o := options{data: t.TempDir()}
	ix, done, err := open(t.Context(), o, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	talk := func(json bool, lines ...string) (stdout, stderr string, code int) {
		var out, errs bytes.Buffer
		o.json = json
		l := typed(lines)
		code = converse(t.Context(), ix, o, &l, &out, &errs)
		return out.String(), errs.String(), code
	}
	for _, tt := range []struct {
		lines []string
		want  string // in what it prints
	}{
		{[]string{"when was GPT-2 released?"}, "14 February 2019"},
		{[]string{"when was GPT-2 released?", "and GPT-3?"}, "Reading this as: "},
		{[]string{"when was GPT-2 released?", "and GPT-3?"}, "28 May 2020"},
		{[]string{"GPT-2 是什么时候发布的？", "那 GPT-3 呢？"}, "理解为："},
		{[]string{"when was GPT-2 released?", "", ":why"}, "WHAT THE SCORES ARE MADE OF"},
		{[]string{"what is GPT-3 good at?", ":more"}, "\n    — "},
		{[]string{":more"}, "Ask a question first."},
		{[]string{"who won the 1954 football world cup?", ":more"}, "There are no further passages."},
		{[]string{":help"}, ":quit"},
		{[]string{":wat"}, "There is no command :wat; :help lists them."},
	} {
		stdout, stderr, code := talk(false, tt.lines...)
		if code != exitAnswered || !strings.Contains(stdout+stderr, tt.want) {
			t.Errorf("%q: exit code %d, want %q in:\n%s%s", tt.lines, code, tt.want, stdout, stderr)
		}
	}
	if stdout, _, _ := talk(false, ":quit", "when was GPT-2 released?"); stdout != "" {
		t.Errorf("after :quit it says %q", stdout)
	}
	stdout, stderr, _ := talk(true, "when was GPT-2 released?", "and GPT-3?")
	if n := strings.Count(stdout, "\n"); n != 2 || !strings.Contains(stdout, `"read_as":"`) || stderr != "" {
		t.Errorf("with -json it prints %d lines:\n%s%s", n, stdout, stderr)
	}
}
