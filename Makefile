# make check: everything a change must pass; make lint, make test: its two halves; make format: lay out the code;
# make coverage: the tests, and which lines they do not reach;
# make cases: plans real cases of the field and prints how many vehicles each takes beside what was sent;
# make core: build the compiled search again, after a change of src/returnplan/planning/cpp;
# make sanitize: the planner's tests with a search that stops at a wrong memory access or undefined behaviour (g++).

PYTHON ?= python
CLANG_FORMAT ?= clang-format
SANITIZED = build/sanitize
CPP = $(shell find src -name '*.h' -o -name '*.cpp')

.PHONY: check lint test coverage cases core sanitize format

check: lint test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	lint-imports

test:
	$(PYTHON) -m pytest -n auto

coverage:
	$(PYTHON) -m pytest -n auto --cov --cov-report=term-missing

cases:
	$(PYTHON) -m examples.run_cases

core:
	$(PYTHON) -m pip install -e .

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
