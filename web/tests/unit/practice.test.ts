import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Problem } from "../../shared/api";
import { Halted } from "../../shared/queue";
import type { PracticeMarked, PracticeQuestion, ReviewedQuestion } from "../../shared/types";
import { firstNumber, sendAnswers } from "../../learn/practice/sending";
import {
  addressOf, nextWords, percentOf, reviewed, shortWords, sumsOf, verdictOf, verdictWords, weakLessons, wishFrom,
  type Done,
} from "../../learn/practice/words";

const question: PracticeQuestion = {
  id: "k1-001", number: 1, type: "single", stem_html: "<p>题</p>", points: 100,
  options: [{ id: "b", html: "乙" }, { id: "a", html: "甲" }], prompts: [], case_id: "",
  course: "01-a", lesson: "01-l", difficulty: 2, bookmarked: false, in_wrong_book: false,
};
const marked = (more: Partial<PracticeMarked> = {}): PracticeMarked => ({
  item: "k1-001", seq: 7, points: 100, of: 100, repeated: false, streak: 1, box: 1, due_in_days: 1,
  in_wrong_book: false, bookmarked: false,
  key: {
    right: ["a"], pairs: {}, alternatives: [], values: [], units: [], guide_html: "", explanation_html: "因为",
    course: "01-a", lesson: "01-l", case_solution_html: "全解",
  },
  ...more,
});

test("the address of a session says what is asked for, and back again", () => {
  const wishes = [
    { mode: "lesson" as const, course: "01-a", lesson: "02-b", count: 10 },
    { mode: "lesson" as const, course: "", lesson: "02-b", count: 10 },
    { mode: "random" as const, count: 20, difficulty: 3 },
    { mode: "due" as const, count: 20 },
  ];
  for (const wish of wishes) {
    const address = addressOf(wish);
    assert.match(address, /^#\/practice\/run\?/);
    assert.deepEqual(wishFrom(new URLSearchParams(address.split("?")[1])), wish);
  }
  const typed = wishFrom(new URLSearchParams(addressOf({ mode: "random", count: 5, type: "blank" }).split("?")[1]));
  assert.deepEqual(typed.types, ["blank"]);
});

test("odd addresses become ordinary sessions", () => {
  for (const words of ["", "mode=exam&count=0", "count=51", "count=1.5", "count=x&difficulty=9", "mode=__proto__"]) {
    assert.deepEqual(wishFrom(new URLSearchParams(words)), { mode: "random", count: 10 });
  }
  assert.deepEqual(wishFrom(new URLSearchParams("mode=lesson")), { mode: "lesson", count: 10, course: "" });
});

test("only full points are right; an essay is judged by herself", () => {
  assert.equal(verdictOf(marked()), "right");
  assert.equal(verdictOf(marked({ points: 99 })), "partly");
  assert.equal(verdictOf(marked({ points: 0 })), "wrong");
  assert.equal(verdictOf(marked({ points: 0, of: 0 })), "self");
  assert.match(verdictWords("wrong", ["b"]), /答错/);
  assert.match(verdictWords("wrong", []), /没有作答/);
});

test("what becomes of the question is said as it is", () => {
  assert.equal(nextWords(question, marked()), "1 天后再来复习。");
  assert.match(nextWords(question, marked({ points: 0, streak: 0, in_wrong_book: true })), /已放进错题本/);
  assert.match(nextWords(question, marked({ streak: 1, in_wrong_book: true })), /再答对一次/);
  assert.equal(
    nextWords({ in_wrong_book: true }, marked({ streak: 2, due_in_days: 4 })),
    "已移出错题本。4 天后再来复习。",
  );
  assert.equal(nextWords(question, marked({ points: 0, of: 0, box: 0, due_in_days: 0 })), "");
});

test("the review has the options as they were served and no more than a review has", () => {
  const review = reviewed(question, ["b"], marked({ points: 0 }));
  assert.deepEqual(review.options.map(({ id }) => id), ["b", "a"]);
  assert.deepEqual([review.right, review.answer, review.earned, review.points], [["a"], ["b"], 0, 100]);
  for (const name of ["case_solution_html", "bookmarked", "difficulty"]) assert.ok(!(name in review), name);
});

test("the summary counts what is marked, and what is not saved as not saved", () => {
  const done: Done[] = [
    { question, answer: ["a"], marked: marked(), refusal: null },
    { question, answer: ["b"], marked: marked({ points: 50 }), refusal: null },
    { question, answer: [], marked: marked({ points: 0 }), refusal: null },
    { question, answer: "文", marked: marked({ points: 0, of: 0 }), refusal: null },
    { question, answer: ["b"], marked: null, refusal: null },
    { question, answer: ["b"], marked: null, refusal: "没有这道题" },
  ];
  assert.deepEqual(sumsOf(done), { answered: 6, right: 1, wrong: 2, unsaved: 1 });
  assert.deepEqual(done.map(shortWords), ["✓ 答对", "部分对", "没有作答", "自己判断", "还没有保存", "没有记下"]);
});

test("weak lessons: under four fifths, the weakest first, without what people mark", () => {
  const one = (lesson: string, earned: number, points: number, more: Partial<ReviewedQuestion> = {}): ReviewedQuestion => ({
    ...reviewed(question, [], marked({ points: earned })), lesson, points, ...more,
  });
  const weak = weakLessons([
    one("01-l", 500, 500), one("01-l", 300, 500), // just four fifths
    one("02-l", 0, 500), one("02-l", 399, 500),
    one("03-l", 100, 500),
    one("04-l", 0, 500, { type: "essay" }),
    one("05-l", 0, 500, { course: "" }),
    one("06-l", 0, 500, { lesson: null }),
  ]);
  assert.deepEqual(weak.map(({ lesson, earned, points }) => [lesson, earned, points]), [["03-l", 100, 500], ["02-l", 399, 1000]]);
  assert.deepEqual(weak.map(percentOf), [20, 39]);
  assert.equal(weakLessons([..."abcdefg"].map((lesson) => one(lesson, 0, 500)), 5).length, 5);
});

// ---- On the wire ----

const realFetch = globalThis.fetch;
afterEach(() => void (globalThis.fetch = realFetch));

function answerWith(status: number, body: unknown): Record<string, unknown>[] {
  const sent: Record<string, unknown>[] = [];
  globalThis.fetch = (async (_: unknown, options: RequestInit) => {
    sent.push(JSON.parse(options.body as string) as Record<string, unknown>);
    const type = status === 200 ? "application/json" : "application/problem+json";
    return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
  }) as typeof fetch;
  return sent;
}
const entry = { number: 7, item: "k1-001/x", payload: { item: "k1-001", answer: ["a"] }, at: 1 };

test("an answer is saved only by a mark for this very answer", async () => {
  const sent = answerWith(200, marked());
  assert.deepEqual(await sendAnswers([entry]), [{ kind: "saved", receipt: marked() }]);
  assert.deepEqual([sent[0]?.item, sent[0]?.answer, sent[0]?.seq], ["k1-001", ["a"], 7]);
  for (const other of [{ item: "k1-002" }, { seq: 8 }]) {
    answerWith(200, marked(other));
    await assert.rejects(sendAnswers([entry]));
  }
});

test("a refusal ends an answer, an outage does not, a lost login halts", async () => {
  answerWith(404, { code: "practice_unknown", detail: "没有这道题" });
  assert.deepEqual(await sendAnswers([entry]), [{ kind: "refused", code: "practice_unknown", detail: "没有这道题" }]);
  answerWith(503, { code: "store_busy" });
  await assert.rejects(sendAnswers([entry]), Problem);
  answerWith(401, { code: "login_needed", detail: "" });
  await assert.rejects(sendAnswers([entry]), Halted);
});

test("numbers stay below what the server takes, for a long time", () => {
  assert.ok(firstNumber(Date.UTC(2400, 0)) < 2 ** 40);
  assert.ok(firstNumber(200) > firstNumber(100));
});
