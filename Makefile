# make scan [FILE=scan.pdf]   set up, then print the record of a scan (without FILE: of a sample)
# make test                   set up, then lint, types, layers and tests
# make wheelhouse             everything that an office without internet needs, in wheelhouse/
FILE ?= samples/bundle.pdf
PYTHON ?= python3
BIN := .venv/bin

.PHONY: scan test setup system wheelhouse samples
.DELETE_ON_ERROR:

scan: setup
	@$(BIN)/python -m laodoc scan "$(FILE)"

test: .venv/test-ready system
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q --cov --cov-report=term

setup: system .venv/ready

system:
	@tools/system-packages 1>&2

.venv/python: | system
	@$(PYTHON) -m venv .venv 1>&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --upgrade pip 1>&2
	@touch $@

.venv/ready: setup.cfg pyproject.toml .venv/python
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable . 1>&2
	@touch $@

.venv/test-ready: .venv/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test,samples]' 1>&2
	@touch $@

samples: .venv/test-ready
	$(BIN)/python samples/generate.py

wheelhouse: .venv/ready
	@mkdir -p wheelhouse
	@$(BIN)/pip wheel --quiet --wheel-dir wheelhouse . 1>&2
	@cp tools/wheelhouse.md wheelhouse/README.md
