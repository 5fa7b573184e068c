package index_test

import (
	"testing"

	"historian/index"
)

// TestMixedQuestions asks in two languages at once of documents in one.
func TestMixedQuestions(t *testing.T) {
	ix := opened(t,
		document("zh", "公会手册", "zh-Hans", "公会每周日晚八点组织团队副本，服务器维护时取消。", "新成员的试用期为两周，由会长决定去留。", "公会仓库的密码只告诉正式成员。"),
		document("en", "Raid handbook", "en", "Potions are handed out by the quartermaster before each raid.", "The repair costs are paid from the guild bank.", "Screenshots go to the gallery channel."),
	)
	for _, tt := range []struct{ question, passage string }{
		{"公会的 password 会告诉谁", "zh#2"},
		{"new member 的试用期多长", "zh#1"},
		{"who pays the 修理 costs", "en#1"},
		{"截图 go to which channel", "en#2"},
	} {
		a, err := ix.Answer(t.Context(), index.Question{Text: tt.question})
		if err != nil {
			t.Fatal(err)
		}
		if a.Abstained() || a.Excerpts[0].Passage.ID != tt.passage {
			t.Errorf("%s: %v (%.2f), want %s", tt.question, a.Closest.Passage.ID, a.Confidence, tt.passage)
		}
	}
}
