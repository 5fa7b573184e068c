# What people type most. `make check` is what CI runs.
.PHONY: run ask preview reindex test golden pictures bench growth fuzz lint check image

run: ; go run ./cmd/bot
ask: ; go run ./cmd/ask
preview: ; go run ./cmd/preview
reindex: ; go run ./cmd/reindex -corpus "$${CORPUS_DIR:-corpus/gpt}"
test: ; go test ./...
golden: ; go test ./... -run Golden -update   # then review the diff as writing
pictures: ; go test ./cmd/preview -run Pictures -update   # then look at them
bench: ; go test ./... -run '^$$' -bench . -benchmem
growth: ; go run ./cmd/evaluate growth -plot docs/growth.svg   # table and plot of docs/performance.md; half an hour
fuzz: ; .ci/fuzz 10s
lint: ; .ci/lint
check: ; .ci/run
image: ; docker build -t historian .
