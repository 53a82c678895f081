# Everything starts here: `make demo` runs the whole system, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# uv reads no pip configuration: hand a configured mirror on; looked for only where uv is called
MIRROR = $(or $(UV_DEFAULT_INDEX),$(PIP_INDEX_URL),$(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null))
UV = $(addprefix UV_DEFAULT_INDEX=,$(MIRROR)) $(BIN)/uv

.PHONY: demo setup setup-dev test check journeys prove red matrix bench

demo: setup
	@$(BIN)/anwei demo $(ARGS)

$(BIN)/uv:
	@echo "Making the environment in .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/uv
	@$(UV) pip install --quiet --require-hashes -r requirements/run.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@$(UV) pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

.venv/catalogues.stamp: .venv/run.stamp $(shell find src -name '*.po')
	@$(BIN)/anwei translations compile
	@touch $@

setup: .venv/run.stamp .venv/catalogues.stamp

setup-dev: setup .venv/dev.stamp

# all tests in their short form; on two cores two processes share them, each with databases of its own
test: setup-dev
	@$(BIN)/pytest -n 2 --dist loadfile -m "not long and not browser"
	@$(MAKE) --no-print-directory journeys

CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
journeys: setup-dev
ifneq ($(CHROMIUM),)
	@$(BIN)/pytest -m "browser and not long" tests/field tests/look tests/live tests/journeys
else ifdef CI
	@echo "SKIPPED AND THEREFORE FAILED: the journeys in a browser, for there is no chromium here"; exit 1
else
	@echo "SKIPPED: the journeys in a browser, for there is no chromium here (apt-get install chromium fonts-noto-cjk)"
endif

# the long proofs, with their figures
prove: setup-dev
	@$(BIN)/pytest -m long -s

bench: setup-dev
	@for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

# every check of make check, side by side; together at most a minute when warm
CHECKS := check-format check-lint check-types check-imports check-migrations check-translations check-templates check-safety check-shape check-red
.PHONY: $(CHECKS)

check: setup-dev
	@$(MAKE) --no-print-directory --output-sync -j2 $(CHECKS)

check-format:
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run $(BIN)/ruff format"; exit 1; }

check-lint:
	@$(BIN)/ruff check --quiet .

check-types:
	@$(BIN)/mypy --no-error-summary src tests

check-imports:
	@$(BIN)/lint-imports > .venv/imports.txt || { cat .venv/imports.txt; exit 1; }

check-migrations:
	@DJANGO_SETTINGS_MODULE=anwei.config.settings $(BIN)/python -W ignore -m django makemigrations --check --dry-run > .venv/migrations.txt \
		|| { cat .venv/migrations.txt; exit 1; }

check-translations:
	@$(BIN)/anwei translations check

check-templates:
	@$(BIN)/djlint --quiet --lint src

check-safety:
	@$(BIN)/bandit -q -ll -c pyproject.toml -r src -x '*/tests/*,*/testing.py'

check-shape:
	@$(BIN)/pytest tests/architecture

check-red:
	@$(BIN)/python tests/red/run.py --applies

# each patch removes one guard; its tests must then fail
red: setup-dev
	@$(BIN)/python tests/red/run.py

# the golden table of who may do what; look at the difference before you commit it
matrix: setup-dev
	@ANWEI_WRITE_MATRIX=1 $(BIN)/pytest tests/architecture/test_matrix.py
