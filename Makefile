# make help lists what there is.

SHARED   ?= ../shared
ARGS     ?=
REAL     ?=

lint := go tool -modfile=tools/go.mod golangci-lint

# One set of flags for all that is built: the parts share what is compiled, and so do clones in other folders.
export GOFLAGS     := $(strip $(shell go env GOFLAGS) -trimpath)
export CGO_ENABLED ?= 0

# The program that is tested.
with_bin := BIBXML_BIN=$(CURDIR)/bin/bibxml

# The race detector needs a C compiler.
unit_test := $(if $(shell command -v cc),CGO_ENABLED=1 go test -race,go test) -timeout 25m

.DEFAULT_GOAL := help
.NOTPARALLEL:

.PHONY: help
help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##### Run

.PHONY: run
run: build ## serve at http://localhost:8000 and index, without any configuration
	@bin/bibxml run

.PHONY: build
build: ## build bin/bibxml
	go build -o bin/bibxml .

##### Test

.PHONY: test
test: needs check-generated lint unit fuzz e2e clients faults check-ops audit ## everything that CI runs; installs what it needs

.PHONY: unit
unit: ## the tests of the packages, on a private PostgreSQL
	$(unit_test) -skip '^TestRelevance$$' ./...
	@mkdir -p bin
	$(unit_test) -run '^TestRelevance$$' -v ./app >bin/relevance.txt || { cat bin/relevance.txt; exit 1; }
	@grep -E '^ +(identifiers|words): |  .*: want |^ok' bin/relevance.txt

.PHONY: fuzz
fuzz: ## each fuzz test for some thousand executions, from the saved corpus
	scripts/fuzz

.PHONY: fuzz-long
fuzz-long: ## each fuzz test for FACTOR=100 times as many, continuing from the inputs of the last time
	FUZZCACHE="$$(go env GOCACHE)/fuzz-long" scripts/fuzz $(or $(FACTOR),100)

.PHONY: e2e
e2e: build e2e/node_modules ## journeys in Chromium against the real program; ARGS for Playwright
	npm run --silent --prefix e2e check
	$(with_bin) npm test --silent --prefix e2e -- $(ARGS)

.PHONY: clients
clients: build ## kramdown-rfc and XInclude build a draft of references from the running service
	scripts/needs
	$(with_bin) go run ./e2e/clients -schemas $(SHARED)/schemas $(ARGS)

.PHONY: faults
faults: build ## what must survive failing machines and upgrades, in short: crash, scale, load and upgrade
	$(with_bin) go run ./e2e/crash
	$(with_bin) go run ./e2e/scale
	$(with_bin) go run ./e2e/load
	$(with_bin) go run ./e2e/upgrade

.PHONY: crash
crash: ## kill the worker 50 times and the database 10 times within indexings; ARGS='-seed 1'
	go run ./e2e/crash -kills 50 -outages 10 -documents 4000 $(ARGS)

.PHONY: scale
scale: ## three web processes behind nginx are one service
	scripts/needs
	go run ./e2e/scale $(ARGS)

.PHONY: load
load: ## mixed traffic while everything is restarted, killed, full or hanging; ARGS='-lasting 30m'
	go run ./e2e/load $(ARGS)

.PHONY: upgrade
upgrade: ## go from the version before to this one while readers ask
	go run ./e2e/upgrade $(ARGS)

.PHONY: lint
lint: ## golangci-lint
	$(lint) run ./...

.PHONY: fmt
fmt: ## put the code into its form
	$(lint) fmt ./...
	go tool templ fmt views

.PHONY: check-ops
check-ops: ## containers, manifests, alarms and dashboards, as far as that goes without an engine
	scripts/check-ops

.PHONY: audit
audit: node_modules e2e/node_modules sbom ## licences, and known vulnerabilities where there is a network
	scripts/audit

.PHONY: sbom
sbom: build ## write bin/bibxml.cdx.json, what the program is made of
	scripts/sbom bin/bibxml bin/bibxml.cdx.json

.PHONY: conformance
conformance: ## replay recorded answers from SHARED=../shared, and validate the XML of all documents; REAL=1 validates those of the real corpus alone
	go run ./e2e/conformance -shared $(SHARED) $(if $(REAL),-real) $(ARGS)

.PHONY: conformance-raise
conformance-raise: ## the same, and raise the floors to what was reached
	go run ./e2e/conformance -shared $(SHARED) -raise $(ARGS)

.PHONY: bench
bench: ## measure, on SHARED=../shared or with ARGS='--documents 300000'; REAL=1 measures on the real corpus
	go run ./e2e/bench -data $(SHARED)/data -cases $(SHARED)/conformance/cases $(if $(REAL),-real) $(ARGS)

##### Prepare

.PHONY: needs
needs: ## install what the tests need beside Go, Node, git and make
	scripts/needs

.PHONY: generate
generate: node_modules ## make the components and the style sheet again
	go generate ./...

.PHONY: check-generated
check-generated: node_modules ## fail when generating changes something
	scripts/check-generated

node_modules: package-lock.json
	npm ci --no-fund --no-audit
	@touch $@

e2e/node_modules: e2e/package-lock.json
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-fund --no-audit --prefix e2e
	@touch $@

.PHONY: clean
clean: ## remove what was built and the private database
	rm -rf bin var node_modules e2e/node_modules e2e/artefacts
