# Two commands do everything, set-up included:
#   make booklet    the book in content/, in both languages, into dist/
#   make test       the tests
# Nothing is installed outside this folder. `make clean` takes all of it away again.

PYTHON ?= python3
BIN = .venv/bin
SOURCES = pyproject.toml requirements.lock $(wildcard tools/*.sh tools/maths/*)
JOBS ?= 2

.PHONY: booklet test lint format lock validate workflows corpora bench typography year wheel-check clean

booklet: .venv/ready
	@$(BIN)/booklet build --pdf --epub
	@$(BIN)/booklet build --pdf --epub --language en

test: .venv/ready-dev
	$(BIN)/python -m pytest -n $(JOBS)

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	tools/lock.sh

# SITE: another site to be judged in all editions and profiles; CORPORA: a folder of real ones (see `make corpora`).
validate: .venv/ready-judges booklet
	rm -rf build/corpora
	$(if $(CORPORA),KEEP=build/corpora $(BIN)/python tools/corpora.py $(CORPORA))
	$(BIN)/python tools/editions.py build/editions $(SITE)
	$(BIN)/python tools/cards.py build/cards
	$(BIN)/python tools/validate.py dist build/editions build/cards build/corpora/*
	$(BIN)/python tools/shelf.py build/shelf

# The files of `booklet init --ci`, their steps run in a bare Debian 12: BARE names its root (debootstrap makes one).
workflows: .venv/ready-dev
	$(BIN)/python -m tools.workflows $(BARE)

corpora: .venv/ready-dev
	$(BIN)/python tools/corpora.py $(CORPORA)

typography: .venv/ready-dev
	$(BIN)/python -m tools.typography $(TYPOGRAPHY)

bench: .venv/ready-dev
	$(BIN)/python benchmarks/maths.py $(CORPORA)
	$(BIN)/python benchmarks/epub.py
	$(BIN)/python benchmarks/layout.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/book.py
	$(BIN)/python benchmarks/release.py

# The year of releases that `make test` plays with e-books alone, with its PDFs and the outside judges.
year: .venv/ready-dev
	YEAR=whole $(BIN)/python -m pytest tests/release/test_year.py

wheel-check: .venv/ready-dev
	tools/wheel_check.sh

clean:
	rm -rf .venv build dist booklet/maths/bundle .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment. pip is the one of the venv, or uv where it is on PATH (nine times faster); both check every hash.
.venv/ready: $(SOURCES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "booklet needs Python 3.11 or newer; set PYTHON=…" >&2; exit 5; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "the venv module is missing: apt install python3-venv" >&2; exit 5; }
	@tools/install.sh requirements.lock
	@$(BIN)/python tools/maths/fetch.py booklet/maths/bundle
	@tools/native.sh "$$PWD/.venv/lib/booklet-native" $(BIN)/python
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@tools/install.sh requirements-dev.lock
	@touch $@

.venv/ready-judges: .venv/ready-dev requirements-judges.lock
	@tools/install.sh requirements-judges.lock
	@touch $@
