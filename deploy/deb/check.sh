#!/bin/bash
# Unpacks a package into a temporary folder, looks at it, and starts the program from
# there behind nginx once, with the configuration out of the package:
#   deploy/deb/check.sh build/xunsai_VERSION_ARCHITECTURE.deb
# Nothing is installed. Ends with "N passed, N failed".
# shellcheck disable=SC2317  # what the trap calls is reached
set -eu
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin:/sbin

package=${1:?usage: check.sh PACKAGE}
folder=$(mktemp -d "${TMPDIR:-/tmp}/xd.XXXXXX") # short: a socket's path lies in it
root=$folder/root
program_pid=
nginx_pid=
passed=0
failed=0

stop() {
    [ -z "$nginx_pid" ] || kill -QUIT "$nginx_pid" 2>/dev/null || true
    [ -z "$program_pid" ] || kill -TERM "$program_pid" 2>/dev/null || true
    wait
    rm -rf "$folder"
}
trap stop EXIT

# check SENTENCE COMMAND...
check() {
    local sentence=$1
    shift
    if "$@" >"$folder/out" 2>&1; then
        passed=$((passed + 1))
        echo "ok      $sentence"
    else
        failed=$((failed + 1))
        echo "FAILED  $sentence"
        tail -n 5 "$folder/out" | sed 's/^/        /'
    fi
}

field() {
    dpkg-deb --field "$package" "$1"
}

# All files are root's, and none but root may write them.
is_rootly() {
    ! dpkg-deb --contents "$package" | grep -vE '^[-dl][rwx-]{4}-[rwx-]{2}-[rwx-] root/root '
}

depends_are_known() {
    local one
    for one in $(field Depends | tr ',|' '\n' | sed 's/(.*//'); do
        apt-cache show "$one" >/dev/null 2>&1 || dpkg-query -W "$one" >/dev/null || return 1
    done
}

sums_agree() {
    (cd "$root" && md5sum --quiet -c "$folder/control/md5sums")
}

scripts_parse() {
    local script
    for script in postinst prerm postrm; do
        sh -n "$folder/control/$script" && [ -x "$folder/control/$script" ] || return 1
    done
}

conffiles_are_there() {
    local file
    [ -s "$folder/control/conffiles" ] || return 1
    while read -r file; do
        [ -f "$root$file" ] || return 1
    done <"$folder/control/conffiles"
}

no_scraps() {
    ! find "$root" \( -name '.*' -o -name '*.map' -o -name 'node_modules' -o -size 0 \) | grep .
}

is_hardened() {
    readelf -lWd "$root/usr/bin/xunsai" >"$folder/elf"
    grep -q 'GNU_RELRO' "$folder/elf" && grep -q 'BIND_NOW\|NOW' "$folder/elf" &&
        readelf -h "$root/usr/bin/xunsai" | grep -q 'DYN' &&
        ! grep -E 'GNU_STACK.*RWE' "$folder/elf"
}

content_is_good() {
    "$root/usr/bin/xunsai" check "$root/usr/share/xunsai/courses" "$root/usr/share/xunsai/quizzes"
}

fills() {
    mkdir -p "$folder/data"
    "$root/usr/bin/xunsai" demo --data "$folder/data" \
        --courses "$root/usr/share/xunsai/courses" --quizzes "$root/usr/share/xunsai/quizzes"
}

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo $port
}

get() {
    (
        exec 3<>"/dev/tcp/127.0.0.1/$port"
        printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
        cat <&3
    ) 2>/dev/null
}

starts() {
    local run=$folder/nginx tries=100
    mkdir "$run"
    port=$(free_port)
    echo "listen 127.0.0.1:$port;" >"$run/listen.conf"
    # As the package's postinst and README.Debian set it up, but for the places.
    "$root/usr/share/xunsai/nginx/render.sh" "$(id -un)" "$folder/data/xunsai.sock" \
        "$root/usr/share/xunsai/web" "$run" "$run" >"$run/nginx.conf"
    setpriv --pdeathsig KILL "$root/usr/bin/xunsai" serve --data "$folder/data" \
        --courses "$root/usr/share/xunsai/courses" --quizzes "$root/usr/share/xunsai/quizzes" \
        2>"$folder/program.log" &
    program_pid=$!
    setpriv --pdeathsig KILL nginx -p "$run" -c "$run/nginx.conf" -e stderr -g 'daemon off;' \
        2>"$run/start.log" &
    nginx_pid=$!
    until get /healthz | grep -q '"ok"'; do
        tries=$((tries - 1))
        if [ $tries -eq 0 ]; then
            cat "$folder/program.log" "$run/start.log"
            return 1
        fi
        sleep 0.1
    done
}

serves() {
    get "$1" | grep -q "$2"
}

stops() {
    kill -TERM "$program_pid"
    wait "$program_pid" || return 1
    program_pid=
}

verifies() {
    "$root/usr/bin/xunsai" verify --data "$folder/data"
}

mkdir "$root"
dpkg-deb --extract "$package" "$root"
dpkg-deb --control "$package" "$folder/control"
chmod 755 "$folder" # nginx's workers read the pages

check "dpkg-deb reads it" dpkg-deb --info "$package"
check "the version is the program's" [ "$("$root/usr/bin/xunsai" version)" = "xunsai $(field Version)" ]
check "files belong to root alone" is_rootly
check "what it depends on is in Debian" depends_are_known
check "the checksums agree" sums_agree
check "the maintainer scripts parse" scripts_parse
check "the configuration files are there" conffiles_are_there
check "no scraps are in it" no_scraps
check "the program is hardened" is_hardened
check "the service names what is installed" \
    grep -q '^ExecStart=/usr/bin/xunsai serve --data /var/lib/xunsai ' "$root/lib/systemd/system/xunsai.service"
check "courses and papers are good" content_is_good
check "it fills a demonstration" fills
check "it starts behind nginx" starts
check "it serves the first page" serves / '<!doctype html>\|<!DOCTYPE html>'
check "it serves the API" serves /api/site '"demonstration":true'
check "it stops" stops
check "its database verifies" verifies
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
