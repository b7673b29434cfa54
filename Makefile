# On a machine with Python 3.11 to 3.13 and make, `make run` and `make test` need nothing done before.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKSPACE := $(or $(SMARTREC_WORKSPACE),var/demo)
PORT ?= 8501
JOBS ?= 2

.PHONY: setup run test lint format build screenshots clean
.DEFAULT_GOAL := run

setup: $(STAMP)

$(STAMP): requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "SmartRec needs Python 3.11, 3.12 or 3.13; none was found. Set PYTHON=/path/to/python." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what SmartRec needs into $(VENV) (once, a few minutes) ..."
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -e '.[test,train]'
	@touch $@

$(WORKSPACE)/manifest.json: | $(STAMP)
	$(BIN)/python -m smartrec build --workspace $(WORKSPACE)

build: $(STAMP)
	$(BIN)/python -m smartrec build --workspace $(WORKSPACE)

run: $(STAMP) $(WORKSPACE)/manifest.json
	SMARTREC_WORKSPACE=$(WORKSPACE) $(BIN)/python -m streamlit run app.py --server.port $(PORT)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: lint
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

screenshots: $(STAMP) $(WORKSPACE)/manifest.json
	$(BIN)/python -m benchmarks.screenshots

clean:
	rm -rf $(VENV) var/demo screenshots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info
