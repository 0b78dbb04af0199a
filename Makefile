# make demo: everything from a bare clone to the first result.
# make test: the same set-up with the tools of development, then the tests.
# make docs: the documentation site, in build/site.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PINNED := pyproject.toml constraints.txt

.PHONY: demo test check docs clean

demo: $(VENV)/.installed
	$(BIN)/tokenmaxxing

# Several at a time: a good part of the tests compile the model anew. Tests in a browser
# share one server, and so one process.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.installed-docs
	$(BIN)/python -m tools.documents --check
	$(BIN)/python -m tools.site

clean:
	rm -rf $(VENV)

# Whatever the machine lacks is named in one line.
$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { echo "$(PYTHON) is not there:" \
	  "install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than 3.11:" \
	  "install a newer one and name it: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv module:" \
	  "install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

# The stamps depend on the pins: a second call is quick, a changed pin installs anew.
$(VENV)/.installed: $(PINNED) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(PINNED) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-docs: $(PINNED) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[docs]'
	@touch $@ $(VENV)/.installed
