# syntax=docker/dockerfile:1
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /bibxml .

# git fetches the sources; the rest of the program is one static file.
FROM alpine:3.22
RUN apk add --no-cache ca-certificates git tzdata \
 && adduser -D -H -u 10001 bibxml \
 && install -d -o bibxml -g bibxml /data
COPY --from=build /bibxml /usr/local/bin/bibxml
# The version to show: docker build --build-arg SNAPSHOT=$(git describe --always)
ARG SNAPSHOT=
ENV SNAPSHOT=$SNAPSHOT \
    BIBXML_DATA=/data \
    LISTEN=0.0.0.0
USER bibxml
WORKDIR /data
VOLUME /data
EXPOSE 8000 9080
ENTRYPOINT ["bibxml"]
CMD ["serve"]
