# shellcheck shell=bash
# What has to be on the system: checks for .NET, Node and npm; installs PostgreSQL with PostGIS, Chromium and fonts.

ensure_dotnet() {
    local sdks
    command -v dotnet >/dev/null ||
        fail "The .NET 10 SDK is missing (dotnet). See https://dotnet.microsoft.com/download/dotnet/10.0"
    # The SDK does not start without this library, which nothing else may have brought yet.
    if [ -z "${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-}" ] && ! compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null &&
        ! compgen -G '/usr/lib*/libicuuc.so.*' >/dev/null && apt_update; then
        apt_install "$(apt-cache search --names-only '^libicu[0-9]+$' | cut -d' ' -f1 | sort -V | tail -n 1)" || true
    fi
    sdks=$(dotnet --list-sdks) || fail "dotnet does not start."
    grep -q '^10\.' <<<"$sdks" || fail "The .NET 10 SDK is missing; here is: $sdks"
}

ensure_node() {
    local version
    version=$(node --version 2>/dev/null | sed 's/^v//; s/\..*//') || true
    if [ -z "$version" ] || [ "$version" -lt 20 ]; then
        fail "Node 20 or later is missing (found: ${version:-none})."
    fi
    command -v npm >/dev/null || fail "npm is missing."
}

# Prints the folder with the programs of the newest PostgreSQL (15 or later) that has PostGIS; fails if there is none.
postgres_bin() {
    local version
    for version in $(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -rn); do
        if [[ $version =~ ^[0-9]+$ ]] && [ "$version" -ge 15 ] &&
            [ -x "/usr/lib/postgresql/$version/bin/initdb" ] &&
            [ -f "/usr/share/postgresql/$version/extension/postgis.control" ]; then
            printf '/usr/lib/postgresql/%s/bin' "$version"
            return
        fi
    done
    return 1
}

# apt_install PACKAGE…: the package lists are fetched once a run.
apt_install() {
    command -v apt-get >/dev/null || return 1
    say "Installing $* …"
    apt_update || return 1
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 \
        --no-install-recommends install "$@" </dev/null
}

apt_update() {
    if [ -z "${APT_UPDATED:-}" ]; then
        quietly as_root apt-get -q -o DPkg::Lock::Timeout=600 update </dev/null || return 1
        APT_UPDATED=1
    fi
}

ensure_postgis() {
    if postgres_bin >/dev/null; then return; fi
    local version='' had_main=''
    if command -v apt-get >/dev/null && apt_update; then
        # The newest version that the system's archives have with PostGIS; in Debian there is one.
        version=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' |
            sed -nE 's/^postgresql-([0-9]+)-postgis-3 .*/\1/p' | sort -rn | head -n 1)
    fi
    if [ -d "/etc/postgresql/${version:-none}/main" ]; then had_main=1; fi
    if [ -n "$version" ] && apt_install "postgresql-$version" "postgresql-$version-postgis-3" &&
        postgres_bin >/dev/null; then
        if [ -z "$had_main" ]; then stop_debian_cluster "$version"; fi
        return
    fi
    fail "PostgreSQL 15 or later with PostGIS 3.3 or later is missing and could not be installed.
Install it yourself (Debian 12: apt-get install postgresql-15 postgresql-15-postgis-3), or let GeoCivic use a server
elsewhere: export ConnectionStrings__GeoCivic='Host=…;Database=…;Username=…;Password=…' (the user must be allowed to
create the extensions postgis and btree_gist, or they must be there)."
}

# The package starts a cluster "main" that nobody here uses. Only called when the package was installed by us.
stop_debian_cluster() {
    as_root pg_ctlcluster "$1" main stop >/dev/null 2>&1 || true
    if [ -f "/etc/postgresql/$1/main/start.conf" ]; then
        echo manual | as_root tee "/etc/postgresql/$1/main/start.conf" >/dev/null
    fi
}

# What the browser tests need on top.
ensure_browser() {
    # The shell is the same browser without what only a window needs: the tests take a third less of the processor.
    if ! command -v chromium-headless-shell >/dev/null && ! apt_install chromium-headless-shell &&
        ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then
        apt_install chromium || fail "Chromium is missing and could not be installed; the browser tests need it."
    fi
    if ! compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null &&
        [ -z "$(fc-list :lang=zh 2>/dev/null)" ]; then
        apt_install fonts-noto-cjk || fail "A Chinese font is missing and could not be installed (fonts-noto-cjk)."
    fi
}
