// Straight to the program's socket, past nginx: forged records, lies about lengths,
// connections that break off. A kept connection with an unread body is the classic way
// to smuggle a request in with parameters of one's own.
import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { assertProblem } from "../harness/client.mjs";
import {
  Connection, PARAMS, STDIN, begin, pairs, parametersOf, record, requestBytes,
} from "../harness/fastcgi.mjs";
import { temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

let server;
let cookie;
before(async () => {
  // fcgi2 forgets 48 bytes for every management record of a kind it does not know. Only
  // who may open the socket can send one, and nginx never does.
  const file = join(temporaryFolder("xl"), "suppressions");
  writeFileSync(file, "leak:libfcgi.so\n");
  const known = `${process.env.LSAN_OPTIONS ?? ""}:suppressions=${file}:print_suppressions=0`;
  server = await startServer({ environment: { LSAN_OPTIONS: known } });
  cookie = (await server.as("learner")).cookie;
});
after(() => server.stop());

async function talk(act) {
  const connection = new Connection(server.socket);
  try {
    return await act(connection);
  } finally {
    connection.close();
  }
}

const asks = (path, options) => requestBytes("GET", path, options);

// A request that would be answered with 200 and the person, were it ever read.
const forged = () => asks("/api/me", { cookie, REMOTE_ADDR: "6.6.6.6" });

async function alive(connection, count) {
  connection.send(asks("/api/site"));
  const replies = await connection.until(count);
  assert.equal(replies.length, count, "the kept connection goes on with the next request");
  assert.equal(replies[count - 1].json.district, "拱墅区");
}

test("a kept connection answers one request after the other", () =>
  talk(async (connection) => {
    for (let i = 1; i <= 5; i++) {
      connection.send(asks("/api/me", { cookie }));
      const replies = await connection.until(i);
      assert.equal(replies.length, i);
      assert.equal(replies[i - 1].json.person.staff_number, "zy0102");
    }
  }));

test("the socket is for nginx's group only", () => {
  const mode = statSync(server.socket).mode & 0o777;
  assert.equal(mode & 0o007, 0, mode.toString(8));
});

// Every path on which a body could be left unread.
const unread = {
  "an unknown address": ["POST", "/api/nothing", 404],
  "a method that is not allowed": ["POST", "/api/site", 405],
  "a request that needs a login": ["POST", "/api/attempts/1/answers", 401],
  "a role that does not fit": ["POST", "/api/content/reload", 403],
  "a GET with a body": ["GET", "/api/site", 200],
  "a body of the wrong type": ["POST", "/api/login", 415],
  "a malformed body": ["POST", "/api/login", 400],
};
for (const [name, [method, path, status]] of Object.entries(unread)) {
  for (const padding of [0, 9000, 70000]) {
    test(`forged records in the body of ${name}, after ${padding} bytes`, () =>
      talk(async (connection) => {
        const body = Buffer.concat([Buffer.alloc(padding, "x"), forged(), forged()]);
        connection.send(
          requestBytes(method, path, {
            body,
            cookie: status === 401 ? "" : cookie,
            CONTENT_TYPE: status === 415 ? "text/plain" : "application/json",
          }),
        );
        const replies = await connection.until(2, 700);
        assert.equal(replies.length, 1, `${replies.length} replies to one request`);
        assert.equal(replies[0].status, status, replies[0].body);
        if (!connection.closed) await alive(connection, 2);
      }));
  }
}

// `length` in bytes against the real body.
async function lie(length, body, patienceMs = 1500) {
  return talk(async (connection) => {
    connection.send(requestBytes("POST", "/api/login", { body, length, CONTENT_TYPE: "application/json" }));
    const replies = await connection.until(2, patienceMs);
    return { replies: [...replies], connection };
  });
}

const login = JSON.stringify({ staff_number: "zy0102", password: "xunsai2020" });

test("a Content-Length below the body does not make a second request of the rest", async () => {
  const body = Buffer.concat([Buffer.from(login), forged()]);
  const { replies } = await lie(String(login.length), body);
  assert.equal(replies.length, 1);
  assert.equal(replies[0].status, 400, replies[0].body);
});

test("a Content-Length above the body is a body cut off", async () => {
  const { replies } = await lie(String(login.length + 50), login);
  assert.equal(replies.length, 1);
  assert.equal(replies[0].status, 400, replies[0].body);
  assert.equal(replies[0].json.code, "body_cut_off");
});

for (const length of ["-1", "1e3", "0x10", "99999999999999999999", "12 ", "１２", "4294967297", "2000000"]) {
  test(`a Content-Length of ${length} is refused`, async () => {
    const { replies } = await lie(length, login);
    assert.equal(replies.length, 1);
    assert.ok([400, 413].includes(replies[0].status), replies[0].body);
    assert.equal(replies[0].headers["set-cookie"], undefined);
  });
}

test("a missing Content-Length with a body opens no login and no second request", async () => {
  const { replies } = await lie("", Buffer.concat([Buffer.from(login), forged()]));
  assert.equal(replies.length, 1);
  assert.equal(replies[0].status, 400, replies[0].body);
});

test("over the limit: answered at once, the rest never read as a request", () =>
  talk(async (connection) => {
    const body = Buffer.concat([Buffer.alloc(1024 * 1024 + 1, " "), forged()]);
    connection.send(requestBytes("POST", "/api/login", { body }));
    const replies = await connection.until(2, 1500);
    assert.ok(replies.length <= 1);
    if (replies.length) assert.equal(replies[0].status, 413);
  }));

test("the first of two parameters of one name counts, as nginx sends none twice", () =>
  talk(async (connection) => {
    const twice = Buffer.concat([
      pairs(parametersOf("GET", "/api/site")),
      pairs({ XUNSAI_PATH: "/api/me", HTTP_COOKIE: cookie }),
    ]);
    connection.send(begin(), record(PARAMS, twice), record(PARAMS), record(STDIN));
    const [reply] = await connection.until(1);
    assert.equal(reply.json.district, "拱墅区");
    assert.equal(reply.json.person, undefined);
  }));

test("a client that leaves in the middle of its body changes nothing", async () => {
  await server.unchanged(async () => {
    for (const part of [0, 3, 8, 30, 100, 200]) {
      await talk(async (connection) => {
        const bytes = requestBytes("POST", "/api/login", { body: login });
        connection.send(bytes.subarray(0, part));
        await sleep(30);
      });
    }
    await sleep(200);
  });
  await talk((connection) => alive(connection, 1));
});

const broken = {
  "not FastCGI at all": Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
  "a version of 7": Buffer.from([7, 1, 0, 1, 0, 8, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]),
  "a role that is not responder": record(1, Buffer.from([0, 9, 1, 0, 0, 0, 0, 0])),
  "a parameter 2 GB long": Buffer.concat([
    begin(), record(PARAMS, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 65])), record(PARAMS), record(STDIN),
  ]),
  "a name longer than its record": Buffer.concat([begin(), record(PARAMS, Buffer.from([100, 100, 65])), record(PARAMS), record(STDIN)]),
  "STDIN before PARAMS": Buffer.concat([begin(), record(STDIN, "x"), record(PARAMS), record(STDIN)]),
  "another request's id in between": Buffer.concat([
    begin(), record(PARAMS, pairs(parametersOf("GET", "/api/site")), 9), record(PARAMS), record(STDIN),
  ]),
  "zeros": Buffer.alloc(4096),
  "ones": Buffer.alloc(4096, 0xff),
};
for (const [name, bytes] of Object.entries(broken)) {
  test(`${name}: the connection may end, the program goes on`, async () => {
    await server.unchanged(() =>
      talk(async (connection) => {
        connection.send(bytes);
        const replies = await connection.until(1, 300);
        for (const reply of replies) assert.ok(reply.status >= 400 || reply.json?.district, reply.body);
      }),
    );
    await talk((connection) => alive(connection, 1));
  });
}

test("random bytes: the program goes on", async () => {
  let seed = 20201123;
  const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
  const good = requestBytes("POST", "/api/login", { body: login });
  const connections = [];
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(good);
    for (let i = 0; i < 1 + (next() % 6); i++) bytes[next() % bytes.length] = next() & 0xff;
    const connection = new Connection(server.socket);
    connection.send(bytes);
    connections.push(connection);
    if (round % 20 === 19) await sleep(20);
  }
  await sleep(500);
  for (const connection of connections) connection.close();
  await talk((connection) => alive(connection, 1));
  assert.equal((await server.client().get("/healthz")).status, 200);
});

test("half a request on many connections does not stop the others", async () => {
  const half = requestBytes("POST", "/api/login", { body: login });
  const connections = Array.from({ length: 3 }, () => {
    const connection = new Connection(server.socket);
    connection.send(half.subarray(0, half.length - 20));
    return connection;
  });
  await sleep(50);
  const started = Date.now();
  const answer = await server.client().get("/api/site", { timeout: 15000 });
  assert.equal(answer.status, 200);
  assert.ok(Date.now() - started < 2000, `${Date.now() - started} ms`);
  for (const connection of connections) connection.close();
});

test("through nginx: forged records in a body stay a body", async () => {
  const client = server.client();
  const answer = await client.post("/api/login", Buffer.concat([Buffer.alloc(20000, "x"), forged()]));
  assertProblem(answer, 400, "json_malformed");
  const next = await client.get("/api/me");
  assertProblem(next, 401, "login_needed");
});
