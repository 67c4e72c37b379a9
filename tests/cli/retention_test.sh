#!/bin/bash
# xunsai retention: who left before a day is listed, then forgotten; the chain holds.
set -eu
cd "$(dirname "$0")/../.."
program=${XUNSAI_PROGRAM:-build/address-undefined/xunsai}
folder=$(mktemp -d "${TMPDIR:-/tmp}/xunsai-retention.XXXXXX")
trap 'rm -rf "$folder"' EXIT
data=$folder/data

fail() {
    echo "retention: $*" >&2
    exit 1
}

if [ -n "${XUNSAI_DEMO:-}" ] && [ -e "$XUNSAI_DEMO/xunsai.db" ]; then
    cp -r "$XUNSAI_DEMO" "$data"
else
    "$program" demo --data "$data" >/dev/null
fi
left() {
    sqlite3 "$data/xunsai.db" "UPDATE person SET left_at = strftime('%s', '$2') * 1000 WHERE staff_number = '$1'"
}
left zy0103 "2016-08-30 15:59:00" # 23:59 in Beijing
left zy0104 "2016-08-30 16:00:00" # 0:00 of the next day there
left zy0105 "2026-08-01 00:00:00"
left zy0101 "2010-01-01 00:00:00" # in the contest that is still to come

"$program" retention --data "$data" 2>"$folder/error" && fail "no limit was set"
grep -q "nothing says how long" "$folder/error" || fail "$(cat "$folder/error")"

dry=$("$program" retention --data "$data" --before 2016-08-31 --dry-run)
[ "$(echo "$dry" | grep -c "would be erased")" = 2 ] || fail "dry: $dry"
echo "$dry" | grep -q " zy0103 2016-08-30 " || fail "dry: $dry"
[ "$(sqlite3 "$data/xunsai.db" "SELECT count(*) FROM person WHERE erased_at IS NOT NULL")" = 0 ] ||
    fail "a dry run has erased somebody"

# One is erased, the contestant is not, and the exit says so.
"$program" retention --data "$data" --before 2016-08-31 >"$folder/said" && fail "nobody was refused"
grep -q " zy0103 2016-08-30 erased" "$folder/said" || fail "$(cat "$folder/said")"
grep " zy0101 " "$folder/said" | grep -q "竞赛" || fail "$(cat "$folder/said")"
[ "$(sqlite3 "$data/xunsai.db" "SELECT count(*) FROM person WHERE staff_number LIKE 'zy01%' AND erased_at IS NULL")" -gt 3 ] ||
    fail "too many were erased"
[ "$(sqlite3 "$data/xunsai.db" "SELECT count(*) FROM person WHERE staff_number = 'zy0103'")" = 0 ] || fail "still named"
[ "$(sqlite3 "$data/xunsai.db" "SELECT count(*) FROM person WHERE staff_number = 'zy0104'")" = 1 ] || fail "one day early"

# By the setting.
sqlite3 "$data/xunsai.db" "UPDATE person SET left_at = NULL WHERE staff_number = 'zy0101'"
"$program" setting retention_years 5 --data "$data" || fail "setting"
"$program" setting --data "$data" | grep -qx "retention_years 5" || fail "the setting is not shown"
"$program" setting retention_years five --data "$data" 2>/dev/null && fail "years that are none"
"$program" setting colour 5 --data "$data" 2>/dev/null && fail "a setting that is none"
"$program" setting public_address https://x.example/ --data "$data" 2>/dev/null && fail "a slash at the end"
"$program" retention --data "$data" >"$folder/said" || fail "$(cat "$folder/said")"
grep -q " zy0104 " "$folder/said" || fail "$(cat "$folder/said")"
[ "$(sqlite3 "$data/xunsai.db" "SELECT count(*) FROM person WHERE staff_number = 'zy0105'")" = 1 ] || fail "kept years"
"$program" retention --data "$data" --before 2016-02-30x --dry-run 2>/dev/null && fail "a day that is none"
"$program" setting retention_years "" --data "$data" || fail "taking it away"
"$program" retention --data "$data" 2>/dev/null && fail "no limit was set"
"$program" verify --data "$data" | grep -q "every link and seal holds" || fail "the chain"
