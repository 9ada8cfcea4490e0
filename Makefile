# `make run` builds the graph and answers a question; `make test` runs every quick test, `make test MARK=`
# every test. Each sets up what it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STORE ?= .g60kg/store
MARK ?= not slow
# Tests also wait, for servers and for time to pass: half as many again as there are processors run at one time.
JOBS ?= $(shell echo $$(( ($$(getconf _NPROCESSORS_ONLN) * 3 + 1) / 2 )))
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1
unexport PYTHONDONTWRITEBYTECODE  # the tests start many processes: none need compile what another has

.PHONY: setup run test pytest test-slow check docs clean

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "g60kg needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

# What running needs alone; the tests' servers and browsers come with `make test`.
$(VENV)/.ready: pyproject.toml hatch_build.py web/package-lock.json | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.ready-dev: pyproject.toml hatch_build.py web/package-lock.json | $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-compile --editable '.[dev]'
	touch $@ $(VENV)/.ready

setup: $(VENV)/.ready-dev

run: $(VENV)/.ready
	$(BIN)/g60kg --store $(STORE) build
	$(BIN)/g60kg --store $(STORE) query companies-by-industry --industry "artificial intelligence" --format table

test: check pytest

pytest: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -q -rs -n $(JOBS) -m "$(MARK)"

test-slow:
	$(MAKE) pytest MARK=slow

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.ready-dev
	$(BIN)/mkdocs build

clean:
	rm -rf $(VENV) .g60kg build dist *.egg-info
