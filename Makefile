# make scan [FILE=scan.pdf]   set up, then print the record of a scan (without FILE: of a sample)
# make serve                  set up, read the samples, and open them in the browser
# make test                   set up, then lint, types, layers, tests, wheel and documentation
# make docs                   the documentation as a website, in site/
# make dist                   the package for pip, in dist/
# make shown                  the record and the picture that README shows, made anew
# make wheelhouse             everything that an office without internet needs, in wheelhouse/
FILE ?= samples/bundle.pdf
PYTHON ?= python3
BIN := .venv/bin
# One process a core; a file's tests stay together, for they share what they have scanned. Files go out by name: those
# that take minutes come early, where their number of tests would send them out last.
ABREAST := -n auto --dist loadfile --no-loadscope-reorder
# Material for MkDocs advertises its successor in every build.
export NO_MKDOCS_2_WARNING = 1
# The tests start hundreds of Pythons: each would compile laodoc again.
unexport PYTHONDONTWRITEBYTECODE
# pip is shown only where it fails: setuptools has much to say about a good installation.
PIP = @log=.venv/pip.log; $(BIN)/pip --quiet --disable-pip-version-check
SHOWN = >$$log 2>&1 || { cat $$log >&2; exit 1; }

.PHONY: scan serve test checks types style layers docs dist setup system test-system wheelhouse samples shown
.DELETE_ON_ERROR:

scan: setup
	@$(BIN)/python -m laodoc scan "$(FILE)"

serve: setup .venv/serve-ready
	@$(BIN)/python -m laodoc batch samples --archive samples.sqlite
	@$(BIN)/python -m laodoc serve samples.sqlite

test: .venv/test-ready test-system
	@$(MAKE) --no-print-directory --jobs=2 --output-sync checks
	$(BIN)/python -m pytest -q $(ABREAST) --cov --cov-report=term

# What takes one core each, side by side.
checks: types style layers docs

types: .venv/test-ready
	$(BIN)/mypy

style: .venv/test-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

layers: .venv/test-ready
	$(BIN)/lint-imports

docs: .venv/test-ready
	$(BIN)/mkdocs build --strict --quiet

dist: .venv/test-ready
	$(BIN)/python -m build --no-isolation
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

setup: system .venv/ready

system:
	@tools/system-packages 1>&2

test-system:
	@tools/system-packages tests 1>&2

.venv/python: | system
	@$(PYTHON) -m venv .venv 1>&2
	$(PIP) install --upgrade pip $(SHOWN)
	@touch $@

.venv/ready: setup.cfg pyproject.toml .venv/python
	$(PIP) install --editable . $(SHOWN)
	@touch $@

.venv/serve-ready: .venv/ready
	$(PIP) install --editable '.[serve]' $(SHOWN)
	@touch $@

.venv/test-ready: .venv/ready
	$(PIP) install --editable '.[test,samples,docs]' $(SHOWN)
	@touch $@

samples: .venv/test-ready
	$(BIN)/python samples/generate.py

shown: setup
	$(BIN)/python tools/shown

wheelhouse: .venv/ready
	@mkdir -p wheelhouse
	$(PIP) wheel --wheel-dir wheelhouse . $(SHOWN)
	@cp tools/wheelhouse.md wheelhouse/README.md
