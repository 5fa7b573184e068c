// Command preview shows in a browser, as Discord would, what the bot replies
// to what you type: no account, no token, no network.
//
//	preview [-addr ADDR] [-corpus DIR] [-data DIR]
//
// It runs the real bot, with its gateway session and its requests, against
// the Discord of bot/discordtest in the same process, and serves one page that
// plays a person there. So what it shows is what Discord would be sent.
//
// It exits with 0 when it is interrupted, 1 after an error, 2 when called
// wrongly.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/joho/godotenv"
)

func main() { os.Exit(start()) }

func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(os.Stderr, "preview: .env:", err)
		return exitUsage
	}
	return run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
}

// Exit codes.
const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2
)

type options struct{ addr, corpus, data string }

func parse(args []string, getenv func(string) string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("preview", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := "data"
	if v := getenv("DATA_DIR"); v != "" {
		data = v
	}
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8899", "loopback `address` to serve the page at; port 0 for any free one")
	flags.StringVar(&o.corpus, "corpus", "", "answer from this `folder` of documents alone")
	flags.StringVar(&o.data, "data", data, "`folder` of the index (DATA_DIR)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		err = fmt.Errorf("it takes no argument, but got %q", flags.Arg(0))
	} else {
		err = loopback(o.addr)
	}
	if err != nil {
		fmt.Fprintln(stderr, "preview:", err)
	}
	return o, err
}

// loopback refuses addresses that others could reach: whoever opens the page
// speaks as its only person.
func loopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("-addr %q: give host and port, such as 127.0.0.1:8899", addr)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-addr %q: only a loopback address is served, such as 127.0.0.1:8899", addr)
	}
	return nil
}

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	o, err := parse(args, getenv, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitDone
	case err != nil:
		return exitUsage
	}
	if err := serve(ctx, o, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "preview:", err)
		return exitError
	}
	return exitDone
}

// serve serves the page until ctx ends.
func serve(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", o.addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is taken by another program; choose another port with -addr, such as -addr 127.0.0.1:0", o.addr)
	}
	if err != nil {
		return err
	}
	defer ln.Close() //nolint:errcheck // the server closes it first
	index, closeIndex, err := open(ctx, o, stderr)
	if err != nil {
		return err
	}
	defer closeIndex()
	st, err := newStage(ctx, index, stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.close()) }()
	server := &http.Server{Handler: st.routes(), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	fmt.Fprintf(stdout, "http://%s\n", ln.Addr())
	fmt.Fprintln(stderr, "Open this address in a browser; Ctrl-C ends the preview.")
	if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
