import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { addressOf, get, NetworkFailure, post, Problem } from "../../shared/api";

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
});

function answer(status: number, type: string, body: string, headers: Record<string, string> = {}): void {
  globalThis.fetch = async () =>
    new Response(status === 204 ? null : body, { status, headers: { "Content-Type": type, ...headers } });
}

const kindOf = (kind: string) => (error: unknown) => error instanceof NetworkFailure && error.kind === kind;

test("JSON comes back, 204 is null", async () => {
  answer(200, "application/json", '{"courses":[]}');
  assert.deepEqual(await get("/api/courses"), { courses: [] });
  answer(204, "application/json", "");
  assert.equal(await post("/api/logout", {}), null);
});

test("a problem document becomes a typed error", async () => {
  answer(409, "application/problem+json", '{"status":409,"code":"lease_lost","detail":"换了设备"}', {
    "Retry-After": "7",
  });
  await assert.rejects(get("/api/me"), (error) => {
    assert.ok(error instanceof Problem);
    assert.equal(error.code, "lease_lost");
    assert.equal(error.detail, "换了设备");
    assert.equal(error.retryAfterSeconds, 7);
    assert.equal(error.later, false);
    return true;
  });
});

test("a portal's page, a broken body and a gateway's page are failures, not answers", async () => {
  answer(200, "text/html", "<html>请登录无线网</html>");
  await assert.rejects(get("/api/me"), kindOf("not_json"));
  answer(200, "application/json", '{"person":');
  await assert.rejects(get("/api/me"), kindOf("not_json"));
  answer(502, "text/html", "<html>Bad Gateway</html>");
  await assert.rejects(get("/api/me"), kindOf("network"));
  answer(503, "application/problem+json", '{"code":"busy"}');
  await assert.rejects(get("/api/me"), (error) => error instanceof Problem && error.later);
});

test("no network, no answer in time, and taken back", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
  await assert.rejects(get("/api/me"), kindOf("network"));
  globalThis.fetch = (_, init) =>
    new Promise((__, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))));
  await assert.rejects(get("/api/me", { timeoutMs: 10 }), kindOf("timeout"));
  const abort = new AbortController();
  const asking = get("/api/me", { signal: abort.signal });
  abort.abort();
  await assert.rejects(asking, kindOf("aborted"));
});

test("addresses are filled in and escaped", () => {
  assert.equal(addressOf("/api/courses/{slug}", { path: { slug: "a/b" } }), "/api/courses/a%2Fb");
  assert.equal(addressOf("/api/x", { query: { since: 3, none: undefined } }), "/api/x?since=3");
});
