# Every target builds .venv when it is missing. `make demo` and `make test` are the
# two that a newcomer needs; each works alone on a machine with Python and make.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
FUZZ_S ?= 120
CLASS := graders/suites/assignment2_cnn/sample_class

SEEDS ?= 50

.PHONY: demo test test-long test-hostile test-all validate fuzz lint format stubs bench clean help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Building .venv (TensorFlow is large; this takes a few minutes once) ..."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

demo: $(READY) ## grade the sample class of assignment 2
	$(BIN)/grade batch assignment2 $(CLASS) --out grades/sample_class --require-tier none

# Four at a time on two cores: for a half of their time, tests wait for limits to pass.
test: $(READY) ## all tests but the long and the slow ones, in a few minutes
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "not long and not slow and not hostile"

test-long: $(READY) ## clusters, killed processes, networks that train: a few minutes more
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "long and not slow and not hostile"

test-hostile: $(READY) ## every attack behind every kind of walls that this machine offers
	$(BIN)/python -m pytest -n 2 tests/hostile tests/graders/batch/test_kills.py

test-all: $(READY) ## every test: all wheats and mutants at 20 seeds, 20 repeats
	$(BIN)/python -m pytest -n 2 --timeout 3600

validate: $(READY) ## every assignment's grading measured at SEEDS seeds; takes hours, goes on
	for name in 1 2 3 4; do \
	  $(BIN)/grade validate assignment$$name --seeds $(SEEDS) || exit 1; done

fuzz: $(READY) ## look for bytes that break the wire, for FUZZ_S seconds
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'
	$(BIN)/python tests/fuzz/fuzz_wire.py -max_total_time=$(FUZZ_S) -max_len=20000 \
	  -rss_limit_mb=2048

lint: $(READY) ## formatting, lint rules, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(READY) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

stubs: $(READY) ## make the stubs anew from the reference solutions
	$(BIN)/python -m graders.authoring.stubbing

bench: $(READY) ## grading against other systems, what a job costs, and a whole grading
	$(BIN)/python -m benchmarks.overhead_per_job
	$(BIN)/python -m benchmarks.compare --one-thread --readme
	$(BIN)/python -m benchmarks.overhead
	$(BIN)/python -m benchmarks.cold_gradings

clean: ## remove the environment and results
	rm -rf .venv benchmarks/.peers-venv grades *.egg-info
