#!/bin/bash
# Measures Xunsai behind nginx on this machine and prints ratios: everything that is
# compared was measured in turns within the same run.
#   tests/bench/run.sh            about two minutes; BENCH_ROUNDS=3 for a quick look
# Needs build/xunsai (or PROGRAM) and the load program build/bench/load. The data lies in
# a temporary folder; addresses are free ports of 127.0.0.1. See RESULTS.md.
# shellcheck disable=SC2317  # what the traps call is reached
set -eu
umask 077
cd "$(dirname "$0")/../.."
root=$PWD
PATH=$PATH:/usr/sbin:/sbin

program=${PROGRAM:-$root/build/xunsai}
load=${LOAD:-$root/build/bench/load}
seconds=1 # of each measurement: short ones in turns, so that a slow moment hits all alike
rounds=${BENCH_ROUNDS:-9}
steps=15
rule_lines=10000
folder=$(mktemp -d "${TMPDIR:-/tmp}/xb.XXXXXX") # short: a socket's path lies in it
data=$folder/data
results=$folder/results
program_pid=
nginx_pid=

fail() {
    echo "bench: $*" >&2
    for log in program nginx/error; do
        tail -n 3 "$folder/$log.log" >&2 2>/dev/null || true
    done
    exit 1
}

stop() {
    trap '' INT TERM
    [ -z "$nginx_pid" ] || kill -QUIT "$nginx_pid" 2>/dev/null || true
    [ -z "$program_pid" ] || kill -TERM "$program_pid" 2>/dev/null || true
    wait
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# ---- The server ----

# The demonstration and 256 further specialists, who have not sat the quiz.
fill() {
    mkdir "$data"
    "$program" demo --data "$data" --courses courses --quizzes quizzes >"$folder/demo.log" 2>&1 ||
        fail "no demonstration: $(tail -n 1 "$folder/demo.log")"
    sqlite3 "$data/xunsai.db" >/dev/null <<'SQL' || fail "no candidates"
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 256)
INSERT INTO person (staff_number, name, branch)
SELECT printf('bench%04d', i), '测' || i, (SELECT min(id) FROM branch) FROM n;
INSERT INTO account (person, roles, password, failures, blocked_until)
SELECT id, 1, (SELECT password FROM account LIMIT 1), 0, 0
FROM person WHERE staff_number LIKE 'bench%';
SQL
}

start() {
    local web=$folder/web run=$folder/nginx
    mkdir "$web" "$run"
    head -c 200 /dev/zero | tr '\0' x >"$web/static-200.txt"
    port=$("$load" free-port)
    echo "listen 127.0.0.1:$port backlog=4096;" >"$run/listen.conf"
    # The measure of all reads: the same nginx without any setting of ours.
    cat >"$run/http-bench.conf" <<PLAIN
server {
    listen 127.0.0.1:$port;
    server_name plain;
    access_log off;
    gzip_static off;
    root "$web";
}
PLAIN
    deploy/nginx/render.sh "$(id -un)" "$data/xunsai.sock" "$web" "$run" "$run" >"$run/nginx.conf"
    setpriv --pdeathsig KILL "$program" serve --data "$data" --courses courses --quizzes quizzes \
        2>"$folder/program.log" &
    program_pid=$!
    setpriv --pdeathsig KILL nginx -p "$run" -c "$run/nginx.conf" -e stderr -g 'daemon off;' \
        2>"$run/start.log" &
    nginx_pid=$!
    chmod a+rx "$folder" "$web" && chmod a+r "$web/static-200.txt"
    local tries=100
    until (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /healthz HTTP/1.0\r\n\r\n' >&3 &&
        grep -q '"ok"' <&3) 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "the server does not answer"
        sleep 0.1
    done
}

# ---- Measuring ----

# Lines "NAME key=value..." go to the results.
measure() {
    "$load" "$@" >>"$results" || fail "load $*"
}

make_cases() {
    awk -v n="$rule_lines" 'BEGIN {
        for (i = 0; i < n; i++) {
            marks = ""
            for (j = 0; j < 7; j++) {
                marks = marks sprintf("%s\"%d.%d\"", j ? "," : "", 70 + (i * 7 + j * 13) % 30, (i + j) % 10)
            }
            printf "{\"marks\":[%s],\"drop_low\":1,\"drop_high\":1,\"mode\":\"mean\",\"dp\":2,\"rounding\":\"half_up\",\"missing\":\"wait\"}\n", marks
        }
    }'
}

measure_rules() {
    make_cases >"$folder/cases"
    local round from to # three rounds are enough for a command
    for ((round = 0; round < 3; round++)); do
        from=$(date +%s%N)
        "$program" rule panel <"$folder/cases" >"$folder/scores" || fail "rule panel"
        to=$(date +%s%N)
        [ "$(grep -c '"score"' "$folder/scores")" -eq $rule_lines ] || fail "rule panel gave no scores"
        echo "rule ms=$(((to - from) / 1000000))" >>"$results"
    done
}

# values NAME KEY: one a round
values() {
    sed -n "s/^$1 .*\<$2=\([0-9.]*\).*/\1/p" "$results"
}

middle() {
    sort -n | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "?" }'
}

median() {
    values "$1" "$2" | middle
}

# ratio NAME BASE: the median of the rounds' ratios, with the lowest and the highest
ratio() {
    paste <(values "$1" rate) <(values "$2" rate) |
        awk '$2 > 0 { printf "%.2f\n", $1 / $2 }' | sort -n >"$folder/ratios"
    printf '%s (%s–%s)' "$(middle <"$folder/ratios")" "$(head -n 1 "$folder/ratios")" \
        "$(tail -n 1 "$folder/ratios")"
}

# ---- The table ----

# row WHAT NAME BASE
row() {
    local ratio=1
    [ "$2" = "$3" ] || ratio=$(ratio "$2" "$3")
    printf '| %s | %s | %s | %s | %s |\n' "$1" "$ratio" \
        "$(median "$2" rate)" "$(median "$2" p50)" "$(median "$2" p99)"
}

report() {
    local clients followers
    echo "Medians of $rounds rounds of $seconds s, in turns; in brackets the lowest and highest ratio."
    echo
    echo "| read, 32 clients | ratio to the first | answers/s | p50 ms | p99 ms |"
    echo "|---|---|---|---|---|"
    row "static file of 200 bytes, bare nginx" plain plain
    row "the same file as our nginx.conf serves pages" static plain
    row "GET /healthz (asks for nothing)" healthz plain
    row "GET /api/site (two rows)" site plain
    row "GET /api/quizzes, signed in" quizzes plain
    echo
    echo "| write | ratio to the refused one | answers/s | p50 ms | p99 ms |"
    echo "|---|---|---|---|---|"
    for clients in 8 64 256; do
        row "the same request refused (not stored), $clients clients" refused$clients refused$clients
        row "answer on disk, receipt checked, $clients clients" save$clients refused$clients
    done
    echo
    echo "Receipts checked: $(median receipts checked). Acknowledged answers that the server did not have in the end: $(median receipts lost)."
    echo
    echo "| live: the host changes the screen, $steps times | median ms | worst ms |"
    echo "|---|---|---|"
    for followers in 400 2000; do
        echo "| host's reply until the last of $followers followers has the news | $(median live$followers after_reply_p50) | $(median live$followers after_reply_max) |"
        echo "| the same from the host's click on | $(median live$followers after_send_p50) | |"
    done
    echo
    echo "\`xunsai rule panel\`, $rule_lines lines of 7 marks: $(median rule ms) ms."
}

command -v sqlite3 nginx setpriv >/dev/null || fail "sqlite3, nginx or setpriv is missing: run make deps"
[ -x "$program" ] || fail "$program is missing: run make"
[ -x "$load" ] || fail "$load is missing: run make bench"
hard=$(ulimit -Hn)
[ "$hard" != unlimited ] && [ "$hard" -lt 65536 ] || hard=65536
ulimit -Sn "$hard"
fill
start
measure reads "$port" "$rounds" "$seconds"
measure writes "$port" "$rounds" "$seconds"
measure live "$port" 400 $steps
measure live "$port" 2000 $steps
measure_rules
report
