#!/usr/bin/env python3
"""Memory and time of `xunsai export` for a ranking of many people.

    tests/bench/export.py PROGRAM [PEOPLE [FORMATS [MIB]]]

prints a table; 100,000 people, all formats and at most 64 MiB unless told otherwise.

Fills a database with PEOPLE specialists of ten streets who sat one quiz, exports it in
every format, each in a process of its own, and looks into the file for everybody.
"""
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SQL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)
INSERT INTO person (id, staff_number, name, branch, compound, cohort)
SELECT 1000000 + i, printf('m%06d', i), '欧阳测试' || i,
       (SELECT min(id) FROM branch) + i % 10,
       (SELECT min(id) FROM compound) + i % 40, '第' || (i % 7) || '期'
FROM n;
INSERT INTO account (person, roles, password, failures, blocked_until)
SELECT id, 1, '-', 0, 0 FROM person WHERE id > 1000000;
INSERT INTO attempt (quiz, person, state, started_at, factor_numerator,
    factor_denominator, planned_ms, deadline, deadline_rev, epoch, device, layout,
    submitted_at, grade, points)
SELECT 1, id, 'submitted', 1600000000000, 1, 1, 0, 1600001200000, 1, 1, 'd', '[]',
       1600000000000 + (id % 977) * 1000, (id * 7919) % 10001, 10000
FROM person WHERE id > 1000000 AND id % 25 <> 0;
"""


def run(words):
    """Peak resident memory in KiB and seconds of a process of its own."""
    began = time.monotonic()
    child = subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT)
    said = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    if status:
        sys.exit(f"{' '.join(words)}: status {status}")
    return said, usage.ru_maxrss, time.monotonic() - began


def fill(program, folder, people):
    subprocess.run([program, "demo", "--data", folder], check=True, cwd=ROOT, capture_output=True)
    base = sqlite3.connect(os.path.join(folder, "xunsai.db"))
    for one in SQL.split(";\n"):
        base.execute(one, {"people": people} if ":people" in one else {})
        base.commit()
    base.close()


def staff_numbers(path, form):
    """Every made-up staff number in the file."""
    if form == "xlsx":
        with zipfile.ZipFile(path) as book:
            text = book.read("xl/worksheets/sheet1.xml").decode()
    elif form == "pdf":
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
    else:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    return re.findall(r"\bm\d{6}\b", text)


def measure(program, folder, form):
    path = os.path.join(folder, f"ranking.{form}")
    said, kib, seconds = run(
        [program, "export", "ranking", "quiz", "1", "--format", form, "-o", path, "--data", folder])
    return said, kib, seconds, os.path.getsize(path)


def check(folder, form, said, people):
    path = os.path.join(folder, f"ranking.{form}")
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    assert said == f"{digest}  {path}\n", said
    assert not os.path.exists(path + ".part")
    found = staff_numbers(path, form)
    assert len(found) >= people and len(set(found)) == people, (form, len(found), len(set(found)))


def main():
    program = os.path.abspath(sys.argv[1])
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    forms = sys.argv[3].split(",") if len(sys.argv) > 3 else ["csv", "json", "xlsx", "pdf"]
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else 64
    folder = tempfile.mkdtemp(prefix="xunsai-export-")
    bad = 0
    try:
        fill(program, folder, people)
        print(f"| `xunsai export`, {people} people | peak memory MiB | seconds | file MiB |\n|---|---|---|---|")
        said = {}
        # Looked at afterwards: a child's peak counts what this process holds at its birth.
        for form in forms:
            said[form], kib, seconds, size = measure(program, folder, form)
            print(f"| {form} | {kib / 1024:.1f} | {seconds:.1f} | {size / 1048576:.1f} |", flush=True)
            bad += kib > limit * 1024
        for form in forms:
            check(folder, form, said[form], people)
    finally:
        shutil.rmtree(folder)
    if bad:
        sys.exit(f"{bad} over {limit} MiB")


main()
