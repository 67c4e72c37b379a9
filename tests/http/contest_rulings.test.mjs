// What the chief judge and the auditor decide about a contest, over HTTP.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { Contest } from "../harness/contest.mjs";
import { runProgram, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

let server;
let contest;
let order;
let chief;
let auditor;
before(async () => {
  server = await startServer();
  contest = await Contest.open(server);
  chief = await server.as("chief_judge");
  auditor = await server.as("auditor");
  order = await contest.prepare();
});
after(() => server.stop());

const tryRuling = (who, action, more = {}) => who.post(`${contest.path}/rulings`, { action, ...more });

async function rule(action, more = {}) {
  const answer = await tryRuling(chief, action, more);
  assert.equal(answer.status, 200, `${action}: ${answer.status} ${answer.text}`);
  return answer.json;
}

async function refused(act, status, code) {
  const answer = await server.unchanged(act);
  assertProblem(answer, status, code);
  return answer;
}

const rowOf = async (id) => (await contest.state()).contestants.find((one) => one.id === id);

describe("who is out of the ranking", () => {
  test("a disqualification needs the chief judge and a reason, and can be taken back", async () => {
    const contestant = order[0];
    await contest.perform(contestant);
    const { judged } = await rowOf(contestant);
    await refused(() => tryRuling(auditor, "disqualify", { contestant, reason: "冒名" }), 403, "role_needed");
    await refused(() => tryRuling(chief, "disqualify", { contestant }), 422, "reason_missing");
    await refused(() => tryRuling(chief, "disqualify", { contestant: 999999, reason: "冒名" }), 404, "contestant_unknown");
    await refused(() => tryRuling(chief, "pardon", { contestant, reason: "冒名" }), 422, "action_unknown");
    await rule("disqualify", { contestant, reason: "冒名顶替" });
    assert.equal((await rowOf(contestant)).status, "disqualified");
    const standings = await contest.organiser.read(`${contest.path}/standings`);
    const row = standings.contestants.at(-1);
    assert.deepEqual([row.id, row.status, row.reason, row.rank], [contestant, "disqualified", "冒名顶替", null]);
    await refused(() => tryRuling(chief, "disqualify", { contestant, reason: "再次" }), 409, "step_not_allowed");
    await rule("reinstate", { contestant, reason: "申诉成立" });
    assert.deepEqual([(await rowOf(contestant)).status, (await rowOf(contestant)).judged], ["released", judged]);
  });
  test("who stops halfway keeps the sheets and holds nobody up", async () => {
    const contestant = order[1];
    await contest.step("call", { contestant });
    await contest.score(contestant);
    await refused(() => contest.tryStep("abort", { contestant }), 422, "reason_missing");
    await contest.step("abort", { contestant, reason: "身体不适" });
    assert.equal((await rowOf(contestant)).status, "aborted");
    await contest.step("continue", { contestant });
    await contest.step("close", { contestant });
    await contest.step("release", { contestant });
    assert.equal((await rowOf(contestant)).status, "released");
  });
});

describe("panels", () => {
  test("a judge who is excluded for one contestant marks the others", async () => {
    const contestant = order[3];
    const about = { contestant, judge: 7, reason: "亲属关系" };
    await refused(() => tryRuling(chief, "exclude_judge", { contestant, judge: 99, reason: "x" }), 404, "judge_unknown");
    await rule("exclude_judge", about);
    await refused(() => tryRuling(chief, "exclude_judge", about), 409, "step_not_allowed");
    await contest.step("call", { contestant });
    const { now } = await contest.judges[6].state();
    assert.equal(now.recused, true);
    await refused(() => contest.judges[6].trySheet(contestant, contest.someMarks(6)), 404, "not_your_contestant");
    for (const [index, judge] of contest.judges.entries()) {
      if (index < 6) await judge.sheet(contestant, contest.someMarks(index));
    }
    await contest.step("close", { contestant });
    const round = { contestant, round: "judged", reason: "无" };
    await refused(() => tryRuling(chief, "accept_spread", round), 409, "step_not_allowed");
    await refused(() => tryRuling(chief, "ask_reentry", { ...round, judges: [1] }), 409, "step_not_allowed");
    await refused(() => tryRuling(auditor, "confirm_panel", round), 409, "step_not_allowed");
    assert.deepEqual((await contest.state()).flags, []);
    await contest.step("release", { contestant });
  });
});

describe("the timer", () => {
  const press = (action, more = {}) => contest.host.post(`${contest.path}/timer`, { action, ...more });

  test("starts, pauses and stops for the one on stage; the time by hand needs a reason", async () => {
    const contestant = order[4];
    await contest.step("call", { contestant });
    await refused(() => press("stop"), 409, "step_not_allowed");
    await refused(() => press("jump"), 422, "action_unknown");
    for (const action of ["start", "pause", "resume", "stop"]) {
      const answer = await press(action);
      assert.equal(answer.status, 200, answer.text);
    }
    const { on_stage: stage } = await contest.state();
    assert.equal(stage.timer.stage, "stopped");
    assert.ok(stage.timer.elapsed_ms < 30000);
    await refused(() => press("set", { ms: 1000 }), 422, "reason_missing");
    assert.equal((await press("set", { ms: 1000, reason: "误触" })).status, 200);
    assert.equal((await contest.state()).on_stage.timer.elapsed_ms, 1000);
    await contest.score(contestant);
    await contest.step("close", { contestant });
    await contest.step("release", { contestant });
  });
});

describe("corrections", () => {
  const reviews = async () => (await contest.state()).reviews;

  test("asked by the judge, previewed and granted by the chief judge, handed in anew", async () => {
    const contestant = order[2];
    const judge = contest.judges[0];
    await contest.step("call", { contestant });
    await contest.score(contestant);
    await contest.step("close", { contestant });
    const before = await judge.state();
    const { receipt } = before.sheets.find((one) => one.contestant === contestant);
    const ask = (reason) => judge.client.post(`${contest.path}/corrections`, { contestant, reason });
    await refused(() => ask(""), 422, "reason_missing");
    assert.equal((await ask("看错一行")).status, 200);
    await refused(() => ask("看错一行"), 409, "correction_pending");
    assert.deepEqual((await judge.state()).reviews.map((one) => [one.contestant, one.state]), [[contestant, "asked"]]);
    assert.deepEqual((await contest.judges[1].state()).reviews, [], "another judge's business");
    const [review] = await reviews();
    assert.deepEqual([review.judge, review.state, review.reason], [1, "asked", "看错一行"]);

    const marks = Object.fromEntries(contest.criteria.map((one) => [one.id, "0"]));
    const text = Object.entries(marks).map(([id, value]) => `${id}:${value}`).join(",");
    const impact = await server.unchanged(() => chief.read(`${contest.path}/impact?contestant=${contestant}&judge=1&marks=${text}`));
    assert.equal(impact.contestants.length, 0, "no total yet: the written grades are still to come");
    for (const [query, status, code] of [
      [`contestant=${contestant}&judge=1&marks=c1:0`, 422, "mark_invalid"],
      [`contestant=${contestant}&judge=99&marks=${text}`, 404, "judge_unknown"],
      [`contestant=${contestant}&points=x`, 422, "points_invalid"],
      [`contestant=${order[9]}&points=1`, 409, "step_not_allowed"],
      ["contestant=0&points=1", 404, "contestant_unknown"],
      [`contestant=${contestant}&round=final&points=1`, 404, "round_unknown"],
    ]) {
      assertProblem(await chief.get(`${contest.path}/impact?${query}`), status, code, query);
    }

    await refused(() => judge.trySheet(contestant, marks), 409, "sheet_submitted");
    const about = { contestant, round: "judged", judge: 1, reason: "情况属实" };
    await rule("grant_correction", about);
    await refused(() => tryRuling(chief, "grant_correction", about), 409, "step_not_allowed");
    await refused(() => contest.tryStep("release", { contestant }), 409, "step_not_allowed");
    const sheet = await judge.sheet(contestant, marks);
    assert.notEqual(sheet.receipt, receipt);
    await contest.step("release", { contestant });
    assert.deepEqual(await reviews(), []);
    const standings = await contest.organiser.read(`${contest.path}/standings`);
    const row = standings.contestants.find((one) => one.id === contestant);
    const mark = row.rounds[1].marks.find((one) => one.judge === 1);
    assert.equal(mark.total, "0.00");
    assert.deepEqual(mark.history.map((one) => one.receipt), [receipt]);
  });

  test("with all totals known the preview names who changes rank", async () => {
    await contest.organiser.write(`${contest.path}/written`, {});
    const { contestants } = await contest.state();
    const ranked = contestants.filter((one) => one.rank).sort((a, b) => a.rank - b.rank);
    assert.ok(ranked.length >= 2);
    const impact = await contest.host.read(`${contest.path}/impact?contestant=${ranked[0].id}&points=90`);
    assert.equal(impact.ranks_changed, ranked.length);
    const first = impact.contestants.find((one) => one.contestant === ranked[0].id);
    assert.deepEqual([first.before.rank, first.after.rank], [1, ranked.length]);
    assert.equal((await rowOf(ranked[0].id)).rank, 1, "only a preview");
  });
});

describe("the end", () => {
  test("rules without a sign-off are finished by the host; signing is recorded all the same", async () => {
    await refused(() => tryRuling(auditor, "finalise"), 403, "role_needed");
    await refused(() => tryRuling(chief, "finalise"), 409, "step_not_allowed");
    await refused(() => tryRuling(auditor, "spot_check"), 422, "spot_check_invalid");
    assert.equal((await tryRuling(auditor, "spot_check", { checked: 3, errors: 0 })).status, 200);
    await rule("sign");
    await refused(() => tryRuling(chief, "sign"), 409, "step_not_allowed");
    assert.deepEqual((await contest.state()).conditions, []);
  });
});

describe("the freeze", () => {
  test("the screen stays as it was until the host unfreezes", async () => {
    await contest.step("show", { view: "leaderboard" });
    const before = (await contest.screen()).leaderboard;
    assert.ok(before.length > 0);
    await refused(() => contest.tryStep("reveal"), 409, "step_not_allowed");
    await contest.step("freeze");
    await refused(() => contest.tryStep("freeze"), 409, "step_not_allowed");
    const contestant = order[5];
    await contest.perform(contestant);
    await contest.step("show", { view: "leaderboard" });
    assert.deepEqual((await contest.screen()).leaderboard, before);
    const { judged } = await rowOf(contestant);
    for (const view of ["marks", "branches", "stage"]) {
      await contest.step("show", { view });
      assert.ok(!JSON.stringify(await contest.screen()).includes(`"${judged}"`), view);
    }
    assert.equal((await contest.state()).frozen, true);
    await refused(() => contest.tryStep("reveal"), 409, "reveal_too_early");
    await contest.step("unfreeze");
    await contest.step("show", { view: "leaderboard" });
    assert.equal((await contest.screen()).leaderboard.length, before.length + 1);
  });
  test("the journal with all of this gives the same standings", async () => {
    const folder = temporaryFolder("xr");
    for (const name of ["rules.json", "events.ndjson"]) {
      const file = await contest.organiser.get(`${contest.path}/${name}`);
      writeFileSync(join(folder, name), file.bytes);
    }
    const standings = await contest.organiser.get(`${contest.path}/standings`);
    assert.equal(runProgram(["contest", "replay", folder]).trimEnd(), standings.text.trimEnd());
  });
});
