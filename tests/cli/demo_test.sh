#!/bin/sh
# `xunsai demo`: what it fills in, that every run invents the same, that it refuses a
# database with people in it.
# XUNSAI: the program to try; otherwise the one with the sanitizers in it.
set -eu
cd "$(dirname "$0")/../.."
program=${XUNSAI:-${XUNSAI_PROGRAM:-${CHECKED:-build/address-undefined}/xunsai}}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

fail() {
    echo "demo_test: $*" >&2
    failures=$((failures + 1))
}

ask() {
    sqlite3 -readonly "$folder/$1/xunsai.db" "$2"
}

# is WHAT EXPECTED SQL
is() {
    found=$(ask one "$3")
    [ "$found" = "$2" ] || fail "$1: expected '$2', found '$found'"
}

# between WHAT LOWEST HIGHEST SQL
between() {
    found=$(ask one "$4")
    [ "$found" -ge "$2" ] && [ "$found" -le "$3" ] ||
        fail "$1: expected $2 to $3, found '$found'"
}

fill() {
    "$program" demo --data "$folder/$1" --courses courses --quizzes quizzes \
        >"$folder/$1.out" 2>"$folder/$1.err" || {
        cat "$folder/$1.err" >&2
        fail "the demonstration was not made"
        exit 1
    }
}

fill one
grep -q 'xunsai2020' "$folder/one.out" || fail "the password is not said"
"$program" verify --data "$folder/one" >/dev/null || fail "the record does not hold"

# The district.
is district '拱墅区' "SELECT value FROM setting WHERE name = 'district'"
is demonstration 1 "SELECT value FROM setting WHERE name = 'demonstration'"
is streets '米市巷 湖墅 小河 和睦 拱宸桥 大关 上塘 祥符 康桥 半山' \
    "SELECT group_concat(replace(name, '街道', ''), ' ') FROM
     (SELECT name FROM branch ORDER BY position)"
is communities 95 "SELECT count(*) FROM community"
is 'communities without a specialist' 0 \
    "SELECT count(*) FROM community WHERE id NOT IN (SELECT community FROM compound
     JOIN person ON person.compound = compound.id)"
is specialists 358 "SELECT count(*) FROM account WHERE roles = 1"
is 'specialists of the streets' '35 36' \
    "SELECT min(n) || ' ' || max(n) FROM
     (SELECT count(*) AS n FROM person JOIN account ON person = id WHERE roles = 1
      GROUP BY branch)"
is 'compounds of another street' 0 \
    "SELECT count(*) FROM person JOIN compound ON compound.id = person.compound
     JOIN community ON community.id = compound.community
     WHERE community.branch <> person.branch"
is 'names that stand twice' 0 "SELECT count(*) - count(DISTINCT name) FROM person"
is staff 'cpz01 jd01 jk01 jk02 jk03 jk04 jk05 jk06 jk07 jk08 jk09 jk10 pw01 pw02 pw03 pw04 pw05 pw06 pw07 zc01 zz01' \
    "SELECT group_concat(staff_number, ' ') FROM
     (SELECT staff_number FROM person JOIN account ON person = id WHERE roles <> 1
      ORDER BY staff_number)"
is 'proctors in a street of their own' 10 \
    "SELECT count(DISTINCT branch) FROM person JOIN account ON person = id
     WHERE roles = 2"
is 'judges in a street' 0 \
    "SELECT count(*) FROM person JOIN account ON person = id
     WHERE roles = 8 AND branch IS NOT NULL"

# The quizzes.
# Buzzer sets are read aloud and never offered as a quiz.
papers=$(grep -L 'kind="buzzer"' quizzes/*/quiz.xml | wc -l)
is quizzes "$papers" "SELECT count(*) FROM quiz"
is 'the first quiz' '01-yijian-jiedu close 1' \
    "SELECT slug || ' ' || review || ' ' || (window_close > window_open) FROM quiz
     JOIN paper ON paper.revision = quiz.paper WHERE id = 1"
is 'the others' "submit $((papers - 1))" \
    "SELECT review || ' ' || count(*) FROM quiz
     WHERE id > 1 AND window_close IS NULL GROUP BY review"
is 'who has not begun yet' 'zy0101 zy0102' \
    "SELECT group_concat(staff_number, ' ') FROM person
     WHERE staff_number IN ('zy0101', 'zy0102')
       AND id NOT IN (SELECT person FROM attempt)
       AND id NOT IN (SELECT person FROM progress)"
between attempts 340 350 "SELECT count(*) FROM attempt"
is 'attempts not closed' 0 "SELECT count(*) FROM attempt WHERE state = 'in_progress'"
between 'attempts closed by the program' 1 20 \
    "SELECT count(*) FROM attempt WHERE state = 'auto_submitted'
     AND submitted_at = deadline AND closed_at > deadline"
between 'mean grade' 7600 8000 "SELECT CAST(avg(grade) AS INTEGER) FROM attempt"
between 'variance of grades' 95 155 \
    "SELECT CAST(avg(grade * grade) - avg(grade) * avg(grade) AS INTEGER) / 10000
     FROM attempt"
is 'grades that are not the sum of their questions' 0 \
    "SELECT count(*) FROM attempt WHERE grade <>
     (SELECT sum(points) FROM grade WHERE grade.attempt = attempt.id)"
is 'attempts without a receipt' 0 \
    "SELECT count(*) FROM attempt WHERE length(receipt) IS NOT 10"
is 'answers that are not the last of the log' 0 \
    "SELECT count(*) FROM answer WHERE answer <> (SELECT answer FROM answer_log AS l
     WHERE l.attempt = answer.attempt AND l.item = answer.item
     ORDER BY seq DESC LIMIT 1)"
is 'answers outside their attempt' 0 \
    "SELECT count(*) FROM answer_log AS l JOIN attempt ON attempt.id = l.attempt
     WHERE l.received_at <= started_at OR l.received_at > submitted_at"
is 'attempts in the future or before the window' 0 \
    "SELECT count(*) FROM attempt JOIN quiz ON quiz.id = attempt.quiz
     WHERE closed_at > CAST(strftime('%s', 'now') AS INTEGER) * 1000
        OR started_at < window_open"
is 'the record against time' 0 \
    "SELECT count(*) FROM event AS a JOIN event AS b ON b.seq = a.seq + 1
     WHERE b.at < a.at"
between 'readers of the first course' 250 340 \
    "SELECT count(DISTINCT person) FROM progress WHERE course = '01-yijian-jiedu'"
is 'sections read in the future' 0 \
    "SELECT count(*) FROM progress
     WHERE at > CAST(strftime('%s', 'now') AS INTEGER) * 1000"

# The contest.
is contestants 'zy0101 zy0110 zy0201 zy0210 zy0301 zy0310 zy0401 zy0410 zy0501 zy0510 zy0601 zy0610 zy0701 zy0710 zy0801 zy0810 zy0901 zy0910 zy1001 zy1010' \
    "SELECT group_concat(staff_number, ' ') FROM
     (SELECT staff_number FROM contestant JOIN person ON person.id = person
      ORDER BY contestant.id)"
is judges '1pw01 2pw02 3pw03 4pw04 5pw05 6pw06 7pw07' \
    "SELECT group_concat(number || staff_number, ' ') FROM
     (SELECT number, staff_number FROM contest_judge JOIN person ON id = person
      ORDER BY number)"
is 'contestants without a grade' zy0101 \
    "SELECT group_concat(staff_number) FROM contestant
     JOIN person ON person.id = contestant.person
     WHERE person.id NOT IN (SELECT person FROM attempt)"

# Again: the same people and grades elsewhere, and never on top of what is there.
fill two
invented="SELECT staff_number, person.name, compound.name, grade FROM person
          LEFT JOIN compound ON compound.id = person.compound
          LEFT JOIN attempt ON attempt.person = person.id ORDER BY person.id"
ask one "$invented" >"$folder/one.people"
ask two "$invented" >"$folder/two.people"
[ "$(wc -l <"$folder/one.people")" -eq 379 ] || fail "not everybody is compared"
cmp -s "$folder/one.people" "$folder/two.people" ||
    fail "two runs invented different people or grades"

before=$(sqlite3 "$folder/one/xunsai.db" .dump | sha256sum)
status=0
"$program" demo --data "$folder/one" --courses courses --quizzes quizzes \
    >"$folder/again.out" 2>"$folder/again.err" || status=$?
[ "$status" -eq 1 ] || fail "a filled database: exit $status"
[ "$(wc -l <"$folder/again.err")" -eq 1 ] || fail "a filled database: not one line"
grep -q '^xunsai: .*holds people' "$folder/again.err" || fail "a filled database: no reason"
[ "$(sqlite3 "$folder/one/xunsai.db" .dump | sha256sum)" = "$before" ] ||
    fail "a filled database was changed"

# All or nothing: without a paper there is no quiz, and then nobody at all.
mkdir "$folder/none"
status=0
"$program" demo --data "$folder/three" --courses courses --quizzes "$folder/none" \
    >/dev/null 2>&1 || status=$?
[ "$status" -eq 1 ] || fail "without papers: exit $status"
[ "$(ask three 'SELECT count(*) FROM person')" = 0 ] || fail "half a district was left"

[ "$failures" -eq 0 ]
