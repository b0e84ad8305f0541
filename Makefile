# make check: everything a change must pass; make lint, make test: its two halves; make format: lay out the code.

PYTHON ?= python

.PHONY: check lint test format

check: lint test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	lint-imports

test:
	$(PYTHON) -m pytest -n auto

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
