import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { answerSender, endOf } from "../../learn/exam/sending";
import { NetworkFailure } from "../../shared/api";
import { Halted, type QueueEntry } from "../../shared/queue";
import type { Answer, AnswerReceipts } from "../../shared/types";

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
});

type Sent = { epoch: number; batch: { item: string; seq: number; answer: Answer }[] };

function bench(answer: (sent: Sent) => [number, unknown]) {
  const requests: Sent[] = [];
  const heard: AnswerReceipts[] = [];
  const overtaken: unknown[] = [];
  globalThis.fetch = async (_, init) => {
    const sent = JSON.parse(String(init?.body)) as Sent;
    requests.push(sent);
    const [status, body] = answer(sent);
    const type = status < 300 ? "application/json" : "application/problem+json";
    return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
  };
  const send = answerSender({
    attempt: 7,
    device: "device-0001",
    epoch: () => 2,
    heard: (reply) => heard.push(reply),
    overtaken: (...words) => overtaken.push(words),
  });
  return { send, requests, heard, overtaken };
}

const entry = (number: number, item: string): QueueEntry<Answer> => ({ number, item, payload: ["b"], at: 0 });
const receipt = (item: string, seq: number, more: object = {}) => ({
  item, seq, epoch: 2, stored: "saved", class: "live", receipt: "0123456789abcdef", received_at: 5, ...more,
});
const reply = (receipts: unknown[]) => ({
  receipts, state: "in_progress", deadline: 9, deadline_rev: 1, epoch: 2, server_now: 5,
});

test("a receipt for the very entry makes it saved", async () => {
  const run = bench(() => [200, reply([receipt("b", 4), receipt("a", 3, { stored: "duplicate" })])]);
  const outcomes = await run.send([entry(3, "a"), entry(4, "b")]);
  assert.deepEqual(outcomes.map(({ kind }) => kind), ["saved", "saved"]);
  assert.deepEqual(run.requests[0]?.batch[0], { item: "a", seq: 3, answer: ["b"] });
  assert.equal(run.requests[0]?.epoch, 2);
  assert.equal(run.heard.length, 1);
});

test("a receipt for something else, or none, is not saved", async () => {
  for (const receipts of [[], [receipt("a", 2)], [receipt("b", 3)], [receipt("a", 3, { receipt: "" })], undefined]) {
    const run = bench(() => [200, { ...reply([]), receipts }]);
    await assert.rejects(run.send([entry(3, "a")]), NetworkFailure);
    assert.equal(run.heard.length, 0);
  }
});

test("late and overtaken answers are not called saved", async () => {
  const current = { epoch: 2, seq: 9, answer: ["d"] };
  const run = bench(() => [200, reply([receipt("a", 3, { stored: "late", class: "late" }), receipt("b", 4, { stored: "stale", current })])]);
  const outcomes = await run.send([entry(3, "a"), entry(4, "b")]);
  assert.deepEqual(outcomes.map((one) => (one.kind === "refused" ? one.code : one.kind)), ["late", "stale"]);
  assert.deepEqual(run.overtaken, [["b", 9, ["d"]]]);
});

test("one bad entry does not hold up the others", async () => {
  const run = bench(({ batch }) =>
    batch.some(({ item }) => item === "bad")
      ? [422, { status: 422, code: "answer_invalid", detail: "答案无效" }]
      : [200, reply(batch.map(({ item, seq }) => receipt(item, seq)))],
  );
  const outcomes = await run.send([entry(1, "a"), entry(2, "bad"), entry(3, "c")]);
  assert.deepEqual(outcomes.map(({ kind }) => kind), ["saved", "refused", "saved"]);
});

test("a lost lease halts, an overloaded server does not", async () => {
  const lost = bench(() => [409, { status: 409, code: "lease_lost", detail: "换了设备" }]);
  await assert.rejects(lost.send([entry(1, "a")]), (error) => {
    assert.ok(error instanceof Halted);
    assert.equal(endOf(error), "lease_lost");
    return true;
  });
  const busy = bench(() => [503, { status: 503, code: "busy", detail: "" }]);
  await assert.rejects(busy.send([entry(1, "a")]), (error) => {
    assert.equal(error instanceof Halted, false);
    assert.equal(endOf(error), null);
    return true;
  });
});
