package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"historian/index"
)

// Figures are what retrieval prints of a set and a system. Shares are
// percentages; AUC is from 0 to 1; what doesn't apply is left out.
type figures struct {
	Set    string  `json:"set"`
	System string  `json:"system"`
	N      int     `json:"n"`
	Hit1   float64 `json:"hit1"`
	Hit5   float64 `json:"hit5"`
	MRR10  float64 `json:"mrr10"`
	NDCG10 float64 `json:"ndcg10"`
	// ExcerptAnswer is the share of questions whose answer is in the excerpt
	// shown, given the right passage.
	ExcerptAnswer *float64 `json:"excerpt_answer,omitempty"`
	// TypedAnswer is the share of questions for a date, an amount or a name
	// whose answer is in or across the span marked as such, given the right
	// passage.
	TypedAnswer *float64 `json:"typed_answer,omitempty"`
	// AUC tells questions whose article is in the corpus from those whose
	// article isn't, by confidence.
	AUC *float64 `json:"auc,omitempty"`
	// AUCHard tells them from questions written so that a passage nearly
	// answers them.
	AUCHard *float64 `json:"auc_hard,omitempty"`
	P50     int64    `json:"p50_us"`
	P99     int64    `json:"p99_us"`
}

const historian = "historian"

// retrieval measures search, excerpts and abstention on sets.
func retrieval(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("evaluate retrieval", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "print a line of JSON a set and system")
	baseline := flags.Bool("baseline", false, "measure bleve's plain match query too")
	dirs, err := parseSets(flags, args, stderr)
	if err != nil {
		return err
	}
	report := func(f figures) error { return f.print(stdout, *asJSON) }
	for _, dir := range dirs {
		s, err := readSet(dir)
		if err != nil {
			return err
		}
		f, err := s.measure(ctx)
		if err == nil {
			err = report(f)
		}
		if err == nil && *baseline {
			if f, err = s.measureBaseline(ctx); err == nil {
				err = report(f)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// measure gives the figures of our own search.
func (s *set) measure(ctx context.Context) (figures, error) {
	ix, done, err := s.build(ctx, all)
	if err != nil {
		return figures{}, err
	}
	defer done()
	var t tally
	var shown quotes
	var sure, unsure []float64
	for i := range s.questions {
		q := &s.questions[i]
		start := time.Now()
		query := index.ParseQuery(index.Question{Text: q.Text, Lang: q.Lang})
		hits, err := ix.Search(ctx, query, depth)
		took := time.Since(start)
		if err != nil {
			return figures{}, fmt.Errorf("question %s: %w", q.ID, err)
		}
		confidence := index.Compose(query, hits, 0).Confidence
		if !q.answerable() {
			unsure = append(unsure, confidence)
			continue
		}
		sure = append(sure, confidence)
		t.add(q, ids(hits), took)
		if p, ok := ix.Passage(q.targets[0]); ok && len(q.Answers) > 0 {
			h, err := ix.HitOf(query, p)
			if err != nil {
				return figures{}, fmt.Errorf("question %s: %w", q.ID, err)
			}
			shown.add(query.Want.Marked(), index.Quote(query, h), q.Answers)
		}
	}
	f := t.figures(s.name, historian)
	f.ExcerptAnswer, f.TypedAnswer = share(shown.holding, shown.n), share(shown.marked, shown.typed)
	if len(unsure) > 0 {
		a := auc(sure, unsure)
		f.AUCHard = &a
	}
	if s.divides() {
		a, err := s.abstention(ctx)
		if err != nil {
			return figures{}, err
		}
		f.AUC = &a
	}
	return f, nil
}

// divides tells whether some articles are removed for abstention, and some
// are left.
func (s *set) divides() bool {
	gone := 0
	for _, p := range s.passages {
		if removed(p.Title) {
			gone++
		}
	}
	return 0 < gone && gone < len(s.passages)
}

// abstention takes half of the articles away, and gives the AUC of telling
// their questions from the others'.
func (s *set) abstention(ctx context.Context) (float64, error) {
	ix, done, err := s.build(ctx, func(p passage) bool { return !removed(p.Title) })
	if err != nil {
		return 0, err
	}
	defer done()
	var sure, unsure []float64
	for i := range s.questions {
		q := &s.questions[i]
		if !q.answerable() {
			continue
		}
		query := index.ParseQuery(index.Question{Text: q.Text, Lang: q.Lang})
		hits, err := ix.Search(ctx, query, depth)
		if err != nil {
			return 0, fmt.Errorf("question %s: %w", q.ID, err)
		}
		confidence := index.Compose(query, hits, 0).Confidence
		if removed(s.titles[q.targets[0]]) {
			unsure = append(unsure, confidence)
		} else {
			sure = append(sure, confidence)
		}
	}
	return auc(sure, unsure), nil
}

// measureBaseline gives the figures of bleve alone.
func (s *set) measureBaseline(ctx context.Context) (figures, error) {
	analyzer := s.analyzer()
	bl, err := index.NewBaseline(analyzer)
	if err != nil {
		return figures{}, err
	}
	defer func() { _ = bl.Close() }() // only read from
	for _, p := range s.passages {
		if err := bl.Add(p.ID, p.Text); err != nil {
			return figures{}, err
		}
	}
	if err := bl.Flush(); err != nil {
		return figures{}, err
	}
	var t tally
	for i := range s.questions {
		q := &s.questions[i]
		if !q.answerable() {
			continue
		}
		start := time.Now()
		found, err := bl.Search(ctx, q.Text, depth)
		if err != nil {
			return figures{}, fmt.Errorf("question %s: %w", q.ID, err)
		}
		t.add(q, found, time.Since(start))
	}
	return t.figures(s.name, "bleve "+analyzer), nil
}

// analyzer is bleve's for the language of most passages.
func (s *set) analyzer() string {
	english := 0
	for _, p := range s.passages {
		if p.Lang == "en" || p.Lang == "" && index.DetectLang(p.Text) == "en" {
			english++
		}
	}
	if 2*english >= len(s.passages) {
		return "en"
	}
	return "cjk"
}

// depth is how many hits are looked at.
const depth = 10

// A tally adds up ranks and times.
type tally struct {
	n, hit1, hit5 int
	mrr, ndcg     float64
	times         []time.Duration
}

// add counts a question by the rank of the first of its targets.
func (t *tally) add(q *question, found []string, took time.Duration) {
	t.n++
	t.times = append(t.times, took)
	at := slices.IndexFunc(found, func(id string) bool { return slices.Contains(q.targets, id) })
	if at < 0 || at >= depth {
		return
	}
	if at == 0 {
		t.hit1++
	}
	if at < 5 {
		t.hit5++
	}
	t.mrr += 1 / float64(at+1)
	t.ndcg += 1 / math.Log2(float64(at+2))
}

func (t *tally) figures(set, system string) figures {
	f := figures{Set: set, System: system, N: t.n, Hit1: percent(t.hit1, t.n), Hit5: percent(t.hit5, t.n)}
	if t.n == 0 {
		return f
	}
	f.MRR10, f.NDCG10 = round(100*t.mrr/float64(t.n), 2), round(100*t.ndcg/float64(t.n), 2)
	slices.Sort(t.times)
	f.P50, f.P99 = t.times[len(t.times)/2].Microseconds(), t.times[len(t.times)*99/100].Microseconds()
	return f
}

func (f figures) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(f)
	}
	_, err := fmt.Fprintf(w, "%-15s %-10s n %5d  hit@1 %5.2f  hit@5 %6.2f  MRR %5.2f  nDCG %5.2f  p50 %4d µs  p99 %5d µs",
		f.Set, f.System, f.N, f.Hit1, f.Hit5, f.MRR10, f.NDCG10, f.P50, f.P99)
	for _, x := range []struct {
		name  string
		value *float64
	}{{"answer in excerpt", f.ExcerptAnswer}, {"answer marked", f.TypedAnswer}, {"AUC", f.AUC}, {"AUC hard", f.AUCHard}} {
		if x.value != nil && err == nil {
			_, err = fmt.Fprintf(w, "  %s %.4g", x.name, *x.value)
		}
	}
	fmt.Fprintln(w)
	return err
}

func ids(hits []index.Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = h.Passage.ID
	}
	return out
}

// removed chooses half of the articles, by a hash of their titles.
func removed(title string) bool {
	var h uint32 = 2166136261
	for _, c := range []byte(title) {
		h = (h ^ uint32(c)) * 16777619
	}
	return h>>7&1 == 1
}

// auc is the chance that one of high is above one of low, ties counting half.
func auc(high, low []float64) float64 {
	if len(high) == 0 || len(low) == 0 {
		return 0.5
	}
	slices.Sort(low)
	sum := 0.0
	for _, x := range high {
		below, _ := slices.BinarySearch(low, x)
		upTo, _ := slices.BinarySearchFunc(low, x, func(a, b float64) int {
			if a <= b {
				return -1
			}
			return 1
		})
		sum += float64(below) + float64(upTo-below)/2
	}
	return round(sum/float64(len(high))/float64(len(low)), 4)
}

func percent(n, of int) float64 { return round(100*float64(n)/float64(max(1, of)), 2) }

func round(x float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(x*p) / p
}
