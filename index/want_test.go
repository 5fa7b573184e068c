package index

import "testing"

func TestWantOf(t *testing.T) {
	for _, tt := range []struct {
		question string
		want     Want
	}{
		{"When was the tower built?", WantDate},
		{"tower opening date", WantDate},
		{"塔是哪一年建的", WantDate},
		{"這座塔是什麼時候建的", WantDate},
		{"How many people live there?", WantNumber},
		{"what is the population of the town", WantNumber},
		{"鎮上有多少人", WantNumber},
		{"How long did the siege last?", WantDuration},
		{"围城持续了多久", WantDuration},
		{"how much did the tower cost", WantMoney},
		{"门票多少钱", WantMoney},
		{"Who designed the tower?", WantPerson},
		{"塔是谁设计的", WantPerson},
		{"Where is the tower?", WantPlace},
		{"which city has the tower", WantPlace},
		{"塔在哪里", WantPlace},
		{"Why was it closed?", WantReason},
		{"为什么关闭", WantReason},
		{"what are the steps to get a permit", WantSteps},
		{"申请流程有哪些步骤", WantSteps},
		{"What does NATO stand for?", WantExpansion},
		{"UNESCO全称是什么", WantExpansion},
		{"which tasks does it do", WantList},
		{"有哪些用途", WantList},
		{"Is the tower open?", WantYesNo},
		{"塔开放吗", WantYesNo},
		{"tell about the tower", WantAny},
	} {
		if got := wantOf(fold(tt.question)); got != tt.want {
			t.Errorf("wantOf(%q) = %q, want %q", tt.question, got, tt.want)
		}
	}
}
