// A street's own tools: tokens, what they open, and what they do not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { startServer } from "../harness/server.mjs";

const RESULTS = "/api/v1/results";
let server;
let organiser;
let auditor;
let district;
let street;
before(async () => {
  server = await startServer();
  organiser = await server.as("organiser");
  auditor = await server.as("auditor");
  await organiser.write("/api/quizzes/1/close", {});
  await publish({});
  district = await token({ label: "区平台", days: 30 });
  street = await token({ label: "米市巷的表格", branch: 1, days: 30 });
});
after(() => server.stop());

async function publish(body) {
  const proposed = await organiser.post("/api/rankings/quiz/1/proposals", body);
  assert.equal(proposed.status, 201, proposed.text);
  await auditor.write(`/api/publications/${proposed.json.id}/decision`, { release: true });
  return proposed.json.id;
}

// A client whose every request carries the token and nothing else.
async function token(body) {
  const answer = await organiser.post("/api/tokens", body);
  assert.equal(answer.status, 201, answer.text);
  const client = server.client();
  const request = client.request.bind(client);
  client.request = (method, path, options = {}) =>
    request(method, path, { ...options, headers: { authorization: `Bearer ${answer.json.token}`, ...options.headers } });
  return Object.assign(client, { token: answer.json.token, id: answer.json.id });
}

async function all(client, path) {
  const items = [];
  for (let after = ""; ; ) {
    const page = await client.read(`${path}${path.includes("?") ? "&" : "?"}limit=50${after}`);
    assert.ok(page.items.length <= 50);
    items.push(...page.items);
    if (!page.next) return items;
    after = `&after=${page.next}`;
  }
}

describe("what a token opens", () => {
  test("a district token reads all 358 in pages, each of them once", async () => {
    const items = await all(district, RESULTS);
    assert.equal(items.length, 358);
    assert.equal(new Set(items.map((one) => one.person.id)).size, 358);
    const ranking = await organiser.read("/api/rankings/quiz/1");
    for (const row of ranking.people) {
      const item = items.find((one) => one.person.id === row.person.id);
      assert.deepEqual(
        [item.rank, item.score, item.status, item.passed, item.used_ms, item.branch.id, item.person.staff_number, item.person.name],
        [row.rank, row.score, row.status, row.passed, row.used_ms, row.branch.id, row.person.staff_number, row.person.name],
      );
    }
    assert.deepEqual(await all(district, RESULTS), items, "the order is the same every time");
  });

  test("a street token reads its own people only", async () => {
    const items = await all(street, RESULTS);
    assert.ok(items.length > 20 && items.length < 60);
    assert.ok(items.every((one) => one.branch.id === 1));
    assert.deepEqual(await all(street, `${RESULTS}?branch=1`), items);
    assertProblem(await street.get(`${RESULTS}?branch=2`), 403, "token_branch");
    assert.ok(!(await street.get(RESULTS)).text.includes("phone"));
  });

  test("filters; a mistyped one is refused instead of giving everything", async () => {
    assert.equal((await district.read(`${RESULTS}?kind=contest`)).items.length, 0);
    assert.equal((await all(district, `${RESULTS}?kind=quiz&subject=1&branch=3`)).every((one) => one.branch.id === 3), true);
    assert.equal((await district.read(`${RESULTS}?subject=2`)).items.length, 0);
    for (const query of ["kind=quizz", "subject=x", "subject=0", "limit=501", "limit=0", "after=5", "after=1-", "after=-1", "after=1-2-3", "branch=a"]) {
      assertProblem(await district.get(`${RESULTS}?${query}`), 422, "query_invalid", query);
    }
  });

  test("streets, street tables and published versions", async () => {
    assert.equal((await street.read("/api/v1/branches")).branches.length, 10);
    const rows = await all(street, "/api/v1/rankings");
    assert.equal(rows.length, 10);
    const ranking = await organiser.read("/api/rankings/quiz/1");
    for (const one of rows) {
      const row = ranking.branches.find((each) => each.branch.id === one.row.branch.id);
      assert.equal(one.row.mean_expected, row.mean_expected);
      assert.equal(one.row.rank, row.rank);
    }
    const [version] = await all(street, "/api/v1/published");
    const [published] = (await organiser.read("/api/published")).publications;
    assert.equal(version.digest, published.digest);
  });

  test("a correction replaces the results of the version before, and is listed after it", async () => {
    const [person] = server.query("SELECT person AS id FROM attempt WHERE quiz = 1 AND state = 'submitted' LIMIT 1");
    await organiser.write("/api/quizzes/1/statuses", { person: person.id, status: "voided", reason: "替考" });
    const id = await publish({ reason: "一人作废" });
    const items = await all(district, RESULTS);
    assert.equal(items.length, 358);
    assert.ok(items.every((one) => one.publication === id && one.version === 2));
    assert.equal(items.find((one) => one.person.id === person.id).status, "voided");
    assert.deepEqual((await all(district, "/api/v1/published")).map((one) => [one.version, one.supersedes]), [[1, null], [2, id - 1]]);
  });
});

describe("what a token does not open", () => {
  test("nothing outside /api/v1, and a cookie nothing in it", async () => {
    for (const path of ["/api/me", "/api/people", "/api/rankings/quiz/1", "/api/tokens", "/api/export-log"]) {
      assertProblem(await district.get(path), 401, "login_needed", path);
    }
    assertProblem(await organiser.get(RESULTS), 401, "token_needed");
    // A cookie beside the token adds nothing.
    const both = await organiser.get("/api/v1/branches", { headers: { authorization: `Bearer ${street.token}` } });
    assert.equal(both.status, 200);
    assertProblem(await organiser.get(`${RESULTS}?branch=2`, { headers: { authorization: `Bearer ${street.token}` } }), 403, "token_branch");
  });

  test("wrong ones", async () => {
    const none = server.client();
    for (const header of ["Bearer x", `Bearer ${"A".repeat(43)}`, `Basic ${district.token}`, district.token, `Bearer ${district.token}x`, "Bearer "]) {
      const answer = await none.get(RESULTS, { headers: { authorization: header } });
      assertProblem(answer, 401, "token_unknown", header);
    }
    assertProblem(await none.get(RESULTS), 401, "token_needed");
    assert.equal((await none.get(RESULTS, { headers: { authorization: `bearer ${district.token}` } })).status, 200);
  });

  test("revoked and expired ones", async () => {
    const gone = await token({ label: "旧", days: 1 });
    await gone.read("/api/v1/branches");
    await organiser.write(`/api/tokens/${gone.id}/revoke`, {});
    assertProblem(await gone.get("/api/v1/branches"), 401, "token_revoked");
    assertProblem(await organiser.post(`/api/tokens/${gone.id}/revoke`, {}), 409, "token_revoked");
    const late = await token({ label: "过期", days: 1 });
    await server.stopProgram();
    execFileSync("sqlite3", [server.database, `UPDATE api_token SET expires_at = ${Date.now() - 1} WHERE id = ${late.id}`]);
    await server.restart();
    assertProblem(await late.get("/api/v1/branches"), 401, "token_expired");
  });

  test("what cannot be made", async () => {
    const make = (body) => organiser.post("/api/tokens", { label: "x", days: 1, ...body });
    assertProblem(await make({ branch: 999 }), 422, "branch_unknown");
    assertProblem(await make({ days: 731 }), 422, "field_range");
    assertProblem(await make({ label: "" }), 422, "field_range");
  });
});

describe("what is kept", () => {
  test("the fingerprint and nothing else; the list shows no token", async () => {
    const dump = execFileSync("sqlite3", ["-readonly", server.database, ".dump"], { encoding: "utf8", maxBuffer: 1 << 28 });
    assert.ok(!dump.includes(district.token));
    assert.ok(dump.includes(createHash("sha256").update(district.token).digest("hex")));
    const list = await auditor.get("/api/tokens");
    assert.ok(!list.text.includes(district.token));
    const one = list.json.tokens.find((each) => each.id === street.id);
    assert.deepEqual([one.label, one.branch.id, one.revoked_at], ["米市巷的表格", 1, null]);
  });

  test("every page stands in the log with its rows", async () => {
    const before = (await organiser.read("/api/export-log?limit=1")).entries[0].id;
    const page = await street.read(`${RESULTS}?limit=7`);
    const [entry] = (await organiser.read("/api/export-log?limit=1")).entries;
    assert.equal(entry.id, before + 1);
    assert.deepEqual([entry.person, entry.token.id, entry.rows, entry.what], [null, street.id, page.items.length, "v1/results?limit=7"]);
  });

  test("used_at is written once an hour", async () => {
    const fresh = await token({ label: "钟", days: 1 });
    const used = () => server.query(`SELECT used_at FROM api_token WHERE id = ${fresh.id}`)[0].used_at;
    assert.equal(used(), null);
    await fresh.read("/api/v1/branches");
    const first = used();
    assert.ok(first > 0);
    await fresh.read("/api/v1/branches");
    assert.equal(used(), first);
    await server.stopProgram();
    execFileSync("sqlite3", [server.database, `UPDATE api_token SET used_at = used_at - 3700000 WHERE id = ${fresh.id}`]);
    await server.restart();
    await fresh.read("/api/v1/branches");
    assert.ok(used() >= first);
  });
});

test("too often is too often for one token, not for another", async () => {
  const eager = await token({ label: "急", days: 1 });
  let refused = 0;
  // Two minutes' worth at most: the clock may turn while it asks.
  for (let i = 0; i < 241 && !refused; i++) {
    const answer = await eager.get("/api/v1/branches");
    if (answer.status === 200) continue;
    assertProblem(answer, 429, "token_too_often");
    assert.ok(Number(answer.headers["retry-after"]) > 0);
    assert.ok(i >= 120, String(i));
    refused++;
  }
  assert.equal(refused, 1);
  await district.read("/api/v1/branches");
});
