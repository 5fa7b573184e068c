package index

import (
	"context"
	"testing"

	"historian/corpus"
)

// TestOtherScripts: a question in any language finds what a corpus tells in
// that language.
func TestOtherScripts(t *testing.T) {
	passages := []corpus.Passage{
		{ID: "ja", Text: "図書館は毎朝九時に開きます。日曜日は休みです。"},
		{ID: "ja2", Text: "庭の水やりは夏の朝に行います。"},
		{ID: "ko", Text: "도서관은 매일 아침 아홉 시에 문을 엽니다."},
		{ID: "ko2", Text: "정원에는 여름 아침마다 물을 줍니다."},
		{ID: "ru", Text: "Библиотека открывается каждое утро в девять часов."},
		{ID: "ru2", Text: "Летом сад поливают по утрам."},
		{ID: "ar", Text: "تفتح المكتبة أبوابها كل صباح في الساعة التاسعة."},
		{ID: "ar2", Text: "تسقى الحديقة في الصيف كل صباح."},
		{ID: "he", Text: "הספרייה נפתחת בכל בוקר בשעה תשע."},
		{ID: "he2", Text: "את הגינה משקים בקיץ בכל בוקר."},
		{ID: "th", Text: "ห้องสมุดเปิดทุกเช้าเวลาเก้าโมง"},
		{ID: "th2", Text: "สวนรดน้ำทุกเช้าในฤดูร้อน"},
		{ID: "hi", Text: "पुस्तकालय हर सुबह नौ बजे खुलता है।"},
		{ID: "hi2", Text: "गर्मियों में बगीचे को हर सुबह पानी दिया जाता है।"},
		{ID: "el", Text: "Η βιβλιοθήκη ανοίγει κάθε πρωί στις εννέα."},
		{ID: "el2", Text: "Ο κήπος ποτίζεται το καλοκαίρι κάθε πρωί."},
		{ID: "fr", Text: "La bibliothèque ouvre chaque matin à neuf heures."},
		{ID: "fr2", Text: "Le jardin est arrosé chaque matin en été."},
	}
	st := newMem(passages)
	var r ranker
	for _, tt := range []struct{ question, want string }{
		{"図書館は何時に開きますか？", "ja"},
		{"庭の水やりはいつですか", "ja2"},
		{"도서관은 언제 문을 엽니까?", "ko"},
		{"Когда открывается библиотека?", "ru"},
		{"متى تفتح المكتبة؟", "ar"},
		{"مَتَى تُفْتَحُ المَكْتَبَةُ", "ar"},
		{"מתי הספרייה נפתחת?", "he"},
		{"ห้องสมุดเปิดกี่โมง", "th"},
		{"पुस्तकालय कब खुलता है?", "hi"},
		{"πότε ανοίγει η βιβλιοθηκη;", "el"},
		{"quand ouvre la bibliotheque ?", "fr"},
		{"le jardin est-il arrosé en ete", "fr2"},
	} {
		hits, err := r.search(context.Background(), st, ParseQuery(Question{Text: tt.question}), 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) == 0 || hits[0].Passage.ID != tt.want {
			t.Errorf("%q finds %v, want %s", tt.question, hits, tt.want)
		}
	}
}
