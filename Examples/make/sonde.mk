# Checks of AI inference APIs as make targets, for GNU make 4 or 3.81. Include it, after what you set yourself:
#
#     SONDE_PROFILE := sonde.json
#     include /usr/local/share/sonde/sonde.mk
#
#     deploy: sonde-gate
#
# sonde-check     asks the services and fails when one does not work
# sonde-gate      fails when the profile's policy is not met
# sonde-evidence  writes the page for a support ticket, whether the check fails or not
#
# All three share one report, which is made once in a run of make (also with -j) and, when it is a pass, again only after
# SONDE_MAX_AGE. Exit statuses are those of sonde; make itself ends with 2 for all of them, and its "Error N" says which it was.

SONDE ?= sonde

# What is asked: a profile's targets, or else vendors and base URLs by name; with neither, every vendor whose key variable is set.
SONDE_PROFILE ?=
SONDE_TARGETS ?=

# How old a report may be that is used again; 1ms asks always.
SONDE_MAX_AGE ?= 10m

# More options for each command. A policy that requires streaming, or limits the first token, needs SONDE_CHECK_FLAGS := --with streaming.
SONDE_CHECK_FLAGS ?=
SONDE_GATE_FLAGS ?=
SONDE_EVIDENCE_FLAGS ?=

# Where the files go.
SONDE_DIR ?= .sonde
SONDE_REPORT ?= $(SONDE_DIR)/report.json
SONDE_EVIDENCE ?= $(SONDE_DIR)/evidence.md

# The report that the gate judges. Empty, the gate asks by itself whatever its policy needs; one with samples needs that.
SONDE_GATE_FROM ?= $(SONDE_REPORT)

# Including it makes none of its targets the first.
sonde-goal := $(.DEFAULT_GOAL)

.PHONY: sonde-check sonde-gate sonde-evidence sonde-ask sonde-policy

$(SONDE_DIR):
	@mkdir -p '$@'

# A report of failures is a report: whoever needs it goes on, and sonde-check ends with the status kept beside it.
$(SONDE_REPORT): sonde-ask | $(SONDE_DIR)
	@$(SONDE) check --quiet --no-progress --max-age $(SONDE_MAX_AGE) -o 'json=$@' $(SONDE_CHECK_FLAGS) \
		$(if $(SONDE_PROFILE),--profile '$(SONDE_PROFILE)') $(or $(SONDE_TARGETS),$(if $(SONDE_PROFILE),,--all)); \
	status=$$?; case $$status in 0|1|3|4|5) echo $$status >'$@.status' ;; *) exit $$status ;; esac

sonde-check: $(SONDE_REPORT)
	@exit $$(cat '$<.status')

# Without a policy nothing is asked, which might be paid for.
sonde-gate: $(if $(SONDE_PROFILE),$(SONDE_GATE_FROM),sonde-policy)
	@$(SONDE) gate --quiet $(SONDE_GATE_FLAGS) $(if $(SONDE_GATE_FROM),--from '$(SONDE_GATE_FROM)') '$(SONDE_PROFILE)'

sonde-policy:
	@echo 'sonde-gate needs SONDE_PROFILE, the file with the policy: make sonde-gate SONDE_PROFILE=sonde.json' >&2; exit 2

sonde-evidence: $(SONDE_REPORT)
	@$(SONDE) evidence $(SONDE_EVIDENCE_FLAGS) -o '$(SONDE_EVIDENCE)' '$<'
	@echo 'The page is in $(SONDE_EVIDENCE)'

.DEFAULT_GOAL := $(sonde-goal)
