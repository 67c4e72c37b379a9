// A quiz over HTTP: what is delivered, saved, refused, handed in, closed by the server.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { assertProblem } from "../harness/client.mjs";
import { demoFolder, temporaryFolder } from "../harness/places.mjs";
import { Sitting, keyOf, rightAnswer } from "../harness/quiz.mjs";
import { startServer } from "../harness/server.mjs";

const key = keyOf("01-yijian-jiedu");
let server;
let free; // specialists who have not sat quiz 1
before(async () => {
  server = await startServer();
  free = server
    .query(
      `SELECT staff_number FROM person JOIN account ON account.person = person.id
       WHERE staff_number LIKE 'zy%' AND person.id NOT IN (SELECT person FROM attempt WHERE quiz = 1)
       ORDER BY staff_number`,
    )
    .map((row) => row.staff_number);
});
after(() => server.stop());

// Somebody who has not sat the quiz, each time another; her attempt is begun.
async function sit(on = server) {
  const number = free.shift();
  assert.ok(number, "the demonstration has too few people who have not sat quiz 1");
  const sitting = new Sitting(await on.signIn(number));
  assert.equal((await sitting.start()).status, 200);
  return sitting;
}

test("the demonstration leaves enough people to test with", () => {
  assert.ok(free.includes("zy0101"), "zy0101 has not sat quiz 1");
  assert.ok(free.length >= 12, `${free.length} people`);
});

test("the paper is delivered whole and without its key", async () => {
  const sitting = await sit();
  assert.equal(sitting.questions.length, 20);
  assert.equal(sitting.questions.reduce((sum, question) => sum + question.points, 0), 10000);
  assert.deepEqual([...new Set(sitting.questions.map((question) => question.type))].sort(), ["blank", "multiple", "single", "true_false"]);
  const bytes = JSON.stringify(sitting.document);
  for (const word of ["fraction", "explanation", "right", "correct", "alternatives", "lesson"]) {
    assert.ok(!bytes.includes(`"${word}`), `"${word}" is delivered`);
  }
  for (const [id, { explanation, right, type }] of key) {
    assert.ok(!bytes.includes(explanation.trim()), `the explanation of ${id}`);
    if (type === "shortanswer") {
      const blank = sitting.questions.find((question) => question.id === id);
      if (!blank) continue; // in the file, but not asked in this paper
      assert.deepEqual(blank.options, []);
      assert.ok(right.length > 0);
    }
  }
});

test("questions and options stand in another order for another person, in the same for her", async () => {
  const one = await sit();
  const two = await sit();
  const order = (document) => JSON.stringify(document.parts.map((part) => part.questions.map((q) => [q.id, q.options.map((o) => o.id)])));
  assert.notEqual(order(one.document), order(two.document));
  assert.equal(order(one.document), order(await one.load()));
});

test("an answer is saved with a receipt and is there on return", async () => {
  const sitting = await sit();
  const question = sitting.of("single")[0];
  const receipt = await sitting.save(question, sitting.guess(question, 1));
  assert.match(receipt.receipt, /^[0-9a-f]{16}$/);
  assert.equal(receipt.class, "live");
  const { answers } = await sitting.load();
  assert.deepEqual(answers.find((one) => one.item === question.id).answer, sitting.guess(question, 1));
});

test("the same entry again is a duplicate with the same receipt; an older one is stale", async () => {
  const sitting = await sit();
  const question = sitting.of("single")[0];
  const entry = sitting.entry(question, sitting.guess(question, 0));
  const first = (await sitting.send([entry])).json.receipts[0];
  const newer = sitting.entry(question, sitting.guess(question, 2));
  await sitting.send([newer]);
  const stale = (await sitting.send([entry])).json.receipts[0];
  assert.equal(stale.stored, "stale");
  assert.deepEqual(stale.current.answer, newer.answer);
  const again = (await sitting.send([newer])).json.receipts[0];
  assert.equal(again.stored, "duplicate");
  assert.notEqual(first.receipt, again.receipt);
  const third = (await sitting.send([newer])).json.receipts[0];
  assert.equal(third.receipt, again.receipt);
});

test("one number with two answers is a conflict, also within one batch", async () => {
  const sitting = await sit();
  const [question, other] = sitting.of("single");
  const entry = sitting.entry(question, sitting.guess(question, 0));
  await sitting.send([entry]);
  const changed = { ...entry, answer: sitting.guess(question, 1) };
  assertProblem(await sitting.send([changed]), 409, "answer_conflict");
  const seq = ++sitting.seq;
  const both = [0, 1].map((index) => ({ item: other.id, seq, answer: sitting.guess(other, index) }));
  assertProblem(await sitting.send(both), 409, "answer_conflict", "within a batch");
  const { answers } = await sitting.load();
  assert.deepEqual(answers.find((one) => one.item === question.id).answer, entry.answer);
  assert.equal(answers.find((one) => one.item === other.id), undefined);
});

test("the second device asks before it takes over, and the first can no longer write", async () => {
  const first = await sit();
  const second = new Sitting(first.client, 1, "the-second-device");
  assertProblem(await second.start(), 409, "lease_elsewhere");
  const question = first.of("single")[0];
  await first.save(question, first.guess(question, 0));
  assert.equal((await second.start(true)).status, 200);
  assert.equal(second.epoch, first.epoch + 1);
  assertProblem(await first.send([first.entry(question, first.guess(question, 1))]), 409, "lease_lost");
  assertProblem(await first.submit(), 409, "lease_lost");
  const look = await first.load();
  assert.equal(look.attempt.holds_lease, false);
  const receipt = await second.save(question, second.guess(question, 2));
  assert.equal(receipt.epoch, second.epoch);
  const forged = new Sitting(first.client, 1, first.device);
  Object.assign(forged, { id: first.id, epoch: second.epoch, seq: 500 });
  assertProblem(await forged.send([forged.entry(question, first.guess(question, 1))]), 409, "lease_lost", "the old device with the new epoch");
});

test("thirty starts at once make one attempt", async () => {
  const number = free.shift();
  const client = await server.signIn(number);
  const sitting = new Sitting(client);
  const answers = await Promise.all(Array.from({ length: 30 }, () => sitting.start()));
  assert.ok(answers.every((answer) => answer.status === 200));
  assert.equal(new Set(answers.map((answer) => answer.json.attempt.id)).size, 1);
  assert.equal(new Set(answers.map((answer) => answer.json.attempt.deadline)).size, 1);
});

test("all right answers give full marks; handing in twice changes nothing", async () => {
  const sitting = await sit();
  await sitting.send(sitting.questions.map((question) => sitting.entry(question, rightAnswer(key, question))));
  const prepared = await sitting.client.write(`/api/attempts/${sitting.id}/prepare`, {
    device: sitting.device,
    epoch: sitting.epoch,
    manifest: [{ item: sitting.questions[0].id, seq: 1 }, { item: sitting.questions[1].id, seq: 99999 }],
  });
  assert.deepEqual(prepared.missing, [sitting.questions[1].id]);
  assert.deepEqual(prepared.unanswered, []);
  assertProblem(await sitting.result(), 409, "attempt_running");

  const first = await sitting.submit();
  assert.equal(first.status, 200, first.text);
  assert.equal(first.json.grade, 10000);
  assert.equal(first.json.passed, true);
  assert.match(first.json.receipt, /^[0-9A-Z]{10}$/);
  assert.deepEqual((await sitting.submit()).json, first.json);
  assertProblem(await sitting.submit("another-key-for-it"), 410, "attempt_submitted");
  const question = sitting.of("single")[0];
  assertProblem(await sitting.send([sitting.entry(question, sitting.guess(question))]), 410, "attempt_submitted");
  assertProblem(await sitting.start(), 410, "attempt_submitted");
  assertProblem(await sitting.start(true), 410, "attempt_submitted");
  const result = await sitting.result();
  assert.equal(result.json.attempt.grade, 10000);
  assert.equal(result.json.attempt.receipt, first.json.receipt);
  const ranking = await (await server.as("organiser")).read("/api/rankings/quiz/1");
  const row = ranking.people.find((one) => one.person.id === sitting.client.person.id);
  assert.equal(row.score, "100.00");
  assert.equal(row.status, "done");
});

test("an empty paper is worth nothing, a cleared answer too", async () => {
  const sitting = await sit();
  const question = sitting.of("single")[0];
  await sitting.save(question, rightAnswer(key, question));
  await sitting.save(question, []);
  const answer = await sitting.submit();
  assert.equal(answer.json.grade, 0);
  assert.equal(answer.json.passed, false);
});

test("fifty submissions at once: one result, one receipt", async () => {
  const sitting = await sit();
  const question = sitting.of("single")[0];
  await sitting.save(question, rightAnswer(key, question));
  const answers = await Promise.all(Array.from({ length: 50 }, () => sitting.submit()));
  assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [200]);
  assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
  const events = server.query(`SELECT count(*) AS n FROM event WHERE body LIKE '%"attempt":${sitting.id},%'`);
  assert.equal(events[0].n, 1);
});

describe("the server's clock", () => {
  let late;
  let sittings;
  const edit = (sql) => execFileSync("sqlite3", [late.database, sql]);

  before(async () => {
    const data = join(temporaryFolder("xl"), "data");
    cpSync(demoFolder(), data, { recursive: true });
    late = await startServer({ data });
    sittings = { gone: await sit(late), running: await sit(late) };
    for (const sitting of Object.values(sittings)) {
      const [one, two] = sitting.of("single");
      await sitting.save(one, rightAnswer(key, one));
      await sitting.save(two, rightAnswer(key, two));
    }
    await late.stopProgram();
  });
  after(() => late.stop());

  test("what falls due while the program is down is closed when it is back", async () => {
    const deadline = Date.now() - 60000;
    edit(`UPDATE attempt SET deadline = ${deadline} WHERE id = ${sittings.gone.id}`);
    await late.restart();
    await sleep(300);
    const result = await sittings.gone.result();
    assert.equal(result.status, 200, result.text);
    assert.equal(result.json.attempt.state, "auto_submitted");
    assert.equal(result.json.attempt.submitted_at, deadline, "the time is the deadline's, not the sweep's");
    assert.equal(result.json.attempt.grade, 1000);
  });

  test("answers after the deadline do not count, and the server closes the attempt", async () => {
    const sitting = sittings.running;
    await late.stopProgram();
    const deadline = Date.now() + 3000;
    edit(`UPDATE attempt SET deadline = ${deadline}, deadline_rev = deadline_rev + 1 WHERE id = ${sitting.id}`);
    await late.restart();
    const third = sitting.of("single")[2];
    const before = await sitting.load();
    assert.equal(before.attempt.deadline, deadline);
    assert.ok(Math.abs(before.server_now - Date.now()) < 1000);

    // What is on its way at the deadline gets ten seconds; what comes then is too late.
    await sleep(deadline + 10200 - Date.now());
    const reply = await sitting.send([sitting.entry(third, rightAnswer(key, third))]);
    if (reply.status === 200) {
      assert.equal(reply.json.receipts[0].stored, "late", reply.text);
      assert.equal(reply.json.receipts[0].class, "late");
    } else {
      assertProblem(reply, 410, "attempt_submitted");
    }
    const until = Date.now() + 12000;
    while ((await sitting.load()).attempt.state === "in_progress" && Date.now() < until) await sleep(250);
    const { attempt } = (await sitting.result()).json;
    assert.equal(attempt.state, "auto_submitted");
    assert.equal(attempt.submitted_at, deadline);
    assert.equal(attempt.grade, 1000, "the late answer was counted");
    const kept = late.query(`SELECT class FROM answer_log WHERE attempt = ${sitting.id} AND item = '${third.id}'`);
    assert.deepEqual(kept.map((row) => row.class).filter((one) => !["late", "refused"].includes(one)), []);
    assert.equal(kept.length, 1, "what came late is kept for the organiser to see");
  });

  test("a quiz that is not open yet, or over, cannot be begun", async () => {
    await late.stopProgram();
    edit(`UPDATE quiz SET window_open = ${Date.now() + 3600000} WHERE id = 1`);
    await late.restart();
    const early = new Sitting(await late.signIn(free[0]));
    assertProblem(await early.start(), 409, "quiz_not_open");
    await late.stopProgram();
    edit(`UPDATE quiz SET window_open = 1, window_close = ${Date.now() - 1000} WHERE id = 1`);
    await late.restart();
    assertProblem(await early.start(), 409, "quiz_closed");
  });
});
