#!/usr/bin/env bash
# Installs what the journeys need, when its lock is newer than what is installed, and runs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The browser of npm is 60 MB that only machines without one of their own have to fetch.
browser=node_modules/@sparticuz/chromium
omit=
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then
        omit=--omit=optional
    fi
done
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ] ||
    { [ -z "$omit" ] && [ ! -d "$browser" ]; }; then
    npm ci --no-progress $omit
    touch node_modules/.package-lock.json
fi
exec npx playwright test "$@"
