PYTHON ?= python3
BIN := .venv/bin

.PHONY: chat test torture soak install bench release-check evaluate-reader train-reader train-judging-reader

chat: .venv/installed
	$(BIN)/python ingest.py corpus
	$(BIN)/python -m assistant chat

test: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# The long forms of the tests of faults and attacks; TORTURE_SECONDS bounds each of those that go on and on.
torture: .venv/installed-dev
	$(BIN)/python -m pytest -m slow

soak: .venv/installed
	$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),60)

# DATA: a folder with the public data sets (realtimeqa/, squad2/), as benchmarks/convert.py describes them.
# SIZES: passages to scale to, such as SIZES="1000000" for a million.
bench: .venv-bench/installed
	test -d "$(DATA)/realtimeqa" || { echo "name the folder of the data sets: make bench DATA=..."; exit 2; }
	.venv-bench/bin/python -m benchmarks.convert realtimeqa "$(DATA)/realtimeqa" build/benchmarks/realtimeqa
	.venv-bench/bin/python -m benchmarks.peers.run --data build/benchmarks/realtimeqa $(if $(SIZES),--sizes $(SIZES))
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
	$(BIN)/python -m training.evaluate_judging_reader "$(DATA)"
	$(BIN)/python -m training.evaluate_reader "$(DATA)"
	$(BIN)/python -m training.fit_reading "$(DATA)" --wikipedia 350 --only-report

# The judging reader from nothing, in an hour and a half on two cores with nothing else on them; see training/README.md.
train-judging-reader: $(WORK)/judging/done $(WORK)/news/done
	$(BIN)/python -m training.export_judging_reader $(WORK)/judging/reader.pt
	$(BIN)/python -m training.fit_judged "$(DATA)" $(WORK)/news $(WORK)/judging-data/held.json

$(WORK)/judging-data/done: | .venv/installed-training
	test -d "$(DATA)/written" || { echo "name the folder of the data sets: make train-judging-reader DATA=..."; exit 2; }
	$(BIN)/python -m training.judging_data "$(DATA)" $(@D)
	touch $@

$(WORK)/judging/done: $(WORK)/judging-data/done
	test -d "$(MPNET)" || { echo "name the folder of all-mpnet-base-v2: make train-judging-reader MPNET=..."; exit 2; }
	$(BIN)/python -m training.train_judging_reader $(WORK)/judging-data $(@D) --mpnet "$(MPNET)" --steps $(STEPS)
	touch $@

# The reader from nothing, in some five hours on two cores; each stage is kept in WORK, and a run that was stopped goes
# on where it was. MPNET: the folder of all-mpnet-base-v2; NODE_PATH: where wink-nlp is (training/README.md).
WORK ?= .work
train-reader: $(WORK)/student2/done $(WORK)/news/done
	$(BIN)/python -m training.average $(WORK)/average/reader.pt $(WORK)/run2/reader.pt $(WORK)/student/reader.pt \
		$(WORK)/student2/reader.pt
	$(BIN)/python -m training.export_reader $(WORK)/average/reader.pt
	$(BIN)/python -m training.fit_reading "$(DATA)" --work $(WORK) --news-index $(WORK)/news --wikipedia 350 \
		--plot docs/reader-reliability.svg

$(WORK)/reader/done: | .venv/installed-training
	test -d "$(DATA)/squad2" || { echo "name the folder of the data sets: make train-reader DATA=..."; exit 2; }
	$(BIN)/python -m training.reader_data "$(DATA)" $(@D) --made 110000
	touch $@

$(WORK)/run1/done: $(WORK)/reader/done
	$(BIN)/python -m training.train_reader $(WORK)/reader $(@D) --steps 4779
	touch $@

$(WORK)/run2/done: $(WORK)/run1/done
	$(BIN)/python -m training.train_reader $(WORK)/reader $(@D) --steps 3700 --rate 1e-4 --start $(WORK)/run1/reader.pt
	touch $@

$(WORK)/teacher/done: $(WORK)/reader/done
	test -d "$(MPNET)" || { echo "name the folder of all-mpnet-base-v2: make train-reader MPNET=..."; exit 2; }
	$(BIN)/python -m training.train_reader $(WORK)/reader $(@D) --teacher "$(MPNET)" --steps 1450 --rate 5e-5 --batch 16
	touch $@

$(WORK)/taught/done: $(WORK)/teacher/done
	$(BIN)/python -m training.teach "$(MPNET)" $(WORK)/teacher/reader.pt $(WORK)/reader $(@D) --examples 28672
	touch $@

$(WORK)/student/done: $(WORK)/run2/done $(WORK)/taught/done
	$(BIN)/python -m training.train_reader $(WORK)/taught $(@D) --steps 3400 --start $(WORK)/run2/reader.pt
	touch $@

$(WORK)/taught2/done: $(WORK)/taught/done
	$(BIN)/python -m training.teach "$(MPNET)" $(WORK)/teacher/reader.pt $(WORK)/reader $(@D) --examples 24576 \
		--onto $(WORK)/taught
	touch $@

$(WORK)/student2/done: $(WORK)/student/done $(WORK)/taught2/done
	$(BIN)/python -m training.average $(WORK)/halfway/reader.pt $(WORK)/run2/reader.pt $(WORK)/student/reader.pt
	$(BIN)/python -m training.train_reader $(WORK)/taught2 $(@D) --steps 3140 --rate 1.2e-4 \
		--start $(WORK)/halfway/reader.pt
	touch $@

$(WORK)/news/done: | .venv/installed
	$(BIN)/python -m benchmarks.convert realtimeqa "$(DATA)/realtimeqa" $(WORK)/realtimeqa
	$(BIN)/python ingest.py $(WORK)/realtimeqa/dev-articles.jsonl.xz --index $(@D)
	touch $@

install: .venv/installed

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $@

.venv/installed-training: .venv/installed
	$(BIN)/pip install --quiet --editable ".[training]"
	touch $@

.venv-bench/installed: pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install --quiet --editable ".[bench]"
	touch $@
