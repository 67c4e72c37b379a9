// What the chief judge and the auditor decide about a contest, over HTTP.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { Contest } from "../harness/contest.mjs";
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
