package index_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"historian/corpus"
	"historian/index"
)

// A node is a Weaviate server of a cluster on this machine.
type node struct {
	t            *testing.T
	n            int
	dir          string
	cmd          *exec.Cmd
	http, gossip string // addresses
	env          []string
}

// cluster starts three nodes of the server that WEAVIATE_SERVER names.
func cluster(t *testing.T) []*node {
	t.Helper()
	server := os.Getenv("WEAVIATE_SERVER")
	if server == "" {
		t.Skip("set WEAVIATE_SERVER to a weaviate-server (go install github.com/weaviate/weaviate/cmd/weaviate-server@v1.35.2) to test on a cluster")
	}
	const size = 3
	ports := freePorts(t, 7*size)
	port := func(n, what int) int { return ports[7*n+what] }
	const rest, grpc, gossip, data, raft, rpc, profile = 0, 1, 2, 3, 4, 5, 6
	var join []string
	for n := range size {
		join = append(join, fmt.Sprintf("node%d:%d", n, port(n, raft)))
	}
	var nodes []*node
	for n := range size {
		env := []string{
			"PERSISTENCE_DATA_PATH=" + filepath.Join(t.TempDir(), "data"),
			"AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED=true", "DEFAULT_VECTORIZER_MODULE=none", "DISABLE_TELEMETRY=true",
			"LOG_LEVEL=error", "CLUSTER_IN_LOCALHOST=true", "CLUSTER_ADVERTISE_ADDR=127.0.0.1", "CLUSTER_BIND_ADDR=127.0.0.1", "QUERY_DEFAULTS_LIMIT=20", "GOMAXPROCS=2",
			fmt.Sprintf("CLUSTER_HOSTNAME=node%d", n),
			fmt.Sprintf("GRPC_PORT=%d", port(n, grpc)),
			fmt.Sprintf("CLUSTER_GOSSIP_BIND_PORT=%d", port(n, gossip)),
			fmt.Sprintf("CLUSTER_DATA_BIND_PORT=%d", port(n, data)),
			fmt.Sprintf("RAFT_PORT=%d", port(n, raft)), fmt.Sprintf("RAFT_INTERNAL_RPC_PORT=%d", port(n, rpc)),
			fmt.Sprintf("GO_PROFILING_PORT=%d", port(n, profile)),
			"RAFT_JOIN=" + strings.Join(join, ","), fmt.Sprint("RAFT_BOOTSTRAP_EXPECT=", size),
		}
		if n > 0 {
			env = append(env, fmt.Sprintf("CLUSTER_JOIN=127.0.0.1:%d", port(0, gossip)))
		}
		nodes = append(nodes, &node{t: t, n: n, dir: t.TempDir(), http: fmt.Sprintf("127.0.0.1:%d", port(n, rest)),
			gossip: fmt.Sprintf("127.0.0.1:%d", port(n, gossip)), env: env})
	}
	start(t, nodes)
	return nodes
}

// start starts the nodes and waits for them. The others join the first, so
// that must listen first.
func start(t *testing.T, nodes []*node) {
	t.Helper()
	for _, x := range nodes {
		x.start()
		until(t, "the gossip of a node", func() bool {
			c, err := net.Dial("tcp", x.gossip)
			if err == nil {
				_ = c.Close() // it was only to see
			}
			return err == nil
		})
	}
	for _, x := range nodes {
		x.await()
	}
}

// freePorts finds ports in a row that nobody listens on: Weaviate expects some
// of a node's beside each other. They are below those that the system gives out.
func freePorts(t *testing.T, n int) (ports []int) {
	t.Helper()
	for base := 20000 + 50*(os.Getpid()%200); base < 32000; base += n {
		ports = ports[:0]
		for port := base; port < base+n; port++ {
			l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", port))
			if err != nil {
				break
			}
			_ = l.Close() // it was only to see
			ports = append(ports, port)
		}
		if len(ports) == n {
			return ports
		}
	}
	t.Fatal("no free ports")
	return nil
}

func (x *node) start() {
	x.t.Helper()
	host, port, _ := net.SplitHostPort(x.http)
	x.cmd = exec.Command(os.Getenv("WEAVIATE_SERVER"), "--scheme", "http", "--host", host, "--port", port)
	x.cmd.Env = append(os.Environ(), x.env...)
	x.cmd.Dir = x.dir
	log, err := os.Create(filepath.Join(x.dir, "log"))
	if err != nil {
		x.t.Fatal(err)
	}
	x.cmd.Stdout, x.cmd.Stderr = log, log
	if err := x.cmd.Start(); err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(x.kill)
}

// kill ends the node as a power cut would.
func (x *node) kill() {
	_ = x.cmd.Process.Kill() // may have ended
	_ = x.cmd.Wait()
}

func (x *node) await() {
	x.t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		resp, err := http.Get("http://" + x.http + "/v1/.well-known/ready")
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
	}
	log, _ := os.ReadFile(filepath.Join(x.dir, "log"))
	x.t.Fatalf("node %d isn't ready: %s", x.n, log[max(0, len(log)-4000):])
}

// engineQuestions have their answers in the shipped documents.
var engineQuestions = []string{
	"When was GPT-2 released?", "How many parameters does GPT-3 have?", "What does GPT stand for?", "Who wrote the Transformer paper?",
	"GPT-3 有多少参数？", "ChatGPT 是什么时候发布的？", "What is RLHF?", "What can GPT-4 read besides text?",
}

// TestEngine publishes the shipped documents to a cluster, and asks it what
// the files on disk are asked: the same passages answer; with a node killed
// they still do; with all of them killed there is an error, and none any more
// when they are back.
func TestEngine(t *testing.T) {
	nodes := cluster(t)
	var hosts []string
	for _, x := range nodes {
		hosts = append(hosts, x.http)
	}
	address := "weaviate://" + strings.Join(hosts, ",") + "?replicas=2"
	ctx, here, there := context.Background(), t.TempDir(), t.TempDir()
	if _, err := index.Prepare(ctx, here); err != nil {
		t.Fatal(err)
	}
	if err := index.Mirror(ctx, address, there); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("with nothing published: %v", err)
	}
	publish := func() {
		t.Helper()
		if err := index.Publish(ctx, address, here); err != nil {
			t.Fatal(err)
		}
	}
	publish()
	local, err := index.Follow(ctx, here, index.FollowOptions{Poll: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer local.Close()
	remote, err := index.Follow(ctx, there, index.FollowOptions{Engine: address, Poll: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer remote.Close()
	same := func(when string) {
		t.Helper()
		for _, q := range engineQuestions {
			want, err := local.Answer(ctx, index.Question{Text: q})
			if err != nil {
				t.Fatal(err)
			}
			got, err := remote.Answer(ctx, index.Question{Text: q})
			if err != nil {
				t.Errorf("%s, %q: %v", when, q, err)
				continue
			}
			if first(got) != first(want) {
				t.Errorf("%s, %q: %q, want %q", when, q, first(got), first(want))
			}
		}
	}
	same("at first")

	if _, err := index.Reindex(ctx, here, corpus.Read(corpus.Shipped(), corpus.Options{}), index.ReindexOptions{}); err != nil {
		t.Fatal(err)
	}
	publish()
	until(t, "the new generation", func() bool { return remote.Generation() != "" && remote.Generation() == local.Generation() })
	same("after a reindex")

	if _, _, err := index.Rollback(there); err != nil {
		t.Fatal(err)
	}
	if err := index.Publish(ctx, address, there); err != nil {
		t.Errorf("rolled back by a reader: %v", err)
	}
	until(t, "the old generation", func() bool { return remote.Generation() != local.Generation() })
	same("after a rollback")

	killed := make(chan struct{})
	go func() {
		defer close(killed)
		nodes[0].kill()
	}()
	for range 10 {
		same("with a node killed")
	}
	<-killed

	nodes[1].kill()
	nodes[2].kill()
	if a, err := remote.Answer(ctx, index.Question{Text: "What was the name of the second paper on scaling laws?"}); !errors.Is(err, index.ErrEngine) {
		t.Errorf("with all nodes killed: %q, %v", first(a), err)
	}
	start(t, nodes)
	until(t, "the engine", func() bool {
		_, err := remote.Answer(ctx, index.Question{Text: engineQuestions[0]})
		return err == nil
	})
	same("with all nodes back")
}

func first(a index.Answer) string {
	if a.Abstained() {
		return ""
	}
	return a.Excerpts[0].Passage.ID + " " + a.Excerpts[0].Text
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s doesn't come", what)
		}
	}
}
