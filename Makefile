# The ways to build, test and install Sonde. `make help` lists them; CONTRIBUTING.md says more.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
SCENARIO ?=
FILTER ?=

# The tool people run has the Swift runtime in it; macOS brings its own.
release_flags := -c release
ifneq ($(shell uname -s),Darwin)
release_flags += --static-swift-stdlib --disable-local-rpath -Xswiftc -no-toolchain-stdlib-rpath -Xlinker -s
endif

# Tests and checks build alike, so that neither makes the other build everything again.
strict_flags := -Xswiftc -warnings-as-errors

tool := .build/release/sonde
swift_code := Package.swift Sources Plugins Tests
venv := .build/venv

.DEFAULT_GOAL := build
.PHONY: build demo test format check lint schemas formats examples bench install uninstall deb dist clean help

build: ## Build the tool, .build/release/sonde (the default)
	@Scripts/setup build
	$(SWIFT) build $(release_flags) --product sonde

demo: build ## Build, then check simulated services; SCENARIO=name shows one
	@# A failing check is what most scenarios are there to show: only what is wrong with the tool fails here.
	@$(tool) demo $(SCENARIO); status=$$?; case $$status in 0|1|3|5) ;; *) exit $$status ;; esac

test: ## Run the tests; FILTER=name runs some
	@Scripts/setup test
	@SWIFT='$(SWIFT)' Scripts/test '$(FILTER)'

format: ## Rewrite the Swift code in the house's format
	$(SWIFT) format --in-place --parallel --recursive $(swift_code)

check: lint ## Check format, warnings, imports, house-keeping, schemas, formats and examples
	@Scripts/setup build
	$(SWIFT) build --build-tests $(strict_flags) --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build $(strict_flags) --filter HousekeepingTests
	@$(MAKE) --no-print-directory schemas formats examples

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(swift_code)

schemas:
	@Scripts/setup schemas
	@if $(venv)/bin/python -c 'import jsonschema' 2>/dev/null; then $(venv)/bin/python Tests/Schemas/validate.py; \
	else echo 'SKIPPED: the JSON schemas were not tried, for want of the validator (see above)'; fi

formats:
	@Scripts/setup formats
	@if [ -x $(venv)/bin/python ]; then $(venv)/bin/python Tests/Schemas/formats.py; \
	else echo 'SKIPPED: the output formats were not tried, for want of Python packages (see above)'; fi

examples:
	@Scripts/setup examples
	@if [ -x $(venv)/bin/check-jsonschema ]; then $(venv)/bin/python Tests/Examples/check.py; \
	else echo 'SKIPPED: the examples were not tried, for want of their checkers (see above)'; fi

bench: build ## Measure against bare libcurl and two curl calls
	@Scripts/setup bench
	Benchmarks/run $(tool)
	Benchmarks/render $(tool)
	Benchmarks/watch $(tool)

install: ## Install the built tool and what belongs to it below PREFIX, in DESTDIR if set
	@Scripts/install $(tool) '$(DESTDIR)$(PREFIX)'

uninstall: ## Remove what install put there
	@Scripts/install --remove '$(DESTDIR)$(PREFIX)'

deb: build ## Make a Debian package and its checksum in dist
	@Scripts/setup deb
	@Scripts/deb $(tool) dist

dist: build ## Make an archive for machines without Swift, and its checksum, in dist
	@Scripts/dist $(tool) dist

clean: ## Remove everything that was built
	rm -rf .build dist

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
