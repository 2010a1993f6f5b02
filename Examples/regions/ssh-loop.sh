#!/bin/sh
# Checks a service from several machines and compares what they found.
#   ssh-loop.sh VENDOR HOST HOST…
# Sonde is on each machine, and so is the key, in the environment that a login shell there has: it is never sent from here.
set -eu

if [ $# -lt 3 ]; then
    echo "usage: $0 VENDOR HOST HOST..." >&2
    exit 2
fi
vendor=$1
shift

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# All at once, so that what differs is the place and not the time.
for host in "$@"; do
    # A report is written to standard output whatever the check found; without one, the machine itself is the finding.
    ssh -o BatchMode=yes -o ConnectTimeout=10 -- "$host" "sh -lc 'exec sonde check \"\$0\" --exit-zero --format json --no-progress' $vendor" \
        >"$folder/$host.json" &
done
wait

set -- "$@" ""
reports=""
while [ -n "$1" ]; do
    if [ -s "$folder/$1.json" ]; then
        reports="$reports --from $folder/$1.json"
    else
        echo "no report from $1" >&2
    fi
    shift
done
# shellcheck disable=SC2086 # one word an option; mktemp and host names hold no blanks
sonde compare $reports
