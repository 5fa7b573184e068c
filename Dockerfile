# Two stages: build a static binary of each program, ship them alone.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/ ./cmd/bot ./cmd/reindex ./cmd/ask \
 && mkdir -p /out/data /out/corpus

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/bot /out/reindex /out/ask /usr/local/bin/
# The only writable place; mount a volume here and run with --read-only.
COPY --from=build --chown=nonroot:nonroot /out/data /data
COPY --from=build --chown=nonroot:nonroot /out/corpus /corpus
ENV DATA_DIR=/data HTTP_ADDR=127.0.0.1:8080
VOLUME /data
USER nonroot
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s CMD ["bot", "-healthy"]
ENTRYPOINT ["bot"]
