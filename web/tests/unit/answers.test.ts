import assert from "node:assert/strict";
import { test } from "node:test";
import {
  charactersOf, choose, emptyAnswer, isAnswered, mergeAnswers, moved, paired, pairsOf, questionsOf, summaryOf,
} from "../../learn/exam/answers";
import type { AttemptDocument, Question } from "../../shared/types";

function attemptWith(epoch: number, answers: [string, number, number, string[]][]): AttemptDocument {
  return {
    attempt: {
      id: 1, quiz: 1, title: "", instructions: "", state: "in_progress", started_at: 0, deadline: 1,
      deadline_rev: 1, epoch, holds_lease: true, points: 100,
    },
    server_now: 0,
    answers: answers.map(([item, of, seq, answer]) => ({ item, epoch: of, seq, answer, received_at: 0 })),
  };
}

test("edits the server does not have stay, and numbers go on above both", () => {
  const document = attemptWith(1, [["a", 1, 4, ["x"]], ["b", 1, 2, ["x"]]]);
  const merged = mergeAnswers(document, [{ number: 6, item: "b", payload: ["y"], mark: 1 }]);
  assert.deepEqual(merged.answers.get("a"), ["x"]);
  assert.deepEqual(merged.answers.get("b"), ["y"]);
  assert.deepEqual(merged.overtaken, []);
  assert.equal(merged.highest, 6);
  assert.equal(mergeAnswers(document, []).highest, 4);
});

test("an edit with the server's own number is sent again, an older one is not", () => {
  const document = attemptWith(1, [["a", 1, 4, ["x"]], ["b", 1, 9, ["x"]]]);
  const merged = mergeAnswers(document, [
    { number: 4, item: "a", payload: ["x"], mark: 1 },
    { number: 5, item: "b", payload: ["old"], mark: 1 },
  ]);
  assert.deepEqual(merged.overtaken, [5]);
  assert.deepEqual(merged.answers.get("b"), ["x"]);
});

test("what another device wrote meanwhile wins, what it left alone does not", () => {
  const document = attemptWith(3, [["a", 2, 1, ["other"]], ["b", 1, 3, ["first"]]]);
  const merged = mergeAnswers(document, [
    { number: 8, item: "a", payload: ["mine"], mark: 1 },
    { number: 9, item: "b", payload: ["mine"], mark: 1 },
  ]);
  assert.deepEqual(merged.answers.get("a"), ["other"]);
  assert.deepEqual(merged.answers.get("b"), ["mine"]);
  assert.deepEqual(merged.overtaken, [8]);
});

test("a cleared answer is a value, but not answered", () => {
  const document = attemptWith(1, [["a", 1, 4, ["x"]]]);
  const merged = mergeAnswers(document, [{ number: 5, item: "a", payload: [], mark: 1 }]);
  assert.deepEqual(merged.answers.get("a"), []);
  assert.equal(isAnswered(merged.answers.get("a")), false);
  assert.equal(isAnswered("  "), false);
  assert.equal(isAnswered("对"), true);
});

test("choosing: one of several, or on and off and sorted", () => {
  const single = { type: "single" } as Question;
  const multiple = { type: "multiple" } as Question;
  assert.deepEqual(choose(single, ["a"], "b"), ["b"]);
  assert.deepEqual(choose(multiple, ["c"], "a"), ["a", "c"]);
  assert.deepEqual(choose(multiple, ["a", "c"], "a"), ["c"]);
  assert.deepEqual(choose(multiple, undefined, "b"), ["b"]);
});

test("the summary before handing in", () => {
  assert.equal(summaryOf(3, 1), "还有 3 题未答、1 题未保存");
  assert.equal(summaryOf(0, 2), "还有 2 题未保存");
  assert.equal(summaryOf(0, 0), "所有题目都已作答并保存");
});

test("an empty answer has the form of its type", () => {
  const empty = (type: string): unknown => emptyAnswer({ type } as Question);
  assert.deepEqual(empty("matching"), {});
  for (const type of ["blank", "numeric", "essay"]) assert.equal(empty(type), "");
  for (const type of ["single", "multiple", "true_false", "ordering"]) assert.deepEqual(empty(type), []);
  assert.equal(isAnswered({}), false);
  assert.equal(isAnswered({ 1: "a" }), true);
});

test("an item changes places with its neighbour, and stays at the ends", () => {
  assert.deepEqual(moved(["a", "b", "c"], 1, -1), ["b", "a", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 1, 1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, -1), ["a", "b", "c"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, 1), ["a", "b", "c"]);
});

test("a choice is used by one row at most", () => {
  assert.deepEqual(paired({ "1": "a", "2": "b" }, "2", "a"), { "2": "a" });
  assert.deepEqual(paired({ "1": "a" }, "1", ""), {});
  assert.equal(JSON.stringify(paired({ "2": "b" }, "1", "a")), '{"1":"a","2":"b"}');
  assert.deepEqual(pairsOf(["a"]), {});
  assert.deepEqual(pairsOf("a"), {});
  assert.deepEqual(pairsOf(undefined), {});
});

test("questions of a case carry its text", () => {
  const question = (id: string, case_id: string): unknown => ({ id, case_id });
  const document = {
    parts: [{ title: "案例题", questions: [question("a", "c"), question("b", "")] }],
    cases: [{ id: "c", html: "<p>漏水</p>" }],
  } as unknown as AttemptDocument;
  assert.deepEqual(questionsOf(document).map(({ case_html }) => case_html), ["<p>漏水</p>", ""]);
});

test("characters are counted as people count them", () => {
  assert.equal(charactersOf("拱墅𠀀"), 3);
});
