# Everything that anybody needs: `make demo` to try it, `make test` to check it. Both set up all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check setup setup-test system-test lint browser bench measure chaos clean

help:
	@echo "make demo     LINEに似た練習ページを開く（LINEの登録はいりません）"
	@echo "make test     すべての試験（必要なものは自動で入ります）"
	@echo "make check    内容（faq）のまちがいを挙げる"
	@echo "make bench    速さを測る（docs/measured.md の数字）"
	@echo "make chaos    止めながら予約する試験：二重の予約がないことを確かめる（約10分）"
	@echo "make measure  答えの正しさを測る（docs/measured.md の数字）"

demo: setup
	$(BIN)/madoguchi demo

check: setup
	$(BIN)/madoguchi check
	$(BIN)/madoguchi test

test: setup-test system-test lint
	$(BIN)/madoguchi check
	$(BIN)/madoguchi test
	$(BIN)/python -m pytest

lint: setup-test
	$(BIN)/ruff check bot intents tests
	$(BIN)/mypy

browser: setup-test system-test
	$(BIN)/python -m pytest tests/browser

bench: setup-test
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
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 以上が必要です（いま：$$($(PYTHON) --version 2>&1)）。PYTHON=python3.12 make … のように指定できます。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python の venv がありません。Debian/Ubuntu では: apt-get install python3-venv"; exit 1; }

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

# A real Chromium, Japanese fonts and a real Redis server: what is lacking is installed, or named.
system-test:
	@sh tests/support/system.sh

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
