# make demo: everything from a bare clone to the first result.
# make test: the same set-up with the tools of development, then the tests.
# make help: all other habits.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PINNED := pyproject.toml constraints.txt

# Several at a time, one more than there are cores (tests/conftest.py): a good part of the
# tests compile the model anew, others wait. Tests in a browser share one server, and so
# one process.
PYTEST := -m pytest -n auto --dist loadgroup
QUICK  := not (slow or long or verification or studies or pages or studio or browser \
  or benchmarks or behaviour or cluster)
COVER  := verification or not (slow or long or browser or cluster)

.PHONY: demo app quick test verify cluster coverage format check docs docs-write golden studio \
  worlds bench ci clean help

demo: $(VENV)/.installed ## set up, then compare all named schemes
	$(BIN)/tokenmaxxing

app: $(VENV)/.installed-app ## open the studio in a browser
	$(BIN)/tokenmaxxing app

quick: $(VENV)/.installed-dev ## the tests to run after every edit
	$(BIN)/python $(PYTEST) -m "$(QUICK)"

test: $(VENV)/.installed-dev ## all tests but those of make verify
	$(BIN)/python $(PYTEST) -m "not (verification or long or cluster)"

verify: $(VENV)/.installed-dev ## theory, facts, planted errors, clusters: what takes longest
	$(BIN)/python $(PYTEST) -m "verification or long or cluster"

coverage: $(VENV)/.installed-dev ## how much of the code the tests run
	rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run $(PYTEST) -m "$(COVER)"
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report
	@for package in model experiments app; do \
	  echo "$$package: $$($(BIN)/python -m coverage report --format=total \
	    --include="$$package/*") % covered"; done

cluster: $(VENV)/.installed-dev ## a sweep on a SLURM that is started for it (as root)
	$(BIN)/python -m pytest -m cluster

format: $(VENV)/.installed-dev ## put code into shape, and cure what ruff can cure
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(VENV)/.installed-dev ## shape, lint, types, imports, documents, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.documents --check
	$(BIN)/codespell

docs: $(VENV)/.installed-docs ## the documentation site, in build/site
	$(BIN)/python -m tools.site

docs-write: $(VENV)/.installed ## write the generated parts of the documents anew
	$(BIN)/python -m tools.documents

golden: $(VENV)/.installed ## write the golden values anew, and say how far they moved
	$(BIN)/python tests/golden/golden.py

studio: $(VENV)/.installed-app ## compute anew what comes with the studio (minutes)
	$(BIN)/python -m tools.studio

worlds: $(VENV)/.installed ## find the plausible worlds anew (half an hour)
	$(BIN)/tokenmaxxing study=worlds out=outputs/worlds
	for table in plausible search targets origin; do \
	  cp "outputs/worlds/$$table.csv" configs/worlds/; done
	$(BIN)/tokenmaxxing study=worlds study.shape=uniform study.each=3 \
	  out=outputs/worlds_uniform
	mkdir -p configs/worlds/uniform
	for table in plausible origin; do \
	  cp "outputs/worlds_uniform/$$table.csv" configs/worlds/uniform/; done

bench: $(VENV)/.installed-bench ## the engine beside other frameworks (eight minutes)
	$(BIN)/python benchmarks/compare.py

ci: ## all that is run before a change is taken: .ci/run
	bash .ci/run

clean: ## remove the environment, caches and what was built; results stay
	rm -rf $(VENV) build htmlcov .coverage .coverage.* \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' \
	  $(firstword $(MAKEFILE_LIST))

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

$(VENV)/.installed-%: $(PINNED) | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[$*]'
	@touch $@ $(VENV)/.installed
