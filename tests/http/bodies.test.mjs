// Bad requests of every kind: each gets a problem document in Chinese with a stable code,
// and nothing stored is different afterwards.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { startServer } from "../harness/server.mjs";

const DEVICE = "device-of-the-test";
let server;
let learner;
let attempt;
before(async () => {
  server = await startServer();
  learner = await server.signIn("zy0101");
  attempt = await learner.write("/api/quizzes/1/attempt", { device: DEVICE });
});
after(() => server.stop());

const answersPath = () => `/api/attempts/${attempt.attempt.id}/answers`;
const firstItem = () => attempt.parts[0].questions[0];
const goodBody = () => ({
  device: DEVICE,
  epoch: attempt.attempt.epoch,
  batch: [{ item: firstItem().id, seq: 1000, answer: [firstItem().options[0].id] }],
});

async function refused(body, status, code, headers = {}) {
  const answer = await server.unchanged(() => learner.post(answersPath(), body, { headers }));
  assertProblem(answer, status, code, String(body).slice(0, 60));
}

describe("malformed JSON", () => {
  const cases = {
    empty: "",
    "not JSON": "device=x&epoch=1",
    "cut off": '{"device":"x","epoch":',
    "trailing text": '{"device":"device-of-the-test"} x',
    "two documents": "{}{}",
    "single quotes": "{'device':'x'}",
    "a zero byte": '{"device":"a\\u0000bcdefgh","epoch":1,"batch":[]}',
    "a lone surrogate": '{"device":"\\ud800aaaaaaa","epoch":1,"batch":[]}',
    "a number too large": '{"device":"device-of-the-test","epoch":1e999,"batch":[]}',
    "NaN": '{"device":"device-of-the-test","epoch":NaN,"batch":[]}',
    "nested too deep": `{"device":"device-of-the-test","epoch":1,"batch":${"[".repeat(40)}${"]".repeat(40)}}`,
    "nested absurdly": "[".repeat(100000),
    "broken UTF-8": Buffer.concat([Buffer.from('{"device":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]),
  };
  for (const [name, body] of Object.entries(cases)) {
    test(name, () => refused(body, 400, "json_malformed", { "content-type": "application/json" }));
  }
  test("a duplicate key", () => {
    const text = JSON.stringify(goodBody()).replace('"epoch":', '"epoch":99,"epoch":');
    return refused(text, 400, "json_malformed");
  });
  test("a duplicate key further in", () => {
    const text = JSON.stringify(goodBody()).replace('"seq":', '"seq":5,"seq":');
    return refused(text, 400, "json_malformed");
  });
});

describe("fields", () => {
  const with_ = (change) => {
    const body = goodBody();
    change(body);
    return body;
  };
  const cases = [
    ["an unknown field", (b) => (b.grade = 10000), 400, "field_unknown"],
    ["an unknown field of an entry", (b) => (b.batch[0].points = 500), 400, "field_unknown"],
    ["a time of the client", (b) => (b.received_at = 0), 400, "field_unknown"],
    ["a missing field", (b) => delete b.device, 400, "field_missing"],
    ["text for a number", (b) => (b.epoch = "1"), 400, "field_type"],
    ["a fraction for a number", (b) => (b.epoch = 1.5), 400, "field_type"],
    ["null for a number", (b) => (b.epoch = null), 400, ["field_missing", "field_type"]],
    ["an object for a list", (b) => (b.batch = {}), 400, "field_type"],
    ["an empty batch", (b) => (b.batch = []), 422, "field_range"],
    ["a batch of 101", (b) => (b.batch = Array(101).fill(b.batch[0])), 422, "field_range"],
    ["a sequence number of 0", (b) => (b.batch[0].seq = 0), 422, "field_range"],
    ["a negative sequence number", (b) => (b.batch[0].seq = -1), 422, "field_range"],
    ["a question of another paper", (b) => (b.batch[0].item = "k9-001"), 422, "answer_invalid"],
    ["an option that is not there", (b) => (b.batch[0].answer = ["zzz"]), 422, "answer_invalid"],
    ["two options for a single choice", (b) => (b.batch[0].answer = firstItem().options.slice(0, 2).map((o) => o.id)), 422, "answer_invalid"],
    ["text for a choice", (b) => (b.batch[0].answer = "a"), 422, "answer_invalid"],
    ["an object as answer", (b) => (b.batch[0].answer = { a: 1 }), 422, "answer_invalid"],
    ["null as answer", (b) => (b.batch[0].answer = null), [400, 422], ["field_missing", "field_type", "answer_invalid"]],
    ["numbers as options", (b) => (b.batch[0].answer = [0]), 422, "answer_invalid"],
    ["the same option twice", (b) => (b.batch[0].answer = [firstItem().options[0].id, firstItem().options[0].id]), 422, "answer_invalid"],
  ];
  for (const [name, change, status, code] of cases) {
    test(name, async () => {
      const body = with_(change);
      const answer = await server.unchanged(() => learner.post(answersPath(), body));
      const expected = [status].flat().includes(answer.status) ? answer.status : [status].flat()[0];
      assertProblem(answer, expected, code, name);
    });
  }
  test("a fill-in answer as long as a book", async () => {
    const blank = attempt.parts.flatMap((part) => part.questions).find((q) => q.type === "blank");
    const body = goodBody();
    body.batch = [{ item: blank.id, seq: 1000, answer: "长".repeat(20000) }];
    await refused(body, 422, ["answer_invalid", "field_range"]);
  });
  test("a list instead of an object", () => refused([goodBody()], 400, ["field_type", "json_malformed"]));
  test("a bare string", () => refused('"text"', 400, ["field_type", "json_malformed"]));
});

describe("the request itself", () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", null]) {
    test(`Content-Type ${type ?? "missing"}`, () =>
      refused(JSON.stringify(goodBody()), 415, "json_expected", { "content-type": type }));
  }
  test("Content-Type with a charset is JSON too", async () => {
    const answer = await learner.post(answersPath(), goodBody(), {
      headers: { "content-type": "application/json; charset=utf-8" },
    });
    assert.equal(answer.status, 200, answer.text);
  });

  test("a body over the limit", async () => {
    const body = JSON.stringify({ ...goodBody(), device: "x".repeat(1100 * 1024) });
    const answer = await server.unchanged(() => learner.post(answersPath(), body));
    assertProblem(answer, 413, "body_too_large");
  });
  test("a body just under the limit is read and judged", async () => {
    const body = JSON.stringify({ ...goodBody(), device: "x".repeat(1000 * 1024) });
    const answer = await server.unchanged(() => learner.post(answersPath(), body));
    assertProblem(answer, 422, "field_range");
  });
  test("a body of unknown length over the limit", async () => {
    const answer = await server.unchanged(() => chunked("x".repeat(1100 * 1024)));
    assert.match(answer, /^HTTP\/1\.1 413\b/);
  });
  test("a body of unknown length under it is taken", async () => {
    const body = goodBody();
    body.batch[0].seq = 2000;
    const answer = await chunked(JSON.stringify(body));
    assert.match(answer, /^HTTP\/1\.1 200\b/, answer);
    assert.match(answer, /"stored":"saved"/);
  });
  test("a body cut off by a client that leaves changes nothing", async () => {
    const text = JSON.stringify(goodBody());
    await server.unchanged(
      () =>
        new Promise((resolve) => {
          const socket = net.connect(server.port, "127.0.0.1", () => {
            socket.write(`${head(`Content-Length: ${text.length}`)}${text.slice(0, 40)}`);
            setTimeout(() => {
              socket.destroy();
              setTimeout(resolve, 200);
            }, 100);
          });
        }),
    );
  });

  for (const path of ["/api", "/api/nothing", "/api/attempts/0", "/api/attempts/-1", "/api/attempts/01", "/api/attempts/1/", "/api/attempts/abc", "/api/attempts/99999999999999999999", "/api/courses/../site/x", "/api/ATTEMPTS/1", "/api/site.json", "/api/site%00", "/api/courses/%2e%2e%2fsite%2fx"]) {
    test(`no such address: ${path}`, async () => {
      const answer = await learner.get(path);
      if (path === "/api") assert.equal(answer.headers.location, "/api/"); // nginx's own way
      else if (answer.status === 400) assert.match(answer.text, /400 Bad Request/); // nginx's
      else assertProblem(answer, 404, ["route_unknown", "not_found", "attempt_unknown", "course_unknown"], path);
    });
  }
  for (const [method, path] of [["DELETE", "/api/attempts/1"], ["PUT", "/api/me"], ["PATCH", "/api/site"], ["POST", "/api/site"], ["GET", "/api/login"], ["OPTIONS", "/api/me"]]) {
    test(`${method} ${path} is no method of this address`, async () => {
      const answer = await server.unchanged(() =>
        learner.request(method, path, { body: method === "GET" ? undefined : {} }),
      );
      assertProblem(answer, 405, "method_not_allowed");
    });
  }
  test("a method nobody knows", async () => {
    const answer = await raw(`BREW /api/site HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 405\b/, answer.slice(0, 200));
  });
  test("another method by a header stays what it is", async () => {
    const answer = await learner.get(`/api/attempts/${attempt.attempt.id}?device=${DEVICE}`, {
      headers: { "x-http-method-override": "DELETE" },
    });
    assert.equal(answer.status, 200);
  });
});

describe("from another site", () => {
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { origin: "https://127.0.0.1" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of foreign) {
    test(JSON.stringify(headers), async () => {
      const answer = await server.unchanged(() => learner.post(answersPath(), goodBody(), { headers }));
      assertProblem(answer, 403, "cross_site");
    });
    test(`signing in with ${JSON.stringify(headers)}`, async () => {
      const answer = await server
        .client()
        .post("/api/login", { staff_number: "zy0102", password: "xunsai2020" }, { headers });
      assertProblem(answer, 403, "cross_site");
      assert.equal(answer.headers["set-cookie"], undefined);
    });
  }
  test("the own site may", async () => {
    const body = goodBody();
    body.batch[0].seq = 3000;
    const answer = await learner.post(answersPath(), body, {
      headers: { origin: server.origin, "sec-fetch-site": "same-origin" },
    });
    assert.equal(answer.status, 200, answer.text);
  });
});

describe("headers do not become parameters", () => {
  const tries = {
    "x-forwarded-for": "6.6.6.6",
    "remote-addr": "6.6.6.6",
    remote_addr: "6.6.6.6",
    "xunsai-path": "/api/me",
    xunsai_path: "/api/me",
    "content-length-": "0",
    proxy: "http://evil.example",
    "request-method": "DELETE",
    http_cookie: "xunsai_login=x",
    "cookie-": "xunsai_login=x",
  };
  for (const [name, value] of Object.entries(tries)) {
    test(name, async () => {
      const answer = await server.client().get("/api/site", { headers: { [name]: value } });
      assert.equal(answer.status, 200);
      assert.equal(answer.json.district, "拱墅区");
    });
  }
});

describe("requests that two servers could read differently", () => {
  const login = JSON.stringify({ staff_number: "zy0102", password: "xunsai2020" });
  const second = () => `GET /api/me HTTP/1.1\r\nHost: x\r\nCookie: ${learner.cookie}\r\n\r\n`;
  const post = (headers, body) =>
    `POST /api/site HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`;
  const tries = {
    "Content-Length and Transfer-Encoding": () => post(`Content-Length: 5\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${second()}`),
    "two different lengths": () => post(`Content-Length: 5\r\nContent-Length: 50`, second()),
    "two equal lengths": () => post(`Content-Length: 2\r\nContent-Length: 2`, "{}"),
    "a length with a sign": () => post("Content-Length: +2", "{}"),
    "a negative length": () => post("Content-Length: -2", "{}"),
    "Transfer-Encoding twice": () => post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", `0\r\n\r\n${second()}`),
    "an unknown Transfer-Encoding": () => post("Transfer-Encoding: xchunked", `0\r\n\r\n${second()}`),
    "Transfer-Encoding with a tab": () => post("Transfer-Encoding:\tchunked, identity", `0\r\n\r\n${second()}`),
    "a space before the colon": () => post("Content-Length : 40", second()),
    "a folded header": () => post("X-Long: a\r\n Content-Length: 40", "{}"),
    "a chunk size that is none": () => post("Transfer-Encoding: chunked", `zz\r\n${second()}`),
    "a chunk size too large": () => post("Transfer-Encoding: chunked", `fffffffffffffffff\r\n${second()}`),
    "a zero byte in a header": () => post("X-Null: a\0b\r\nContent-Length: 2", "{}"),
    "an address over several lines": () => `GET /api/site\r\n/api/me HTTP/1.1\r\nHost: x\r\n\r\n`,
    "no Host": () => `GET /api/me HTTP/1.1\r\nCookie: ${learner.cookie}\r\n\r\n`,
    "two Hosts": () => `GET /api/me HTTP/1.1\r\nHost: a\r\nHost: b\r\nCookie: ${learner.cookie}\r\n\r\n`,
    "HTTP/0.9": () => "GET /api/me\r\n",
    "HTTP/3.7": () => "GET /api/me HTTP/3.7\r\nHost: x\r\n\r\n",
    "CONNECT": () => "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n",
    "TRACE": () => `TRACE /api/me HTTP/1.1\r\nHost: x\r\nCookie: ${learner.cookie}\r\n\r\n`,
    "a header of 40 KB": () => `GET /api/me HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(40000)}\r\n\r\n`,
    "an address of 40 KB": () => `GET /api/${"x".repeat(40000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  };
  for (const [name, text] of Object.entries(tries)) {
    test(name, async () => {
      const answer = await server.unchanged(() => once(text()));
      assert.doesNotMatch(answer, /"person"/, "a request was smuggled in");
      const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => Number(match[1]));
      assert.ok(statuses.length <= 1, `${statuses.length} answers: ${statuses}`);
      for (const status of statuses) assert.ok(status >= 400 && status < 600 && status !== 500, `${status}`);
    });
  }
  test("the whole address in the request line is the same address", async () => {
    const answer = await once(`GET http://evil.example/api/site HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /"district":"拱墅区"/);
  });
  test("requests in a row on one connection are answered in a row", async () => {
    const one = (path, last) => `GET ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${learner.cookie}\r\n${last ? "Connection: close\r\n" : ""}\r\n`;
    const answer = await once(one("/api/site") + one("/api/me") + one("/api/site", true));
    assert.deepEqual(
      [...answer.matchAll(/"district"|"staff_number"/g)].map((match) => match[0]),
      ['"district"', '"staff_number"', '"district"', '"district"'],
    );
  });
  test("a login in the body of another request opens nothing", async () => {
    const inner = `POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${login.length}\r\n\r\n${login}`;
    const answer = await once(post(`Content-Length: ${inner.length}\r\nConnection: close`, inner));
    assert.doesNotMatch(answer, /set-cookie/i);
    assert.equal([...answer.matchAll(/HTTP\/1\.1 \d+/g)].length, 1);
  });
});

// Sends the bytes and gives back all that comes within a short while.
function once(text) {
  return new Promise((resolve) => {
    const socket = net.connect(server.port, "127.0.0.1", () => socket.write(text));
    let got = "";
    const finish = () => {
      socket.destroy();
      resolve(got);
    };
    const timer = setTimeout(finish, 700);
    socket.on("data", (bytes) => (got += bytes));
    socket.on("error", finish);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(got);
    });
  });
}

function head(length) {
  return (
    `POST ${answersPath()} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n` +
    `Content-Type: application/json\r\nCookie: ${learner.cookie}\r\nConnection: close\r\n${length}\r\n\r\n`
  );
}

function raw(text) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(server.port, "127.0.0.1", () => socket.write(text));
    let got = "";
    socket.setTimeout(20000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (bytes) => (got += bytes));
    socket.on("end", () => resolve(got));
    socket.on("error", (error) => (got ? resolve(got) : reject(error)));
  });
}

function chunked(body) {
  const half = body.slice(0, body.length / 2);
  const rest = body.slice(body.length / 2);
  const chunk = (part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`;
  return raw(`${head("Transfer-Encoding: chunked")}${chunk(half)}${chunk(rest)}0\r\n\r\n`);
}
