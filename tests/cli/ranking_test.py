"""Rankings of people and streets a second time, as plainly as the rules can be put, and
compared with `xunsai rule ranking` on random rosters. argv: the program, how many."""

import json
import random
import subprocess
import sys
from fractions import Fraction

PROGRAM, COUNT = sys.argv[1], int(sys.argv[2])
STATUSES = ["done", "in_progress", "absent", "deferred", "voided"]


def rounded(value, places):
    """Half up, away from zero, as text with exactly so many places."""
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and units else ""
    digits = str(units).rjust(places + 1, "0")
    return sign + (digits[:-places] + "." + digits[-places:] if places else digits)


def competition(rows, keys):
    """[(row, rank, key)] in order: highest first; equal rows share a rank, 1 2 2 4. The
    key is the index of the latest one that divides a row from a neighbour in the order,
    if that is not the first."""
    ordered = sorted(((keys(row), row) for row in rows), key=lambda p: p[0], reverse=True)
    result, start = [], 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        mine, latest = ordered[start][0], 0
        for other in ordered[max(start - 1, 0) : start] + ordered[end : end + 1]:
            differing = (i for i, (a, b) in enumerate(zip(other[0], mine)) if a != b)
            latest = max(latest, next(differing))
        result += [(row, start + 1, latest) for _, row in ordered[start:end]]
        start = end
    return result


def rank_people(case):
    by_time = case["formula"]["time"]

    def keys(person):
        key = (Fraction(person["score"]),)
        return key + (-(person["used_ms"] // 1000),) if by_time else key

    done = [p for p in case["people"] if p["status"] == "done"]
    result = [
        {
            "id": p["id"],
            "rank": rank,
            "tie": "用时" if key == 1 else None,
        }
        for p, rank, key in competition(done, keys)
    ]
    for status in STATUSES[1:]:
        result += [
            {"id": p["id"], "rank": None, "tie": None}
            for p in case["people"]
            if p["status"] == status
        ]
    return result


def street_value(case, people, scores, ranks):
    formula, full = case["formula"], Fraction(case["full"])
    counted = sum(p["status"] != "deferred" for p in people)
    total = sum(scores, Fraction(0))
    kind = formula["street"]
    if kind == "mean_attended":
        return total / len(scores) if scores else None
    if not counted:
        return None
    if kind == "mean_expected":
        return total / counted
    if kind == "best":
        return sum(scores[: formula["best"]], Fraction(0))
    if kind == "places":
        points = dict(enumerate(formula["places"], start=1))
        return Fraction(sum(points.get(ranks[p["id"]], 0) for p in people))
    line = full * formula.get("excellent_line", 0) / 100
    excellent = sum(score >= line for score in scores)
    return (
        total / counted / full * 100 * formula["mean"]
        + Fraction(100 * len(scores), counted) * formula["attendance"]
        + Fraction(100 * excellent, counted) * formula["excellent"]
    ) / 100


def median(scores):
    middle = len(scores) // 2
    if len(scores) % 2:
        return scores[middle]
    return (scores[middle - 1] + scores[middle]) / 2


def mean(values, size):
    return rounded(sum(values, Fraction(0)) / size, 2)


def describe_street(case, branch, ranks):
    people = [p for p in case["people"] if p["branch"] == branch]
    scores = sorted((Fraction(p["score"]) for p in people if p["score"]), reverse=True)
    full, share = Fraction(case["full"]), case["pass_percent"]
    passed = sum(score * 100 >= full * share for score in scores)
    count = {s: sum(p["status"] == s for p in people) for s in STATUSES}
    counted = len(people) - count["deferred"]
    value = street_value(case, people, scores, ranks)
    return {
        "id": branch,
        "rank": None,
        "value": None if value is None else rounded(value, 2),
        "expected": len(people),
        "attended": count["done"],
        "absent": count["absent"] + count["in_progress"],
        "deferred": count["deferred"],
        "voided": count["voided"],
        "passed": passed,
        "mean_expected": mean(scores, counted) if counted else None,
        "mean_attended": mean(scores, len(scores)) if scores else None,
        "median": rounded(median(scores), 2) if scores else None,
        "best": rounded(scores[0], case["dp"]) if scores else None,
        "top_mean": mean(scores[:5], len(scores[:5])) if scores else None,
        "pass_percent": rounded(Fraction(passed * 100, len(people)), 1)
        if people and share
        else None,
        "tie": None,
        "scores": scores,
    }


def rank_streets(case, ranks):
    streets = [describe_street(case, branch, ranks) for branch in case["branches"]]

    def keys(street):
        key = (Fraction(street["value"]),)
        if case["formula"]["countback"]:
            best = street["scores"][:10]
            key += tuple(best) + (Fraction(0),) * (10 - len(best))
        return key

    ranked = [s for s in streets if s["value"] is not None]
    for street, rank, index in competition(ranked, keys):
        street["rank"] = rank
        if index == 1:
            street["tie"] = "最高分"
        elif index > 1:
            street["tie"] = f"第 {index} 高分"
    place = {branch: i for i, branch in enumerate(case["branches"])}
    streets.sort(key=lambda s: (s["rank"] is None, s["rank"] or 0, place[s["id"]]))
    return [{k: v for k, v in s.items() if k != "scores"} for s in streets]


def answer(case):
    people = rank_people(case)
    ranks = {p["id"]: p["rank"] for p in people}
    return {"people": people, "branches": rank_streets(case, ranks)}


def make_formula(r):
    street = r.choice(["mean_expected", "mean_attended", "best", "composite", "places"])
    formula = {"time": r.random() < 0.5, "street": street, "countback": r.random() < 0.5}
    if street == "best":
        formula["best"] = r.randint(1, 6)
    if street == "places":
        size = r.randint(1, 8)
        formula["places"] = sorted((r.randint(0, 9) for _ in range(size)), reverse=True)
    if street == "composite":
        mean = r.randint(0, 100)
        rest = r.choice([0, r.randint(0, 100 - mean)])
        formula |= {"mean": mean, "attendance": 100 - mean - rest, "excellent": rest}
        if rest:
            formula["excellent_line"] = r.randint(1, 100)
    return formula


def make_case(r):
    dp = r.choice([0, 1, 2, 2, 2, 3])
    full = r.choice([10, 60, 100, 120, 150])
    branches = r.sample(range(1, 40), r.randint(1, 6))
    levels = r.choice([3, 10, full * 10**dp])  # few levels make ties
    people = []
    for number in range(r.choice([0, 1, 2, 5, 20, 60])):
        status = r.choices(STATUSES, [12, 1, 3, 1, 1])[0]
        units = r.randint(0, levels) * (full * 10**dp // levels)
        people.append(
            {
                "id": number + 1,
                "branch": r.choice(branches),
                "status": status,
                "score": rounded(Fraction(units, 10**dp), dp) if status == "done" else None,
                "used_ms": r.choice([r.randint(0, 3000), r.randint(0, 1200000)]),
            }
        )
    r.shuffle(people)
    return {
        "dp": dp,
        "full": str(full),
        "pass_percent": r.choice([0, 60, 60, 80, 100]),
        "formula": make_formula(r),
        "branches": branches,
        "people": people,
    }


def stable_order(case, result):
    """Among equals the order of the input stays; sorted() in reverse keeps it too."""
    place = {p["id"]: i for i, p in enumerate(case["people"])}
    ranked = [p for p in result["people"] if p["rank"] is not None]
    rest = [p for p in result["people"] if p["rank"] is None]
    ranked.sort(key=lambda p: (p["rank"], place[p["id"]]))
    return {"people": ranked + rest, "branches": result["branches"]}


def main():
    r = random.Random(20200817)
    cases = [make_case(r) for _ in range(COUNT)]
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    done = subprocess.run(
        [PROGRAM, "rule", "ranking"], input=lines.encode(), capture_output=True
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    failures = int(done.returncode != 0) + int(len(answers) != COUNT)
    if failures:
        print("FAILED: exit", done.returncode, done.stderr[:300], len(answers))
    for case, actual in zip(cases, answers):
        expected = stable_order(case, answer(case))
        if actual != expected:
            failures += 1
            if failures <= 3:
                print("FAILED:", json.dumps(case, ensure_ascii=False)[:1500])
                print("  is", json.dumps(expected, ensure_ascii=False)[:1500])
                print("  but", json.dumps(actual, ensure_ascii=False)[:1500])
    print(f"ranking: {failures} failures in {COUNT} rosters")
    sys.exit(bool(failures))


main()
