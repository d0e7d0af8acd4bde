# Every target needs only Python 3.11 to 3.13, make, and root or sudo where Debian packages are missing.

PYTHON ?= python3
TEST_CORPORA ?= ../shared
ARGS ?=
ROUNDS ?= 5

VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header pyproject.toml

export TEST_CORPORA
# Or each process of ours would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check lint fmt audit licences sbom bench soak fresh lock clean test-packages
.DELETE_ON_ERROR:

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## install what is missing and start the helpdesk (ARGS="--only web")
	@exec $(BIN)/helpdesk run $(ARGS)

# Rewriting the assertions of every test costs each worker eight seconds: those that failed are run again with it.
test: lint ## format, lint, floors, types and all tests, on real servers
	$(BIN)/pytest --numprocesses 3 --assert plain || { $(BIN)/pytest --last-failed --last-failed-no-failures none; exit 1; }

check: test ## another name of test

lint: $(VENV)/.test test-packages $(VENV)/courier audit ## format, lint, floors and types, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	PYTHONPATH=. $(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/mypy

fmt: $(VENV)/.test ## format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

audit: $(VENV)/.test ## ask for known vulnerabilities of everything in the locks (ARGS=--now: again today)
	@PYTHONPATH=. $(BIN)/python -m tests.supply.audit $(ARGS)

licences: $(VENV)/.test ## tell the licence of everything in the locks
	@PYTHONPATH=. $(BIN)/python -m tests.supply.licences

sbom: $(VENV)/.test ## write sbom.json (CycloneDX) of what the service is built from
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
		--output-file sbom.json requirements.lock
	@echo "sbom.json: $$(grep -c '"purl"' sbom.json) packages"

bench: $(VENV)/.test $(VENV)/peers/.installed test-packages ## run all measurements, print one table (ROUNDS=1: a first look)
	@PYTHONPATH=. $(BIN)/python -m benchmarks $(ROUNDS)

soak: $(VENV)/.test test-packages $(VENV)/courier ## run the soak tests with whole counts (takes long)
	SOAK=1 $(BIN)/pytest -m soak -rP

fresh: ## run and test a clone on a bare Debian made for it, timed (as root; ARGS="--only run")
	@command -v debootstrap >/dev/null || ! command -v apt-get >/dev/null || { $(APT) update -q && $(APT) install -y -q --no-install-recommends debootstrap; }
	@$(SUDO) $(PYTHON) tests/supply/fresh_machine.py $(ARGS)

lock: $(VENV)/.test ## choose the newest allowed versions and write both locks
	$(COMPILE) --upgrade --extra postgres --extra semantic --extra encryption --extra s3 -o requirements.lock
	$(COMPILE) --upgrade --extra postgres --extra semantic --extra encryption --extra s3 --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## remove the virtual environment and the caches, never ./data
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- one virtual environment, made once, installed from a lock with hashes ------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ $(APT) update -q && $(APT) install -y -q --no-install-recommends python3-venv; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the helpdesk needs into $(VENV) (about a minute the first time)."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.test: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into $(VENV) (about a minute the first time)."
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --editable .
	@touch $@

# --- who is measured beside us, in a virtual environment of its own ----------------------------------

$(VENV)/peers/.installed: benchmarks/peers/requirements.txt | $(BIN)/python
	@echo "Installing who is measured beside the helpdesk into $(VENV)/peers."
	$(PYTHON) -m venv $(VENV)/peers
	$(VENV)/peers/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

# --- a second IMAP server, unpacked and not installed: Debian's Courier and Dovecot exclude one
# another. What it cannot fetch here is left out, and the tests run on Dovecot alone. ---------------

$(VENV)/courier: | $(BIN)/python
	@set -e; rm -rf $@.new; mkdir -p $@.new; cd $@.new; \
	wanted="courier-imap courier-base courier-authlib"; \
	fetch() { \
		needed="$$(apt-cache depends $$wanted | sed -n 's/^ *|*Depends: \(lib[a-z0-9.+-]*\)$$/\1/p' | sort -u)"; \
		missing="$$(for each in $$needed; do dpkg -s $$each >/dev/null 2>&1 || echo $$each; done)"; \
		apt-get download -q $$wanted $$missing; \
	}; \
	if fetch >apt.log 2>&1 || { $(APT) update -q >>apt.log 2>&1 && fetch >>apt.log 2>&1; }; then \
		for package in *.deb; do dpkg -x "$$package" .; done; rm -f *.deb; \
	else \
		echo "Courier cannot be fetched: the tests of other IMAP servers run on Dovecot alone."; \
	fi
	@mv $@.new $@

# --- Debian packages of the tests: only what is missing, and never over another mail server -------
# "No configuration" keeps postfix from serving the machine; the tests start their own. Playwright's
# driver links to libatomic, which a minimal Debian lacks.

test-packages:
	@missing=; \
	[ -x /usr/lib/dovecot/imap ] || missing="$$missing dovecot-imapd"; \
	[ -x /usr/lib/dovecot/lmtp ] || missing="$$missing dovecot-lmtpd"; \
	[ -x /usr/sbin/postfix ] || missing="$$missing postfix"; \
	[ -x /usr/bin/chromium ] || missing="$$missing chromium"; \
	ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || missing="$$missing faketime"; \
	ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$$missing libatomic1"; \
	[ -n "$$missing" ] || exit 0; \
	command -v apt-get >/dev/null || { echo "The tests need$$missing; install them and run make again."; exit 1; }; \
	if [ ! -x /usr/sbin/postfix ] && [ -e /usr/sbin/sendmail ]; then \
		echo "Another mail server owns /usr/sbin/sendmail ($$(dpkg -S "$$(readlink -f /usr/sbin/sendmail)" 2>/dev/null | cut -d: -f1))."; \
		echo "Installing postfix for the tests would remove it, so nothing was done: use another machine or a container."; \
		exit 1; \
	fi; \
	echo "Installing for the tests:$$missing"; \
	echo "postfix postfix/main_mailer_type select No configuration" | $(SUDO) debconf-set-selections; \
	$(APT) update -q && $(APT) install -y -q --no-install-recommends $$missing
