# shellcheck shell=bash
# Restores and builds the service, and brings the browser's libraries; skipped while their inputs are unchanged.

SERVICE=$ROOT/src/GeoCivic/bin/Release/net10.0/geocivic.dll

service_hash() {
    hash_of src Directory.Build.props Directory.Packages.props global.json .editorconfig
}

# For people who run it: without the analysers, which scripts/test runs.
build_service() {
    local hash
    hash=$(service_hash)
    if [ -f "$SERVICE" ] && [ "$(cat "$STATE/build.stamp" 2>/dev/null)" = "$hash" ]; then return; fi
    say "Building the service …"
    rm -f "$STATE/build.stamp"
    quietly dotnet build "$ROOT/src/GeoCivic" -c Release -v quiet \
        -p:RunAnalyzers=false -p:UseSharedCompilation=false ||
        fail "The service could not be built."
    echo "$hash" >"$STATE/build.stamp"
}

build_libraries() {
    local hash
    hash=$(hash_of package.json package-lock.json .npmrc libman.json scripts/libman.mjs)
    if [ -d "$ROOT/node_modules" ] && [ -d "$ROOT/wwwroot/lib" ] &&
        [ "$(cat "$STATE/npm.stamp" 2>/dev/null)" = "$hash" ]; then
        return
    fi
    say "Bringing the libraries of the web page …"
    rm -f "$STATE/npm.stamp"
    quietly npm --prefix "$ROOT" ci --no-audit --no-fund || fail "npm ci failed."
    quietly node "$ROOT/scripts/libman.mjs" || fail "The libraries could not be copied to wwwroot/lib."
    echo "$hash" >"$STATE/npm.stamp"
}
