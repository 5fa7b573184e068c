package index

import (
	"encoding/json"
	"testing"
)

func TestModelReads(t *testing.T) {
	m, err := readModel(modelJSON)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.MarshalIndent(m.stored(), "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if string(again)+"\n" != string(modelJSON) {
		t.Error("model.json isn't what its model would be stored as: train it anew rather than edit it")
	}
	for _, data := range []string{"", "{}", `{"ranking":{"bm25":[1]}}`} {
		if _, err := readModel([]byte(data)); err == nil {
			t.Errorf("readModel(%q) finds nothing wrong", data)
		}
	}
}
