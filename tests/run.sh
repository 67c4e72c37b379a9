#!/bin/bash
# Runs every test and ends with the line "N passed, N failed".
#   CHECKED=build/address-undefined tests/run.sh [SUITE...]
# Suites: layers content unit cli web-unit http faults web. Each one's whole output is
# kept in build/test-logs/. Two run at a time; each has its own ports and temporary folders, and
# nothing is left running or lying about.
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

checked=${CHECKED:-build/address-undefined}
logs=$PWD/build/test-logs
temporary=$(mktemp -d "${TMPDIR:-/tmp}/xunsai-tests.XXXXXX")
export TMPDIR=$temporary/tmp
export XUNSAI_PROGRAM=$PWD/$checked/xunsai
export XUNSAI_DEMO=$temporary/demo
# A report of a sanitizer is a failure, whatever else happens.
export ASAN_OPTIONS=exitcode=99:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=exitcode=99
mkdir -p "$logs" "$TMPDIR"

# ---- The suites: each prints as it likes and writes "PASSED FAILED SKIPPED" to fd 3 ----

suite_layers() {
    if tests/architecture/layers.sh; then
        echo "1 0 0" >&3
    else
        echo "0 1 0" >&3
    fi
}

# The lessons and questions themselves: `make check`.
suite_content() {
    if "$XUNSAI_PROGRAM" check courses quizzes >"$temporary/content.out" 2>&1; then
        cat "$temporary/content.out"
        echo "1 0 0" >&3
    else
        echo "FAILED  xunsai check courses quizzes"
        cat "$temporary/content.out"
        echo "0 1 0" >&3
    fi
}

suite_unit() {
    local passed=0 failed=0 source program output status ok bad
    for source in tests/*/*_test.c tests/*/*/*_test.c; do
        [ -e "$source" ] || continue
        program=$checked/${source%.c}
        output=$temporary/unit.out
        status=0
        "$program" >"$output" 2>&1 || status=$?
        ok=$(grep -c '^\[       OK \]' "$output" || true)
        bad=$(grep -cE '^\[  (FAILED|ERROR )  ?\] [a-z_]+$' "$output" || true)
        # A crash or a sanitizer's report ends the program between two tests.
        if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then
            bad=1
        elif [ $status -eq 0 ] && [ "$ok" -eq 0 ]; then
            bad=1
        fi
        if [ "$bad" -gt 0 ]; then
            echo "FAILED  $source (status $status)"
            cat "$output"
        fi
        passed=$((passed + ok))
        failed=$((failed + bad))
    done
    echo "$passed $failed 0" >&3
}

suite_cli() {
    local passed=0 failed=0 script
    for script in tests/cli/*.sh; do
        [ -e "$script" ] || continue
        if "$script"; then
            echo "ok      $script"
            passed=$((passed + 1))
        else
            echo "FAILED  $script"
            failed=$((failed + 1))
        fi
    done
    echo "$passed $failed 0" >&3
}

# node_suite FILE...
node_suite() {
    node tests/harness/run.mjs "$@" | tee "$temporary/$suite.out" || true
    sed -n 's/^counts //p' "$temporary/$suite.out" | tail -n 1 >&3
}

suite_web-unit() {
    local status=0
    (cd web && npm test --silent) >"$temporary/web-unit.out" 2>&1 || status=$?
    cat "$temporary/web-unit.out"
    local passed failed
    passed=$(sed -n 's/^# pass \([0-9]*\)$/\1/p;s/^ℹ pass \([0-9]*\)$/\1/p' "$temporary/web-unit.out" | tail -n 1)
    failed=$(sed -n 's/^# fail \([0-9]*\)$/\1/p;s/^ℹ fail \([0-9]*\)$/\1/p' "$temporary/web-unit.out" | tail -n 1)
    if [ $status -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then
        failed=1
    fi
    echo "${passed:-0} ${failed:-0} 0" >&3
}

suite_http() {
    node_suite tests/http/*.test.mjs
}

suite_faults() {
    node_suite tests/faults/*.test.mjs
}

suite_web() {
    TEST_CONCURRENCY=1 node_suite tests/web/*.test.mjs
}

# ---- Running them ----

declare -A started=()
declare -A name_of=()
running=()
passed=0
failed=0
skipped=0

begin() {
    suite=$1
    started[$1]=$SECONDS
    (
        trap - EXIT INT TERM
        suite_"$1" 3>"$temporary/$1.counts" >"$logs/$1.log" 2>&1
    ) &
    name_of[$!]=$1
    running+=($!)
}

# What is worth reading of a log that did not pass.
show_failures() {
    awk '/^(FAILED|not ok)|ERROR: |runtime error/ { show = 1 }
         /^(ok|skipped|took|counts) / { show = 0 }
         show && ++lines <= 200' "$logs/$1.log" | grep . || tail -n 40 "$logs/$1.log"
    echo "        all of it: ${logs#"$PWD"/}/$1.log"
}

finish() {
    local name=${name_of[$1]} ok=0 bad=0 left=0 word=ok
    if ! read -r ok bad left <"$temporary/$name.counts" 2>/dev/null; then
        ok=0 bad=1 left=0
    fi
    if [ $((ok + bad + left)) -eq 0 ] || [ "$2" -ne 0 ]; then
        bad=$((bad + 1)) # it broke, or tested nothing
    fi
    [ "$bad" -eq 0 ] || word=FAILED
    printf '%-7s %-9s %4d passed %3d failed %3d skipped %5d s\n' \
        "$word" "$name" "$ok" "$bad" "$left" $((SECONDS - started[$name]))
    if [ "$bad" -gt 0 ]; then
        show_failures "$name"
    elif [ "$left" -gt 0 ]; then
        grep '^skipped' "$logs/$name.log" || true
    fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    skipped=$((skipped + left))
}

# Waits until fewer than $1 suites run.
drain() {
    local ended status
    while [ ${#running[@]} -ge "$1" ]; do
        status=0
        wait -n -p ended "${running[@]}" || status=$?
        finish "$ended" "$status"
        local rest=() pid
        for pid in "${running[@]}"; do
            [ "$pid" = "$ended" ] || rest+=("$pid")
        done
        running=(${rest[@]+"${rest[@]}"})
    done
}

# Processes that name our temporary folder: servers a test has forgotten.
leftovers() {
    local pid
    for pid in /proc/[0-9]*; do
        pid=${pid#/proc/}
        if [ "$pid" = $$ ] || [ "$pid" = "$BASHPID" ]; then
            continue
        fi
        # It may have ended by now.
        if { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF "$temporary"; then
            echo "$pid"
        fi
    done
}

clean_up() {
    local pid
    for pid in ${running[@]+"${running[@]}"} $(leftovers); do
        kill -TERM "$pid" 2>/dev/null || true
    done
    wait
    rm -rf "$temporary"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Hashing the demonstration's passwords takes seconds: done once, then copied.
prepare_demo() {
    mkdir "$XUNSAI_DEMO"
    if ! "$XUNSAI_PROGRAM" demo --data "$XUNSAI_DEMO" --courses courses --quizzes quizzes \
        >"$logs/demo.log" 2>&1; then
        echo "the demonstration could not be made:"
        tail -n 20 "$logs/demo.log"
        return 1
    fi
}

if [ $# -eq 0 ]; then
    set -- layers content unit cli web-unit http faults web
fi
for suite in "$@"; do
    case $suite in
    layers | content | unit | cli | web-unit) ;;
    http | faults | web)
        if [ ! -e "$XUNSAI_DEMO" ] && ! prepare_demo; then
            failed=$((failed + 1))
            break
        fi
        ;;
    *)
        echo "unknown suite: $suite" >&2
        exit 2
        ;;
    esac
    drain 2
    begin "$suite"
done
drain 1

for pid in $(leftovers); do
    echo "FAILED  a test left process $pid running: $(tr '\0' ' ' <"/proc/$pid/cmdline" || true)"
    failed=$((failed + 1))
done
if [ "$skipped" -gt 0 ]; then
    echo "$skipped skipped, see above"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
