# Everything that anybody needs: `make demo` to try it, `make test` to check it. Both set up all they need.
PYTHON ?= $(shell sh tests/support/python.sh)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Every version and hash is in requirements/: what was tested is what is installed.
LOCKED := install --require-hashes --requirement
# A file on one core, the next on another: each loads the content once, and has its own servers.
BESIDE := --numprocesses auto --dist loadfile
ITSELF := install --no-deps --no-index --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help demo test proofs check setup setup-test system-test lint browser bench measure chaos lowest lock clean

help:
	@echo "make demo     LINEに似た練習ページを開く（LINEの登録はいりません）"
	@echo "make test     すべての試験（必要なものは自動で入ります）"
	@echo "make proofs   止めながら・忙しいときの、時間のかかる証明（約2分）"
	@echo "make check    内容（faq）のまちがいを挙げる"
	@echo "make bench    速さを測る（docs/measured.md の数字）"
	@echo "make chaos    止めながら予約する試験：二重の予約がないことを確かめる（約10分）"
	@echo "make measure  答えの正しさを測る（docs/measured.md の数字）"
	@echo "make lowest   いちばん古い版の部品で、試験をする"
	@echo "make lock     部品の版とハッシュ（requirements/）を新しくする"

demo: setup
	@echo "［3/4］内容（faq/practice）を確かめます。"
	@$(BIN)/madoguchi check faq/practice
	@echo "［4/4］練習ページを始めます。次からは $(BIN)/madoguchi demo でも始められます。"
	@$(BIN)/madoguchi demo

check: setup
	$(BIN)/madoguchi check
	$(BIN)/madoguchi test

test: setup-test system-test lint
	$(BIN)/madoguchi check
	$(BIN)/madoguchi test
	$(BIN)/python -m pytest -m "not proof" $(BESIDE)

# What takes long because it kills, waits or crowds; with `make test` it is everything that CI runs.
proofs: setup-test system-test
	$(BIN)/python -m pytest -m proof $(BESIDE)

lint: setup-test
	$(BIN)/ruff check bot intents tests
	$(BIN)/mypy

browser: setup-test system-test
	$(BIN)/python -m pytest tests/browser

bench: setup-test
	$(BIN)/python -m tests.measure.longest
	$(BIN)/python -m tests.measure.bench
	$(BIN)/python -m tests.measure.booking

# The rounds need a real Redis server, but no browser.
chaos: setup-test
	$(BIN)/python -m tests.chaos --rounds 20 --store both

measure: setup-test
	$(BIN)/python -m tests.measure.matching

setup: $(VENV)/.ready
setup-test: $(VENV)/.ready-test

$(VENV)/bin/python:
	@echo "［1/4］このフォルダの中に、専用の場所（$(VENV)）を作ります。"
	@test -n "$(PYTHON)" \
		|| { echo "Python 3.11、3.12、3.13 のどれかが必要です。入れたあとに、もう一度お試しください（場所を決めるには：make PYTHON=python3.12 …）。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python の venv がありません。Debian/Ubuntu では：apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml requirements/run.txt
	@echo "［2/4］必要な部品を入れます（はじめは1分ほど。通信が要ります）。"
	@$(PIP) $(LOCKED) requirements/run.txt
	@$(PIP) $(ITSELF)
	@touch $@
	@echo "　　　 入りました。命令は $(BIN)/madoguchi です（一覧：$(BIN)/madoguchi --help）。"

$(VENV)/.ready-test: $(VENV)/.ready requirements/test.txt
	@echo "　　　 試験の部品を入れます。"
	@$(PIP) $(LOCKED) requirements/test.txt
	@touch $@

# A real Chromium, Japanese fonts and a real Redis server: what is lacking is installed, or named.
system-test:
	@sh tests/support/system.sh

# The lower bounds of pyproject.toml, in an environment of their own. No linters: their rules grow.
lowest:
	@sh tests/support/lowest.sh "$(PYTHON)"

# For every Python from 3.11 on and every system; the test file keeps the versions of the other.
UV := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock"
lock: setup
	$(PIP) install 'uv>=0.9,<1'
	$(BIN)/$(UV) pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(BIN)/$(UV) pyproject.toml requirements/build.in --extra test --constraint requirements/run.txt \
		--output-file requirements/test.txt

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
