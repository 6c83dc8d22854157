#!/bin/sh
# Types, format and lint. Callable from any directory; prints nothing when all is well.
# Tools come from $PARLEY_VENV, else from <repository>/.venv.
set -eu
web=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
venv=${PARLEY_VENV:-$web/../.venv}
cd "$web"

report=$(mktemp)
trap 'rm -f "$report"' EXIT

quietly() {
    if ! "$@" >"$report" 2>&1; then
        cat "$report" >&2
        echo "failed: $*" >&2
        exit 1
    fi
}

quietly node node_modules/typescript/bin/tsc -p tsconfig.json --incremental --tsBuildInfoFile node_modules/.tsbuildinfo
quietly env DENO_NO_UPDATE_CHECK=1 "$venv/bin/deno" fmt --quiet --check --line-width 120 src scripts test
quietly "$venv/bin/oxlint" --deny-warnings src scripts
