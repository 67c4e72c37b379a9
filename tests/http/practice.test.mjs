// Practice over HTTP: questions without keys, marking with the key, the wrong book and the
// boxes; what is in a quiz she may not see the key of, or in a buzzer set, is not there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { ROOT, temporaryFolder } from "../harness/places.mjs";
import { Sitting, keyOf, rightAnswer } from "../harness/quiz.mjs";
import { startServer } from "../harness/server.mjs";

const typed = join(ROOT, "tests/data/typed");
const key = new Map([...keyOf("20-leixing", typed), ...keyOf("21-tiku", typed)]);
const DEVICE = "device-of-practice";
// What the two folders hold, without the questions of the buzzer set 22-qiangda.
const ALL = [
  "t-blank", "t-numeric", "t-ordering", "t-matching", "t-essay", "t-case-1", "t-case-2",
  "b-2", "b-3", "b-4", "b-5",
];
const COURSE = "01-yijian-jiedu";
const KEY_WORDS = ["right", "pairs", "values", "units", "guide", "solution", "explanation", "tolerance", "alternatives", "grading"];

const ids = (session) => session.questions.map((question) => question.id);
const random = (client, more = {}) =>
  client.write("/api/practice/sessions", { mode: "random", count: 50, ...more });

class Learner {
  constructor(client) {
    Object.assign(this, { client, seq: 0 });
  }
  send(item, answer, more = {}) {
    return this.client.post("/api/practice/answers", { item, answer, device: DEVICE, seq: ++this.seq, ...more });
  }
  async mark(item, answer) {
    const reply = await this.send(item, answer);
    assert.equal(reply.status, 200, reply.text);
    return reply.json;
  }
  session(mode, more = {}) {
    return this.client.write("/api/practice/sessions", { mode, count: 50, ...more });
  }
  overview() {
    return this.client.read("/api/practice");
  }
}

function sql(server, text) {
  execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database, text]);
}

describe("practice with nothing offered", () => {
  let server;
  let folder;
  let staff;
  before(async () => {
    folder = join(temporaryFolder("practice"), "quizzes");
    cpSync(typed, folder, { recursive: true });
    server = await startServer({ quizzes: folder });
    staff = server.query("SELECT staff_number FROM person WHERE staff_number LIKE 'zy%' ORDER BY staff_number").map((row) => row.staff_number);
  });
  after(() => server.stop());
  const newcomer = async () => new Learner(await server.signIn(staff.pop()));

  test("every question of every folder is there but those of buzzer sets", async () => {
    const her = await newcomer();
    const session = await random(her.client);
    assert.deepEqual(ids(session).sort(), [...ALL].sort());
    assert.equal(session.available, ALL.length);
    const overview = await her.overview();
    assert.equal(overview.questions, ALL.length);
    assert.equal(overview.held_back, 0);
    assert.equal(overview.answered + overview.wrong + overview.bookmarked + overview.due, 0);
    const lessons = overview.courses.flatMap((course) => course.lessons);
    assert.equal(lessons.reduce((sum, lesson) => sum + lesson.questions, 0), ALL.length);
    for (const item of ["t-single", "b-1"]) assertProblem(await her.send(item, []), 404, "practice_unknown");
  });

  test("no key is delivered with a question; a case comes whole, in order, with its text", async () => {
    const her = await newcomer();
    const session = await random(her.client);
    const bytes = JSON.stringify(session);
    for (const word of KEY_WORDS) assert.ok(!bytes.includes(`"${word}`), `"${word}" is delivered`);
    for (const words of ["先核实（5分）", "案例全解", "解析甲乙丙"]) assert.ok(!bytes.includes(words), words);
    const first = ids(session).indexOf("t-case-1");
    assert.equal(ids(session)[first + 1], "t-case-2");
    assert.deepEqual(session.cases.map((one) => one.id), ["t-case"]);
    assert.match(session.cases[0].html, /电梯停运/);
    const one = await random(her.client, { types: ["true_false"], count: 1 });
    if (one.questions[0].case_id) assert.equal(one.questions.length, 2);
    assert.deepEqual(session.questions.map((question) => question.number), session.questions.map((_, index) => index + 1));
  });

  test("options come in another order now and then, an ordering never in the right one", async () => {
    const her = await newcomer();
    const orders = new Set();
    for (let i = 0; i < 12; i++) {
      const { questions } = await random(her.client, { types: ["ordering"] });
      const texts = questions[0].options.map((option) => option.html.replace(/<[^>]+>/g, "").trim());
      orders.add(texts.join("|"));
      assert.notDeepEqual(texts, key.get("t-ordering").right);
    }
    assert.ok(orders.size > 1);
  });

  test("every type is marked as in an exam, and the key comes with the mark", async () => {
    const her = await newcomer();
    const session = await random(her.client);
    for (const question of session.questions) {
      const marked = await her.mark(question.id, rightAnswer(key, question));
      const essay = question.type === "essay";
      assert.equal(marked.of, essay ? 0 : 100, question.id);
      assert.equal(marked.points, marked.of, question.id);
      assert.ok(marked.key.explanation_html.includes("解析甲乙丙") || marked.key.explanation_html.length > 0);
      assert.equal(marked.key.lesson, "01-weishenme-xiachen");
      assert.equal(marked.box, essay ? 0 : 1);
      assert.equal(marked.due_in_days, essay ? 0 : 1);
      assert.equal(marked.in_wrong_book, false);
      const solved = question.id === "t-case-2";
      assert.equal(marked.key.case_solution_html !== null, solved, question.id);
      if (essay) assert.match(marked.key.guide_html, /先核实/);
    }
    const overview = await her.overview();
    assert.equal(overview.answered, ALL.length - 1, "all but the essay");
    assert.equal(overview.due, 0, "tomorrow");
  });

  test("part of the points is not right; an empty answer shows the key and is wrong", async () => {
    const her = await newcomer();
    const { questions } = await random(her.client, { types: ["matching"] });
    const pairs = rightAnswer(key, questions[0]);
    delete pairs[1];
    const partly = await her.mark("t-matching", pairs);
    assert.ok(partly.points > 0 && partly.points < 100, String(partly.points));
    assert.equal(partly.in_wrong_book, true);
    const empty = await her.mark("t-blank", "");
    assert.equal(empty.points, 0);
    assert.deepEqual(empty.key.alternatives, ["三方"]);
    assert.equal(empty.in_wrong_book, true);
  });

  test("wrong puts a question into the wrong book, right twice in a row takes it out", async () => {
    const her = await newcomer();
    assert.equal((await her.mark("b-2", ["f"])).in_wrong_book, true);
    assert.deepEqual(ids(await her.session("wrong")), ["b-2"]);
    assert.equal((await her.overview()).wrong, 1);
    assert.equal((await her.mark("b-2", ["t"])).in_wrong_book, true);
    assert.equal((await her.mark("b-2", ["f"])).streak, 0);
    assert.equal((await her.mark("b-2", ["t"])).in_wrong_book, true);
    const out = await her.mark("b-2", ["t"]);
    assert.deepEqual([out.in_wrong_book, out.streak, out.box], [false, 2, 1]);
    assert.deepEqual(ids(await her.session("wrong")), []);
  });

  test("one wrong question of a case brings the whole case", async () => {
    const her = await newcomer();
    const { questions } = await random(her.client, { lesson: "01-weishenme-xiachen", course: COURSE });
    const one = questions.find((question) => question.id === "t-case-2");
    const right = rightAnswer(key, one);
    const wrong = one.type === "true_false" ? [right[0] === "t" ? "f" : "t"] : [];
    await her.mark("t-case-2", wrong);
    assert.deepEqual(ids(await her.session("wrong")), ["t-case-1", "t-case-2"]);
  });

  test("what is due today comes by the date in Beijing, what fell due first comes first", async () => {
    const her = await newcomer();
    for (const item of ["b-2", "b-3", "b-4"]) await her.mark(item, ["t"]);
    assert.deepEqual(ids(await her.session("due")), []);
    const today = Math.floor((Date.now() + 8 * 3600000) / 86400000);
    sql(server, `UPDATE practice_state SET due_day = ${today} WHERE item = 'b-2' AND person = ${her.client.person.id}`);
    sql(server, `UPDATE practice_state SET due_day = ${today - 3} WHERE item = 'b-4' AND person = ${her.client.person.id}`);
    assert.deepEqual(ids(await her.session("due")), ["b-4", "b-2"]);
    assert.equal((await her.overview()).due, 2);
    const marked = await her.mark("b-4", ["t"]);
    assert.deepEqual([marked.box, marked.due_in_days], [2, 2]);
    assert.deepEqual(ids(await her.session("due")), ["b-2"]);
  });

  test("by lesson what was never answered comes first; filters by type and difficulty", async () => {
    const her = await newcomer();
    await her.mark("b-2", ["t"]);
    const all = await her.session("lesson", { course: COURSE, lesson: "01-weishenme-xiachen", types: ["blank", "numeric"] });
    assert.deepEqual(ids(all).sort(), ["t-blank", "t-numeric"]);
    const none = await her.session("lesson", { course: COURSE, lesson: "no-such-lesson" });
    assert.deepEqual([none.questions.length, none.available], [0, 0]);
    assert.equal((await random(her.client, { difficulty: 5 })).available, 0);
    const bank = await her.session("lesson", { course: "", lesson: "01-weishenme-xiachen", types: ["true_false"] });
    assert.equal(ids(bank).at(-1), "b-2");
    assert.equal(bank.questions.length, 4);
    assert.equal((await random(her.client, { count: 3, types: ["blank", "numeric", "matching", "ordering"] })).questions.length, 3);
  });

  test("bookmarks are set and taken away, again is harmless", async () => {
    const her = await newcomer();
    for (const on of [true, true]) {
      assert.deepEqual(await her.client.write("/api/practice/bookmarks", { item: "t-essay", on }), { item: "t-essay", on });
    }
    assert.deepEqual(ids(await her.session("bookmarks")), ["t-essay"]);
    assert.equal((await her.session("bookmarks")).questions[0].bookmarked, true);
    assert.equal((await her.overview()).answered, 0, "a bookmark is no answer");
    assert.equal((await her.overview()).due, 0);
    await her.client.write("/api/practice/bookmarks", { item: "t-essay", on: false });
    assert.deepEqual(ids(await her.session("bookmarks")), []);
  });

  test("the same number of a device again changes nothing; with another answer it is refused", async () => {
    const her = await newcomer();
    const first = await her.mark("b-3", ["f"]);
    await server.unchanged(async () => {
      const again = await her.send("b-3", ["f"], { seq: 1 });
      assert.equal(again.status, 200);
      assert.deepEqual({ ...again.json, repeated: false }, first);
      assert.equal(again.json.repeated, true);
      assertProblem(await her.send("b-3", ["t"], { seq: 1 }), 409, "answer_conflict");
      assertProblem(await her.send("b-4", ["f"], { seq: 1 }), 409, "answer_conflict");
    });
    const other = await her.send("b-3", ["f"], { seq: 1, device: "another-device" });
    assert.equal(other.json.repeated, false);
    const someone = await newcomer();
    assert.equal((await someone.send("b-3", ["f"], { seq: 1 })).json.repeated, false);
  });

  test("an answer of long ago is forgotten by the log, not by what is known", async () => {
    const her = await newcomer();
    await her.mark("b-3", ["f"]);
    sql(server, `UPDATE practice_log SET at = at - 15 * 86400000 WHERE person = ${her.client.person.id}`);
    await her.mark("b-4", ["f"]);
    const rows = server.query(`SELECT item FROM practice_log WHERE person = ${her.client.person.id}`);
    assert.deepEqual(rows.map((row) => row.item), ["b-4"]);
    assert.equal((await her.overview()).wrong, 2);
  });

  const device = DEVICE;
  const answers = "/api/practice/answers";
  const sessions = "/api/practice/sessions";
  const refused = {
    "an unknown question": [answers, { item: "no-such", answer: [], device, seq: 1 }, 404, "practice_unknown"],
    "a name that is no name": [answers, { item: "' OR 1=1 --", answer: [], device, seq: 1 }, 404, "practice_unknown"],
    "a foreign option": [answers, { item: "b-2", answer: ["z"], device, seq: 1 }, 422, "answer_invalid"],
    "two options where one is asked": [answers, { item: "b-2", answer: ["t", "f"], device, seq: 1 }, 422, "answer_invalid"],
    "an option twice": [answers, { item: "b-2", answer: ["t", "t"], device, seq: 1 }, 422, "answer_invalid"],
    "an order that lacks options": [answers, { item: "t-ordering", answer: ["a"], device, seq: 1 }, 422, "answer_invalid"],
    "text where pairs are asked": [answers, { item: "t-matching", answer: "x", device, seq: 1 }, 422, "answer_invalid"],
    "null as an answer": [answers, { item: "t-blank", answer: null, device, seq: 1 }, 422, "answer_invalid"],
    "a number 0": [answers, { item: "b-2", answer: ["t"], device, seq: 0 }, 422, "field_range"],
    "no device": [answers, { item: "b-2", answer: ["t"], seq: 1 }, 400, "field_missing"],
    "a field nobody knows": [answers, { item: "b-2", answer: ["t"], device, seq: 1, points: 100 }, 400, "field_unknown"],
    "a way of practising nobody knows": [sessions, { mode: "exam", count: 5 }, 422, "practice_invalid"],
    "a lesson without a course": [sessions, { mode: "lesson", lesson: "x", count: 5 }, 422, "practice_invalid"],
    "a type nobody knows": [sessions, { mode: "random", types: ["oral"], count: 5 }, 422, "practice_invalid"],
    "a type that is a number": [sessions, { mode: "random", types: [1], count: 5 }, 422, "practice_invalid"],
    "no questions at all": [sessions, { mode: "random", count: 0 }, 422, "field_range"],
    "too many questions": [sessions, { mode: "random", count: 51 }, 422, "field_range"],
    "items by name": [sessions, { mode: "random", count: 5, items: ["t-single"] }, 400, "field_unknown"],
    "a bookmark on nothing": ["/api/practice/bookmarks", { item: "no-such", on: true }, 404, "practice_unknown"],
    "a bookmark on a buzzer question": ["/api/practice/bookmarks", { item: "t-single", on: true }, 404, "practice_unknown"],
  };
  for (const [name, [path, body, status, code]] of Object.entries(refused)) {
    test(`refused, and nothing is stored: ${name}`, async () => {
      const client = await server.as("learner");
      await server.unchanged(async () => assertProblem(await client.post(path, body), status, code));
    });
  }

  test("a folder that goes bad keeps its questions; a new question comes with a reload", async () => {
    const her = await newcomer();
    const organiser = await server.as("organiser");
    const file = join(folder, "21-tiku/questions.xml");
    const good = readFileSync(file, "utf8");
    writeFileSync(file, good.replace("<idnumber>b-5</idnumber>", "<idnumber>b-4</idnumber>"));
    const { refused: findings } = await organiser.write("/api/content/reload", {});
    assert.equal(findings.filter((finding) => finding.file.endsWith("/quizzes/21-tiku/questions.xml")).length, 1, JSON.stringify(findings));
    assert.deepEqual(ids(await random(her.client)).sort(), [...ALL].sort());
    writeFileSync(file, good.replaceAll("b-5", "b-6"));
    await organiser.write("/api/content/reload", {});
    assert.ok(ids(await random(her.client)).includes("b-6"));
    assertProblem(await her.send("b-5", ["t"]), 404, "practice_unknown");
    writeFileSync(file, good);
    await organiser.write("/api/content/reload", {});
  });
});

describe("what an offered quiz holds back", () => {
  const OPEN = 900; // the key after submission
  const CLOSED_BOOK = 901; // the key once the window has closed
  const hour = 3600000;
  const SUBMITTED = "zy0101";
  const ABSENT = "zy0103";
  const DEFERRED = "zy0104";
  let server;
  const offer = (id, slug, review, from, to) =>
    `INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, window_close, review)
     SELECT ${id}, revision, 'rolling', 1, 1800000, ${from}, ${to}, '${review}' FROM paper WHERE slug = '${slug}';`;
  const change = async (...texts) => {
    await server.stopProgram();
    for (const text of texts) sql(server, text);
    await server.restart();
  };
  const learner = async (number) => new Learner(await server.signIn(number));
  const sees = async (number) => new Set(ids(await random((await learner(number)).client)));
  // Held back also means that no way leads to the key.
  async function assertHidden(number, item) {
    const her = await learner(number);
    assert.ok(!(await sees(number)).has(item), `${number} is given ${item}`);
    const reply = await her.send(item, []);
    assertProblem(reply, 404, "practice_unknown");
    const unknown = await her.send("no-such", []);
    assert.equal(reply.text, unknown.text, "held back must look like none");
    assertProblem(await her.client.post("/api/practice/bookmarks", { item, on: true }), 404, "practice_unknown");
  }

  before(async () => {
    server = await startServer({ quizzes: typed });
    await change(offer(OPEN, "20-leixing", "submit", Date.now() + hour, Date.now() + 2 * hour));
  });
  after(() => server.stop());

  test("a quiz that is only announced", async () => {
    await assertHidden(SUBMITTED, "t-blank");
    await assertHidden(SUBMITTED, "t-case-1");
    const overview = await (await learner(SUBMITTED)).overview();
    assert.deepEqual([overview.questions, overview.held_back], [4, 7]);
  });

  test("a quiz that is open, one that she sits, and one that she has handed in", async () => {
    await change(`UPDATE quiz SET window_open = 1 WHERE id = ${OPEN};`);
    await assertHidden(SUBMITTED, "t-blank");
    const sitting = new Sitting(await server.signIn(SUBMITTED), OPEN);
    await sitting.start();
    await assertHidden(SUBMITTED, "t-blank");
    const order = sitting.questions.find((question) => question.id === "t-ordering");
    await sitting.save(order, order.options.map((option) => option.id));
    await sitting.submit();
    assert.ok((await sees(SUBMITTED)).has("t-blank"));
    const her = await learner(SUBMITTED);
    assert.equal((await her.send("t-blank", "三方")).json.points, 100);
    await assertHidden(ABSENT, "t-blank");
    const { weak } = await her.overview();
    assert.deepEqual(weak.map(({ course, lesson }) => [course, lesson]), [[COURSE, "01-weishenme-xiachen"]]);
    assert.equal(weak[0].points, 7000, "the essay is left out");
    assert.deepEqual((await (await learner(ABSENT)).overview()).weak, []);
  });

  test("a second quiz with the same questions holds them back again, until its window has closed", async () => {
    await change(offer(CLOSED_BOOK, "20-leixing", "close", 1, Date.now() + hour));
    const sitting = new Sitting(await server.signIn(SUBMITTED), CLOSED_BOOK);
    await sitting.start();
    await sitting.submit();
    await assertHidden(SUBMITTED, "t-blank");
    await change(`UPDATE quiz SET window_close = 2 WHERE id = ${CLOSED_BOOK};`);
    assert.ok((await sees(SUBMITTED)).has("t-blank"));
    await assertHidden(ABSENT, "t-blank");
  });

  test("whoever was absent may practise when all is over, but not who is to sit it later", async () => {
    const organiser = await server.as("organiser");
    const [{ id }] = server.query(`SELECT id FROM person WHERE staff_number = '${DEFERRED}'`);
    await organiser.write(`/api/quizzes/${OPEN}/statuses`, { person: id, status: "deferred", reason: "因公外出" });
    await change(`UPDATE quiz SET window_close = 2 WHERE id = ${OPEN};`);
    assert.ok((await sees(ABSENT)).has("t-blank"));
    await assertHidden(DEFERRED, "t-blank");
  });

  test("practice leaves quizzes, grades and the record alone", async () => {
    const her = await learner(SUBMITTED);
    her.seq = 100;
    await server.unchanged(async () => {
      await her.mark("t-numeric", "7");
      await her.mark("b-2", ["f"]);
      await her.client.write("/api/practice/bookmarks", { item: "b-3", on: true });
    }, ["practice_state", "practice_log"]);
  });
});

test("the demonstration: nothing of an offered quiz before it is handed in", async () => {
  const server = await startServer();
  try {
    const [{ staff_number: number }] = server.query(
      `SELECT staff_number FROM person WHERE staff_number LIKE 'zy%'
       AND id NOT IN (SELECT person FROM attempt) LIMIT 1`,
    );
    const offered = new Set(
      server.query(`SELECT body FROM quiz JOIN paper ON paper.revision = quiz.paper
                    WHERE window_close IS NULL OR window_close > ${Date.now()}`)
        .flatMap((row) => JSON.parse(row.body).parts.flatMap((part) => part.questions.map((question) => question.id))),
    );
    assert.ok(offered.size > 0);
    const client = await server.signIn(number);
    const overview = await client.read("/api/practice");
    assert.ok(overview.questions > 300, String(overview.questions));
    assert.ok(overview.held_back >= offered.size);
    assert.ok(overview.courses.length >= 9);
    for (const { course } of overview.courses) {
      const { questions } = await client.write("/api/practice/sessions", { mode: "lesson", course, count: 50 });
      assert.ok(questions.length > 0);
      for (const question of questions) assert.ok(!offered.has(question.id), question.id);
    }
  } finally {
    await server.stop();
  }
});
