// How the questions did, worked out a second time from the database.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { startServer } from "../harness/server.mjs";

const PATH = "/api/quizzes/1/items";
let server;
let organiser;
before(async () => {
  server = await startServer();
  organiser = await server.as("organiser");
});
after(() => server.stop());

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

function correlation(x, y) {
  const [mx, my] = [mean(x), mean(y)];
  const sum = (of) => x.reduce((all, _, i) => all + of(i), 0);
  return sum((i) => (x[i] - mx) * (y[i] - my)) / Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2));
}

// attempt -> {branch, points: {item: n}}
function attempts(without) {
  const found = new Map();
  const rows = server.query(
    `SELECT attempt.id, person.branch, grade.item, grade.points FROM attempt JOIN grade ON grade.attempt = attempt.id
     JOIN person ON person.id = attempt.person WHERE attempt.quiz = 1 AND attempt.person <> ${without ?? 0}`);
  for (const { id, branch, item, points } of rows) {
    if (!found.has(id)) found.set(id, { branch, points: {} });
    found.get(id).points[item] = points;
  }
  return [...found.values()];
}

function agrees(document, rows) {
  assert.equal(document.people, rows.length);
  for (const [index, item] of document.items.entries()) {
    const own = rows.map(({ points }) => points[item.id]);
    const rest = rows.map(({ points }) => Object.values(points).reduce((a, b) => a + b, 0) - points[item.id]);
    assert.ok(Math.abs(Number(item.facility) - mean(own) / item.maximum) < 0.0006, `facility of ${item.id}`);
    assert.ok(Math.abs(Number(item.discrimination) - correlation(own, rest)) < 0.0006, `discrimination of ${item.id}`);
    assert.equal(item.flags.includes("weak"), correlation(own, rest) >= 0 && correlation(own, rest) < 0.15);
    for (const { branch, people, shares } of document.branches) {
      const there = rows.filter((row) => row.branch === branch.id);
      assert.equal(people, there.length);
      const share = mean(there.map(({ points }) => points[item.id])) / item.maximum;
      assert.ok(Math.abs(Number(shares[index]) - share) < 0.0006, `${branch.name}, ${item.id}`);
    }
  }
}

test("facility, discrimination and the shares of streets agree with a second reckoning", async () => {
  const document = await organiser.read(PATH);
  assert.equal(document.items.length, 20);
  assert.equal(document.branches.length, 10);
  assert.equal(document.few, false);
  agrees(document, attempts());
});

test("options are counted as they were picked, and the key is marked", async () => {
  const document = await organiser.read(PATH);
  const item = document.items.find(({ type }) => type === "multiple") ?? document.items[0];
  const answers = server.query(
    `SELECT answer FROM answer JOIN attempt ON attempt.id = answer.attempt WHERE attempt.quiz = 1 AND item = '${item.id}'`);
  const picked = answers.map(({ answer }) => JSON.parse(answer));
  for (const option of item.options)
    assert.equal(option.count, picked.filter((one) => one.includes(option.id)).length, option.id);
  assert.ok(item.options.some(({ right }) => right) && item.options.some(({ right }) => !right));
  assert.equal(item.answered, picked.filter((one) => one.length > 0).length);
});

test("who was voided does not count", async () => {
  const ranking = await organiser.read("/api/rankings/quiz/1");
  const person = ranking.people.find(({ status }) => status === "done").person.id;
  await organiser.write("/api/quizzes/1/statuses", { person, status: "voided", reason: "替考" });
  agrees(await organiser.read(PATH), attempts(person));
});

test("a quiz that nobody sat is empty, not broken; one that is not there is unknown", async () => {
  const quizzes = await organiser.read("/api/quizzes");
  const empty = await organiser.read(`/api/quizzes/${quizzes.quizzes.at(-1).id}/items`);
  assert.equal(empty.people, 0);
  assert.deepEqual(empty.branches, []);
  for (const item of empty.items) assert.equal(item.facility, null);
  assertProblem(await organiser.get("/api/quizzes/999/items"), 404, "quiz_unknown");
});

test("it holds the key: not for learners, proctors, judges", async () => {
  for (const role of ["learner", "proctor", "judge", "host"])
    assertProblem(await (await server.as(role)).get(PATH), 403, "role_needed");
  assert.equal((await (await server.as("auditor")).get(PATH)).status, 200);
});
