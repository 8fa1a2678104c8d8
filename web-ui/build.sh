#!/usr/bin/env bash
# Called by Maven: "build.sh package" makes the pages, "build.sh verify" checks them. Without Node, both say so and do nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

out=target/classes/static/ui
if ! ./has-node.sh; then
    echo "web-ui: no Node 20.19 or newer on the PATH: the web UI is left out of this build; everything else works"
    rm -rf "$out"
    exit 0
fi

# npm writes its own record of what it installed; as long as that is newer than the lock, there is nothing to install.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-progress
    touch node_modules/.package-lock.json
fi

case "${1:-}" in
    package)
        sources=(src public index.html vite.config.ts package.json package-lock.json tsconfig.json scripts ../docs/openapi.yaml)
        if [ -f "$out/manifest.json" ] && [ -z "$(find "${sources[@]}" -type f -newer "$out/manifest.json" -print -quit)" ]; then
            exit 0
        fi
        npm run --silent build
        ;;
    verify)
        npm run --silent verify
        ;;
    *)
        echo "usage: build.sh package|verify" >&2
        exit 2
        ;;
esac
