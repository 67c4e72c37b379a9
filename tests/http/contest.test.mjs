// The contest over HTTP: who may mark what and when, what the screen may know, and that
// the journal alone gives the same standings.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { Contest, Judge, decimal } from "../harness/contest.mjs";
import { runProgram, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

let server;
let contest;
let order;
before(async () => {
  server = await startServer();
  contest = await Contest.open(server);
});
after(() => server.stop());

const first = () => order[0];
const judge = () => contest.judges[0];
const criterion = () => contest.criteria[0];

async function refused(act, status, code) {
  const answer = await server.unchanged(act);
  assertProblem(answer, status, code);
  return answer;
}

describe("before anybody is on stage", () => {
  test("no mark is taken before the rules are sealed and the order is drawn", async () => {
    const { contestants } = await contest.state();
    assert.equal(contestants.length, 20);
    await refused(() => judge().tryMark(contestants[0].id, criterion().id, "1"), 404, "not_your_contestant");
    await refused(() => contest.tryStep("call", { contestant: contestants[0].id }), 409, "step_not_allowed");
  });
  test("the draw can be checked by anybody", async () => {
    order = await contest.prepare();
    assert.equal(order.length, 20);
    assert.equal(new Set(order).size, 20);
    await contest.step("show", { view: "draw" });
    const { draw } = await contest.screen();
    assert.match(draw.seed, /^[0-9a-f]{64}$/);
    const digests = [createHash("sha256").update(draw.seed), createHash("sha256").update(Buffer.from(draw.seed, "hex"))].map((hash) => hash.digest("hex"));
    assert.ok(digests.includes(draw.commit), "the seed is the one that was promised");
    assert.equal(draw.order.length, 20);
  });
  test("sealing or drawing again is no step", async () => {
    for (const action of ["seal", "draw_commit", "draw"]) {
      await refused(() => contest.tryStep(action), 409, "step_not_allowed");
    }
  });
});

describe("marks", () => {
  before(() => contest.step("call", { contestant: first() }));

  const bad = [
    ["above the maximum", (c) => decimal(Number(c.maximum) + Number(c.step), c.step), "mark_off_scale"],
    ["below nought", (c) => `-${c.step}`, ["mark_off_scale", "mark_invalid"]],
    ["off the step", (c) => String(Number(c.maximum) - Number(c.step) / 2), "mark_off_step"],
    ["a full-width digit", () => "９", "mark_invalid"],
    ["an exponent", () => "1e1", "mark_invalid"],
    ["a comma", () => "1,5", "mark_invalid"],
    ["not a number", () => "NaN", "mark_invalid"],
    ["infinite", () => "Infinity", "mark_invalid"],
    ["empty", () => "", "mark_invalid"],
    ["with blanks", () => " 1", "mark_invalid"],
    ["hexadecimal", () => "0x10", "mark_invalid"],
    ["enormous", () => "9".repeat(40), ["mark_off_scale", "mark_invalid"]],
    ["finer than anything", () => `1.${"0".repeat(30)}1`, ["mark_off_step", "mark_invalid"]],
  ];
  for (const [name, value, code] of bad) {
    test(name, async () => {
      const answer = await server.unchanged(() => judge().tryMark(first(), criterion().id, value(criterion())));
      assertProblem(answer, 422, code, name);
    });
  }
  test("a number instead of text is refused: it would have passed through a float", () =>
    refused(() => judge().tryMark(first(), criterion().id, 1), 400, "field_type"));
  test("a criterion that is not in the rules", async () => {
    const answer = await server.unchanged(() => judge().tryMark(first(), "c99", "1"));
    assert.equal(answer.status, 422, answer.text);
    assertProblem(answer, 422, answer.json.code);
  });
  test("somebody who was never called, or does not exist", async () => {
    await refused(() => judge().tryMark(order[5], criterion().id, "1"), 404, "not_your_contestant");
    await refused(() => judge().tryMark(999999, criterion().id, "1"), 404, "not_your_contestant");
  });
  test("another judge's name in the body", async () => {
    const body = { device: "tablet-other", device_number: 1, contestant: first(), criterion: criterion().id, value: "1", judge: 2 };
    await refused(() => judge().client.post(`${contest.path}/marks`, body), 400, "field_unknown");
  });
  test("a mark is saved with a receipt; the same again has the same receipt", async () => {
    const mark = await judge().tryMark(first(), criterion().id, criterion().maximum);
    assert.equal(mark.status, 200, mark.text);
    const again = await server.unchanged(() => judge().tryMark(first(), criterion().id, criterion().maximum, judge().number));
    assert.equal(again.status, 200, again.text);
    assert.equal(again.json.receipt, mark.json.receipt);
    assert.equal(again.json.number, mark.json.number);
    await refused(() => judge().tryMark(first(), criterion().id, criterion().step, judge().number), 409, "device_number_reused");
  });
  test("no judge sees another's marks", async () => {
    const own = await judge().state();
    assert.ok(own.marks[String(first())]);
    const other = await contest.judges[1].state();
    assert.deepEqual(other.marks, {});
  });
  test("a sheet lacking a criterion, or with one too many", async () => {
    const marks = contest.someMarks(0);
    const { [criterion().id]: left, ...some } = marks;
    assert.ok(left);
    for (const wrong of [some, { ...marks, c99: "1" }, {}, { ...marks, [criterion().id]: "9999" }]) {
      const answer = await server.unchanged(() => judge().trySheet(first(), wrong));
      assert.ok([400, 422].includes(answer.status), answer.text);
      assertProblem(answer, answer.status, answer.json.code);
    }
  });
  test("a sheet closes the judge's marking; twenty copies have one receipt", async () => {
    const marks = contest.someMarks(0);
    const number = ++judge().number;
    const answers = await Promise.all(Array.from({ length: 20 }, () => judge().trySheet(first(), marks, number)));
    assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [200], answers[0].text);
    assert.equal(new Set(answers.map((answer) => answer.json.receipt)).size, 1);
    const sheets = server.query(`SELECT count(*) AS n FROM event WHERE kind = 'sheet' AND subject = 'contest/1'`);
    assert.equal(sheets[0].n, 1);
    await refused(() => judge().tryMark(first(), criterion().id, criterion().step), 409, "sheet_submitted");
    await refused(() => judge().trySheet(first(), contest.someMarks(3)), 409, "sheet_submitted");
  });
  test("a judge of this contest only", async () => {
    const answer = await server.unchanged(async () => {
      const stranger = new Judge(contest, await server.as("learner"));
      return stranger.tryMark(first(), criterion().id, "1");
    });
    assertProblem(answer, 403, "role_needed");
  });
  test("scoring cannot close while sheets are missing", () =>
    refused(() => contest.tryStep("close", { contestant: first() }), 409, "step_not_allowed"));
});

describe("the screen knows nothing before the release", () => {
  test("while sheets come in and after the close", async () => {
    for (const [index, one] of contest.judges.entries()) {
      if (index > 0) await one.sheet(first(), contest.someMarks(index));
    }
    await contest.step("close", { contestant: first() });
    const state = await contest.state();
    const hidden = state.contestants.find((one) => one.id === first());
    for (const view of ["stage", "marks", "leaderboard", "branches", "cover"]) {
      await contest.step("show", { view });
      const screen = await server.client().get(`${contest.path}/screen`);
      assert.equal(screen.status, 200);
      if (hidden.judged) assert.ok(!screen.text.includes(`"${hidden.judged}"`), `${view} shows the score`);
      assert.doesNotMatch(screen.text, /"total":"\d/, view);
    }
  });
  test("after the close no mark is taken any more", async () => {
    const marks = contest.someMarks(1);
    const answer = await server.unchanged(() => contest.judges[1].trySheet(first(), marks));
    assertProblem(answer, 409, ["scoring_closed", "sheet_submitted"]);
  });
  test("at the release it shows marks, what was dropped, and the score", async () => {
    await contest.step("release", { contestant: first() });
    await contest.step("show", { view: "marks" });
    const screen = await contest.screen();
    assert.equal(screen.marks.length, 7);
    assert.equal(screen.marks.filter((mark) => mark.dropped === "low").length, 1);
    assert.equal(screen.marks.filter((mark) => mark.dropped === "high").length, 1);
    const kept = screen.marks.filter((mark) => !mark.dropped).map((mark) => BigInt(mark.total.replace(".", "")));
    const places = screen.marks[0].total.split(".")[1]?.length ?? 0;
    // Half up to two decimals, in whole numbers.
    const sum = kept.reduce((a, b) => a + b, 0n) * 100n;
    const scaled = BigInt(kept.length) * 10n ** BigInt(places);
    const hundredths = (2n * sum + scaled) / (2n * scaled);
    assert.equal(screen.score.replace(".", ""), String(hundredths).padStart(3, "0"));
    assert.doesNotMatch(JSON.stringify(screen), /评委[一二三四五六七]|pw0/, "judges are numbers here");
  });
});

describe("the host", () => {
  test("a step for a state that has moved on", async () => {
    const { number } = await contest.state();
    await contest.step("call", { contestant: order[1], expected: number });
    await refused(() => contest.tryStep("absent", { contestant: order[2], expected: number - 1 }), 409, "contest_moved_on");
  });
  test("two hosts press at the same moment: one step", async () => {
    await contest.score(order[1]);
    const { number } = await contest.state();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => contest.tryStep("close", { contestant: order[1], expected: number })),
    );
    assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
    for (const answer of answers.filter((one) => one.status !== 200)) {
      assertProblem(answer, 409, ["contest_moved_on", "step_not_allowed"]);
    }
    await contest.step("release", { contestant: order[1] });
  });
  const wrong = [
    [{ action: "explode" }, [400, 422]],
    [{ action: "show", view: "secrets" }, [400, 422]],
    [{ action: "show" }, [400, 422]],
    [{ action: "deduct", points: "0.50" }, [400, 422, 409]],
    [{ action: "deduct", points: "a lot", reason: "超时" }, [400, 422, 409]],
    [{ action: "deduct", points: "-100000", reason: "加分" }, [400, 409, 422]],
    [{ action: "call", contestant: 999999 }, [404]],
    [{ action: "call", contestant: -1 }, [400, 404, 422]],
    [{ action: "release", score: "100" }, [400]],
    [{}, [400]],
  ];
  for (const [body, statuses] of wrong) {
    test(JSON.stringify(body), async () => {
      const answer = await server.unchanged(() => contest.host.post(`${contest.path}/step`, body));
      assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text}`);
      assertProblem(answer, answer.status, answer.json.code);
    });
  }
});

describe("to the end", () => {
  test("all others perform; one is absent, one gets a deduction", async () => {
    await contest.step("absent", { contestant: order[2] });
    for (const id of order.slice(3)) await contest.perform(id);
    await contest.step("deduct", { contestant: order[4], points: "0.50", reason: "超时" });
    const taken = await contest.organiser.write(`${contest.path}/written`, {});
    assert.equal(taken.taken + taken.absent, 20);
    await contest.step("finish");
    const state = await contest.state();
    assert.equal(state.final, true);
    assert.equal(state.contestants.filter((one) => one.status === "released").length, 19);
  });
  test("after the end nothing moves", async () => {
    await refused(() => contest.tryStep("call", { contestant: order[2] }), 409, "step_not_allowed");
    const written = await server.unchanged(() => contest.organiser.post(`${contest.path}/written`, {}));
    assert.ok([409].includes(written.status), written.text);
  });
  test("ranks are competition ranks and totals are 30 : 70", async () => {
    const { contestants } = await contest.state();
    const ranked = contestants.filter((one) => one.total !== null);
    for (const one of ranked) {
      if (!one.written || !one.judged) continue;
      const hundredths = (text) => BigInt(Math.round(Number(text) * 100));
      const exact = 30n * hundredths(one.written) + 70n * hundredths(one.judged);
      const rounded = (exact + 50n) / 100n;
      assert.equal(hundredths(one.total), rounded, JSON.stringify(one));
    }
    await contest.step("show", { view: "leaderboard" });
    const { leaderboard } = await contest.screen();
    const totals = leaderboard.filter((row) => row.rank).map((row) => [row.rank, Number(row.total)]);
    for (let i = 1; i < totals.length; i++) assert.ok(totals[i - 1][1] >= totals[i][1]);
    assert.equal(totals[0][0], 1);
    await contest.step("show", { view: "branches" });
    const { branches } = await contest.screen();
    assert.equal(branches.length, 10);
    for (const row of branches) assert.equal(row.expected, row.attended + row.absent);
  });
  test("the journal alone gives the same standings, byte for byte", async () => {
    const folder = temporaryFolder("xr");
    for (const name of ["rules.json", "events.ndjson"]) {
      const file = await contest.organiser.get(`${contest.path}/${name}`);
      assert.equal(file.status, 200);
      writeFileSync(join(folder, name), file.bytes);
    }
    const standings = await contest.organiser.get(`${contest.path}/standings`);
    assert.equal(runProgram(["contest", "replay", folder]).trimEnd(), standings.text.trimEnd());
    const events = await contest.organiser.get(`${contest.path}/events.ndjson`);
    const forged = events.text.replace(/"value":"(\d+)/, (all, digits) => `"value":"${Number(digits) === 1 ? 2 : 1}`);
    if (forged !== events.text) {
      writeFileSync(join(folder, "events.ndjson"), forged);
      assert.throws(() => runProgram(["contest", "replay", folder]), /Command failed/);
    }
  });
  test("`xunsai verify` finds every link and seal whole", () => {
    assert.match(runProgram(["verify", "--data", server.data]), /^\d+ events/);
  });
});
