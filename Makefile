# `make run` and `make test` do all the set-up on a fresh machine with Python ≥ 3.11.
# The lock files are complete, so pip resolves nothing (--no-deps): an older pip would look for `coverage[toml]` anew.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lint types imports browser reliability reliability-long bench pictures lock clean

run: $(VENV)/run.stamp
	$(BIN)/python -m bot run

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -m "not browser" -n 2 --dist worksteal

# All that .ci/run checks besides the tests.
check: lint types imports

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

browser: $(VENV)/dev.stamp
	$(BIN)/python -m pytest tests/browser

# Seeded fault runs with a table of the figures reached; minutes, or hours before a release.
reliability: $(VENV)/dev.stamp
	$(BIN)/python -m tests.reliability

reliability-long: $(VENV)/dev.stamp
	$(BIN)/python -m tests.reliability --long

# Speed as ratios, each pair measured side by side; a table, never a pass or fail.
bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench

# The documents of the demonstration, drawn anew for README.md. Needs LibreOffice and poppler; look at each before keeping it.
pictures: $(VENV)/dev.stamp
	$(BIN)/python -m tests.documents.album

# After changing dependencies in pyproject.toml.
lock:
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q uv
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header pyproject.toml -o requirements.lock
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
