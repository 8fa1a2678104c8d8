#!/usr/bin/env bash
# Called by Maven: "build.sh package" makes dist, "build.sh verify" checks the sources. Without Node, both say so and do nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

web_ui=../../web-ui
if ! $web_ui/has-node.sh; then
    echo "client: no Node 20.19 or newer on the PATH: the browser client is left out of this build; everything else works"
    rm -rf dist
    exit 0
fi

# The tools are those that web-ui has installed, in the same versions (test/package.test.ts). The link is one directory above, so that
# npm install here makes a directory of its own, which is found first.
ln -sfn ../web-ui/node_modules ../node_modules

case "${1:-}" in
    package)
        sources=(src scripts package.json tsconfig.json tsconfig.build.json)
        if [ -f dist/index.d.ts ] && [ -z "$(find "${sources[@]}" -type f -newer dist/index.d.ts -print -quit)" ]; then
            exit 0
        fi
        npm run --silent build
        ;;
    verify)
        old=test/react-18
        if [ ! -f $old/node_modules/.package-lock.json ] || [ $old/package-lock.json -nt $old/node_modules/.package-lock.json ]; then
            (cd $old && npm ci --no-progress && touch node_modules/.package-lock.json)
        fi
        npm run --silent verify
        ;;
    *)
        echo "usage: build.sh package|verify" >&2
        exit 2
        ;;
esac
