# Shared by the scripts in bin/: where things are, how they speak, how Swift is built. Sourced, never run.
# shellcheck shell=bash disable=SC2034

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
# The old line of python-socketio cannot live beside the new one.
VENV_V2="$ROOT/.venv-v2"
BUILD_DIR="$ROOT/build"
LOG_DIR="$BUILD_DIR/logs"
export PYTHONDONTWRITEBYTECODE=1 DENO_NO_UPDATE_CHECK=1 DENO_DIR="${DENO_DIR:-$BUILD_DIR/deno}"

say() { printf '%s\n' "$*" >&2; }
die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# "14 s" or "3 min 05 s"
duration() {
    if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); fi
}

# run_quietly LABEL LOGFILE COMMAND...: the output goes to the log; the terminal sees the elapsed time and the newest
# progress line ("[12/340] ..."); on failure the end of the log.
run_quietly() {
    local label="$1" log="$2" started=$SECONDS last=-15 pid line status=0
    shift 2
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    # shellcheck disable=SC2064 # the pid of now is meant
    trap "kill $pid 2>/dev/null || true; exit 130" INT TERM
    while kill -0 "$pid" 2>/dev/null; do
        line="$(grep -oE '^\[[0-9]+/[0-9]+\].*' "$log" 2>/dev/null | tail -n 1 || true)"
        if [[ -t 2 ]]; then
            printf '\r\033[K%s: %s %s' "$label" "$(duration $((SECONDS - started)))" "${line:0:70}" >&2
        elif ((SECONDS - started - last >= 15)); then
            last=$((SECONDS - started))
            ((last < 5)) || say "$label: $(duration "$last") $line"
        fi
        sleep 0.3
    done
    wait "$pid" || status=$?
    trap - INT TERM
    [[ -t 2 ]] && printf '\r\033[K' >&2
    if ((status != 0)); then
        say "$label failed after $(duration $((SECONDS - started))). The end of $log:"
        tail -n 40 "$log" >&2
        return "$status"
    fi
    ((SECONDS - started < 3)) || say "$label: done in $(duration $((SECONDS - started)))"
}

need_swift() {
    command -v swift >/dev/null || die "swift is not on the PATH. Install Swift 6.2 or newer from https://www.swift.org/install/linux/"
}

# The one way in which release executables are built. Packages inside this one (Benchmarks, Examples) share the scratch
# directory, so that nothing is compiled twice.
swift_release() { # PACKAGE_DIR PRODUCT
    shared_build release "$1" --static-swift-stdlib --product "$2"
}

# SwiftPM keeps its last plan in the scratch directory and asks only whether that plan is still good, not whose it is:
# after another package was built there twice, the next build of this one says "complete" and has built nothing, new
# tests included. So a plan is never left behind, and none is found.
shared_build() { # CONFIGURATION PACKAGE_DIR ARGUMENTS...
    local configuration="$1" package="$2" status=0
    shift 2
    rm -f "$ROOT/.build/$configuration.yaml"
    swift build -c "$configuration" --package-path "$package" --scratch-path "$ROOT/.build" "$@" || status=$?
    rm -f "$ROOT/.build/$configuration.yaml"
    return "$status"
}

# release_product PRODUCT [PACKAGE_DIR]: builds unless the binary is newer than every source, and prints the binary's path.
# Deleted and renamed files count too, because directories are compared as well.
release_product() {
    local product="$1" package="${2:-$ROOT}" inputs=("$ROOT/Package.swift" "$ROOT/Sources") binary stamp
    binary="$ROOT/.build/release/$product"
    stamp="$BUILD_DIR/stamps/$product"
    [[ "$package" == "$ROOT" ]] || inputs+=("$package/Package.swift" "$package/Sources")
    if [[ ! -x "$binary" || ! -e "$stamp" || -n "$(find "${inputs[@]}" -newer "$stamp" -print -quit)" ]]; then
        need_swift
        mkdir -p "$BUILD_DIR/stamps"
        touch "$stamp.started"
        run_quietly "building $product (the first time takes minutes)" "$LOG_DIR/build-$product.log" \
            swift_release "$package" "$product" || return
        mv "$stamp.started" "$stamp"
    fi
    printf '%s\n' "$binary"
}

# The web client in web/dist, rebuilt only when a source is newer.
web_client() {
    local stamp="$BUILD_DIR/stamps/web"
    if [[ -e "$ROOT/web/dist/index.html" && -e "$stamp" ]] && [[ -z "$(find "$ROOT/web" \
        \( -name node_modules -o -name dist -o -name .test-out -o -name dist-meta.json -o -name socket.io.min.js \) -prune \
        -o -type f -newer "$stamp" -print -quit)" ]]; then
        return
    fi
    mkdir -p "$BUILD_DIR/stamps"
    touch "$stamp.started"
    run_quietly "building the web client" "$LOG_DIR/build-web.log" build_web_client || return
    mv "$stamp.started" "$stamp"
}

build_web_client() {
    "$VENV/bin/python" "$ROOT/web/scripts/vendor-socketio.py" &&
        (cd "$ROOT/web" && node scripts/link-debian.mjs && node scripts/build.mjs)
}
