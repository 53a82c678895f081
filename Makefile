# Everything starts here: `make demo` runs the whole system, `make test` proves it.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# uv reads no pip configuration: hand a configured mirror on
MIRROR := $(or $(UV_DEFAULT_INDEX),$(PIP_INDEX_URL),$(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null))
ifneq ($(MIRROR),)
export UV_DEFAULT_INDEX := $(MIRROR)
endif

.PHONY: demo setup setup-dev test check journeys prove red bench

demo: setup
	@$(BIN)/anwei demo

$(BIN)/uv:
	@echo "Making the environment in .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/run.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/dev.lock
	@touch $@

setup: .venv/run.stamp
	@$(BIN)/anwei translations compile

setup-dev: setup .venv/dev.stamp
