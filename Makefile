# The archive's commands. `make help` lists them.
PYTHON ?= python3
PORT ?= 8001
VENV := .venv
PY := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help serve test fetch update harvest read pictures build check site bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

serve: $(VENV)/.runtime ## build what changed and answer on http://127.0.0.1:8001/ (PORT=)
	@$(PY) -m scripts serve --port $(PORT)

test: $(VENV)/.dev ## run the tests
	$(PY) -m pytest $(ARGS)

update: $(VENV)/.runtime ## fetch what is new, harvest, read, build; say what changed
	$(PY) -m scripts update

fetch: $(VENV)/.runtime ## bring back the lists and memoranda that the records name, by hash
	@$(PY) -m scripts fetch --from-records

harvest: $(VENV)/.runtime ## bring the records up to date from the sources
	$(PY) -m scripts harvest

read: $(VENV)/.runtime ## read held memoranda: model, template, dates, into the records
	$(PY) -m scripts read

pictures: $(VENV)/.runtime ## draw the pages of held memoranda, contact details covered
	$(PY) -m scripts pictures

build: $(VENV)/.runtime ## build db/archive.db
	$(PY) -m scripts build

check: $(VENV)/.dev ## lint, format, types, records, invariants, contact details
	$(PY) -m ruff check scripts tests
	$(PY) -m ruff format --check scripts tests
	$(PY) -m mypy
	$(PY) -m scripts check --sample 20

site: $(VENV)/.runtime ## write the static site into site/
	$(PY) -m scripts site

bench: $(VENV)/.dev ## measure against what else one might use
	$(PY) -m scripts.bench

lock: ## pin the requirements anew, for every platform, without addresses
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --python-version 3.11 -o requirements.txt pyproject.toml
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --python-version 3.11 --group dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## remove what was built
	rm -rf build site db/archive.db db/*.tmp
