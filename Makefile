# The project's commands. `make run` and `make test` do all their own set-up, on a bare machine too.
PORT ?= 8000
PIP  := python3 -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --no-deps --require-hashes
PY   := .venv/bin/python

.PHONY: run test stress check bench drill lock setup dev assets chromium nginx screenshots

run: setup
	@PORT=$(PORT) $(PY) scripts/serve_demo.py

test: dev assets chromium nginx
	@$(PY) scripts/run_tests.py

# Hostile input and killed servers at length: a quarter of an hour or more.
stress: dev assets chromium
	@$(PY) scripts/stress.py

check: dev
	@$(PY) scripts/run_checks.py

bench: dev assets
	@$(PY) scripts/bench.py

# CASES=20000 make drill
drill: dev
	@$(PY) scripts/drill.py

screenshots: dev assets chromium
	@$(PY) scripts/screenshots.py

# Pins every requirement again, with hashes and without the address of any registry.
lock: .venv/installed
	@$(PY) scripts/lock_requirements.py

setup: .venv/installed assets
dev: .venv/installed-dev

# Without pip inside: Debian's Python can make that with no package of its own added.
.venv/installed: requirements/base.txt
	@echo "Setting up Python packages (about half a minute, once) ..."
	@test -x .venv/bin/python || python3 -m venv --without-pip .venv
	@$(PIP) -r requirements/base.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements/dev.txt
	@echo "Setting up what the tests need ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

assets: .venv/installed
	@$(PY) scripts/build_frontend.py

chromium: .venv/installed-dev
	@$(PY) scripts/find_chromium.py --install

nginx: .venv/installed
	@$(PY) scripts/find_nginx.py --fetch
