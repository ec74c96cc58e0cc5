# shellcheck shell=bash
# What every script needs: where things are, messages, locks, children that end with the script.
# Messages go to standard error; standard output belongs to the programs.

set -euo pipefail
export LC_ALL=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
STATE=$ROOT/.geocivic
export GEOCIVIC_ROOT=$ROOT

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "error: $*"
    exit 1
}

# Creates .geocivic. Others may pass through it (the database user has to), but not list it.
ensure_state() {
    if ! mkdir -p "$STATE" 2>/dev/null || [ ! -w "$STATE" ]; then
        fail "$STATE cannot be written by $(id -un). Run as its owner, or remove it to start anew."
    fi
    chmod 711 "$STATE"
}

# Runs a command as root: as it is for root, through sudo for others.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        say "\"$*\" needs root, and there is no sudo."
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# locked NAME COMMAND…: one at a time among all runs from this folder. In a subshell; the command's own children do
# not inherit the lock, so that a server left running does not hold it.
locked() {
    local name=$1
    shift
    (
        if ! flock -w 3 9; then
            say "Waiting for another run in $ROOT …"
            flock 9
        fi
        "$@" 9>&-
    ) 9>>"$STATE/$name.lock"
}

# quietly COMMAND…: its output is shown only when it fails.
quietly() {
    local log status=0
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    if [ "$status" != 0 ]; then cat "$log" >&2; fi
    rm -f "$log"
    return "$status"
}

# Hash of the contents of the files below the given paths, without build output.
hash_of() {
    (
        cd "$ROOT"
        find "$@" \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print0 |
            sort -z | xargs -0 sha256sum | sha256sum | cut -c1-40
    )
}

# Runs a program with our input and output until it ends, passing on a stop, and returns its exit code.
# In the background, because bash would act on a signal only after a foreground program had ended by itself.
run_child() {
    local child status=0
    "$@" <&0 &
    child=$!
    # shellcheck disable=SC2064 # the value of now
    trap "kill -TERM $child 2>/dev/null || true" INT TERM HUP
    while kill -0 "$child" 2>/dev/null; do
        status=0
        wait "$child" || status=$?
    done
    trap - INT TERM HUP
    return "$status"
}

# Is anything listening there on this machine?
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Who is listening there, as far as we may know: "name (process 123)".
port_holder() {
    local line
    line=$(ss -Hltnp "sport = :$1" 2>/dev/null | grep -m1 'users:' || true)
    if [[ $line =~ \(\"([^\"]+)\",pid=([0-9]+) ]]; then
        printf '%s (process %s)' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
    else
        printf 'another program'
    fi
}

# shellcheck source-path=SCRIPTDIR source=packages.sh
. "$ROOT/scripts/lib/packages.sh"
# shellcheck source-path=SCRIPTDIR source=build.sh
. "$ROOT/scripts/lib/build.sh"
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$ROOT/scripts/lib/cluster.sh"
# shellcheck source-path=SCRIPTDIR source=database.sh
. "$ROOT/scripts/lib/database.sh"
