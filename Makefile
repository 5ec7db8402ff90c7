# One command each for a newcomer: `make demo` reads an example story, `make test` passes the tests.
# Both need Python 3.11 or newer, make and git, and put everything in .venv.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test slow lint bench clean

$(VENV)/.ready: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

demo: $(VENV)/.ready
	@mkdir -p out
	$(BIN)/consilience read benchmark/cases/ferry-capsize/articles --html out/ferry-capsize.html
	@echo "The report is in out/ferry-capsize.html: open it in a browser."

test: $(VENV)/.ready
	$(BIN)/python -m pytest

slow: $(VENV)/.ready
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/.ready
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

bench: $(VENV)/.ready
	$(BIN)/python -m benchmark

clean:
	rm -rf $(VENV) out build dist
