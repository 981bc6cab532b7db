#!/bin/sh
# Names the first Python on the path that the project was tried with; nothing where there is none.
for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; then
        echo "$name"
        exit 0
    fi
done
