package index

import "testing"

func TestFollowUp(t *testing.T) {
	names := map[string]bool{"chatgpt": true, "openai": true}
	for _, tt := range []struct{ earlier, text, want string }{
		{"when did GPT-2 come out?", "and GPT-3?", "when did GPT-3 come out?"},
		{"when did GPT-2 come out?", "what about chatgpt", "when did chatgpt come out?"},
		{"GPT-2 有多少参数？", "那 GPT-3 呢？", "GPT-3 有多少参数？"},
		{"when did gpt 2 come out?", "how big was it?", "how big was gpt 2?"},
		{"what is ChatGPT?", "who are its users?", "who are ChatGPT's users?"},
		{"GPT-3 是哪年发布的？", "它有多少参数？", "GPT-3有多少参数？"},
		{"GPT-3 是哪年发布的？", "多少参数", "GPT-3 多少参数"},
		{"what is ChatGPT?", "how many users", "how many users (ChatGPT)"},
		{"what is ChatGPT?", "when did GPT-4 come out?", "when did GPT-4 come out?"},
		{"how are you?", "and now?", "and now?"},
	} {
		got, changed := followUp(tt.earlier, tt.text, func(w string) bool { return names[w] })
		if got != tt.want || changed != (tt.want != tt.text) {
			t.Errorf("followUp(%q, %q) = %q, %v, want %q", tt.earlier, tt.text, got, changed, tt.want)
		}
	}
}
