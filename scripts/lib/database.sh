# shellcheck shell=bash
# The database that a script works with: the one named in ConnectionStrings__GeoCivic, or one in the private cluster,
# which runs for as long as a script uses it.

# Names a running process for good: a number alone is given to another process one day.
process_mark() { printf '%s.%s' "$1" "$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20)"; }

forget_dead_users() {
    local file mark
    mkdir -p "$STATE/users"
    for file in "$STATE"/users/*; do
        mark=${file##*/}
        if [ "$mark" != "$(process_mark "${mark%%.*}")" ]; then rm -f "$file"; fi
    done
}

join_cluster() {
    forget_dead_users
    : >"$STATE/users/$(process_mark $$)"
    cluster_start
}

leave_cluster() {
    rm -f "$STATE/users/$(process_mark $$)"
    forget_dead_users
    if [ ! -e "$STATE/keep" ] && [ -z "$(ls -A "$STATE/users")" ]; then cluster_stop; fi
}

# Any SQL, as the cluster's superuser, in the database "postgres".
admin_sql() {
    PGPASSWORD=$(cat "$STATE/password") PGCONNECT_TIMEOUT=10 "$(cat "$STATE/bin")/psql" -X -q -t -A -v ON_ERROR_STOP=1 \
        -h 127.0.0.1 -p "$(cat "$STATE/port")" -U "$CLUSTER_USER" -d postgres "$@"
}

check_database_name() {
    [[ $1 =~ ^[A-Za-z_][A-Za-z0-9_]{0,62}$ ]] ||
        fail "\"$1\" is no database name: letters, digits and underscores, at most 63."
}

create_database() {
    # A statement of its own, not a check before it: creating is all or nothing in PostgreSQL.
    if [ -z "$(admin_sql -c "SELECT 1 FROM pg_database WHERE datname = '$1'" </dev/null)" ]; then
        rm -f "$STATE/migrated.$1"
        admin_sql -c "CREATE DATABASE \"$1\"" </dev/null
    fi
}

# Brings the schema up to date, unless this build has done so already.
migrate_database() {
    local stamp
    stamp=$(cat "$STATE/build.stamp") && stamp+=$(hash_of data/reference)
    if [ "$(cat "$STATE/migrated.$1" 2>/dev/null)" = "$stamp" ]; then return; fi
    dotnet "$SERVICE" migrate </dev/null >&2 || fail "The database schema could not be brought up to date."
    echo "$stamp" >"$STATE/migrated.$1"
}

# use_database NAME: if the user has not named a database elsewhere, sets PRIVATE, exports
# ConnectionStrings__GeoCivic, and leaves the cluster when the script ends.
use_database() {
    # shellcheck disable=SC2034 # read by the scripts
    PRIVATE=''
    if [ -n "${ConnectionStrings__GeoCivic:-}" ]; then return; fi
    # shellcheck disable=SC2034
    PRIVATE=1
    check_database_name "$1"
    ensure_postgis
    trap 'locked cluster leave_cluster' EXIT
    locked cluster join_cluster
    local port password
    port=$(cat "$STATE/port") && password=$(cat "$STATE/password")
    export ConnectionStrings__GeoCivic="Host=127.0.0.1;Port=$port;Database=$1;Username=$CLUSTER_USER;Password=$password"
    locked cluster create_database "$1"
}
