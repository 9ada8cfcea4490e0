# `make run` builds the graph and answers a question; `make test` runs every quick test. Both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STORE ?= .g60kg/store

.PHONY: run test test-slow check setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

run: setup
	$(BIN)/g60kg --store $(STORE) build
	$(BIN)/g60kg --store $(STORE) query companies-by-industry --industry "artificial intelligence" --format table

test: setup check
	$(BIN)/python -m pytest -q -n auto -m "not slow"

test-slow: setup
	$(BIN)/python -m pytest -q -n auto -m slow

check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) .g60kg build dist *.egg-info
