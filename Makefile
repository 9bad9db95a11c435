PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat test torture soak install bench release-check evaluate-reader

chat: .venv/installed
	$(BIN)/python ingest.py corpus
	$(BIN)/python -m assistant chat

test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

# The long forms of the tests of faults and attacks; TORTURE_SECONDS bounds each of those that go on and on.
torture: .venv/installed-dev
	$(BIN)/python -m pytest -m slow

soak: .venv/installed
	$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),60)

# DATA: a folder with the public data sets (realtimeqa/, squad2/), as benchmarks/convert.py describes them.
bench: .venv-bench/installed
	test -d "$(DATA)/realtimeqa" || { echo "name the folder of the data sets: make bench DATA=..."; exit 2; }
	.venv-bench/bin/python -m benchmarks.convert realtimeqa "$(DATA)/realtimeqa" build/benchmarks/realtimeqa
	.venv-bench/bin/python -m benchmarks.peers.run --data build/benchmarks/realtimeqa
	.venv-bench/bin/python -m benchmarks.peers.document

# RealTimeQA is asked over all its articles at once, which is harder than each question over those found for it.
release-check: .venv/installed
	test -d "$(DATA)/squad2" || { echo "name the folder of the data sets: make release-check DATA=..."; exit 2; }
	$(BIN)/python -m benchmarks.convert realtimeqa "$(DATA)/realtimeqa" build/release/realtimeqa
	$(BIN)/python -m benchmarks.convert squad2 "$(DATA)/squad2" build/release/squad2 --sample 500
	$(BIN)/python ingest.py build/release/realtimeqa/dev-articles.jsonl.xz --index build/release/index
	$(BIN)/python -m assistant evaluate build/release/realtimeqa/dev-questions.jsonl --index build/release/index \
		--out build/release/realtimeqa-report --gate @benchmarks/release-gates.txt --gate @benchmarks/release-gates-realtimeqa.txt
	$(BIN)/python -m assistant evaluate build/release/squad2/questions.jsonl --index build/release/index \
		--out build/release/squad2-report --gate @benchmarks/release-gates.txt --gate @benchmarks/release-gates-squad2.txt

evaluate-reader: .venv/installed
	test -d "$(DATA)/squad2" || { echo "name the folder of the data sets: make evaluate-reader DATA=..."; exit 2; }
	$(BIN)/python -m training.evaluate_reader "$(DATA)"

install: .venv/installed

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $@

.venv-bench/installed: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --editable ".[bench]"
	touch $@
