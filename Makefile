# `make run` builds the graph and answers a question; `make test` runs every quick test. Both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STORE ?= .g60kg/store
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-slow check setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml hatch_build.py web/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "g60kg needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

run: setup
	$(BIN)/g60kg --store $(STORE) build
	$(BIN)/g60kg --store $(STORE) query companies-by-industry --industry "artificial intelligence" --format table

test: setup check
	$(BIN)/python -m pytest -q -rs -n auto -m "not slow"

test-slow: setup
	$(BIN)/python -m pytest -q -rs -n auto -m slow

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) .g60kg build dist *.egg-info
