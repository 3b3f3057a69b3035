# syntax=docker/dockerfile:1
# One image for all roles. docs/operations.md says how it is built, how large it is, and what it may do.
#
#   docker build --build-arg VERSION=1.2.3 --build-arg COMMIT=$(git rev-parse HEAD) --tag bibxml:1.2.3 .
#
# The compiler runs on the machine that builds, whatever the image is for.
FROM --platform=$BUILDPLATFORM golang:1.26.8-alpine@sha256:8ac98ca534ac3f51e1f420a1dd2c15e74c75cfa0f23f3ad27eb5d7236c349a0c AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
ARG VERSION=
ARG COMMIT=
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -o /out/bibxml \
    -ldflags "-s -w -X github.com/ietf-tools/bibxml/app/config.version=$VERSION -X github.com/ietf-tools/bibxml/app/config.commit=$COMMIT" .

# The program is one static file. The worker runs git, which needs certificates. It is without ssh: an
# address like git@host:path would need openssh-client-default, 5 MB, and a key.
FROM alpine:3.24.2@sha256:294b683cb724975bec92580e1e685676bd4b50bda910ddb8c51d4cabeaec77e6
RUN apk add --no-cache ca-certificates git \
 && install -d -o 10001 -g 10001 /data
COPY --from=build /out/bibxml /usr/local/bin/bibxml
COPY LICENSE /usr/share/licenses/bibxml/LICENSE

ARG VERSION=
ARG COMMIT=
ARG CREATED=
LABEL org.opencontainers.image.title="BibXML service" \
      org.opencontainers.image.description="Bibliographic service of Internet standards" \
      org.opencontainers.image.source="https://github.com/ietf-tools/bibxml" \
      org.opencontainers.image.licenses="BSD-3-Clause" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$COMMIT" \
      org.opencontainers.image.created="$CREATED"

ENV BIBXML_DATA=/data \
    LISTEN=0.0.0.0
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000 9080
STOPSIGNAL SIGTERM
# Asks the web server; a worker is asked with --worker (docker-compose.yml).
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --start-interval=1s --retries=3 CMD ["bibxml", "health"]
ENTRYPOINT ["bibxml"]
CMD ["serve"]
