# Each target is one thing a person does. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
# pip keeps to the versions the project was tested with; `make setup PINS=` takes the newest.
PINS ?= -c requirements.txt

.PHONY: help setup demo corpus model pages golden vocabularies test test-fast lint format types docs quality bench view wheel clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: .venv/installed  ## own virtual environment with kgraph and the tools of its developers

.venv/installed: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv || (echo "Python's venv is missing: apt-get install python3-venv" >&2; exit 1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PINS) --editable '.[dev,docs]'
	@touch $@

demo: setup  ## the graph of examples/ into exports/, and where to look at it
	SOURCE_DATE_EPOCH=0 $(BIN)/kgraph build examples/papers.txt --output exports
	@echo "Open the picture: file://$(CURDIR)/exports/graph.html"

test: setup  ## every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-fast: setup  ## the tests that need no browser and no large input
	$(BIN)/python -m pytest -m "not browser and not slow"

lint: setup  ## style, imports that run downwards
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

format: setup  ## write the style
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: setup  ## mypy, strict
	$(BIN)/mypy

pages: setup  ## what the commands in README and docs/ print, written anew
	$(BIN)/python -m tests.console README.md docs/*.md docs/guide/*.md docs/reference/*.md

golden: setup  ## the golden corpus's expected files, written anew: look at the diff
	$(BIN)/python -m tests.golden.golden

vocabularies: setup  ## ontology/vocabulary/ from ../shared/gazetteers, written anew: look at the diff
	$(BIN)/python -m vocabularies ../shared/gazetteers

# The notebooks tell more of more papers: name yours by `make docs PAPERS=…`.
PAPERS ?= $(firstword $(wildcard ../shared/seeds) examples/papers.txt)
docs: setup  ## the documentation into site/, its examples and notebooks executed
	SOURCE_DATE_EPOCH=0 $(BIN)/kgraph build $(PAPERS) --output build/notebooks
	KGRAPH_BUILD=$(CURDIR)/build/notebooks NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

TEXTS ?= $(wildcard ../shared/corpus/unlabelled-*.jsonl.gz)
corpus: build/corpus.jsonl  ## corpus/ joined with its texts: gold for `kgraph train`

build/corpus.jsonl: corpus/annotations.jsonl
	$(BIN)/python -m kgraph.training.offsets $< $(TEXTS) --output $@

GOLD ?= ../shared/corpus/train.jsonl
model: build/corpus.jsonl  ## a model as the shipped one was made (an hour on two idle cores); needs kgraph[train]
	$(BIN)/python -m kgraph.training.split $(GOLD) --output build/development.jsonl
	$(BIN)/kgraph train $(GOLD) --output build/first --epochs 9 --renamed 0 --masked 0
	$(BIN)/kgraph train $(GOLD) --output build/second --start build/first.checkpoint --epochs 6 --rate 1.5e-4 --seed 1
	$(BIN)/kgraph train $< --development build/development.jsonl --rate 8e-5 --output build/third --start build/second.checkpoint --frozen --epochs 6 --seed 2
	$(BIN)/kgraph train $< --development build/development.jsonl --rate 8e-5 --output build/fourth --start build/third.checkpoint --renamed 0 --masked 0.05 --epochs 3 --seed 3
	$(BIN)/kgraph train $(GOLD) $< --development build/development.jsonl --rate 8e-5 --output kgraph/data/model --start build/fourth.checkpoint --masked 0.05 --epochs 3 --seed 4
	rm -f kgraph/data/model.checkpoint

view:  ## the page of the picture into kgraph/exporters/page/, from view/ (TypeScript; needs npm)
	cd view && npm ci --no-audit --no-fund && npm run build

quality: setup  ## what is found of what people marked, against the release before: fails on a loss
	$(BIN)/python -m benchmarks.quality --check

bench: setup  ## speed and quality, as ratios, one table
	$(BIN)/python -m benchmarks

wheel: setup  ## the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist

clean:  ## everything made here
	rm -rf .venv dist build site artefacts
