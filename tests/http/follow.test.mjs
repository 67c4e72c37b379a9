// Following something live: a request waits until there is news.
import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Contest } from "../harness/contest.mjs";
import { startServer } from "../harness/server.mjs";

let server;
let contest;
let order;
before(async () => {
  server = await startServer();
  contest = await Contest.open(server);
  order = await contest.prepare();
});
after(() => server.stop());

const follow = (client, since, options) => client.get(`${contest.path}/screen?since=${since}`, options);
async function until(holds, what, patienceMs = 8000) {
  const end = Date.now() + patienceMs;
  while (!holds() && Date.now() < end) await sleep(50);
  assert.ok(holds(), `${what}: not within ${patienceMs} ms, ${openFiles()} files are open`);
}
const openFiles = () => readdirSync(`/proc/${server.program.pid}/fd`).length;

test("without since the state comes at once, with an older number too", async () => {
  const client = server.client();
  const started = Date.now();
  const now = await client.read(`${contest.path}/screen`);
  const again = await follow(client, now.number - 1);
  assert.equal(again.json.number, now.number);
  assert.ok(Date.now() - started < 20000, "parked although there was news");
});

test("a parked request is answered by the commit that makes news", async (t) => {
  const client = server.client();
  const { number } = await contest.screen();
  const waiting = follow(client, number);
  await sleep(300);
  const pressed = Date.now();
  const step = await contest.step("show", { view: "cover" });
  const answer = await waiting;
  assert.equal(answer.status, 200);
  assert.equal(answer.json.number, step.number);
  assert.equal(answer.json.view, "cover");
  t.diagnostic(`answered ${Date.now() - pressed} ms after the step was sent`);
});

test("a step of the host reaches screen, host and judge alike", async () => {
  const { number } = await contest.screen();
  const judge = contest.judges[2].client;
  const organiser = contest.organiser;
  const waiting = [
    follow(server.client(), number),
    organiser.get(`${contest.path}/host?since=${number}`),
    judge.get(`${contest.path}/judge?since=${number}`),
  ];
  await sleep(200);
  const step = await contest.step("call", { contestant: order[0] });
  for (const answer of await Promise.all(waiting)) {
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.number, step.number);
  }
});

test("a refused step wakes nobody", async () => {
  const { number } = await contest.screen();
  const control = new AbortController();
  let answered = null;
  const waiting = follow(server.client(), number, { signal: control.signal }).then(
    (answer) => (answered = answer),
    () => {},
  );
  assert.equal((await contest.tryStep("seal")).status, 409);
  await sleep(800);
  assert.equal(answered, null);
  control.abort();
  await waiting;
});

test("400 followers are all served by one step", { timeout: 60000 }, async () => {
  const clients = Array.from({ length: 400 }, () => server.client());
  const { number } = await contest.screen();
  const waiting = clients.map((client) => follow(client, number).then((answer) => ({ answer, at: Date.now() })));
  await sleep(1500);
  const pressed = Date.now();
  const step = await contest.step("show", { view: "leaderboard" });
  const served = await Promise.all(waiting);
  const bodies = new Set(served.map(({ answer }) => answer.text));
  assert.deepEqual([...new Set(served.map(({ answer }) => answer.status))], [200]);
  assert.equal(bodies.size, 1, "all see the same");
  assert.equal(served[0].answer.json.number, step.number);
  const slowest = Math.max(...served.map(({ at }) => at)) - pressed;
  assert.ok(slowest < 3000, `the last one after ${slowest} ms`);
});

test("clients that leave are forgotten, and their connections freed", { timeout: 60000 }, async () => {
  // nginx keeps up to 128 idle connections for each of its two workers.
  const idle = 2 * 128 + 60;
  for (let round = 0; round < 3; round++) {
    const { number } = await contest.screen();
    const control = new AbortController();
    setMaxListeners(0, control.signal);
    const waiting = Array.from({ length: 600 }, () =>
      follow(server.client(), number, { signal: control.signal }).catch(() => "left"),
    );
    await until(() => openFiles() >= 600, "600 followers are parked");
    control.abort();
    assert.deepEqual([...new Set(await Promise.all(waiting))], ["left"]);
    await until(() => openFiles() <= idle, "their connections are freed");
  }
  const step = await contest.step("show", { view: "cover" });
  assert.equal((await contest.screen()).number, step.number);
});

test("clients that leave at the very moment of the news do no harm", async () => {
  for (let round = 0; round < 8; round++) {
    const { number } = await contest.screen();
    const control = new AbortController();
    setMaxListeners(0, control.signal);
    const waiting = Array.from({ length: 40 }, () =>
      follow(server.client(), number, { signal: control.signal }).catch(() => null),
    );
    await sleep(60);
    const step = contest.step("show", { view: round % 2 ? "cover" : "stage" });
    setTimeout(() => control.abort(), round * 2);
    await Promise.all([...waiting, step]);
  }
  assert.equal((await server.client().get("/healthz")).status, 200);
});

test("nothing new for 25 seconds: 204, and not earlier", { timeout: 60000 }, async () => {
  const { number } = await contest.screen();
  const started = Date.now();
  const [answer, odd] = await Promise.all([
    follow(server.client(), number),
    follow(server.client(), number + 1000000),
  ]);
  const took = Date.now() - started;
  assert.equal(answer.status, 204);
  assert.equal(answer.bytes.length, 0);
  assert.ok(odd.status === 204 || odd.status === 200, "a number from the future does no harm");
  assert.ok(took > 24000 && took < 28000, `${took} ms`);
});

test("a stop of the program answers whoever waits", async () => {
  const { number } = await contest.screen();
  const waiting = Array.from({ length: 20 }, () => follow(server.client(), number));
  await sleep(300);
  const started = Date.now();
  const ended = await server.stopProgram();
  const statuses = (await Promise.all(waiting)).map((answer) => answer.status);
  assert.deepEqual([...new Set(statuses)], [204]);
  assert.deepEqual(ended, { code: 0, signal: null });
  assert.ok(Date.now() - started < 4000, `${Date.now() - started} ms`);
  await server.restart();
  assert.equal((await contest.screen()).number, number, "the number goes on after a restart");
});

test("memory of the program stays where it was after all this", () => {
  const status = readFileSync(`/proc/${server.program.pid}/status`, "utf8");
  const mb = Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
  assert.ok(mb < 1500, `${mb} MB`);
});
