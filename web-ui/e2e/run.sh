#!/usr/bin/env bash
# Installs what the journeys need, when its lock is newer than what is installed, and runs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-progress
    touch node_modules/.package-lock.json
fi
exec npx playwright test "$@"
