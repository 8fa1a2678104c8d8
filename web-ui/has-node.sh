#!/usr/bin/env bash
# Succeeds where there is a Node that is new enough to build the web UI.
command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)'
