package index

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"historian/corpus"
)

// BenchmarkSwap reports the 99th percentile of the time of an answer at rest,
// and while the index is swapped a hundred times a second or so.
func BenchmarkSwap(b *testing.B) {
	data, ctx := b.TempDir(), context.Background()
	var ids []string
	for range 2 {
		report, err := Reindex(ctx, data, corpus.Read(corpus.Shipped(), corpus.Options{}), ReindexOptions{})
		if err != nil {
			b.Fatal(err)
		}
		ids = append(ids, report.Generation)
	}
	live, err := Follow(ctx, data, FollowOptions{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		b.Fatal(err)
	}
	defer live.Close()
	questions := []string{"When was GPT-2 released?", "How many parameters does GPT-3 have?", "什么是 RLHF？", "What does GPT stand for?"}
	p99 := func(between func(i int)) float64 {
		var times []time.Duration
		for i := range max(b.N, 1000) {
			between(i)
			start := time.Now()
			if _, err := live.Answer(ctx, Question{Text: questions[i%len(questions)]}); err != nil {
				b.Fatal(err)
			}
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		return float64(times[len(times)*99/100].Microseconds())
	}
	rest := p99(func(int) {})
	swaps := 0
	swapping := p99(func(i int) {
		if i%10 == 0 && filepath.Base(live.Generation()) == ids[(swaps+1)%2] { // the last swap is done
			if err := point(data, ids[swaps%2]); err != nil {
				b.Fatal(err)
			}
			swaps++
		}
	})
	b.ReportMetric(rest, "p99-rest-µs")
	b.ReportMetric(swapping, "p99-swap-µs")
	b.ReportMetric(float64(swaps), "swaps")
	b.ReportMetric(0, "ns/op") // says nothing
}
