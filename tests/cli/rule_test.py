"""Runs `xunsai rule` over the golden cases, over lines it must refuse, and against the
second implementation in rule_reference.py. argv: the program, the folder of vectors."""

import json
import pathlib
import subprocess
import sys

import rule_reference

PROGRAM, VECTORS = sys.argv[1], pathlib.Path(sys.argv[2])
FILES = {
    "deadline": "quiz",
    "multiple-response": "quiz",
    "normalise": "quiz",
    "blanks": "quiz",
    "item-statistics": "quiz",
    "panel": "contest",
    "weighted": "contest",
    "rank": "contest",
    "buzzer": "contest",
}
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAILED:", message[:400])


def run(name, lines):
    """Bytes in; the parsed lines of the answer and the exit status."""
    done = subprocess.run(
        [PROGRAM, "rule", name], input=b"".join(lines), capture_output=True
    )
    check(not done.stderr, f"{name}: {done.stderr!r}")
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return answers, done.returncode


def line_of(case):
    return json.dumps(case, ensure_ascii=False).encode() + b"\n"


def same(actual, expected):
    """Only the members that stand in `expected`; floating-point numbers nearly."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(
            key in actual and same_value(actual[key], value)
            for key, value in expected.items()
        )
    return same_value(actual, expected)


def same_value(actual, expected):
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and actual.keys() == expected.keys()
            and all(same_value(actual[k], v) for k, v in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(actual) == len(expected)
            and all(same_value(a, e) for a, e in zip(actual, expected))
        )
    if isinstance(expected, float) and isinstance(actual, (int, float)):
        return abs(actual - expected) < 1e-10
    return type(actual) is type(expected) and actual == expected


def golden(name):
    path = VECTORS / FILES[name] / f"{name}.jsonl"
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    answers, status = run(name, [line_of(case["in"]) for case in cases])
    check(cases, f"{path} is empty")
    check(status == 0, f"{name}: exit {status}")
    check(len(answers) == len(cases), f"{name}: {len(answers)} answers")
    for case, answer in zip(cases, answers):
        check(same(answer, case["out"]), f"{name}: {case} but {answer}")
    return cases[0]


def against_reference(name):
    pairs = rule_reference.cases(name, 1000)
    answers, status = run(name, [line_of(case) for case, _ in pairs])
    check(len(answers) == len(pairs), f"{name}: {len(answers)} answers")
    check(status == int(any(e is None for _, e in pairs)), f"{name}: exit {status}")
    for (case, expected), answer in zip(pairs, answers):
        if expected is None:
            check(list(answer) == ["error"], f"{name}: {case} but {answer}")
        else:
            right = answer.keys() == expected.keys() and same(answer, expected)
            check(right, f"{name}: {case} is {expected} but {answer}")


def refused(firsts):
    path = VECTORS / "refused.jsonl"
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for name, first in firsts.items():
        good = line_of(first["in"])
        bad = [c["line"].encode() + b"\n" for c in cases if c["rule"] == name]
        bad += [b"\xff\n", b"\0\n", good[:-2] + b"\0}\n", good[:9] + b"\xff" + good[9:]]
        bad += [b"[" * 5000 + b"\n"]
        # Each between two good lines: these must be answered all the same.
        answers, status = run(name, [good] + [part for b in bad for part in (b, good)])
        check(status == 1, f"{name}: exit {status}")
        check(len(answers) == 2 * len(bad) + 1, f"{name}: {len(answers)} answers")
        for answer in answers[::2]:
            check(same(answer, first["out"]), f"{name}: {good!r} gives {answer}")
        for line, answer in zip(bad, answers[1::2]):
            check(
                list(answer) == ["error"] and answer["error"],
                f"{name}: {line!r} gives {answer}",
            )


def edges(firsts):
    for name, first in firsts.items():
        check(run(name, []) == ([], 0), f"{name}: nothing in, nothing out")
        good = line_of(first["in"])
        for ending in (b"", b"\n", b"\r\n"):
            answers, status = run(name, [good.rstrip(b"\n") + ending])
            check(status == 0 and len(answers) == 1, f"{name}: ending {ending!r}")
        answers, status = run(name, [good, b"\n"])
        check(status == 1 and "error" in answers[1], f"{name}: an empty line")
    for arguments in ([], ["other"], ["panel", "x"], ["Panel"]):
        done = subprocess.run(
            [PROGRAM, "rule", *arguments], stdin=subprocess.DEVNULL, capture_output=True
        )
        check(done.returncode == 2, f"{arguments}: exit {done.returncode}")
        check(not done.stdout and done.stderr, f"{arguments}: says how to use it")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [PROGRAM, "rule", "normalise"], input=b'{"raw": "a"}\n', stdout=full
        )
    check(done.returncode == 1, "a full disk is noticed")


def answers_come_line_by_line():
    """Another program asks, waits for the answer, asks again."""
    pipe = subprocess.PIPE
    with subprocess.Popen([PROGRAM, "rule", "normalise"], stdin=pipe, stdout=pipe) as p:
        for raw in ("Ａ", "Ｂ"):
            p.stdin.write(line_of({"raw": raw}))
            p.stdin.flush()
            answer = json.loads(p.stdout.readline())
            check(answer == {"norm": "ab"["ＡＢ".index(raw)]}, f"asked {raw}")


firsts = {name: golden(name) for name in FILES}
for name in rule_reference.RULES:
    against_reference(name)
refused(firsts)
edges(firsts)
answers_come_line_by_line()
print(f"rule: {len(failures)} failures")
sys.exit(bool(failures))
