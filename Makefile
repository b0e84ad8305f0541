# make check: everything a change must pass; make lint, make test: its two halves; make format: lay out the code;
# make check-long: the tests, with every sweep at its full length and new examples of Hypothesis (an hour and more);
# make coverage: the tests, and which lines they do not reach; a share below LEAST_COVERED fails;
# make cases: plans real cases of the field and prints how many vehicles each takes beside what was sent;
# make lock: pins what a release installs, with hashes, after a change of the dependencies (docs/release.md);
# make audit: advisories against those packages, and their licences; make dist: wheels, offline bundles, their bills;
# make core: build the compiled search again, after a change of src/returnplan/planning/cpp;
# make sanitize: the planner's tests with a search that stops at a wrong memory access or undefined behaviour (g++).

PYTHON ?= python
CLANG_FORMAT ?= clang-format
SANITIZED = build/sanitize
COVERED = build/covered.json
LEAST_COVERED = 95
PACKAGE = $(shell $(PYTHON) -c 'from importlib.util import find_spec as f; print(f("returnplan").origin.rpartition("/")[0])')
CPP = $(shell find src -name '*.h' -o -name '*.cpp')

.PHONY: check lint test check-long coverage cases core lock audit dist sanitize format

check: lint test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	lint-imports

test:
	$(PYTHON) -m pytest -n auto

check-long:
	RETURNPLAN_LONG=1 $(PYTHON) -m pytest -n auto

# Its own --fail-under of the run forgets what the other processes reached; that of the report does not.
coverage:
	mkdir -p build
	$(PYTHON) -m slipcover --source $(PACKAGE) --json --out $(COVERED) -m pytest -n auto
	$(PYTHON) -m slipcover --merge $(COVERED) --out $(COVERED) --skip-covered --fail-under $(LEAST_COVERED)

cases:
	$(PYTHON) -m examples.run_cases

core:
	$(PYTHON) -m pip install -e .

lock:
	for system in linux:x86_64-manylinux_2_28 windows:x86_64-pc-windows-msvc; do \
	  $(PYTHON) -m uv pip compile pyproject.toml --quiet --upgrade --generate-hashes --no-annotate --no-header \
	    --python-version 3.11 --python-platform $${system#*:} --output-file requirements/$${system%:*}.txt; done

audit:
	$(PYTHON) -m buildtools.release.supply

dist:
	$(PYTHON) -m buildtools.release.make

sanitize:
	$(PYTHON) -m venv $(SANITIZED)
	$(SANITIZED)/bin/pip install --quiet '.[dev]' -C cmake.define.RETURNPLAN_SANITIZE=ON
	ASAN_OPTIONS=detect_leaks=0 \
	LD_PRELOAD="$$($(CXX) -print-file-name=libasan.so) $$($(CXX) -print-file-name=libstdc++.so)" \
	$(SANITIZED)/bin/python -m pytest -p no:cacheprovider tests/planning

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	$(CLANG_FORMAT) -i $(CPP)
