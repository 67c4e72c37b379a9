// A receiver is told of published rankings: signed, again when it failed, after a
// restart; and the program cannot be made to call what is inside.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { assertProblem } from "../harness/client.mjs";
import { startServer } from "../harness/server.mjs";

let server;
let organiser;
let auditor;
let receiver;
before(async () => {
  server = await startServer({ environment: { http_proxy: "http://127.0.0.1:1", https_proxy: "http://127.0.0.1:1" } });
  organiser = await server.as("organiser");
  auditor = await server.as("auditor");
  receiver = await new Receiver().listen();
  await organiser.write("/api/quizzes/1/close", {});
});
after(async () => {
  await server.stop();
  receiver.close();
});

// Notes what it gets and answers as it is told.
class Receiver {
  constructor() {
    Object.assign(this, { got: [], answer: (response) => response.end("ok") });
    this.server = http.createServer((request, response) => {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        this.got.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
        this.answer(response);
      });
    });
  }
  async listen() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.port = this.server.address().port;
    return this;
  }
  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function edit(sql) {
  await server.stopProgram();
  execFileSync("sqlite3", [server.database, sql]);
  await server.restart();
}
const allowPrivate = (value) =>
  edit(`INSERT INTO setting VALUES ('webhook_private', '${value}') ON CONFLICT (name) DO UPDATE SET value = excluded.value`);

let versions = 0;
async function publish() {
  if (versions++) {
    const [person] = server.query("SELECT person AS id FROM attempt WHERE quiz = 1 AND state = 'submitted' AND person NOT IN (SELECT person FROM quiz_status) LIMIT 1");
    await organiser.write("/api/quizzes/1/statuses", { person: person.id, status: "voided", reason: "替考" });
  }
  const proposed = await organiser.post("/api/rankings/quiz/1/proposals", versions > 1 ? { reason: "更正" } : {});
  assert.equal(proposed.status, 201, proposed.text);
  await auditor.write(`/api/publications/${proposed.json.id}/decision`, { release: true });
  return proposed.json.id;
}

async function create(address, label = "接收") {
  const answer = await organiser.post("/api/webhooks", { address, label });
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}
const deliveries = async (hook) => (await organiser.read(`/api/webhooks/${hook.id}/deliveries`)).deliveries;
const stop = (hook) => organiser.write(`/api/webhooks/${hook.id}/stop`, {});

async function until(what, condition, patienceMs = 15000) {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
    const value = await condition();
    if (value) return value;
  }
  assert.fail(`not in time: ${what}`);
}
// The newest delivery, once it was tried so often.
const attempted = (hook, count = 1, patienceMs = 15000) =>
  until("an attempt", async () => (await deliveries(hook)).slice(0, 1).find((one) => one.attempts >= count), patienceMs);

test("what is inside is not called, by whatever name", async () => {
  const hooks = [];
  for (const host of ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "127.1", "169.254.169.254"]) {
    hooks.push([host, await create(`http://${host}:${receiver.port}/inside`)]);
  }
  await publish();
  for (const [host, hook] of hooks) {
    const one = await attempted(hook);
    assert.deepEqual([one.state, one.answer], ["waiting", "内网地址，未发送"], host);
    await stop(hook);
    assert.equal((await deliveries(hook))[0].state, "failed");
  }
  assert.equal(receiver.got.length, 0);
});

test("addresses that are none", async () => {
  for (const address of ["ftp://example.org/", "file:///etc/passwd", "example.org", "http://", "http:///x", "http://user:secret@example.org/", "https://example.org/#x", "http://exa mple.org/", "http://example.org\\@inside/", "gopher://127.0.0.1/", "http://实例.org/"]) {
    assertProblem(await organiser.post("/api/webhooks", { address, label: "x" }), 422, "webhook_address", address);
  }
});

describe("a receiver", () => {
  let hook;
  before(async () => {
    await allowPrivate(1);
    await edit("INSERT INTO setting VALUES ('public_address', 'https://xunsai.example')");
    hook = await create(`http://127.0.0.1:${receiver.port}/hook?x=1`);
  });

  test("gets a signed telling of a publication", async () => {
    const id = await publish();
    const got = await until("the telling", () => receiver.got[0]);
    const { publications } = await organiser.read("/api/published");
    const publication = publications.find((one) => one.id === id);
    assert.equal(got.method, "POST");
    assert.equal(got.url, "/hook?x=1");
    assert.equal(got.headers["content-type"], "application/json");
    assert.deepEqual(JSON.parse(got.body), {
      publication: id, kind: "quiz", subject: 1, version: publication.version, title: publication.title,
      digest: publication.digest, published_at: publication.decided_at, url: `https://xunsai.example/api/published/${id}`,
    });
    const timestamp = got.headers["x-xunsai-timestamp"];
    assert.ok(Math.abs(Number(timestamp) - Date.now() / 1000) < 60);
    const signature = createHmac("sha256", hook.secret).update(`${timestamp}.${got.body}`).digest("hex");
    assert.equal(got.headers["x-xunsai-signature"], `sha256=${signature}`);
    const one = await until("delivered", async () => (await deliveries(hook)).find((each) => each.state === "delivered"));
    assert.deepEqual([one.attempts, one.answer, one.next_at], [1, "200", null]);
    assert.equal(got.headers["x-xunsai-delivery"], String(one.id));
    assert.ok(!(await organiser.get("/api/webhooks")).text.includes(hook.secret));
  });

  test("that fails gets it again after a minute, also after a restart; the writer waits for nobody", async () => {
    receiver.got.length = 0;
    receiver.answer = (response) => response.writeHead(500).end();
    await publish();
    const one = await attempted(hook);
    assert.deepEqual([one.state, one.attempts, one.answer], ["waiting", 1, "500"]);
    const [row] = server.query(`SELECT next_at FROM webhook_delivery WHERE id = ${one.id}`);
    assert.ok(Math.abs(row.next_at - Date.now() - 60000) < 15000, String(row.next_at - Date.now()));
    const pauses = [];
    for (let attempt = 2; attempt <= 5; attempt++) {
      const before = Date.now();
      await edit(`UPDATE webhook_delivery SET next_at = 1 WHERE id = ${one.id}`);
      const again = await attempted(hook, attempt);
      pauses.push(Math.round((again.next_at - before) / 60000));
      assert.equal(receiver.got.length, attempt);
      assert.equal(receiver.got.at(-1).headers["x-xunsai-delivery"], String(one.id));
    }
    assert.deepEqual(pauses, [5, 30, 120, 720]);
    await edit(`UPDATE webhook_delivery SET next_at = 1 WHERE id = ${one.id}`);
    const last = await attempted(hook, 6);
    assert.deepEqual([last.state, last.next_at], ["failed", null]);

    // By hand once more, and now it is well again.
    receiver.answer = (response) => response.writeHead(204).end();
    await organiser.write(`/api/deliveries/${one.id}/again`, {});
    const done = await until("again", async () => (await deliveries(hook)).find((each) => each.id === one.id && each.state === "delivered"));
    assert.deepEqual([done.attempts, done.answer], [1, "204"]);
  });

  test("a redirect is not followed, an endless answer not read, silence given up after 10 s", async () => {
    receiver.got.length = 0;
    receiver.answer = (response) => response.writeHead(302, { location: `http://127.0.0.1:${receiver.port}/elsewhere` }).end();
    await publish();
    const moved = await attempted(hook);
    assert.equal(moved.answer, "302");
    assert.deepEqual(receiver.got.map((one) => one.url), ["/hook?x=1"]);

    receiver.answer = (response) => {
      const pour = () => response.writable && response.write("x".repeat(65536), pour);
      pour();
    };
    await edit(`UPDATE webhook_delivery SET next_at = 1 WHERE id = ${moved.id}`);
    const long = await attempted(hook, 2);
    assert.deepEqual([long.state, long.answer], ["delivered", "200"]);

    receiver.answer = () => {};
    const begun = Date.now();
    await organiser.write(`/api/deliveries/${moved.id}/again`, {});
    await until("the request", () => receiver.got.length >= 3);
    // While it waits, everything else goes on.
    const clock = Date.now();
    await organiser.write(`/api/people/${auditor.person.id}`, { cohort: "一" });
    assert.ok(Date.now() - clock < 2000);
    const silent = await attempted(hook, 1, 20000);
    assert.equal(silent.state, "waiting");
    assert.ok(Date.now() - begun >= 9000);
    assert.match(silent.answer, /tim/i);
    receiver.answer = (response) => response.end();
  });

  test("a stop breaks a waiting delivery off; it is due again afterwards", async () => {
    receiver.got.length = 0;
    receiver.answer = () => {};
    await publish();
    await until("the request", () => receiver.got.length === 1);
    const begun = Date.now();
    await server.stopProgram();
    assert.ok(Date.now() - begun < 5000, "the stop waited for the receiver");
    receiver.answer = (response) => response.end();
    await server.restart();
    await until("told after the restart", () => receiver.got.length === 2);
    await until("delivered", async () => (await deliveries(hook))[0].state === "delivered");
    assert.equal((await deliveries(hook))[0].attempts, 1);
  });

  test("a stopped one is told nothing", async () => {
    await stop(hook);
    assertProblem(await organiser.post(`/api/webhooks/${hook.id}/stop`, {}), 409, "webhook_stopped");
    const [one] = await deliveries(hook);
    assertProblem(await organiser.post(`/api/deliveries/${one.id}/again`, {}), 409, "webhook_stopped");
    receiver.got.length = 0;
    await publish();
    await sleep(2500);
    assert.equal(receiver.got.length, 0);
    const [listed] = (await organiser.read("/api/webhooks")).webhooks.filter((each) => each.id === hook.id);
    assert.ok(listed.stopped_at > 0);
    assert.deepEqual([listed.waiting, listed.delivered, listed.failed], [0, 3, 1]);
  });
});
