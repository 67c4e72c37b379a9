import assert from "node:assert/strict";
import { test } from "node:test";
import { NetworkFailure, Problem } from "../../shared/api";
import { backoffMs } from "../../shared/backoff";
import { follow, type Connection } from "../../shared/live";

interface State {
  number: number;
}
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Answers in turn; then stays parked until it is aborted. */
function bench(answers: (State | null | Error)[]) {
  const asked: (number | undefined)[] = [];
  const taken: number[] = [];
  const waits: number[] = [];
  const connections: Connection[] = [];
  let parked: AbortSignal | null = null;
  const stop = follow<State>({
    ask: (since, signal) => {
      asked.push(since);
      const next = answers.shift();
      if (next instanceof Error) return Promise.reject(next);
      if (next !== undefined) return Promise.resolve(next);
      parked = signal;
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new NetworkFailure("aborted"))));
    },
    take: ({ number }) => taken.push(number),
    connection: (connection) => connections.push(connection),
    random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
  });
  return { asked, taken, waits, connections, stop, signal: () => parked };
}

test("asks with the number it has", async () => {
  const run = bench([{ number: 3 }, null, { number: 5 }]);
  await soon();
  assert.deepEqual(run.asked, [undefined, 3, 3, 5]);
  assert.deepEqual(run.taken, [3, 5]);
  run.stop();
});

test("an older or equal number is refused, and asked again after a pause", async () => {
  const run = bench([{ number: 5 }, { number: 4 }, { number: 5 }, { number: 6 }]);
  await soon();
  assert.deepEqual(run.taken, [5, 6]);
  assert.deepEqual(run.waits, [1000, 1000]);
  run.stop();
});

test("failures wait longer each time and a success begins anew", async () => {
  const lost = (): Error => new NetworkFailure("network");
  const run = bench([lost(), lost(), lost(), { number: 1 }, lost(), { number: 2 }]);
  await soon();
  assert.deepEqual(run.waits, [1000, 2000, 4000, 1000]);
  assert.deepEqual(run.connections.slice(0, 5), ["connecting", "lost", "lost", "lost", "live"]);
  assert.deepEqual(run.asked, [undefined, undefined, undefined, undefined, 1, undefined, 2], "whole after a failure");
  run.stop();
});

test("Retry-After is obeyed and a refusal is not hammered", async () => {
  const busy = new Problem(503, "busy", "", 20, {});
  const refused = new Problem(403, "role_needed", "", null, {});
  const run = bench([busy, refused]);
  await soon();
  assert.deepEqual(run.waits, [20_000, 15_000]);
  assert.ok(run.connections.includes("refused"));
  run.stop();
});

test("stopping aborts the parked request and asks no more", async () => {
  const run = bench([{ number: 1 }]);
  await soon();
  run.stop();
  await soon();
  assert.equal(run.signal()?.aborted, true);
  assert.equal(run.asked.length, 2);
  assert.equal(run.connections.includes("lost"), false);
});

test("the jitter stays within a quarter", () => {
  assert.equal(backoffMs(1, () => 0), 750);
  assert.equal(backoffMs(1, () => 1), 1250);
  assert.equal(backoffMs(99, () => 0.5), 15_000);
});
