# The only entry point. `make help` lists the commands.
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help setup run stage test test-postgres test-long check bench lock format clean

help:  ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

# Each candidate is really run: a python without venv or ensurepip is of no use.
$(VENV)/bin/python:
	@for candidate in "$(PYTHON)" python3.13 python3.14 python3 python $(HOME)/.pyenv/versions/3.13*/bin/python; do \
	  if [ -n "$$candidate" ] && command -v "$$candidate" >/dev/null 2>&1 && \
	     "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] < (3, 13))' >/dev/null 2>&1; then \
	    echo "python: $$candidate"; "$$candidate" -m venv $(VENV) && exit 0; fi; done; \
	echo; echo "Cần Python 3.13 trở lên, có sẵn venv (Debian: apt install python3.13 python3.13-venv; hoặc pyenv install 3.13)."; \
	echo "Python 3.13 or newer with venv is needed. Another place? make PYTHON=/path/to/python3.13 …"; exit 1

$(VENV)/.installed: requirements.txt $(VENV)/bin/python
	@$(PY) -m pip install --disable-pip-version-check -q --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/bin/python
	@$(PY) -m pip install --disable-pip-version-check -q --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

setup: $(VENV)/.installed  ## Virtual environment, pinned packages, translations
	@$(PY) tools/compile_translations.py

run: setup  ## Set up from nothing and serve on PORT (8000)
	@$(PY) tools/run.py $(PORT)

STAGE ?= during
stage: setup  ## Move the demo story on: make stage STAGE=before, during or after
	@DEBUG=true SITE_URL=http://localhost:$(PORT) $(PY) manage.py demo --stage $(STAGE)

test: setup $(VENV)/.installed-dev  ## The whole suite on SQLite, and beside it what needs PostgreSQL when one answers
	@$(PY) tools/test.py $(TESTS)

test-postgres: setup $(VENV)/.installed-dev  ## The suite on PostgreSQL, all but the walks in a browser
	@$(PY) tools/test.py --all-on-postgres $(TESTS)

test-long: setup $(VENV)/.installed-dev  ## Long histories and storms (minutes)
	@HYPOTHESIS_LONG=1 $(PY) tools/test.py --long $(TESTS)

check: setup $(VENV)/.installed-dev  ## Linters, types, import contract, migrations, translations, locks; then the tests
	@$(PY) tools/check.py
	@$(MAKE) --no-print-directory test

bench: setup $(VENV)/.installed-dev  ## Measure every journey on PostgreSQL with gunicorn
	@$(PY) bench/run.py
	@$(PY) -m bench.opening
	@$(PY) -m bench.learning

lock:  ## Pin requirements*.in into requirements*.txt (needs uv in the venv)
	@for name in requirements requirements-dev; do $(VENV)/bin/uv pip compile --universal --python-version 3.13 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header -q -o $$name.txt $$name.in; done

format: $(VENV)/.installed-dev  ## Sort imports and format
	@$(VENV)/bin/ruff check -q --fix . ; $(VENV)/bin/ruff format -q .

clean:  ## Throw away the demo site (var/), keep the virtual environment
	@rm -rf var
