#!/usr/bin/env bash
# Installs what the journeys need, when its lock is newer than what is installed, and runs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

installed() {
    [ -f "$1/node_modules/.package-lock.json" ] && [ ! "$1/package-lock.json" -nt "$1/node_modules/.package-lock.json" ]
}

# The browser of npm is 60 MB that only machines without one of their own have to fetch.
browser=node_modules/@sparticuz/chromium
omit=
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then
        omit=--omit=optional
    fi
done
if ! installed . || { [ -z "$omit" ] && [ ! -d "$browser" ]; }; then
    npm ci --no-progress $omit
    touch node_modules/.package-lock.json
fi

# Apart from the others, as the bundlers have parts for each machine, which count as optional.
if ! installed minified-shop; then
    (cd minified-shop && npm ci --no-progress && touch node_modules/.package-lock.json)
fi
exec npx playwright test "$@"
