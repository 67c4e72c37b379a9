"""The rules of `xunsai rule` a second time, as plainly as the rules can be put, with
exact fractions; and cases for them out of a seeded generator. Written independently of
the C code: where the two differ, one of them is wrong."""

import itertools
import random
from fractions import Fraction


def deadline(case):
    n, d = case["factor"]
    base = -(-case["base_ms"] * n // d)
    extra = base - case["base_ms"] + case["planned_ms"] + sum(case["grants"])

    def clock(start, work):
        merged = []
        for a, b in sorted((max(a, start), b) for a, b in case["incidents"]):
            if b <= a:
                continue
            if merged and a <= merged[-1][1]:
                merged[-1][1] = max(b, merged[-1][1])
            else:
                merged.append([a, b])
        end = start + work
        for a, b in merged:
            if a >= end:
                break
            end += b - a
        return end

    rolling = case["mode"] == "rolling"
    end = clock(
        case["started_at"] if rolling else case["sched_start"], case["base_ms"] + extra
    )
    if rolling and case["window_close"] is not None:
        opened = case["window_open"]
        end = min(end, clock(opened, case["window_close"] - opened + extra))
    return {"deadline": end, "stopped_remaining_ms": None}


def make_deadline(r):
    d = r.randrange(1, 5)
    incidents = []
    for _ in range(r.randrange(6)):
        a = r.randrange(-20, 120)
        incidents.append([a, a + r.randrange(40)])
    return {
        "mode": r.choice(["sync", "rolling"]),
        "sched_start": r.randrange(10),
        "started_at": r.randrange(60),
        "base_ms": r.randrange(60),
        "factor": [r.randrange(d, 9), d],
        "planned_ms": r.randrange(10),
        "grants": [r.randrange(-9, 20) for _ in range(r.randrange(3))],
        "incidents": incidents,
        "window_open": r.randrange(5),
        "window_close": r.choice([None, r.randrange(5, 100)]),
    }


def multiple_response(case):
    key, picked = set(case["key"]), set(case["resp"])
    maximum, n = Fraction(case["max"]), case["n"]
    right, wrong = len(key & picked), len(picked - key)
    if not picked or picked == key:
        return {"score": case["max"] if picked else 0}
    share = Fraction(right, len(key))
    penalty = Fraction(wrong, n - len(key)) if n > len(key) else 0
    earned = {
        "all_or_nothing": 0,
        "cn_partial_prop": 0 if wrong else maximum * share,
        "cn_partial_fixed": 0 if wrong else case.get("fixed"),
        "net_correct": maximum * (share - Fraction(wrong, len(key))),
        "balanced": maximum * (share - penalty),
        "each_option": maximum * Fraction(n - len(key ^ picked), n),
    }[case["policy"]]
    return {"score": max(0, int(earned // 1))}


def make_multiple_response(r):
    n = r.randrange(1, 9)
    maximum = r.choice([1, 100, 333, 400])
    policy = r.choice(
        "all_or_nothing cn_partial_prop cn_partial_fixed net_correct balanced"
        " each_option".split()
    )
    case = {
        "n": n,
        "key": r.sample(range(n), r.randrange(1, n + 1)),
        "resp": r.sample(range(n), r.randrange(n + 1)),
        "max": maximum,
        "policy": policy,
    }
    if policy == "cn_partial_fixed":
        case["fixed"] = r.randrange(maximum + 1)
    return case


def blanks(case):
    answers = [a or "" for a in case["answers"]]
    answers += [""] * (len(case["keys"]) - len(answers))
    ways = [answers] if case["ordered"] else itertools.permutations(answers)
    return {"correct": max(sum(a in k for a, k in zip(w, case["keys"])) for w in ways)}


def make_blanks(r):
    n = r.randrange(1, 6)
    return {
        "keys": [r.sample("abcde", r.randrange(1, 4)) for _ in range(n)],
        "answers": [r.choice(["a", "b", "c", "d", "e", "", None]) for _ in range(n)],
        "ordered": r.random() < 0.3,
    }


def rounded(value, dp, mode):
    scaled = abs(value) * 10**dp
    whole, rest = divmod(scaled, 1)
    half = Fraction(1, 2)
    if mode == "half_up":
        whole += rest >= half
    elif mode == "half_even":
        whole += rest > half or (rest == half and whole % 2)
    sign = "-" if value < 0 and whole else ""
    digits = str(int(whole)).rjust(dp + 1, "0")
    return sign + (digits[:-dp] + "." + digits[-dp:] if dp else digits)


def fraction(value):
    return f"{value.numerator}/{value.denominator}"


def panel(case):
    marks = [m if m is None else Fraction(m) for m in case["marks"]]
    given = [m for m in marks if m is not None]
    low, high = case["drop_low"], case["drop_high"]
    if len(marks) <= low + high:
        return None
    if case["missing"] == "wait" and None in marks:
        return {"score": None, "exact": None, "dropped": []}
    if given and case["missing"] == "impute":
        marks = [sum(given) / len(given) if m is None else m for m in marks]
    left = [(m, -i) for i, m in enumerate(marks) if m is not None]
    if len(left) <= low + high:
        return None
    dropped = []
    for choose in [max] * high + [min] * low:
        dropped.append(choose(left))
        left.remove(dropped[-1])
    exact = Fraction(sum(m for m, _ in left), len(left))
    if case["mode"] == "sum":
        exact *= len(marks) - low - high
    return {
        "score": rounded(exact, case["dp"], case["rounding"]),
        "exact": fraction(exact),
        "dropped": sorted(-i for _, i in dropped),
    }


def make_mark(r):
    places = r.randrange(10)
    if r.random() < 0.1:
        return None
    if r.random() < 0.5:
        return str(r.randrange(4))
    text = str(r.randrange(1000))
    return text + (f".{r.randrange(10**places):0{places}}" if places else "")


def make_rounding(r):
    return {
        "dp": r.randrange(10),
        "rounding": r.choice(["half_up", "half_even", "truncate"]),
    }


def make_panel(r):
    return {
        "marks": [make_mark(r) for _ in range(r.randrange(1, 11))],
        "drop_low": r.randrange(3),
        "drop_high": r.randrange(3),
        "mode": r.choice(["mean", "sum"]),
        "missing": r.choice(["present", "impute", "wait"]),
        **make_rounding(r),
    }


def weighted(case):
    exact = sum(
        (Fraction(p["score"]) * Fraction(p["weight"]) for p in case["parts"]),
        Fraction(0),
    )
    return {
        "score": rounded(exact, case["dp"], case["rounding"]),
        "exact": fraction(exact),
    }


def make_weighted(r):
    parts = [
        {
            "score": f"{r.randrange(-999, 1000)}.{r.randrange(1000):03}",
            "weight": f"{r.randrange(2)}.{r.randrange(10000):04}",
        }
        for _ in range(r.randrange(1, 8))
    ]
    return {"parts": parts, **make_rounding(r)}


def rank(case):
    """Without missing keys: these are tried out in the unit test."""

    def key(entry):
        return [
            Fraction(k) * (1 if d == "asc" else -1)
            for k, d in zip(entry["keys"], case["directions"])
        ]

    listed = sorted(case["entries"], key=key)
    keys = [key(e) for e in listed]
    ranks, decided_by = {}, {}
    for place, entry in enumerate(listed):
        mine = keys[place]
        ahead = sum(k < mine for k in keys)
        level = keys.count(mine)
        ranks[entry["id"]] = {
            "1224": ahead + 1,
            "1334": ahead + level,
            "1223": len({tuple(k) for k in keys if k < mine}) + 1,
            "ordinal": place + 1,
            "fractional": ahead + (level + 1) / 2,
        }[case["style"]]
        used = [
            next(i for i, (x, y) in enumerate(zip(mine, other)) if x != y)
            for other in keys
            if other != mine
        ]
        if used and max(used) > 0:
            decided_by[entry["id"]] = max(used)
    return {"ranks": ranks, "decided_by": decided_by}


def make_rank(r):
    count = r.randrange(1, 4)
    entries = [
        {"id": f"c{i}", "keys": [str(r.randrange(-1, 3)) for _ in range(count)]}
        for i in range(r.randrange(9))
    ]
    return {
        "entries": entries,
        "directions": [r.choice(["asc", "desc"]) for _ in range(count)],
        "style": r.choice(["1224", "1223", "1334", "ordinal", "fractional"]),
    }


def buzzer(case):
    presses = case["presses"]
    seen, answers = {}, []
    order = sorted(
        range(len(presses)),
        key=lambda i: (presses[i]["received"], presses[i]["claimed"], i),
    )
    for i in order:
        seen.setdefault(presses[i]["pad"], i)
    for i, press in enumerate(presses):
        age = press["received"] - press["claimed"]
        believed = 0 <= age <= press["rtt_p95"] + 50
        time = press["claimed"] if believed else press["received"] - press["rtt_least"] // 2
        early = time < case["armed"]
        again = seen[press["pad"]] != i
        verdict = "again" if again else "early" if early else "counts"
        quick = not again and not early and time < case["armed"] + 100
        answers.append(
            {"time": time, "believed": believed, "verdict": verdict, "suspicious": quick}
        )
    window = min(max([150] + [press["rtt_p95"] for press in presses]), 400)
    arrivals = [
        press["received"]
        for press, answer in zip(presses, answers)
        if answer["verdict"] == "counts"
    ]
    closes = min(arrivals) + window if arrivals else None
    for press, answer in zip(presses, answers):
        if answer["verdict"] == "counts" and press["received"] > closes:
            answer["verdict"] = "late"
    valid = [i for i, answer in enumerate(answers) if answer["verdict"] == "counts"]
    first = min(valid, key=lambda i: (answers[i]["time"], presses[i]["pad"]), default=None)

    def near(i):
        gap = answers[i]["time"] - answers[first]["time"]
        return gap == 0 or gap < presses[i]["uncertainty"] + presses[first]["uncertainty"]

    tied = [presses[i]["pad"] for i in valid if near(i)]
    return {
        "first": None if first is None else presses[first]["pad"],
        "tied": tied if len(tied) > 1 else [],
        "window_ms": window,
        "closes_at": closes,
        "presses": answers,
    }


def make_buzzer(r):
    armed = r.randrange(1000, 3000)

    def press():
        received = armed + r.randrange(-50, 600)
        least = r.randrange(0, 60)
        return {
            "pad": r.randrange(1, 6),
            "claimed": received - r.choice([r.randrange(-5, 60), r.randrange(0, 500)]),
            "uncertainty": (least + 1) // 2,
            "rtt_least": least,
            "rtt_p95": least + r.choice([0, 5, 30, 200, 500]),
            "received": received,
        }

    return {"armed": armed, "presses": [press() for _ in range(r.randrange(1, 8))]}


def correlation(pairs):
    n = len(pairs)
    sx, sy = sum(x for x, _ in pairs), sum(y for _, y in pairs)
    xx = n * sum(x * x for x, _ in pairs) - sx * sx
    yy = n * sum(y * y for _, y in pairs) - sy * sy
    xy = n * sum(x * y for x, y in pairs) - sx * sy
    return xy / (xx**0.5 * yy**0.5) if xx and yy else None


def item_statistics(case):
    totals = [sum(p or 0 for p in row) for row in case["rows"]]
    facility, discrimination, spreads = [], [], 0
    for item, maximum in enumerate(case["max"]):
        pairs = [
            (row[item], total - row[item])
            for row, total in zip(case["rows"], totals)
            if row[item] is not None
        ]
        points = [x for x, _ in pairs]
        spreads += len(points) * sum(x * x for x in points) - sum(points) ** 2
        facility.append(sum(points) / (len(points) * maximum) if points else None)
        discrimination.append(correlation(pairs) if pairs else None)
    spread = len(totals) * sum(t * t for t in totals) - sum(totals) ** 2
    k = len(case["max"])
    complete = all(None not in row for row in case["rows"])
    known = k > 1 and spread and complete
    return {
        "facility": facility,
        "discrimination": discrimination,
        "alpha": k / (k - 1) * (1 - spreads / spread) if known else None,
    }


def make_item_statistics(r):
    maximum = [r.choice([1, 100, 400]) for _ in range(r.randrange(1, 6))]
    gaps = r.choice([0, 0, 0.2])

    def points(most):
        return None if r.random() < gaps else r.choice([0, most, r.randrange(most + 1)])

    rows = [[points(m) for m in maximum] for _ in range(r.randrange(12))]
    return {"max": maximum, "rows": rows}


RULES = {
    "deadline": (deadline, make_deadline),
    "multiple-response": (multiple_response, make_multiple_response),
    "blanks": (blanks, make_blanks),
    "panel": (panel, make_panel),
    "weighted": (weighted, make_weighted),
    "rank": (rank, make_rank),
    "buzzer": (buzzer, make_buzzer),
    "item-statistics": (item_statistics, make_item_statistics),
}


def cases(name, count):
    """`count` pairs of a case and its answer; None: the case must be refused."""
    answer, make = RULES[name]
    r = random.Random(20201117)
    made = [make(r) for _ in range(count)]
    return [(case, answer(case)) for case in made]
