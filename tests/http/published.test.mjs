// What anybody may read: kept by nginx, the same for everyone, without anything that is
// not for everyone; and names that are removed go away.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { assertProblem } from "../harness/client.mjs";
import { startServer } from "../harness/server.mjs";

const KEPT_MS = 11000; // ten, and nginx counts whole seconds
let server;
let visitor;
let first;

before(async () => {
  server = await startServer();
  visitor = server.client();
});
after(() => server.stop());

async function publish(reason) {
  const organiser = await server.as("organiser");
  const proposed = await organiser.post("/api/rankings/quiz/1/proposals", reason ? { reason } : {});
  assert.equal(proposed.status, 201, proposed.text);
  const auditor = await server.as("auditor");
  const path = `/api/publications/${proposed.json.id}/decision`;
  assert.equal((await organiser.post(path, { release: true })).status, 409, "not the proposer");
  await auditor.write(path, { release: true });
  return proposed.json.id;
}

describe("what is published", () => {
  test("a proposal is not for the public", async () => {
    const organiser = await server.as("organiser");
    await organiser.write("/api/quizzes/1/close");
    const proposed = await organiser.post("/api/rankings/quiz/1/proposals", {});
    assertProblem(await visitor.get(`/api/published/${proposed.json.id}`), 404, "publication_unknown");
    assertProblem(await visitor.get(`/api/published/${proposed.json.id}/body.json`), 404, "publication_unknown");
    const auditor = await server.as("auditor");
    await auditor.write(`/api/publications/${proposed.json.id}/decision`, { release: false });
  });

  test("after its release it is there without staff numbers, and the digest is that of its bytes", async () => {
    first = await publish();
    const answer = await visitor.get(`/api/published/${first}`);
    assert.equal(answer.status, 200);
    assert.doesNotMatch(answer.text, /zy\d{4}|staff_number|phone|proposed_by|decided_by/);
    assert.equal(Object.keys(answer.json.names).length, 358);
    const body = await visitor.get(`/api/published/${first}/body.json`);
    const digest = createHash("sha256").update(body.bytes).digest("hex");
    assert.equal(digest, answer.json.publication.digest);
    for (const name of Object.values(answer.json.names).slice(0, 50)) assert.ok(!body.text.includes(name), name);
  });

  test("it may be kept, is known again, and is the same for everybody", async () => {
    const path = `/api/published/${first}`;
    const answer = await visitor.get(path);
    assert.equal(answer.headers["cache-control"], "public, max-age=10");
    assert.equal(answer.headers["set-cookie"], undefined);
    const known = await visitor.get(path, { headers: { "if-none-match": answer.headers.etag } });
    assert.equal(known.status, 304);
    const organiser = await server.as("organiser");
    assert.equal((await organiser.get(path)).text, answer.text, "signed in or not");
    assert.equal((await visitor.request("HEAD", path)).bytes.length, 0);
    assert.equal((await visitor.get(path)).text, answer.text, "a HEAD is not kept in its place");
    assert.equal((await visitor.post(path, {})).status >= 400, true);
  });

  test("a crowd costs the program one answer: it is served while the program is away", async () => {
    const path = `/api/published/${first}`;
    const { text } = await visitor.get(path);
    await server.kill();
    try {
      for (const query of ["", "?a=1", "?b=2"])
        assert.equal((await visitor.get(path + query)).text, text, `kept, with ${query || "no query"}`);
      await sleep(KEPT_MS + 500);
      assert.equal((await visitor.get(path)).text, text, "old, but better than nothing");
      assertProblem(await visitor.get("/api/published/999"), 503, "program_down");
    } finally {
      await server.restart();
    }
  });

  test("a name that is removed is gone from every answer in ten seconds", async () => {
    const path = `/api/published/${first}`;
    const { json, headers } = await visitor.get(path);
    const [person, name] = Object.entries(json.names)[7];
    execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database,
      `UPDATE publication_name SET name = '' WHERE person = ${person}`]);
    await sleep(KEPT_MS + 500);
    const after = await visitor.get(path);
    assert.ok(!after.text.includes(`"${person}":"${name}"`), "the name is gone");
    assert.equal(after.json.publication.digest, json.publication.digest, "the digest stays");
    assert.notEqual(after.headers.etag, headers.etag, "what a browser has kept is not taken for it");
  });

  test("a correction stands beside the first version and names it", async () => {
    const organiser = await server.as("organiser");
    const ranking = await organiser.read("/api/rankings/quiz/1");
    const person = ranking.people.find((one) => one.status === "done").person.id;
    await organiser.write("/api/quizzes/1/statuses", { person, status: "voided", reason: "替考" });
    const second = await publish("一人作废");
    const answer = await visitor.get(`/api/published/${second}`);
    assert.equal(answer.json.publication.supersedes, first);
    assert.equal(answer.json.publication.reason, "一人作废");
    assert.ok(answer.json.publication.version > 1);
    await sleep(KEPT_MS + 500);
    const old = await visitor.get(`/api/published/${first}`);
    assert.equal(old.json.publication.superseded_by, second);
    const list = await visitor.read("/api/published");
    assert.deepEqual(list.publications.map(({ id }) => id), [second, first]);
  });
});
