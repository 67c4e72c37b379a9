import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration, formatMoment, formatPoints } from "../../shared/format";
import { parseHash } from "../../shared/hash";
import { homeOf, ownPage } from "../../shared/session";

const origin = "https://xunsai.example";

test("after signing in only our own pages are gone to", () => {
  assert.equal(ownPage("/learn/#/quiz/3", origin), "/learn/#/quiz/3");
  assert.equal(ownPage("/judge/?contest=1", origin), "/judge/?contest=1");
  for (const foreign of [
    null, "", "learn/", "//evil.example/learn/", "/\\evil.example/learn/", "https://evil.example/learn/",
    "javascript:alert(1)", "/api/logout", "/", "/learn/../api/logout", "/learn",
  ])
    assert.equal(ownPage(foreign, origin), null, String(foreign));
});

test("each role has its page", () => {
  assert.equal(homeOf(["learner"]), "/learn/");
  assert.equal(homeOf(["learner", "judge"]), "/judge/");
  assert.equal(homeOf(["host"]), "/host/");
  assert.equal(homeOf(["organiser"]), "/admin/");
  assert.equal(homeOf([]), "/learn/");
});

test("places inside a page", () => {
  const { parts, query } = parseHash("#/course/01-a/02-b?section=s3");
  assert.deepEqual(parts, ["course", "01-a", "02-b"]);
  assert.equal(query.get("section"), "s3");
  assert.deepEqual(parseHash("").parts, []);
  assert.deepEqual(parseHash("#/a/%E0%A4").parts, ["a", "%E0%A4"]);
});

test("points, times and durations", () => {
  assert.equal(formatPoints(9500), "95");
  assert.equal(formatPoints(9550), "95.5");
  assert.equal(formatPoints(333), "3.33");
  assert.equal(formatPoints(5), "0.05");
  const moment = Date.UTC(2020, 10, 9, 6, 5);
  assert.equal(formatMoment(moment, moment), "11月9日 14:05");
  assert.equal(formatMoment(moment, Date.UTC(2021, 1, 1)), "2020年11月9日 14:05");
  assert.equal(formatDuration(392_000), "6 分 32 秒");
});
