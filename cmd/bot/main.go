// Command bot runs Historian on Discord.
//
//	bot [-check] [-commands] [-invite] [-healthy]
//
// It answers from the index in the data folder, which it makes of the
// documents that come with it if there is none, and changes to a new one when
// reindex publishes it.
//
// It exits with 0 when it was told to end, 1 after an error, 2 when it is
// configured wrongly or has no token, 3 when Discord refuses the token, 4 when
// Discord refuses an intent, 5 when -check found something amiss.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/joho/godotenv"

	"historian/bot"
	"historian/index"
)

// Exit codes.
const (
	exitDone   = 0
	exitError  = 1
	exitUsage  = 2
	exitToken  = 3
	exitIntent = 4
	exitAmiss  = 5
)

func main() { os.Exit(start()) }

func start() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintln(os.Stderr, "bot: .env:", err)
		return exitUsage
	}
	return run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
}

// mode is what the program is asked to do in place of running the bot.
type mode struct{ check, commands, invite, healthy bool }

func parse(args []string, stderr io.Writer) (m mode, err error) {
	flags := flag.NewFlagSet("bot", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: bot [flags]; .env.example lists the configuration")
		flags.PrintDefaults()
		fmt.Fprintln(stderr, "exit codes: 0 done, 1 error, 2 configuration, 3 token refused, 4 intent refused, 5 -check found something amiss")
	}
	flags.BoolVar(&m.check, "check", false, "check token, intents, permissions, commands and index, and exit")
	flags.BoolVar(&m.commands, "commands", false, "print the application commands as Discord gets them, and exit")
	flags.BoolVar(&m.invite, "invite", false, "print the link that adds the bot to a server, and exit")
	flags.BoolVar(&m.healthy, "healthy", false, "ask the running bot at HTTP_ADDR whether it is well, and exit")
	if err := flags.Parse(args); err != nil {
		return m, err
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "bot: it takes no argument, but got %q\n", flags.Arg(0))
		return m, errors.New("surplus argument")
	}
	return m, nil
}

func run(ctx context.Context, args, environ []string, stdout, stderr io.Writer) int {
	m, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		return exitUsage
	}
	c, err := readConfig(environ)
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitUsage
	}
	switch {
	case m.healthy:
		return healthy(ctx, c, stderr)
	case m.commands:
		return printCommands(c, stdout, stderr)
	case c.Token == "":
		fmt.Fprint(stderr, noToken)
		return exitUsage
	case m.invite:
		return invite(ctx, c, stdout, stderr)
	}
	return serve(ctx, c, m.check, stdout, stderr)
}

const noToken = `bot: there is no token. To get one:
  1. open https://discord.com/developers/applications and make a New Application
  2. Bot › Reset Token, and copy it
  3. put it into .env as DISCORD_TOKEN=…, or into the environment
Without Discord: go run ./cmd/preview shows it in a browser;
go run ./cmd/ask "when did GPT-2 release?" answers on the terminal.
`

func printCommands(c config, stdout, stderr io.Writer) int {
	data, err := bot.New(nil, c.options(nil)).CommandsJSON()
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitError
	}
	fmt.Fprintln(stdout, string(data))
	return exitDone
}

// invite prints the link that adds the bot to a server; the other one, which
// few need, beside it.
func invite(ctx context.Context, c config, stdout, stderr io.Writer) int {
	links, err := bot.Invite(ctx, c.gateway())
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitUsage
	}
	fmt.Fprintln(stdout, links.Server)
	fmt.Fprintln(stderr, "To have its commands for yourself, in every server:", links.Person)
	return exitDone
}

// serve opens the index and runs or checks the bot.
func serve(ctx context.Context, c config, check bool, stdout, stderr io.Writer) int {
	log := c.logger(stderr)
	font, err := c.font()
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitUsage
	}
	live, err := follow(ctx, c, log)
	if err != nil {
		fmt.Fprintln(stderr, "bot: open index:", err)
		return exitError
	}
	defer func() { _ = live.Close() }() // only read from
	options := c.options(log)
	options.Font = font
	if check {
		return report(bot.New(live, options).Check(ctx, c.gateway()), live, stdout)
	}
	if options.Desk, err = openDesk(c, log); err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitUsage
	}
	defer func() {
		if err := options.Desk.Close(); err != nil {
			log.Error("can't close the desk", "error", err)
		}
	}()
	b := bot.New(live, options)
	stop, err := observe(c, b, live, log)
	if err != nil {
		fmt.Fprintln(stderr, "bot:", err)
		return exitUsage
	}
	defer stop()
	return exitCode(b.Run(ctx, c.gateway()), stderr)
}

// follow opens the index: a search engine's if there is one, or that of the
// data folder, made of the documents that come with the program if need be.
func follow(ctx context.Context, c config, log *slog.Logger) (*index.Live, error) {
	if c.Engine == "" {
		built, err := index.Prepare(ctx, c.Data)
		if err != nil {
			return nil, err
		}
		if built {
			log.Info("built the index of the documents that come with the program", "data", c.Data)
		}
	}
	lexicon, err := c.lexicon(log)
	if err != nil {
		return nil, err
	}
	return index.Follow(ctx, c.Data, index.FollowOptions{Logger: log, Engine: c.Engine, Lexicon: lexicon})
}

// exitCode tells scripts and supervisors what ended the bot.
func exitCode(err error, stderr io.Writer) int {
	if err == nil {
		return exitDone
	}
	fmt.Fprintln(stderr, "bot:", err)
	var fatal *bot.FatalError
	if !errors.As(err, &fatal) {
		return exitError
	}
	switch fatal.Code {
	case 401, 4004:
		return exitToken
	case 4013, 4014:
		return exitIntent
	}
	return exitError
}

// report prints a check, a line each.
func report(findings []bot.Finding, live *index.Live, stdout io.Writer) int {
	c := live.Catalog()
	findings = append(findings, bot.Finding{What: "index", OK: c.Passages > 0, Says: fmt.Sprintf("%s, %d documents, %d passages", c.Generation, len(c.Documents), c.Passages)})
	code := exitDone
	for _, f := range findings {
		mark := "ok  "
		if !f.OK {
			mark, code = "MEND", exitAmiss
		}
		fmt.Fprintf(stdout, "%s %-10s %s\n", mark, f.What, f.Says)
	}
	return code
}
