// What nginx does by itself: pages, headers, limits, and its word when the program is down.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { WEB } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

const PAGES = ["/", "/learn/", "/judge/", "/host/", "/screen/", "/admin/", "/published/"];
let server;
let client;
before(async () => {
  server = await startServer();
  client = server.client();
});
after(() => server.stop());

function assertSafeHeaders(answer, about) {
  const headers = answer.headers;
  const policy = headers["content-security-policy"];
  assert.ok(policy, `${about}: no policy`);
  const rules = Object.fromEntries(policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]));
  assert.equal(rules["default-src"], "'self'", about);
  assert.equal(rules["script-src"], "'self'", about);
  assert.equal(rules["style-src"], "'self'", about);
  assert.equal(rules["object-src"], "'none'", about);
  assert.equal(rules["base-uri"], "'none'", about);
  assert.equal(rules["frame-ancestors"], "'none'", about);
  assert.equal(rules["form-action"], "'self'", about);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/, about);
  assert.equal(headers["x-content-type-options"], "nosniff", about);
  assert.equal(headers["referrer-policy"], "same-origin", about);
  assert.ok(headers["permissions-policy"].includes("camera=()"), about);
  assert.equal(headers.server, "nginx", `${about}: no version`);
}

describe("pages", () => {
  for (const page of PAGES) {
    test(page, async () => {
      const answer = await client.get(page);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
      assert.equal(answer.headers["cache-control"], "no-cache");
      assert.match(answer.text, /<html lang="zh-CN"/);
      assertSafeHeaders(answer, page);
      assert.doesNotMatch(answer.text, /<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=|https?:\/\//, "the policy would block it");
      const known = { etag: answer.headers.etag };
      assert.equal((await client.get(page, { headers: { "if-none-match": known.etag } })).status, 304);
    });
    test(`${page} gets all it asks for from here`, async () => {
      const { text } = await client.get(page);
      const links = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]).filter((link) => !link.startsWith("#"));
      assert.ok(links.length > 0);
      for (const link of links) {
        assert.ok(link.startsWith("/"), link);
        const answer = await client.get(link);
        assert.equal(answer.status, 200, link);
        if (link.startsWith("/assets/")) assert.match(answer.headers["cache-control"], /immutable/, link);
      }
    });
  }
  test("an address without the closing slash leads to the page", async () => {
    const answer = await client.get("/learn");
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.location, "/learn/");
  });
  test("scripts are compressed for those who take it", async () => {
    const name = readdirSync(join(WEB, "assets")).find((file) => file.endsWith(".js") && readFileSync(join(WEB, "assets", file)).length > 4000);
    const answer = await client.get(`/assets/${name}`, { headers: { "accept-encoding": "gzip" } });
    assert.equal(answer.headers["content-encoding"], "gzip");
    assert.match(answer.headers.vary, /Accept-Encoding/);
  });
});

describe("what is not there", () => {
  const paths = ["/nothing", "/learn/nothing.html", "/assets/nothing.js", "/assets/", "/.git/config", "/.built", "/learn/.x", "/../etc/passwd", "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/learn/%00", "//etc/passwd", "/xunsai.db", "/var/xunsai.db", "/learn//../../xunsai.db"];
  for (const path of paths) {
    test(path, async () => {
      const answer = await client.get(path);
      assert.ok([400, 404].includes(answer.status), `${answer.status} ${answer.text.slice(0, 80)}`);
      assert.match(answer.headers["content-type"], /^text\/html/);
      assert.equal(answer.headers["cache-control"], "no-store");
      assertSafeHeaders(answer, path);
      assert.doesNotMatch(answer.text, /root:|SQLite format/);
    });
  }
  test("no source map is served", () => {
    const maps = existsSync(join(WEB, "assets")) ? readdirSync(join(WEB, "assets")).filter((file) => file.endsWith(".map")) : [];
    assert.deepEqual(maps, []);
  });
  test("posting to a page", async () => {
    const answer = await client.post("/learn/", {});
    assert.equal(answer.status, 405);
  });
});

describe("answers of the program", () => {
  test("carry the same headers and are not kept", async () => {
    const answer = await client.get("/api/site");
    assertSafeHeaders(answer, "/api/site");
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.equal(answer.headers["content-type"], "application/json");
  });
  test("/healthz tells state and version", async () => {
    const answer = await client.get("/healthz");
    assert.equal(answer.status, 200);
    assert.equal(answer.json.status, "ok");
    assert.match(answer.json.version, /^\d+\.\d+\.\d+$/);
  });
  test("HEAD has the headers of GET and no body", async () => {
    const answer = await client.request("HEAD", "/api/site");
    assert.equal(answer.status, 200);
    assert.equal(answer.bytes.length, 0);
    assert.ok(Number(answer.headers["content-length"]) > 20);
  });
  test("a lesson is told unchanged by its ETag", async () => {
    const learner = await server.as("learner");
    const course = await learner.read("/api/courses/01-yijian-jiedu");
    const path = `/api/courses/01-yijian-jiedu/lessons/${course.lessons[0].slug}`;
    const first = await learner.get(path);
    const second = await learner.get(path, { headers: { "if-none-match": first.headers.etag } });
    assert.equal(second.status, 304);
    assert.equal(second.bytes.length, 0);
  });
});

test("a venue shares one address: 400 sign-ins at once are not turned away by nginx", async () => {
  // Without a password to hash, which would take a busy machine its time.
  const answers = await Promise.all(Array.from({ length: 400 }, () => client.post("/api/login", {})));
  assert.deepEqual([...new Set(answers.map((answer) => answer.json?.code))], ["field_missing"]);
  const real = await Promise.all(Array.from({ length: 40 }, (_, i) => client.login(`nobody${i}`, "xunsai2020")));
  assert.deepEqual([...new Set(real.map((answer) => answer.json?.code))], ["login_wrong"]);
});

test("while the program is down nginx says so, and pages stay up", async () => {
  await server.kill();
  for (const [method, path] of [["GET", "/healthz"], ["GET", "/api/me"], ["POST", "/api/login"]]) {
    const answer = await client.request(method, path, { body: method === "POST" ? {} : undefined });
    assertProblem(answer, 503, "program_down", path);
    assert.equal(answer.headers["retry-after"], "5");
    assert.equal(answer.headers["cache-control"], "no-store");
  }
  assert.equal((await client.get("/learn/")).status, 200);
  await server.restart();
  assert.equal((await client.get("/healthz")).json.status, "ok");
});
