#!/bin/sh
# `xunsai export`: its files, its refusals, and how much memory it takes for many people.
# XUNSAI: the program to try; otherwise the one with the sanitizers in it. Memory is that
# of the program people use (build/xunsai): sanitizers need several times as much.
set -eu
cd "$(dirname "$0")/../.."
program=${XUNSAI:-${XUNSAI_PROGRAM:-${CHECKED:-build/address-undefined}/xunsai}}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

fail() {
    echo "export_test: $*" >&2
    failures=$((failures + 1))
}

export_to() {
    file=$1
    shift
    "$program" export ranking "$@" -o "$file" --data "$folder" >"$folder/out" 2>"$folder/err"
}

# refused WORDS... : says why on standard error, and leaves nothing
refused() {
    if "$program" export "$@" >"$folder/out" 2>"$folder/err"; then
        fail "not refused: $*"
    fi
    grep -q '^xunsai: ' "$folder/err" || fail "no reason given: $*"
    [ ! -s "$folder/out" ] || fail "something printed: $*"
}

"$program" demo --data "$folder" --courses courses --quizzes quizzes >/dev/null 2>&1
mkdir "$folder/files"
# Names a spreadsheet would compute, and some that hide what they are.
sqlite3 "$folder/xunsai.db" "
    UPDATE person SET name = '=1+1' WHERE staff_number = 'zy0101';
    UPDATE person SET name = '－2' WHERE staff_number = 'zy0102';
    UPDATE person SET name = char(8203) || '@SUM(A1)' WHERE staff_number = 'zy0103';
    UPDATE person SET name = char(8238) || '三王' || char(8236) WHERE staff_number = 'zy0104';
    UPDATE person SET name = '引\"号,逗号' || char(10) || '换行' WHERE staff_number = 'zy0105'"

for format in csv json xlsx pdf; do
    export_to "$folder/files/r.$format" quiz 1 --format "$format" || fail "no $format"
    (cd / && sha256sum --quiet -c "$folder/out") || fail "the digest of $format"
done
[ "$(ls "$folder/files")" = "r.csv
r.json
r.pdf
r.xlsx" ] || fail "other files: $(ls "$folder/files")"
[ "$(grep -c '"zy[0-9]\{4\}"' "$folder/files/r.csv")" -eq 358 ] || fail "not everybody is in the CSV"
python3 - "$folder/files" <<'PYTHON' || fail "the formats differ"
import csv, json, sys
with open(sys.argv[1] + "/r.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.reader(file))
with open(sys.argv[1] + "/r.json", encoding="utf-8") as file:
    document = json.load(file)
titles = rows[0]
assert len(rows) == 359, len(rows)
number, rank = titles.index("工号"), 0
assert [row[number] for row in rows[1:]] == [one["person"]["staff_number"] for one in document["people"]]
assert [row[rank] for row in rows[1:]] == ["" if one["rank"] is None else str(one["rank"]) for one in document["people"]]
PYTHON

# The workbook as LibreOffice reads it, cell by cell against the CSV: the same but for the
# apostrophe before what looks like a formula.
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to \
    csv:"Text - txt - csv (StarCalc)":44,34,76,1 --outdir "$folder/office" \
    "$folder/files/r.xlsx" >"$folder/out" 2>&1 || fail "LibreOffice does not open the workbook"
python3 - "$folder" <<'PYTHON' || fail "the workbook and the CSV differ"
import csv, sys
def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
ours = rows(sys.argv[1] + "/files/r.csv")
office = rows(sys.argv[1] + "/office/r.csv")
assert ours[0][-1] == "备注" and {row[-1] for row in ours[1:]} == {"非最终成绩 演示数据"}
assert office[0][0].endswith("个人排名（非最终成绩 演示数据）"), office[0]
plain = lambda cell: cell[1:] if cell[:1] == "'" else cell
mine = [[plain(cell).replace("\r\n", "\n") for cell in row[:-1]] for row in ours]
theirs = [[cell.replace("\r\n", "\n") for cell in row] for row in office[1:]]
assert len(mine) == len(theirs) == 359, (len(mine), len(theirs))
for left, right in zip(mine, theirs):
    assert left == right, (left, right)
names = {row[2]: row[1] for row in mine}
for name in ["=1+1", "－2", "@SUM(A1)", "三王", '引"号,逗号\n换行']:
    assert name in names, name
bare = {cell for row in ours for cell in row}
assert not {"=1+1", "－2", "@SUM(A1)"} & bare, "a formula without an apostrophe"
PYTHON

# One street, with its ranks in the district.
export_to "$folder/files/s.csv" quiz 1 --format csv --branch 2 || fail "no street"
streets=$(grep -o '"[^",][^",]*街道"' "$folder/files/s.csv" | sort -u | wc -l)
[ "$streets" -eq 1 ] || fail "$streets streets instead of one"

# A contest nobody has come to yet, and a street without anybody: a head and no rows.
export_to "$folder/files/c.csv" contest 1 --format csv || fail "no contest"
export_to "$folder/files/n.csv" quiz 1 --format csv --branch 999 || fail "no empty street"
[ "$(wc -l <"$folder/files/n.csv")" -eq 1 ] || fail "rows out of nothing"
for format in xlsx json pdf; do
    export_to "$folder/files/n.$format" quiz 1 --format "$format" --branch 999 || fail "no empty $format"
done

# What is there stays until the new one is whole.
cp "$folder/files/r.csv" "$folder/files/old"
refused ranking quiz 1 --format csv --data "$folder" -o "$folder/missing/r.csv"
refused ranking quiz 99 --format csv --data "$folder" -o "$folder/files/r.csv"
cmp -s "$folder/files/r.csv" "$folder/files/old" || fail "the old file was touched"
if [ -w /dev/full ]; then
    ln -s /dev/full "$folder/files/f.csv.part"
    refused ranking quiz 1 --format csv --data "$folder" -o "$folder/files/f.csv"
    [ ! -e "$folder/files/f.csv" ] || fail "a file out of a full disk"
    rm -f "$folder/files/f.csv.part"
fi
refused ranking quiz 1 --format doc --data "$folder" -o "$folder/files/x"
refused ranking quiz 0 --format csv --data "$folder" -o "$folder/files/x"
refused ranking quiz 1x --format csv --data "$folder" -o "$folder/files/x"
refused ranking test 1 --format csv --data "$folder" -o "$folder/files/x"
refused ranking quiz 1 --format csv --data "$folder"
refused ranking quiz 1 --format csv --data "$folder" -o
refused ranking quiz 1 --format csv --data "$folder/nowhere" -o "$folder/files/x"
refused
[ ! -e "$folder/files/x" ] || fail "a file out of nothing"

# Memory grows by what the ranking itself holds, and by nothing a row.
measured=${XUNSAI:-build/xunsai}
lean() {
    if ! PYTHONDONTWRITEBYTECODE=1 python3 tests/bench/export.py "$measured" "$@" \
        >"$folder/measured" 2>&1; then
        fail "too much memory: $(cat "$folder/measured")"
    fi
}
lean 20000 csv,json,xlsx 32
lean 2000 pdf 36

[ $failures -eq 0 ]
