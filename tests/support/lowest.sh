#!/bin/sh
# The lowest versions that pyproject.toml allows, on the Python named: the content's questions and the tests.
# Without the browser's tests, which are about the page.
set -eu
python=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$python" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --disable-pip-version-check --quiet 'uv>=0.9,<1'
"$folder/venv/bin/uv" pip compile --quiet --resolution lowest-direct --python "$folder/venv/bin/python" \
    pyproject.toml requirements/build.in --extra test --no-header --no-annotate --output-file "$folder/lowest.txt"
"$folder/venv/bin/pip" install --disable-pip-version-check --quiet --requirement "$folder/lowest.txt"
"$folder/venv/bin/pip" install --disable-pip-version-check --quiet --no-deps --no-index --no-build-isolation --editable .
cat "$folder/lowest.txt"
"$folder/venv/bin/python" -m bot.cli test
"$folder/venv/bin/python" -m pytest --ignore tests/browser
