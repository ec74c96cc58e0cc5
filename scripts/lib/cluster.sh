# shellcheck shell=bash
# A private PostGIS cluster for this folder: on loopback with a random password. Everything about it is in .geocivic:
#   cluster/   the cluster itself; or location, which names the place where it is instead
#   port, bin, password (of its user "geocivic")
#   users/     the runs that use it: the last one to leave stops it
#   keep       there while "scripts/database start" wants it to stay
# PostgreSQL refuses to run as root, so for root it belongs to another user.

CLUSTER_USER=geocivic

# The account that PostgreSQL runs as.
cluster_owner() {
    if [ "$(id -u)" != 0 ]; then
        id -un
    elif id postgres >/dev/null 2>&1; then
        echo postgres
    else
        id geocivic >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin geocivic
        echo geocivic
    fi
}

# Runs a program as that account, from a folder it can be in.
as_owner() (
    cd /
    owner=$(cluster_owner)
    if [ "$owner" = "$(id -un)" ]; then
        exec "$@"
    fi
    exec setpriv --reuid="$owner" --regid="$(id -g "$owner")" --init-groups -- "$@"
)

# Makes a folder of the owner's alone; fails where the owner cannot reach it or the file system keeps no modes.
owner_folder() {
    mkdir -p "$1" 2>/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then chown "$(cluster_owner)": "$1" 2>/dev/null || return 1; fi
    chmod 700 "$1" && [ "$(stat -c %a "$1")" = 700 ] && as_owner test -w "$1" 2>/dev/null
}

# Where the cluster lives, if it was decided already.
cluster_home() { cat "$STATE/location" 2>/dev/null || echo "$STATE/cluster"; }

# Decides it, once: in .geocivic, or elsewhere if its account cannot get there (below /root).
choose_home() {
    local home elsewhere
    home=$(cluster_home)
    if owner_folder "$home"; then return; fi
    if [ -e "$STATE/location" ] || [ -e "$home/data" ]; then
        fail "$home, where the database lives, cannot be used by $(cluster_owner)."
    else
        rmdir "$home" 2>/dev/null || true
        elsewhere=/var/lib/geocivic
        if [ "$(id -u)" != 0 ]; then elsewhere=${XDG_STATE_HOME:-$HOME/.local/state}/geocivic; fi
        mkdir -p "$elsewhere" && chmod 711 "$elsewhere"
        home=$elsewhere/$(printf '%s' "$ROOT" | sha256sum | cut -c1-12)
        owner_folder "$home" || fail "There is no place for the database: neither $STATE/cluster nor $home will do."
        echo "$home" >"$STATE/location"
        say "The database's account cannot use $STATE; the database is in $home."
    fi
}

# Process number of the running server; fails if it does not run. The file alone proves nothing: after a crash or a
# restart of the machine the number may belong to another program.
cluster_pid() {
    local pid
    pid=$(as_owner head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] &&
        as_owner test "/proc/$pid/cwd" -ef "$1/data" && echo "$pid"
}

new_password() {
    (
        umask 077
        od -An -tx1 -N24 /dev/urandom | tr -d ' \n' >"$STATE/password"
    )
}

# Into a new folder that gets its name when it is complete: a stopped initdb leaves nothing that looks like a cluster.
cluster_init() {
    local home=$1 bin=$2
    as_owner find "$home" -mindepth 1 -maxdepth 1 -name 'new.*' -exec rm -rf {} +
    if as_owner test -s "$home/data/PG_VERSION"; then return; fi
    say "Creating the database cluster …"
    rm -f "$STATE"/migrated.*
    new_password
    # shellcheck disable=SC2016 # $1 is the inner shell's
    as_owner sh -c 'umask 077; cat >"$1"' sh "$home/new.password" <"$STATE/password"
    quietly as_owner "$bin/initdb" -D "$home/new.data" -U "$CLUSTER_USER" -A scram-sha-256 \
        --pwfile "$home/new.password" -E UTF8 --locale=C.UTF-8 || fail "initdb failed."
    as_owner rm -rf "$home/new.password" "$home/data"
    as_owner mv "$home/new.data" "$home/data"
}

# The password file is gone but the cluster is not: set a new one, without the server.
cluster_new_password() {
    local home=$1 bin=$2
    new_password
    quietly as_owner "$bin/postgres" --single -D "$home/data" postgres \
        <<<"ALTER ROLE $CLUSTER_USER PASSWORD '$(cat "$STATE/password")';" ||
        fail "The database's password could not be set."
}

# Server processes that outlived a postmaster killed with -9 keep its shared memory, and the next one from starting.
end_orphans() {
    local proc
    for proc in /proc/[0-9]*; do
        if [ "$(cat "$proc/comm" 2>/dev/null)" = postgres ] &&
            as_owner test "$proc/cwd" -ef "$1/data"; then
            as_owner kill -QUIT "${proc#/proc/}" 2>/dev/null || true
        fi
    done
}

# The recorded port if it is free, else another one below the range that systems give to outgoing connections.
choose_port() {
    local port=${1:-} first i
    if [ -n "$port" ] && ! port_taken "$port"; then
        echo "$port"
        return
    fi
    first=$((0x$(printf '%s' "$ROOT" | sha256sum | cut -c1-4) % 1000))
    for i in $(seq 0 999); do
        port=$((15000 + (first + i + ${2:-0}) % 1000))
        if ! port_taken "$port"; then
            echo "$port"
            return
        fi
    done
    fail "No port from 15000 to 15999 is free for the database."
}

cluster_start() {
    local home bin port try
    choose_home
    home=$(cluster_home)
    if as_owner test -s "$home/data/PG_VERSION"; then
        # The programs of the version that made it, even when a newer one has come since.
        bin=/usr/lib/postgresql/$(as_owner cat "$home/data/PG_VERSION")/bin
        [ -x "$bin/postgres" ] || fail "The cluster in $home needs $bin, which is not installed (any more)."
    else
        bin=$(postgres_bin)
    fi
    echo "$bin" >"$STATE/bin"
    if cluster_pid "$home" >/dev/null; then
        if [ -s "$STATE/password" ]; then
            as_owner sed -n 4p "$home/data/postmaster.pid" >"$STATE/port"
            return
        fi
        cluster_stop
    fi
    cluster_init "$home" "$bin"
    as_owner rm -f "$home/data/postmaster.pid"
    end_orphans "$home"
    [ -s "$STATE/password" ] || cluster_new_password "$home" "$bin"

    for try in 1 2 3 4 5; do
        # From the second time on not the recorded port: another program may have been faster.
        port=$(choose_port "$([ "$try" != 1 ] || cat "$STATE/port" 2>/dev/null)" "$try")
        echo "$port" >"$STATE/port"
        if as_owner "$bin/pg_ctl" start -s -w -t 120 -D "$home/data" -l "$home/log" -o "-p $port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=256MB -c work_mem=32MB \
            -c maintenance_work_mem=256MB -c max_wal_size=4GB -c random_page_cost=1.1 -c jit=off" \
            </dev/null >/dev/null 2>&1; then
            return
        fi
        # A dying server process may hold the memory still.
        end_orphans "$home"
        sleep 1
    done
    as_owner tail -n 20 "$home/log" >&2 || true
    fail "The database did not start; its log is $home/log."
}

cluster_stop() {
    local home bin
    home=$(cluster_home)
    if ! cluster_pid "$home" >/dev/null; then return; fi
    bin=$(cat "$STATE/bin")
    as_owner "$bin/pg_ctl" stop -s -w -t 60 -m fast -D "$home/data" >/dev/null 2>&1 ||
        as_owner "$bin/pg_ctl" stop -s -w -t 30 -m immediate -D "$home/data" >/dev/null 2>&1 ||
        say "The database did not stop."
}
