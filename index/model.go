package index

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

// model.json is written by "go run ./cmd/evaluate train", never by hand.
//
//go:embed model.json
var modelJSON []byte

// A model holds what ranking learned from questions with known passages: how
// much a word of a question matters, and how much each feature of a passage.
type model struct {
	importance importance
	weights    [weightings][featureCount]float64
}

// Scripts are weighed apart: words with spaces between them are weaker and
// fewer signals than overlapping pairs of characters.
const (
	spaced = iota
	unspaced
	scripts
)

// A weighting is a script, plus foreign for passages in the other language
// than the question. Those are read by its translation: fewer words match,
// none of them for sure.
const (
	foreign    = scripts
	weightings = 2 * scripts
)

// A storedModel is a model as model.json has it, by names that a person can
// read.
type storedModel struct {
	Importance map[string]float64   `json:"importance"`
	Words      map[string]float64   `json:"words"`
	Ranking    map[string][]float64 `json:"ranking"` // feature → weights: spaced, unspaced, and the same for foreign passages
}

// learned reads the embedded model, once.
var learned = sync.OnceValue(func() *model {
	m, err := readModel(modelJSON)
	if err != nil {
		panic(err) // unreachable: a test reads the same bytes
	}
	return m
})

func readModel(data []byte) (*model, error) {
	var s storedModel
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	m := &model{importance: importance{words: s.Words}}
	for i, name := range traitNames {
		m.importance.traits[i] = s.Importance[name]
		delete(s.Importance, name)
	}
	for i, name := range featureNames {
		w, ok := s.Ranking[name]
		if !ok || len(w) != weightings {
			return nil, fmt.Errorf("read model: feature %q has %d weights, want %d: train it anew", name, len(w), weightings)
		}
		for k := range w {
			m.weights[k][i] = w[k]
		}
	}
	for name := range s.Importance {
		return nil, fmt.Errorf("read model: unknown trait %q: train it anew", name)
	}
	return m, nil
}

// stored gives the model by names, without zeros.
func (m *model) stored() storedModel {
	s := storedModel{Importance: map[string]float64{}, Words: m.importance.words, Ranking: map[string][]float64{}}
	for i, name := range traitNames {
		if w := m.importance.traits[i]; w != 0 {
			s.Importance[name] = w
		}
	}
	for i, name := range featureNames {
		s.Ranking[name] = []float64{m.weights[spaced][i], m.weights[unspaced][i], m.weights[foreign+spaced][i], m.weights[foreign+unspaced][i]}
	}
	return s
}
