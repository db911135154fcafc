# Two commands matter: `make run` and `make test`. Each sets the machine up first.
#
# Everything is built in the release profile into one folder outside the tree, so that RocksDB's C++ (15 to 25 minutes) is
# compiled once per machine, whatever clone is built.

export CARGO_TARGET_DIR ?= $(HOME)/.cache/guiyi/target
CARGO := cargo
TOOLS := $(HOME)/.cache/guiyi/tools
DENY := $(TOOLS)/bin/cargo-deny
DENY_VERSION := 0.20.2
GUIYI := $(CARGO_TARGET_DIR)/release/guiyi
RUN_DIR ?= $(HOME)/.cache/guiyi/run
LISTEN ?= 127.0.0.1:50051

.PHONY: run test lint build setup check bench accuracy fixtures help

help:
	@echo "make run    set up, build, cleanse the sample customers, serve gRPC on $(LISTEN)"
	@echo "make test   set up, build, lint, run every test"
	@echo "make lint   formatting, clippy, licences"
	@echo "make bench  measure field layer and scoring, write benches/fields.md, scoring.md"
	@echo "make accuracy  measure matching on data with truth, write benches/accuracy.md"
	@echo "make check  quick check of the core without RocksDB"

setup:
	@./tools/setup.sh

build: setup
	$(CARGO) build --release --locked

run: build
	@./tools/run_sample.sh "$(GUIYI)" "$(RUN_DIR)" "$(LISTEN)"

test: setup lint
	$(CARGO) test --release --locked

lint: setup $(DENY)
	$(CARGO) fmt --check
	$(CARGO) check --release --locked --no-default-features --lib
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	$(DENY) check licenses bans sources

$(DENY):
	@echo "installing cargo-deny $(DENY_VERSION) into $(TOOLS)"
	CARGO_TARGET_DIR=$(TOOLS)/target $(CARGO) install --locked --root $(TOOLS) cargo-deny@$(DENY_VERSION)
	rm -rf $(TOOLS)/target

check:
	$(CARGO) check --no-default-features --features cli

# Measures the field layer and scoring, writes benches/fields.md and benches/scoring.md.
bench: build
	python3 benches/fields.py "$(GUIYI)"
	python3 benches/scoring.py "$(GUIYI)"

accuracy: build
	python3 benches/accuracy.py "$(GUIYI)" ../shared/data

# Writes the golden runs and the contract of the protocol buffers anew; read the diff before committing it.
fixtures: build
	GUIYI_UPDATE_FIXTURES=1 $(CARGO) test --release --locked
