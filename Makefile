# make check: everything a change must pass; make test: the tests alone; make format: lay out the code.

PYTHON ?= python

.PHONY: check test format

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	lint-imports
	$(PYTHON) -m pytest -n auto

test:
	$(PYTHON) -m pytest -n auto

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
