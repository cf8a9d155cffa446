# Needs make and Python >= 3.11 with venv and pip. `make` alone tells what there is.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python
WORKERS ?= 2
LOCKING := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests are compiled once, and not by each worker of each run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-fast check lint types contracts unused texts-complete fix bench ordeal migrate texts landed dump-season lock screenshots setup clean
.DEFAULT_GOAL := help

help: ## this list
	@echo "Tilsagn. Two commands are enough: make run, make test."
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | while IFS='|' read -r a b; do printf '%-18s %s\n' "$$a" "$$b"; done

run: .make/ready ## set up, load the demo season at the first start, serve http://127.0.0.1:8000
	@TILSAGN_DEMO=$${TILSAGN_DEMO-1} exec $(PY) -m app.commands start

test: .make/ready ## set up and run the tests on SQLite and PostgreSQL
	$(PY) -m pytest -n $(WORKERS) --dist worksteal

test-fast: .make/ready ## the heart of it on SQLite, about a minute: for while one works
	$(PY) -m pytest --quick -n $(WORKERS) --dist worksteal

check: lint types contracts unused texts-complete test ## everything that must hold before a change goes in

lint: .make/python
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .make/python
	$(BIN)/mypy

contracts: .make/python
	$(BIN)/lint-imports

unused: .make/python
	$(PY) -m tests.architecture.unused

texts-complete: .make/python
	$(PY) -m app.translations.catalogue check

fix: .make/python ## format, and mend what can be mended by itself
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

bench: .make/ready ## our time against the limit's, in one run
	$(PY) -m tests.bench
	$(PY) -m tests.bench.orders --rows 100000 --database both
	$(PY) -m tests.bench.control --claims 100000 --database both
	$(PY) -m tests.bench.areas --claims 100000 --database both

ordeal: .make/ready ## kills, races and 100 000 rows, on both databases
	$(PY) -m pytest tests/ordeal -n $(WORKERS) --dist worksteal

migrate: .make/ready ## bring the database to the newest schema
	$(PY) -m app.commands migrate

texts: .make/python ## build the nynorsk catalogue and name what is missing
	$(PY) -m app.translations.catalogue build
	$(PY) -m app.translations.catalogue check

screenshots: .make/ready ## take the pictures in docs/screenshots anew (needs Chromium)
	$(PY) -m tests.browser.screenshots

landed: .make/python ## seal new migrations: from then on they are never rewritten
	$(PY) -m tests.architecture.test_files

dump-season: .make/ready ## keep the demo season of this version, for the test that upgrades it
	$(PY) -m tests.landed.dump

lock: .make/python ## write the lock files anew from pyproject.toml and package.json
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml $(LOCKING) -o requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --extra dev $(LOCKING) -o requirements-dev.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --package-lock-only --ignore-scripts
	@! grep -nE 'https?://|"resolved"' requirements.txt requirements-dev.txt || (echo "An address got into a lock file." && false)


clean: ## remove what set-up made; data in instance/ stays
	rm -rf .make .venv node_modules app/static/vendor app/static/*.gz app/static/*.br letters/fonts app/translations/nn/LC_MESSAGES/messages.mo

setup: .make/ready ## only set up

# -- set-up, each part once ------------------------------------------------------------------------------------------

.make/ready: .make/python .make/assets .make/styles .make/texts
	@touch $@

.make/python: requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer, or say which: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python is too old ($$($(PYTHON) --version)): 3.11 or newer is needed. Say which: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python lacks venv or pip: on Debian and Ubuntu, install python3-venv."; exit 1; }
	@mkdir -p .make
	@test -x $(PY) || { echo "Making .venv"; $(PYTHON) -m venv .venv; }
	@echo "Installing Python packages"
	@$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements-dev.txt
	@printf '#!/bin/sh\ncd "%s" && exec .venv/bin/python -m app.commands "$$@"\n' '$(CURDIR)' > $(BIN)/tilsagn && chmod +x $(BIN)/tilsagn
	@touch $@

VENDOR := app/static/vendor
FONTS := letters/fonts
INTER := node_modules/@fontsource/inter
SOURCE_SANS := node_modules/@expo-google-fonts/source-sans-3

.make/assets: Makefile package.json package-lock.json .npmrc .make/python
	@echo "Installing styles, scripts and fonts"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --silent
	@rm -rf $(VENDOR) $(FONTS) && mkdir -p $(VENDOR) $(FONTS)
	@cp node_modules/@digdir/designsystemet-theme/brand/digdir.css $(VENDOR)/theme.css
	@cp node_modules/htmx.org/dist/htmx.min.js $(VENDOR)/htmx.min.js
	@for w in 400 600; do cp $(INTER)/files/inter-latin-$$w-normal.woff2 $(INTER)/files/inter-latin-ext-$$w-normal.woff2 $(VENDOR)/; done
	@cp $(INTER)/LICENSE $(VENDOR)/inter-LICENSE
	@cp $(SOURCE_SANS)/400Regular/SourceSans3_400Regular.ttf $(SOURCE_SANS)/700Bold/SourceSans3_700Bold.ttf $(FONTS)/
	@cp $(SOURCE_SANS)/LICENSE_FONT $(FONTS)/LICENSE
	@touch $@

# Which of the design system's components the pages use, so it is cut anew when they change; then all of it compressed.
.make/styles: .make/assets $(wildcard app/static/*.css app/static/*.js) $(shell find app -name '*.html') app/web/styles.py
	@$(PY) -m app.web.styles node_modules/@digdir/designsystemet-css/dist/src/index.css $(VENDOR)/designsystemet.css
	@rm -f app/static/*.gz app/static/*.br $(VENDOR)/*.gz $(VENDOR)/*.br
	@$(PY) -m whitenoise.compress --quiet app/static
	@touch $@

.make/texts: $(wildcard app/translations/nn/*.po) app/translations/catalogue.py .make/python
	@$(PY) -m app.translations.catalogue build
	@touch $@
