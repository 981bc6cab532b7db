#!/bin/sh
# Runs a command while both cores are kept busy by something else: tests/support/busy.sh make test
# One loop a core, as important as the command; they are ended by their own ids when it ends.
loops=""
for _ in $(seq "$(getconf _NPROCESSORS_ONLN)"); do
    sh -c 'while :; do :; done' &
    loops="$loops $!"
done
# shellcheck disable=SC2086
trap 'kill $loops 2>/dev/null' EXIT
trap 'exit 130' INT TERM
"$@"
