# Read by ./resentry of a clone and by bin/resentry of a release: finds a JDK 25 and starts what is in $app with it.
# shellcheck shell=bash

jar=$app/resentry.jar
cache=$app/resentry.aot
options=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

fail() {
    printf 'resentry: %s\n' "$1" >&2
    exit 1
}

# Prints the feature release of a JDK, for instance 25; nothing if it cannot be run.
java_release() {
    "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

find_java() {
    local candidate release
    for candidate in \
        "${JAVA_HOME:-}/bin/java" \
        "$(command -v java || true)" \
        /usr/lib/jvm/*/bin/java \
        "$HOME"/.sdkman/candidates/java/*/bin/java \
        /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java \
        /opt/homebrew/opt/openjdk*/bin/java; do
        if [ -x "$candidate" ]; then
            release=$(java_release "$candidate" || true)
            if [ -n "$release" ] && [ "$release" -ge 25 ]; then
                printf '%s\n' "$candidate"
                return 0
            fi
        fi
    done
    return 1
}

# Starts and stops it once on empty data, so that the JVM finds out only once what it would find out at each start (JEP 514).
# $1: a directory for the data, $2: where its output goes.
record_start() {
    local scratch
    scratch=$(mktemp -d "$1/start.XXXXXX")
    if ! "$java" -Xmx512m "${options[@]}" -XX:AOTCacheOutput="$cache" -jar "$jar" up --stop-when-ready --data "$scratch" >>"$2" 2>&1; then
        printf 'resentry: starts stay slow, as the first one could not be recorded; see %s\n' "$2" >&2
        rm -f "$cache"
    fi
    rm -rf "$scratch" "$cache.config"
}

java=$(find_java) || fail "no JDK 25 or newer found (looked at JAVA_HOME, the PATH, /usr/lib/jvm, SDKMAN and macOS's places)"

# Ends as the command does.
launch() {
    case "${1:-}" in
        # The heap shrinks when there is nothing to do, and native memory likewise.
        up) options+=(-Xms128m -Xmx512m -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=30 -XX:TrimNativeHeapInterval=60000) ;;
        # They read everything there is.
        backup | restore | export-envelopes | import-envelopes) options+=(-Xmx256m) ;;
        *) options+=(-Xmx256m -XX:TieredStopAtLevel=1) ;;
    esac
    if [ -f "$cache" ]; then
        # The JVM warns of single entries of a cache that it does not use.
        options+=("-XX:AOTCache=$cache" '-Xlog:aot*=error')
    fi
    # shellcheck disable=SC2086 # options are words
    exec "$java" "${options[@]}" ${RESENTRY_JAVA_OPTS:-} -jar "$jar" "$@"
}
