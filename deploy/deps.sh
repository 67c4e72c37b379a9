#!/bin/sh
# Installs what is missing, and names it:
#   deps.sh run   what building and running needs
#   deps.sh all   also what the tests need
#   deps.sh fuzz  what building the fuzz targets needs
#   deps.sh web   only the pages' npm packages (into web/node_modules)
# When nothing is missing it says nothing and takes a moment.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

for_run="gcc libc6-dev make pkg-config libfcgi-dev libsqlite3-dev libcmark-dev libxml2-dev
    libjansson-dev libsodium-dev libyaml-dev libxlsxwriter-dev libpango1.0-dev libcairo2-dev
    libcurl4-openssl-dev libfontconfig-dev libqrencode-dev fonts-wqy-microhei
    fonts-babelstone-han"
for_tests="libcmocka-dev chromium libreoffice-calc-nogui poppler-utils python3
    libxml2-utils sqlite3 strace"

fail() {
    echo "deps: $*" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# Every word of the list that dpkg does not know as installed.
missing_of() {
    # shellcheck disable=SC2086
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $1 2>/dev/null |
        sed -n 's/^installed //p' || true)
    for package in $1; do
        case "
$installed
" in
        *"
$package
"*) ;;
        *) echo "$package" ;;
        esac
    done
}

# Vite 6 needs 18.19 or newer; a Node of one's own is as good as Debian's.
node_is_fit() {
    has node && has npm &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number);
                 process.exit(a > 18 || (a === 18 && b >= 19) ? 0 : 1)'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        fail "root is needed to install packages, and sudo is not here; as root: $*"
    fi
}

apt_get_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "$@"
}

apt_install() {
    # A fresh machine has no package lists; old ones name versions that are gone.
    if ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 && apt_get_install "$@"; then
        return 0
    fi
    as_root apt-get update -q || fail "apt-get update failed"
    apt_get_install "$@" || fail "apt-get could not install: $*"
}

install_packages() {
    has dpkg-query || fail "this is no Debian; please install by hand: $1 nginx nodejs npm"
    wanted=$(missing_of "$1")
    nginx_is_new=no
    if ! has nginx; then
        wanted="$wanted nginx-light"
        nginx_is_new=yes
    fi
    node_is_fit || wanted="$wanted nodejs npm"
    # shellcheck disable=SC2086
    set -- $wanted
    [ $# -gt 0 ] || return 0
    echo "deps: installing $*"
    apt_install "$@"
    # The package starts a server of its own on port 80; ours is started by run.sh.
    if [ $nginx_is_new = yes ] && [ -d /run/systemd/system ]; then
        echo "deps: switching off the nginx service that came with the package"
        as_root systemctl disable --now nginx >/dev/null 2>&1 || true
    fi
    has nginx || fail "nginx is still missing"
    node_is_fit || fail "Node.js 18.19 or newer with npm is still missing"
}

install_modules() {
    node_is_fit || fail "Node.js 18.19 or newer with npm is missing: run make deps"
    # npm writes this file last.
    mark=web/node_modules/.package-lock.json
    if [ -e $mark ] && [ -z "$(find web/package-lock.json -newer $mark)" ]; then
        return 0
    fi
    echo "deps: installing the npm packages of web/package-lock.json"
    said=$(mktemp)
    if ! (cd web && npm ci --no-audit --no-fund --loglevel=error) >"$said" 2>&1; then
        cat "$said" >&2
        rm -f "$said"
        fail "npm could not install the packages"
    fi
    rm -f "$said"
    touch $mark
}

case ${1:-} in
run)
    install_packages "$for_run"
    install_modules
    ;;
all)
    install_packages "$for_run $for_tests"
    install_modules
    ;;
fuzz)
    install_packages "$for_run clang libclang-rt-14-dev"
    ;;
web)
    install_modules
    ;;
*)
    echo "usage: deps.sh run|all|fuzz|web" >&2
    exit 2
    ;;
esac
