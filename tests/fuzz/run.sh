#!/bin/bash
# Runs the fuzz targets of build/fuzz and prints a table; the last line is
# "N passed, N failed".
#   tests/fuzz/run.sh [SECONDS=20] [TARGET...]        a target's name without fz_
# Each target runs SECONDS, two at a time, from the seeds in tests/fuzz/seeds and from
# what earlier runs have found (build/fuzz/corpus). An input that breaks a target is kept
# in build/fuzz/found/; to see it again:  build/fuzz/fz_NAME build/fuzz/found/FILE
set -eu
cd "$(dirname "$0")/../.."

seconds=${1:-20}
shift $(($# > 0 ? 1 : 0))
built=build/fuzz
jobs=2
longest_bytes=16384
slow_s=10 # of one input, under the sanitizers; libFuzzer then calls it a failure

case $seconds in
'' | *[!0-9]*)
    echo "usage: run.sh [SECONDS] [TARGET...]" >&2
    exit 2
    ;;
esac
if [ $# -eq 0 ]; then
    for source in tests/fuzz/fz_*.c; do
        name=${source##*/fz_}
        set -- "$@" "${name%.c}"
    done
fi
for name in "$@"; do
    if [ ! -x "$built/fz_$name" ]; then
        echo "$built/fz_$name is missing: run make fuzz" >&2
        exit 2
    fi
done
mkdir -p $built/found $built/logs

dictionary_of() {
    case $1 in
    input | paper | rule_line | answer | rules) echo json ;;
    markdown | xml | fcgi | query) echo "$1" ;;
    svg) echo xml ;;
    esac
}

fuzz() {
    local name=$1 dictionary
    local corpus=$built/corpus/$name words=()
    mkdir -p "$corpus"
    dictionary=$(dictionary_of "$name")
    [ -z "$dictionary" ] || words=("-dict=tests/fuzz/dictionaries/$dictionary.dict")
    FUZZ_SLOWEST=$built/found/$name-slowest \
        ASAN_OPTIONS=detect_stack_use_after_return=1:allocator_may_return_null=1 \
        UBSAN_OPTIONS=print_stacktrace=1 \
        "$built/fz_$name" "${words[@]}" -max_total_time="$seconds" \
        -max_len=$longest_bytes -timeout=$slow_s -rss_limit_mb=2048 -print_final_stats=1 \
        -reload=0 -artifact_prefix="$built/found/$name-" \
        "$corpus" "tests/fuzz/seeds/$name" >"$built/logs/$name.log" 2>&1
}

declare -A name_of=()
running=()
passed=0
failed=0

# The last thing the log says after these words.
last() {
    sed -n "s/.*$2 *\([0-9.]*\).*/\1/p" "$built/logs/$1.log" | tail -n 1
}

finish() {
    local name=$1 status=$2 word=ok found
    local executed edges
    executed=$(last "$name" 'stat::number_of_executed_units:')
    edges=$(last "$name" ' cov:')
    found=$(sed -n 's/.*Test unit written to //p' "$built/logs/$name.log" | tail -n 1)
    if [ "$status" -ne 0 ] || [ "${executed:-0}" -lt 100 ] || [ "${edges:-0}" -lt 10 ]; then
        word=FAILED
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
    printf '%-11s %10s %7s %7s %7s %10s %8s  %s\n' "$name" "${executed:-?}" "${edges:-?}" \
        "$(last "$name" ' corp:')" "$([ -z "$found" ] && echo 0 || echo 1)" \
        "$(last "$name" slowest_ms:) ms" "$(last "$name" 'stat::peak_rss_mb:') MB" "$word"
    if [ "$word" = FAILED ]; then
        grep -E -m 3 -A 2 'does not hold|ERROR: |runtime error' "$built/logs/$name.log" | sed 's/^/    /' || true
        [ -z "$found" ] || echo "    again: $built/fz_$name $found"
    fi
}

# Waits until fewer than $1 targets run.
drain() {
    local ended status
    while [ ${#running[@]} -ge "$1" ]; do
        status=0
        wait -n -p ended "${running[@]}" || status=$?
        finish "${name_of[$ended]}" "$status"
        local rest=() pid
        for pid in "${running[@]}"; do
            [ "$pid" = "$ended" ] || rest+=("$pid")
        done
        running=(${rest[@]+"${rest[@]}"})
    done
}

stop() {
    local pid
    for pid in ${running[@]+"${running[@]}"}; do
        kill -TERM "$pid" 2>/dev/null || true
    done
    wait
}
trap stop EXIT
trap 'exit 130' INT TERM

printf '%-11s %10s %7s %7s %7s %10s %8s\n' target executions edges corpus crashes slowest memory
for name in "$@"; do
    drain $jobs
    fuzz "$name" &
    name_of[$!]=$name
    running+=($!)
done
drain 1
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
