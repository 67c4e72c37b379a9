// Signing in, being refused, signing out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PASSWORD, assertProblem } from "../harness/client.mjs";
import { startServer } from "../harness/server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

test("the right password opens a login and tells who it is", async () => {
  const client = server.client();
  const answer = await client.login("zy0102");
  assert.equal(answer.status, 200);
  const line = answer.headers["set-cookie"][0];
  assert.match(line, /^xunsai_login=[A-Za-z0-9_-]{20,}; /);
  for (const word of ["HttpOnly", "SameSite=Strict", "Path=/"]) assert.ok(line.includes(word), line);
  const me = await client.read("/api/me");
  assert.equal(me.person.staff_number, "zy0102");
  assert.deepEqual(me.person.roles, ["learner"]);
  assert.equal(me.person.branch.name, "米市巷街道");
  assert.equal(me.demonstration, true);
});

test("two logins of one person have different cookies", async () => {
  const one = await server.signIn("zy0103");
  const two = await server.signIn("zy0103");
  assert.notEqual(one.cookie, two.cookie);
});

test("a wrong password and an unknown staff number get the same answer", async () => {
  const client = server.client();
  const wrong = await client.login("zy0104", "xunsai2021");
  const unknown = await client.login("nobody99", "xunsai2021");
  assertProblem(wrong, 401, "login_wrong");
  assertProblem(unknown, 401, "login_wrong");
  assert.equal(wrong.text, unknown.text);
  assert.equal(wrong.headers["set-cookie"], undefined);
});

test("five wrong passwords make the account wait, and only that account", async () => {
  const client = server.client();
  for (let i = 0; i < 5; i++) {
    assertProblem(await client.login("zy0105", `guess-${i}`), 401, "login_wrong", `guess ${i}`);
  }
  const blocked = await client.login("zy0105", "guess-5");
  assertProblem(blocked, 429, "login_blocked");
  assert.ok(Number(blocked.headers["retry-after"]) > 0);
  assertProblem(await client.login("zy0105", PASSWORD), 429, "login_blocked", "the right one");
  assert.equal((await server.client().login("zy0106")).status, 200, "the same address, another account");
});

test("guesses sent all at once are counted as well", async () => {
  const client = server.client();
  const guesses = Array.from({ length: 30 }, (_, i) => client.login("zy0107", `at-once-${i}`));
  const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
  assert.ok(statuses.every((status) => [401, 429, 503].includes(status)), String(statuses));
  assertProblem(await client.login("zy0107", PASSWORD), 429, "login_blocked");
});

test("a right password forgets earlier failures", async () => {
  const client = server.client();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 4; i++) await client.login("zy0108", "wrong-one");
    assert.equal((await client.login("zy0108")).status, 200, `round ${round}`);
  }
});

test("after signing out the cookie opens nothing", async () => {
  const client = await server.signIn("zy0109");
  const cookie = client.cookie;
  const answer = await client.post("/api/logout", {});
  assert.equal(answer.status, 204);
  assert.match(answer.headers["set-cookie"][0], /^xunsai_login=;.*Max-Age=0/);
  client.cookie = cookie;
  assertProblem(await client.get("/api/me"), 401, "login_needed");
});

test("made-up, cut and doubled cookies open nothing", async () => {
  const client = await server.signIn("zy0110");
  const value = client.cookie.split("=")[1];
  const tries = [
    "xunsai_login=",
    "xunsai_login=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    `xunsai_login=${value.slice(0, -1)}`,
    `xunsai_login=${value}x`,
    `xunsai_login=x; xunsai_login=${value}`,
    `Xunsai_login=${value}`,
    `xunsai_login="${value}"`,
    "xunsai_login=' OR 1=1 --",
    `xunsai_login=${"a".repeat(6000)}`,
  ];
  for (const cookie of tries) {
    client.cookie = cookie;
    assertProblem(await client.get("/api/me"), 401, "login_needed", cookie.slice(0, 60));
  }
});

test("the database never holds a cookie or a password", async () => {
  const client = await server.signIn("zy0111");
  const token = client.cookie.split("=")[1];
  const rows = server.query("SELECT token FROM login");
  assert.ok(rows.length > 0);
  assert.ok(rows.every((row) => row.token !== token));
  const stored = server.query("SELECT password FROM account LIMIT 20");
  assert.ok(stored.every((row) => row.password.startsWith("$argon2id$")));
});

test("the login's fields are checked", async () => {
  const client = server.client();
  const bad = [
    [{ staff_number: "zy0112" }, 400],
    [{ staff_number: "zy0112", password: PASSWORD, role: "organiser" }, 400],
    [{ staff_number: 112, password: PASSWORD }, 400],
    [{ staff_number: "", password: PASSWORD }, 422],
    [{ staff_number: "z".repeat(33), password: PASSWORD }, 422],
    [{ staff_number: "zy0112", password: "p".repeat(129) }, 422],
    [{ staff_number: ["zy0112"], password: { $ne: "" } }, 400],
  ];
  for (const [body, status] of bad) {
    const answer = await client.post("/api/login", body);
    assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 80)} ${answer.text}`);
    assertProblem(answer, status, answer.json.code);
  }
});
