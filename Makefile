# `make demo` and `make test` are all that a fresh machine with Python needs; the rest is for those who change the code.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CLUSTER_STAMP := $(VENV)/.installed-cluster
UV := $(VENV)/bin/uv
# bytecode halves the start of Prefect and Great Expectations, so it is wanted even where the machine says otherwise
export PYTHONDONTWRITEBYTECODE :=
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: install install-cluster demo test test-browser test-faults test-cluster compiled test-compiled check docs golden samples bench lock clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# what the tests of PostgreSQL, S3, Dask and Ray need: 400 MB that nobody else does, so it is not part of install
install-cluster: $(CLUSTER_STAMP)

$(CLUSTER_STAMP): $(STAMP) requirements-cluster.lock
	$(UV) pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-cluster.lock
	@touch $@

demo: install
	$(BIN)/taizhang run samples/notices --warehouse var/demo
	$(BIN)/taizhang report --warehouse var/demo --out var/demo-report
	@echo "Open the report: $(CURDIR)/var/demo-report/index.html"

test: install
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not faults and not cluster and not browser" tests

# the report's pages in headless Chromium; where there is none, they say that they were skipped
test-browser: install
	$(BIN)/python -m pytest -n 2 --dist loadfile -m browser tests

test-faults: install
	$(BIN)/python -m pytest -n 2 -m faults tests

# PostgreSQL comes from Debian where we may install it; where it is not, its tests say that they were skipped
test-cluster: install-cluster
	tools/install_postgres.sh
	$(BIN)/python -m pytest -m cluster tests

# the rules compiled: a quarter less CPU for the same values, until a source is changed (a C compiler is needed; two minutes)
compiled: install
	$(BIN)/python -m tools.compile_transforms

test-compiled: compiled
	TAIZHANG_COMPILED=1 $(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/transforms/test_linear.py tests/transforms tests/cases tests/acceptance

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate_docs.py --check

docs: install
	$(BIN)/python tools/generate_docs.py

golden: install
	$(BIN)/python tools/write_golden.py
	git --no-pager diff --stat -- tests/golden

# CPU time as ratios, printed: extraction compiled and plain, then what a run costs outside extraction
bench: compiled
	TAIZHANG_COMPILED=1 $(BIN)/python -m benchmarks.extraction
	TAIZHANG_COMPILED=0 $(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.overhead

COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" pyproject.toml

lock: install
	$(COMPILE) --extra dev -o requirements.lock
	$(COMPILE) --extra cluster --constraint requirements.lock -o requirements-cluster.lock

clean:
	rm -rf $(VENV) var
