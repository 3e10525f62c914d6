# What is checked, and how. PYTHON=.venv/bin/python make test

PYTHON ?= python
.PHONY: test lint golden mutants laws fuzz

test:
	$(PYTHON) -m pytest

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) docs/generate.py --check

golden:
	$(PYTHON) -m translator check golden

# Every row, codec, value, note and neighbour of the tables, deleted or swapped: a check must fail.
mutants:
	$(PYTHON) benchmarks/mutants.py $(OPTIONS)

laws:
	$(PYTHON) benchmarks/laws.py $(OPTIONS)

fuzz:
	$(PYTHON) benchmarks/fuzz.py $(OPTIONS)
