# make run    start Heng on http://127.0.0.1:8501 (the first time: install, then load the sample company)
# make test   install what tests need and run every suite but the long ones
# make help   the other targets

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8501

.PHONY: help run sample test test-long check format screenshots requirements browser clean

help:
	@echo "run            start the app on http://127.0.0.1:$(PORT), with the sample company at first"
	@echo "sample         create the sample company's home and load its workbooks"
	@echo "test           every check and every suite but the long ones"
	@echo "test-long      the long suites"
	@echo "check          formatting, lint, types and import layers, without tests"
	@echo "format         format the code"
	@echo "screenshots    renew the pictures of the README from the sample company"
	@echo "requirements   pin the newest versions that fit requirements*.in"

run: .venv/run.stamp
	@$(BIN)/python -m loaders sample --if-empty
	@$(BIN)/python app.py --port $(PORT)

sample: .venv/run.stamp
	$(BIN)/python -m loaders sample

test: .venv/dev.stamp browser check
	$(BIN)/python -m pytest -n 2 --dist loadfile -q

test-long: .venv/dev.stamp browser
	$(BIN)/python -m pytest -m long -q

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -p data -p kpi -p loaders
	$(BIN)/lint-imports

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: .venv/dev.stamp browser
	$(BIN)/python -m tests.browser.screenshots

requirements: .venv/dev.stamp
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style=line -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --annotation-style=line -o requirements-dev.txt requirements-dev.in

# A browser for the tests: one that is installed, else Debian's as root, else playwright's own.
browser: .venv/dev.stamp
	@if command -v chromium >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	else $(BIN)/python -m playwright install chromium; fi

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Heng needs Python 3.11 or newer; PYTHON=... chooses one."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing; on Debian and Ubuntu it is the package python3-venv."; rm -rf .venv; exit 1; }

.venv/run.stamp: .venv/bin/python requirements.txt
	@echo "Installing what Heng runs on (the first time takes a minute) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
