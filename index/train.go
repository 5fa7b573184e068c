package index

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"sync"
)

// A TrainingSet is an index with questions whose passages are known.
type TrainingSet struct {
	Name      string
	Index     *Index
	Questions []Labelled
}

// A Labelled question has known passages.
type Labelled struct {
	Text    string
	Targets []string // IDs of passages that answer it
	Group   string   // questions of one group (an article) are held aside together
}

// A Trial is how the same learning did on what it wasn't trained on.
type Trial struct {
	Set       string
	Questions int
	Articles  float64 // share of questions, 0 to 1, whose first hit answers, by models that were trained on other groups
	Apart     float64 // by a model that was trained on sets without a group in common with this one
}

// folds is into how many parts the questions are cut for trials.
const folds = 4

// Train learns the ranking model from sets: what model.json holds. It is
// repeatable: the same sets give the same bytes. Trials take eight times as
// long as training alone; without them, there are none.
func Train(ctx context.Context, sets []TrainingSet, withTrials bool) (model []byte, trials []Trial, err error) {
	lessons, err := lessonsOf(sets)
	if err != nil {
		return nil, nil, err
	}
	if withTrials {
		if trials, err = try(ctx, sets, lessons); err != nil {
			return nil, nil, err
		}
	}
	m, err := fit(ctx, lessons, func(*lesson) bool { return true })
	if err != nil {
		return nil, nil, err
	}
	model, err = json.MarshalIndent(m.stored(), "", "\t")
	return append(model, '\n'), trials, err
}

// A lesson is a question to learn from.
type lesson struct {
	set     int
	store   store
	query   Query
	targets []passageNum
	fold    int
	weight  float64
	rows    []row // candidates; of the model being fitted
}

// A row is a candidate of a lesson.
type row struct {
	features  features
	weighting int
	target    bool
}

func lessonsOf(sets []TrainingSet) ([]lesson, error) {
	var lessons []lesson
	for i, set := range sets {
		// A set of four times the questions weighs twice as much.
		weight := math.Sqrt(1000 / float64(max(1, len(set.Questions))))
		for _, q := range set.Questions {
			l := lesson{set: i, store: set.Index.gen, query: ParseQuery(Question{Text: q.Text}), weight: weight}
			for _, id := range q.Targets {
				n, ok := set.Index.gen.numberOf(id)
				if !ok {
					return nil, fmt.Errorf("train on %s: no passage %q", set.Name, id)
				}
				l.targets = append(l.targets, n)
			}
			h := fnv.New32a()
			h.Write([]byte(q.Group))
			l.fold = int(h.Sum32()>>3) % folds
			lessons = append(lessons, l)
		}
	}
	return lessons, nil
}

// fit learns from the lessons to keep, and leaves the rows of all lessons
// computed with what it learned.
func fit(ctx context.Context, lessons []lesson, keep func(*lesson) bool) (*model, error) {
	m := &model{}
	var err error
	if m.importance, err = fitImportance(lessons, keep); err != nil {
		return nil, err
	}
	if err := fill(ctx, lessons, m); err != nil {
		return nil, err
	}
	var kept []*lesson
	for i := range lessons {
		if keep(&lessons[i]) {
			kept = append(kept, &lessons[i])
		}
	}
	m.weights = fitWeights(kept)
	return m, nil
}

// fill computes the rows of all lessons.
func fill(ctx context.Context, lessons []lesson, m *model) error {
	const workers = 4
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			var p scorers
			for i := w; i < len(lessons) && errs[w] == nil; i += workers {
				errs[w] = lessons[i].fill(ctx, &p, m)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *lesson) fill(ctx context.Context, p *scorers, m *model) error {
	ranked, err := p.rank(ctx, l.store, l.query, m, candidateCount)
	l.rows = l.rows[:0]
	for i := range ranked {
		l.rows = append(l.rows, row{ranked[i].f, ranked[i].weighting, slices.Contains(l.targets, ranked[i].num)})
	}
	return err
}

// solved tells whether the model puts a target first.
func (l *lesson) solved(m *model) bool {
	best, at := math.Inf(-1), -1
	for i := range l.rows {
		if s := m.sum(&l.rows[i].features, l.rows[i].weighting); s > best {
			best, at = s, i
		}
	}
	return at >= 0 && l.rows[at].target
}
