# The ways to build, test and install Sonde. `make help` lists them; CONTRIBUTING.md says more.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
SCENARIO ?=
FILTER ?=

# The tool people run has the Swift runtime in it; macOS brings its own.
release_flags := -c release
ifneq ($(shell uname -s),Darwin)
release_flags += --static-swift-stdlib -Xlinker -s
endif

# Tests and checks build alike, so that neither makes the other build everything again.
strict_flags := -Xswiftc -warnings-as-errors

# One test after the other: some measure this process's memory, some wait for a time limit to pass, and neither goes well
# beside others that keep all processors busy.
test_flags := --no-parallel

tool := .build/release/sonde
swift_code := Package.swift Sources Plugins Tests
venv := .build/venv

.DEFAULT_GOAL := build
.PHONY: build demo test format check lint schemas formats bench install uninstall clean help

build: ## Build the tool, .build/release/sonde (the default)
	@Scripts/setup build
	$(SWIFT) build $(release_flags) --product sonde

demo: build ## Build, then check simulated services; SCENARIO=name shows one
	@# A failing check is what most scenarios are there to show: only what is wrong with the tool fails here.
	@$(tool) demo $(SCENARIO); status=$$?; case $$status in 0|1|3|5) ;; *) exit $$status ;; esac

test: ## Run the tests; FILTER=name runs some
	@Scripts/setup test
	$(SWIFT) test $(strict_flags) $(test_flags) $(if $(FILTER),--filter '$(FILTER)')

format: ## Rewrite the Swift code in the house's format
	$(SWIFT) format --in-place --parallel --recursive $(swift_code)

check: lint ## Check format, warnings, imports, house-keeping, schemas and formats
	@Scripts/setup build
	$(SWIFT) build --build-tests $(strict_flags) --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build $(strict_flags) --filter HousekeepingTests
	@$(MAKE) --no-print-directory schemas formats

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(swift_code)

schemas:
	@Scripts/setup schemas
	@if [ -x $(venv)/bin/python ]; then $(venv)/bin/python Tests/Schemas/validate.py; \
	else echo 'SKIPPED: the JSON schemas were not tried, for want of the validator (see above)'; fi

formats:
	@Scripts/setup formats
	@if [ -x $(venv)/bin/python ]; then $(venv)/bin/python Tests/Schemas/formats.py; \
	else echo 'SKIPPED: the output formats were not tried, for want of Python packages (see above)'; fi

bench: build ## Measure against bare libcurl and two curl calls
	@Scripts/setup bench
	Benchmarks/run $(tool)
	Benchmarks/render $(tool)

install: ## Install the built tool below PREFIX, in DESTDIR if set
	@[ -x $(tool) ] || { echo "Nothing is built yet: run 'make' first (not as root)." >&2; exit 1; }
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/sonde'
	install -m 755 $(tool) '$(DESTDIR)$(PREFIX)/bin/sonde'
	install -m 644 Profiles/*.json '$(DESTDIR)$(PREFIX)/share/sonde/'

uninstall: ## Remove what install put there
	rm -f '$(DESTDIR)$(PREFIX)/bin/sonde'
	rm -rf '$(DESTDIR)$(PREFIX)/share/sonde'

clean: ## Remove everything that was built
	rm -rf .build

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
