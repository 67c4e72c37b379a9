// Every type of question over HTTP: delivered without its key, answered, refused where the
// answer cannot be one, marked, shown with its key; essays wait for people.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { COURSES, ROOT, runProgram, temporaryFolder } from "../harness/places.mjs";
import { Sitting, keyOf, plain, rightAnswer } from "../harness/quiz.mjs";
import { startServer } from "../harness/server.mjs";

const quizzes = join(ROOT, "tests/data/typed");
const key = keyOf("20-leixing", quizzes);
const QUIZ = 900; // after submission the key may be seen
const CLOSED_BOOK = 901; // only once the window has closed
let server;
let people;

before(async () => {
  server = await startServer({ quizzes });
  people = server.query("SELECT staff_number FROM person WHERE staff_number LIKE 'zy%' ORDER BY staff_number").map((row) => row.staff_number);
  await server.stopProgram();
  for (const [id, review] of [[QUIZ, "submit"], [CLOSED_BOOK, "close"]]) {
    execFileSync("sqlite3", [
      server.database,
      `INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, window_close, review)
       SELECT ${id}, revision, 'rolling', 1, 1800000, 1, ${Date.now() + 3600000}, '${review}' FROM paper WHERE slug = '20-leixing'`,
    ]);
  }
  await server.restart();
});
after(() => server.stop());

async function sit(quiz = QUIZ) {
  const sitting = new Sitting(await server.signIn(people.shift()), quiz);
  const started = await sitting.start();
  assert.equal(started.status, 200, started.text);
  return sitting;
}

const one = (sitting, id) => sitting.questions.find((question) => question.id === id);

test("papers over banks and buzzer sets are frozen; only what is offered can be sat", async () => {
  const papers = server.query("SELECT slug, body FROM paper WHERE slug IN ('20-leixing', '21-tiku', '22-qiangda') ORDER BY slug");
  assert.deepEqual(papers.map((row) => row.slug), ["20-leixing", "21-tiku", "22-qiangda"]);
  const [, drawn, buzzer] = papers.map((row) => JSON.parse(row.body));
  assert.equal(drawn.seed, "2026-11");
  assert.equal(drawn.parts[0].questions.length, 6);
  assert.equal(buzzer.kind, "buzzer");
  const { quizzes: offered } = await (await server.signIn(people[0])).read("/api/quizzes");
  assert.equal(offered.filter((quiz) => quiz.title === "各种题型").length, 2);
});

test("every type is delivered, with the text of its case and without its key", async () => {
  const sitting = await sit();
  assert.deepEqual(
    sitting.questions.map((question) => question.type).sort(),
    ["blank", "essay", "matching", "multiple", "numeric", "ordering", "single", "true_false"],
  );
  const bytes = JSON.stringify(sitting.document);
  for (const word of ["right", "pairs", "values", "units", "guide", "solution", "explanation", "tolerance", "grading", "alternatives", "lesson"]) {
    assert.ok(!bytes.includes(`"${word}`), `"${word}" is delivered`);
  }
  for (const words of ["先核实（5分）", "案例全解", "解析甲乙丙"]) assert.ok(!bytes.includes(words), words);

  assert.equal(sitting.document.cases.length, 1);
  assert.match(sitting.document.cases[0].html, /电梯停运/);
  const places = sitting.questions.map((question) => question.case_id);
  const first = places.indexOf("t-case");
  assert.deepEqual(sitting.questions.slice(first, first + 2).map((question) => question.id), ["t-case-1", "t-case-2"]);
  assert.deepEqual(places.filter(Boolean).length, 2);

  const matching = one(sitting, "t-matching");
  assert.deepEqual(matching.prompts.map((prompt) => plain(prompt.html)), ["火警", "急救", "报警"]);
  assert.deepEqual(matching.options.map((option) => plain(option.html)).sort(), ["110", "119", "120", "12345"]);
  for (const id of ["t-numeric", "t-essay", "t-blank"]) assert.deepEqual(one(sitting, id).options, []);
  assert.deepEqual(one(sitting, "t-single").options.map((option) => option.id), ["a", "b", "c"], "fixed order");
});

test("nobody is given an ordering in its right order", async () => {
  for (let i = 0; i < 5; i++) {
    const ordering = one(await sit(), "t-ordering");
    assert.notDeepEqual(ordering.options.map((option) => plain(option.html)), key.get("t-ordering").right);
    assert.equal(ordering.options.length, 4);
  }
});

describe("what cannot be an answer is refused and nothing is stored", () => {
  let sitting;
  before(async () => {
    sitting = await sit();
  });
  const order = (change) => change(one(sitting, "t-ordering").options.map((option) => option.id));
  const options = () => one(sitting, "t-matching").options.map((option) => option.id);
  const cases = {
    "an ordering with an option too few": ["t-ordering", () => order((ids) => ids.slice(1))],
    "an ordering with an option twice": ["t-ordering", () => order((ids) => [ids[0], ids[0], ...ids.slice(2)])],
    "an ordering with an option too many": ["t-ordering", () => order((ids) => [...ids, ids[0]])],
    "an ordering with a foreign option": ["t-ordering", () => order((ids) => [...ids.slice(1), "z"])],
    "an ordering that is an object": ["t-ordering", () => ({})],
    "a matching of an unknown prompt": ["t-matching", () => ({ 9: options()[0] })],
    "a matching with a foreign option": ["t-matching", () => ({ 1: "z" })],
    "a matching with a right side twice": ["t-matching", () => ({ 1: options()[0], 2: options()[0] })],
    "a matching with null": ["t-matching", () => ({ 1: null })],
    "a matching that is an array": ["t-matching", () => []],
    "a number that is no text": ["t-numeric", () => 7],
    "a number that is a list": ["t-numeric", () => []],
    "a number of 501 digits": ["t-numeric", () => "7".repeat(501)],
    "an essay of 4001 characters": ["t-essay", () => "字".repeat(4001)],
    "an essay that is an object": ["t-essay", () => ({ text: "x" })],
    "a choice that is an object": ["t-single", () => ({ 1: "a" })],
  };
  for (const [name, [id, answer]] of Object.entries(cases)) {
    test(name, async () => {
      await server.unchanged(async () => {
        assertProblem(await sitting.send([sitting.entry(one(sitting, id), answer())]), 422, "answer_invalid");
      });
    });
  }
});

test("answers come back as they were given; clearing leaves the question unanswered", async () => {
  const sitting = await sit();
  const essay = "字".repeat(4000);
  const ordering = one(sitting, "t-ordering").options.map((option) => option.id).reverse();
  const option = one(sitting, "t-matching").options[2].id;
  await sitting.save(one(sitting, "t-essay"), essay);
  await sitting.save(one(sitting, "t-ordering"), ordering);
  await sitting.save(one(sitting, "t-matching"), { 2: option });
  await sitting.save(one(sitting, "t-numeric"), " 7天 ");
  let { answers } = await sitting.load();
  const stored = (id) => answers.find((entry) => entry.item === id).answer;
  assert.equal(stored("t-essay"), essay);
  assert.deepEqual(stored("t-ordering"), ordering);
  assert.deepEqual(stored("t-matching"), { 2: option });
  assert.equal(stored("t-numeric"), " 7天 ");

  await sitting.save(one(sitting, "t-ordering"), []);
  await sitting.save(one(sitting, "t-matching"), {});
  await sitting.save(one(sitting, "t-essay"), "");
  const prepared = await sitting.client.write(`/api/attempts/${sitting.id}/prepare`, { device: sitting.device, epoch: sitting.epoch, manifest: [] });
  for (const id of ["t-ordering", "t-matching", "t-essay"]) assert.ok(prepared.unanswered.includes(id), id);
  assert.ok(!prepared.unanswered.includes("t-numeric"));
});

test("everything right: the automatic points at once, the essay is pending and decides", async () => {
  const sitting = await sit();
  await sitting.send(sitting.questions.map((question) => sitting.entry(question, rightAnswer(key, question))));
  const submitted = await sitting.submit();
  assert.equal(submitted.status, 200, submitted.text);
  const { grade, pending_points, points, passed } = submitted.json;
  assert.deepEqual({ grade, pending_points, points, passed }, { grade: 7000, pending_points: 3000, points: 10000, passed: true });

  const { attempt, review, cases } = (await sitting.result()).json;
  assert.equal(attempt.pending_points, 3000);
  assert.equal(attempt.passed, true);
  assert.equal(cases.length, 1);
  assert.match(cases[0].solution_html, /案例全解/);
  const seen = (id) => review.find((entry) => entry.id === id);
  const words = (question, ids) => ids.map((id) => plain(question.options.find((option) => option.id === id).html));
  assert.deepEqual(words(seen("t-ordering"), seen("t-ordering").right), ["接报", "核实", "处置", "回访"]);
  assert.deepEqual(seen("t-ordering").answer, seen("t-ordering").right);
  assert.deepEqual(words(seen("t-matching"), Object.values(seen("t-matching").pairs)), ["119", "120", "110"]);
  assert.deepEqual(seen("t-matching").right, []);
  assert.deepEqual(seen("t-numeric").values, [{ value: "7", tolerance: "0.5" }]);
  assert.deepEqual(seen("t-numeric").units, ["天"]);
  assert.match(seen("t-essay").guide_html, /先核实（5分）/);
  assert.equal(seen("t-essay").pending, true);
  assert.equal(seen("t-essay").earned, 0);
  assert.equal(seen("t-single").pending, false);
  assert.equal(seen("t-single").course, "01-yijian-jiedu");
  assert.equal(seen("t-case-1").case_id, "t-case");

  const { quizzes: offered } = await sitting.client.read("/api/quizzes");
  const quiz = offered.find((entry) => entry.id === QUIZ);
  assert.equal(quiz.grade, 7000);
  assert.equal(quiz.pending_points, 3000);
  const ranking = await (await server.as("organiser")).read(`/api/rankings/quiz/${QUIZ}`);
  assert.equal(ranking.pending, true);
  assert.equal(ranking.final, false);
});

test("partly right: shares of an ordering and of a matching; whether it passes is open", async () => {
  const sitting = await sit();
  const right = (id) => rightAnswer(key, one(sitting, id));
  const [a, b, c, d] = right("t-ordering");
  await sitting.save(one(sitting, "t-ordering"), [a, b, d, c]);
  const { 1: kept } = right("t-matching");
  await sitting.save(one(sitting, "t-matching"), { 1: kept });
  await sitting.save(one(sitting, "t-numeric"), "7.5天");
  await sitting.save(one(sitting, "t-blank"), "四方");
  await sitting.save(one(sitting, "t-case-1"), right("t-case-1"));
  await sitting.save(one(sitting, "t-case-2"), right("t-case-2"));
  await sitting.save(one(sitting, "t-essay"), "先核实");
  const { json } = await sitting.submit();
  assert.equal(json.grade, 500 + 333 + 1000 + 1000 + 1000);
  assert.equal(json.pending_points, 3000);
  assert.equal(json.passed, null);
});

test("an essay left empty is worth nothing and waits for nobody", async () => {
  const sitting = await sit();
  await sitting.save(one(sitting, "t-numeric"), "7.51");
  await sitting.save(one(sitting, "t-essay"), "");
  const { json } = await sitting.submit();
  assert.deepEqual([json.grade, json.pending_points, json.passed], [0, 0, false]);

  // A ranking does not look at single answers: nobody has failed before all is marked.
  const organiser = await server.as("organiser");
  const { people: rows } = await organiser.read(`/api/rankings/quiz/${QUIZ}`);
  const row = rows.find((entry) => entry.person.id === sitting.client.person.id);
  assert.deepEqual([row.status, row.score, row.passed], ["done", "0.00", null]);
  const csv = (await organiser.get(`/api/rankings/quiz/${QUIZ}/export.csv`)).text;
  assert.match(csv, /非最终/);
  const line = csv.split("\n").find((words) => words.includes(sitting.client.person.staff_number));
  assert.match(line, /待阅/);
  assert.doesNotMatch(line, /不合格/);
});

test("before the key may be seen neither it nor the solution of a case is", async () => {
  const sitting = await sit(CLOSED_BOOK);
  await sitting.save(one(sitting, "t-essay"), "先核实");
  await sitting.submit();
  const { json, text } = await sitting.result();
  assert.equal(json.review, null);
  assert.deepEqual(json.cases, []);
  assert.ok(!text.includes("案例全解") && !text.includes("先核实（5分）"));
  assert.equal(json.attempt.pending_points, 3000);
});

test("the demonstration's people answer every type, some of them rightly", () => {
  const data = temporaryFolder("xt");
  runProgram(["demo", "--data", data, "--courses", COURSES, "--quizzes", quizzes]);
  const ask = (sql) => JSON.parse(execFileSync("sqlite3", ["-readonly", "-json", join(data, "xunsai.db"), sql], { encoding: "utf8" }));
  const answered = ask("SELECT item, count(*) AS n FROM answer GROUP BY item");
  assert.equal(answered.length, 8);
  for (const { item, n } of answered) assert.ok(n > 200, `${item}: ${n}`);
  for (const { item, mean } of ask("SELECT item, avg(points) AS mean FROM grade WHERE item <> 't-essay' GROUP BY item")) {
    assert.ok(mean > 500 && mean < 950, `${item}: ${mean}`);
  }
  const slugs = ask("SELECT slug FROM quiz JOIN paper ON paper.revision = quiz.paper ORDER BY slug");
  assert.deepEqual(slugs.map((row) => row.slug), ["20-leixing", "21-tiku"], "a buzzer set is not offered");
});
