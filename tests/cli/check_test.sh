#!/bin/sh
# `xunsai check`: every rule of src/check breaks once in tests/data/curriculum, at the
# place that findings.txt says; what --partial leaves out; the status.
# XUNSAI: the program to try; otherwise the one with the sanitizers in it.
set -eu
cd "$(dirname "$0")/../.."
program=${XUNSAI:-${XUNSAI_PROGRAM:-${CHECKED:-build/address-undefined}/xunsai}}
data=tests/data/curriculum
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

fail() {
    echo "check_test: $*" >&2
    failures=$((failures + 1))
}

# status EXPECTED NAME ARGUMENTS...: the output is kept as NAME.
status() {
    expected=$1 name=$2
    shift 2
    found=0
    "$program" check "$@" >"$folder/$name" 2>"$folder/$name.err" || found=$?
    [ $found -eq "$expected" ] || fail "$name: status $found instead of $expected"
}

# "courses/01-a/01-b.md:5 link-dead" of every finding of a rule over all texts. What
# readers of single files say, and rules about good courses and papers, is tested there.
rules() {
    sed -nE "s|^$data/(.*): \[([a-z-]+)\] .*|\1 \2|p" "$folder/$1" |
        grep -vE ' (course-order|course-paper|paper-course)$' | LC_ALL=C sort
}

status 1 whole "$data/courses" "$data/quizzes/"
rules whole >"$folder/rules"
diff -u "$data/findings.txt" "$folder/rules" >&2 || fail "other findings than expected"

# Every word that a rule uses is broken in the data, or it would be tested nowhere.
for word in $(sed -nE 's/.*"([a-z]+-[a-z]+|objectives|giveaway)".*/\1/p' src/check/*.c |
    grep -vE '^(option-shortest|key-truth|lesson-questions|summary-missing|course-figure|question-number)$'); do
    grep -q " $word\$" "$folder/rules" || fail "no example of $word"
done

status 1 partial --partial "$data/courses" "$data/quizzes"
rules partial >"$folder/left"
grep -vE ' (course-lessons|handbook-count|bank-[a-z]+|lesson-questions)$' \
    "$folder/rules" | diff -u - "$folder/left" >&2 || fail "--partial leaves out others"

# Said once, although a reader and a rule find it.
[ -z "$(sort "$folder/whole" | uniq -d)" ] || fail "the same is said twice"

mkdir "$folder/courses" "$folder/quizzes"
cp -r "$data/courses/extra" "$folder/courses/"
status 0 good --partial "$folder/courses" "$folder/quizzes"
status 1 lacking "$folder/courses" "$folder/quizzes"
grep -q 'courses/handbook: \[handbook-count\]' "$folder/lacking" ||
    fail "a handbook that is not there has no entries"
status 1 nothing "$folder/nothing" "$folder/quizzes"
status 2 usage --partial "$folder/courses"
status 2 more "$folder/courses" "$folder/quizzes" "$folder/quizzes"

[ $failures -eq 0 ]
