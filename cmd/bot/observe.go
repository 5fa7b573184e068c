package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"historian/bot"
	"historian/index"
)

// observe serves /healthz (the process lives), /readyz (it is connected and
// has an index) and /metrics at HTTP_ADDR, if that is set.
func observe(c config, b *bot.Bot, live *index.Live, log *slog.Logger) (stop func(), err error) {
	if c.HTTP == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", c.HTTP) //nolint:noctx // it is bound once, at start
	if err != nil {
		return nil, fmt.Errorf("configuration: HTTP_ADDR=%q: %w", c.HTTP, err)
	}
	if a, ok := l.Addr().(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		log.Warn("health and metrics are open to other machines; HTTP_ADDR=127.0.0.1:8080 keeps them to this one", "address", a.String())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if !b.Connected() {
			http.Error(w, "not connected to Discord", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready", live.Generation())
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics(b, live), promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("health server ended", "error", err)
		}
	}()
	return func() { _ = server.Close() }, nil
}

// metrics counts what the bot did; none of it tells who asked what.
func metrics(b *bot.Bot, live *index.Live) *prometheus.Registry {
	r := prometheus.NewRegistry()
	counter := func(name, help string, value func() int64) {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "historian_" + name, Help: help}, func() float64 { return float64(value()) }))
	}
	s := b.Stats()
	counter("answers_total", "Questions answered with an excerpt.", s.Answers.Load)
	counter("abstentions_total", "Questions asked of the bot that the documents don't answer.", s.Abstentions.Load)
	counter("silences_total", "Questions asked of nobody that the documents don't answer.", s.AmbientSilences.Load)
	counter("failures_total", "Handlers that failed.", s.Failures.Load)
	counter("feedback_good_total", "Thumbs up.", s.Good.Load)
	counter("feedback_bad_total", "Thumbs down.", s.Bad.Load)
	gauge := func(name, help string, value func() float64) {
		r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "historian_" + name, Help: help}, value))
	}
	gauge("connected", "1 if all shards of this process are connected.", func() float64 {
		if b.Connected() {
			return 1
		}
		return 0
	})
	gauge("passages", "Passages of the index being served.", func() float64 { return float64(live.Catalog().Passages) })
	return r
}

// healthy asks the running bot whether it is well: the check of a container.
func healthy(ctx context.Context, c config, stderr io.Writer) int {
	if c.HTTP == "" {
		fmt.Fprintln(stderr, "bot: -healthy needs HTTP_ADDR, where the running bot listens")
		return exitUsage
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.HTTP+"/healthz", nil)
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitUsage
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitError
	}
	_ = resp.Body.Close() // the status says it all
	if resp.StatusCode != http.StatusOK {
		return exitError
	}
	return exitDone
}
