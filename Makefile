# Needs Python 3.11 or newer and make; every target sets up what it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin
# The system's certificates, as pip uses them: newsrooms sit behind proxies of their own.
# Compiled once: every crawl is a process, and would compile 900 modules anew.
UV := UV_COMPILE_BYTECODE=1 UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 UV_PROJECT_ENVIRONMENT=$(CURDIR)/.venv $(BIN)/uv

.PHONY: demo test check truth freshness soak lock picture clean

demo: .venv/.installed  ## Crawl six replica portals and report what changed on them.
	$(BIN)/baowatch demo

test: .venv/.installed-dev  ## Run the tests.
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: .venv/.installed-dev  ## Style, types and the direction of imports.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

truth: .venv/.installed-dev  ## How many alarms are false, how many edits are missed; and other tools.
	$(BIN)/python benchmarks/truth.py

freshness: .venv/.installed-dev  ## How soon edits are found, beside other rules; what planning costs.
	$(BIN)/python benchmarks/freshness.py --hosts 6 --second
	$(BIN)/python benchmarks/planner.py

soak: .venv/.installed-dev  ## The long campaigns: thirty days of a daemon that is killed, power cuts, fresh seeds, noise, an upgrade.
	$(BIN)/python benchmarks/soak.py
	$(BIN)/python benchmarks/firings.py
	$(BIN)/python benchmarks/kills.py
	$(BIN)/python benchmarks/powercut.py
	$(BIN)/python benchmarks/seeds.py
	$(BIN)/python benchmarks/editions.py
	$(BIN)/python benchmarks/editions.py --editions 3 --sites baohatinh --redesign baohatinh:2
	$(BIN)/python benchmarks/upgrade.py
	$(BIN)/python benchmarks/deliveries.py
	$(BIN)/python benchmarks/report_truth.py
	$(BIN)/python benchmarks/browsing.py
	$(BIN)/python benchmarks/checking.py
	$(BIN)/python benchmarks/adding.py
	$(BIN)/python benchmarks/moving.py
	$(BIN)/python benchmarks/expectations.py
	$(BIN)/python -m benchmarks.originals
	$(BIN)/python -m benchmarks.linking

lock: .venv/.uv  ## Choose the newest versions that pyproject.toml allows.
	$(UV) lock --upgrade

picture: .venv/.installed-dev  ## Draw the README's picture of a report anew.
	$(BIN)/python docs/picture.py

clean:
	rm -rf .venv demo .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "baowatch needs Python 3.11 or newer; $(PYTHON) is older. Name one: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.installed: .venv/.uv pyproject.toml uv.lock
	$(UV) sync --quiet --frozen --no-dev --inexact
	@touch $@

.venv/.installed-dev: .venv/.uv pyproject.toml uv.lock
	$(UV) sync --quiet --frozen
	@touch $@ .venv/.installed
