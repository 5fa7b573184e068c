package lang_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"historian/index/lang"
)

func TestClass(t *testing.T) {
	l := lang.OwnLexicon()
	for word, want := range map[string]lang.WordClass{
		"brazil": lang.ProperName, "numpy": lang.Strange, "electricity": lang.Noun, "evolve": lang.Verb, "walked": lang.Verb, "quickly": lang.OtherWord,
	} {
		if got := l.Class(word); got != want {
			t.Errorf("%s is of class %d, want %d", word, got, want)
		}
	}
}

func TestClassesOfARun(t *testing.T) {
	l := lang.OwnLexicon()
	for run, want := range map[string][]lang.WordClass{
		"二氧化碳": {lang.Noun},
		"巴西小麦": {lang.ProperName, lang.Noun},
		"昇腾的":  {lang.Strange, lang.Strange},
		"":     nil,
	} {
		if diff := cmp.Diff(want, l.Classes(run)); diff != "" {
			t.Errorf("%s: %s", run, diff)
		}
	}
}
