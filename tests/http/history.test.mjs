// Years: streets that end and begin, people who move, leave and are forgotten, and what
// everybody may see of whom. Old results stay what they were.
import { setTimeout as sleep } from "node:timers/promises";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { STAFF, assertProblem } from "../harness/client.mjs";
import { Contest } from "../harness/contest.mjs";
import { Sitting } from "../harness/quiz.mjs";
import { runProgram } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

// The eight streets of the neighbour district that joined in 2021.
const JOINED = ["天水街道", "武林街道", "长庆街道", "潮鸣街道", "朝晖街道", "文晖街道", "东新街道", "石桥街道"];

let server;
let organiser;
let auditor;
before(async () => {
  server = await startServer();
  organiser = await server.as("organiser");
  auditor = await server.as("auditor");
});
after(() => server.stop());

const post = (path, body) => organiser.post(path, body);
const reorganise = (plan) =>
  post("/api/branches/reorganisations", { at: Date.now(), ends: [], begins: [], successors: [], moves: [], ...plan });
const personOf = (number) => server.query(`SELECT * FROM person WHERE staff_number = '${number}'`)[0];
const branchesOf = (ranking) => ranking.branches.map((row) => row.branch.name).sort();

async function publish(kind, subject, body = {}) {
  const proposed = await post(`/api/rankings/${kind}/${subject}/proposals`, body);
  assert.equal(proposed.status, 201, proposed.text);
  await auditor.write(`/api/publications/${proposed.json.id}/decision`, { release: true });
  return proposed.json.id;
}

describe("the ten streets of 2020 become part of eighteen", () => {
  let before2020;
  let publication;
  let body2020;
  let old;
  before(async () => {
    assert.equal((await post("/api/quizzes/1/close", {})).status, 204);
    publication = await publish("quiz", 1);
    before2020 = await organiser.read("/api/rankings/quiz/1");
    body2020 = (await organiser.get(`/api/published/${publication}/body.json`)).text;
    old = (await organiser.read("/api/branches")).branches;
    assert.equal(old.length, 10);
  });

  test("a plan that leaves people without a street changes nothing", async () => {
    const from = old[9].id;
    await server.unchanged(async () => {
      const begins = [{ name: "新半山街道", position: 30 }];
      const successors = [{ from, to: "新半山街道" }];
      assertProblem(await reorganise({ ends: [from], begins, successors }), 409, "people_left_behind");
      assertProblem(await reorganise({ ends: [from], begins, moves: [{ branch: from, to: "新半山街道" }] }), 422, "successor_missing");
      assertProblem(await reorganise({ begins: [{ name: old[0].name, position: 3 }] }), 422, "branch_name_taken");
      assertProblem(await reorganise({ at: Date.now() + 60000, begins }), 422, "time_future");
      assertProblem(await reorganise({ successors: [{ from, to: 999 }] , begins }), 422, "branch_unknown");
      assertProblem(await reorganise({}), 422, "reorganisation_empty");
      // Nobody moves into a street that ends in the same change.
      assertProblem(await reorganise({ ends: [from], begins, successors, moves: [{ branch: old[8].id, to: from }] }), 422, "branch_unknown");
      assertProblem(await post("/api/branches/reorganisations", { at: 1, ends: [], begins: [], successors: [], moves: [{ to: 1 }] }), 400, "field_type");
    });
  });

  test("eight begin, one is renamed, one is split: one event", async () => {
    const renamed = old[9]; // gets a new name
    const split = old[7]; // one of its communities goes to a new street
    const [community] = server.query(`SELECT id FROM community WHERE branch = ${split.id} ORDER BY id`);
    const stationed = server.query(`SELECT person.id FROM person JOIN compound ON compound.id = person.compound WHERE community = ${community.id}`);
    assert.ok(stationed.length > 0);
    const answer = await reorganise({
      ends: [renamed.id],
      begins: [...JOINED, "皋亭街道"].map((name, index) => ({ name, position: 11 + index })),
      successors: [{ from: renamed.id, to: "皋亭街道" }, { from: split.id, to: "石桥街道" }],
      moves: [{ branch: renamed.id, to: "皋亭街道" }, { community: community.id, to: "石桥街道" }],
    });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.begun.length, 9);
    const moved = renamed.specialists + 1 + stationed.length; // and its proctor
    assert.equal(answer.json.moved, moved);
    const [event] = server.query("SELECT body FROM event WHERE subject = 'district/1' AND kind = 'branches_reorganised'");
    assert.equal(JSON.parse(event.body).moves.length, moved);
  });

  test("today there are eighteen; the nineteenth is remembered with its successor", async () => {
    const { branches } = await organiser.read("/api/branches");
    assert.equal(branches.length, 18);
    assert.ok(branches.every((one) => one.valid_to === null));
    assert.ok(JOINED.every((name) => branches.some((one) => one.name === name)));
    const { branches: all } = await organiser.read("/api/branches?all=1");
    assert.equal(all.length, 19);
    const ended = all.find((one) => one.valid_to !== null);
    assert.equal(ended.id, old[9].id);
    assert.deepEqual(ended.successors, [all.find((one) => one.name === "皋亭街道").id]);
    assert.equal(ended.specialists, 0);
  });

  test("the results of 2020 keep the ten, in rankings and exports", async () => {
    const now = await organiser.read("/api/rankings/quiz/1");
    assert.deepEqual(branchesOf(now), branchesOf(before2020));
    assert.equal(now.branches.length, 10);
    const streetOf = new Map(before2020.people.map((row) => [row.person.id, row.branch.id]));
    for (const row of now.people) assert.equal(row.branch.id, streetOf.get(row.person.id), row.person.staff_number);
    assert.equal((await organiser.get(`/api/published/${publication}/body.json`)).text, body2020);
    const csv = (await organiser.get("/api/rankings/quiz/1/export.csv")).text;
    for (const { name } of old) assert.ok(csv.includes(name), name);
    for (const name of [...JOINED, "皋亭街道"]) assert.ok(!csv.includes(name), name);
  });

  test("a contest that is not sealed has the streets of today, a training of then the old ones", async () => {
    const training = await post("/api/trainings", {
      kind: "training", title: "二〇二〇培训", held_at: before2020.held_at, skips: false,
      parts: [{ kind: "quiz", subject: 1, weight: 1 }],
    });
    const ranking = await organiser.read(`/api/rankings/training/${training.json.id}`);
    assert.deepEqual(branchesOf(ranking), branchesOf(before2020));
    const later = await post("/api/trainings", {
      kind: "training", title: "二〇二一培训", held_at: Date.now(), skips: false,
      parts: [{ kind: "quiz", subject: 1, weight: 1 }],
    });
    const next = await organiser.read(`/api/rankings/training/${later.json.id}`);
    assert.equal(next.branches.length, 18);
    assert.ok(!branchesOf(next).includes(old[9].name));
  });

  test("the record of a street follows its predecessor, marked, with the published rank", async () => {
    const { branches } = await organiser.read("/api/branches");
    const heir = branches.find((one) => one.name === "皋亭街道");
    const record = await organiser.read(`/api/branches/${heir.id}/record`);
    assert.deepEqual(record.predecessors.map((one) => one.name), [old[9].name]);
    const quiz = record.results.find((one) => one.kind === "quiz" && one.subject === 1);
    const then = before2020.branches.find((row) => row.branch.id === old[9].id);
    assert.equal(quiz.predecessor, true);
    assert.equal(quiz.publication.id, publication);
    assert.equal(quiz.row.rank, then.rank);
    assert.equal(quiz.row.mean_expected, then.mean_expected);
    assert.equal(quiz.row.expected, then.expected);
    // The trainings are not published: no rank is told.
    const trainings = record.results.filter((one) => one.kind === "training");
    assert.deepEqual(trainings.map((one) => [one.title, one.predecessor, one.publication, one.row.rank]),
      [["二〇二〇培训", true, null, null], ["二〇二一培训", false, null, null]]);
    // A street of the neighbour district has nothing of 2020 but what it took over.
    const fresh = await organiser.read(`/api/branches/${branches.find((one) => one.name === "天水街道").id}/record`);
    assert.deepEqual(fresh.results, []);
    assert.deepEqual(fresh.weak, []);
  });

  test("weak lessons: the lowest share of points first, counted once more by hand", async () => {
    const own = old[0].id;
    const { weak } = await organiser.read(`/api/branches/${own}/record`);
    assert.ok(weak.length > 2);
    const shares = weak.map((one) => one.points / one.full);
    assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
    const paper = JSON.parse(server.query("SELECT body FROM paper JOIN quiz ON quiz.paper = paper.revision WHERE quiz.id = 1")[0].body);
    const lesson = weak[0];
    const items = paper.parts.flatMap((part) => part.questions).filter((one) => one.lesson === lesson.lesson && one.type !== "essay");
    const ids = items.map((one) => `'${one.id}'`).join();
    const [sum] = server.query(`SELECT sum(grade.points) AS points, count(*) AS answers FROM grade JOIN attempt ON attempt.id = grade.attempt JOIN person ON person.id = attempt.person WHERE person.branch = ${own} AND item IN (${ids})`);
    assert.equal(lesson.points, sum.points);
    assert.equal(lesson.answers, sum.answers);
    assert.match(lesson.course, /^\d\d-/);
  });

  test("a proctor of the renamed street has its record, and no other", async () => {
    const proctor = await server.signIn("jk10");
    assert.equal(proctor.person.branch.name, "皋亭街道");
    await proctor.read(`/api/branches/${proctor.person.branch.id}/record`);
    assertProblem(await proctor.get(`/api/branches/${old[0].id}/record`), 404, "branch_unknown");
  });
});

describe("people move, leave and come back", () => {
  test("a move keeps the old results and is recorded", async () => {
    const person = personOf("zy0203");
    const to = server.query("SELECT id FROM branch WHERE name = '石桥街道'")[0].id;
    assertProblem(await post(`/api/people/${person.id}/move`, { branch: person.branch, reason: "调动" }), 409, "move_same_branch");
    assertProblem(await post(`/api/people/${person.id}/move`, { branch: 999, reason: "调动" }), 422, "branch_unknown");
    assertProblem(await post(`/api/people/${person.id}/move`, { branch: to, reason: "调动", at: Date.now() + 1e6 }), 422, "time_future");
    assert.equal((await post(`/api/people/${person.id}/move`, { branch: to, reason: "调动" })).status, 204);
    assertProblem(await post(`/api/people/${person.id}/move`, { branch: person.branch, reason: "调回", at: Date.now() - 1e6 }), 409, "moved_later");
    const ranking = await organiser.read("/api/rankings/quiz/1");
    assert.equal(ranking.people.find((row) => row.person.id === person.id).branch.id, person.branch);
    const record = await organiser.read(`/api/people/${person.id}/record`);
    assert.equal(record.person.branch.name, "石桥街道");
    assert.deepEqual(record.streets.map((one) => one.until === null), [false, true]);
    assert.equal(record.results.find((one) => one.kind === "quiz").branch.id, person.branch);
    const [event] = server.query("SELECT body FROM event WHERE kind = 'person_moved'");
    assert.deepEqual(JSON.parse(event.body).from, person.branch);
  });

  test("a contest that was sealed keeps the streets of the seal", async () => {
    const contest = await Contest.open(server);
    await contest.prepare();
    const person = personOf("zy0201");
    const then = server.query(`SELECT name FROM branch WHERE id = ${person.branch}`)[0].name;
    const to = server.query("SELECT id FROM branch WHERE name = '天水街道'")[0].id;
    const seen = async () => (await organiser.read("/api/rankings/contest/1")).people.find((row) => row.person.id === person.id).branch;
    const before = await seen();
    assert.equal(before.name, then);
    assert.equal((await post(`/api/people/${person.id}/move`, { branch: to, reason: "调动" })).status, 204);
    assert.deepEqual(await seen(), before);
    const csv = (await organiser.get("/api/contests/1/export.csv")).text;
    assert.ok(csv.includes(then) && !csv.includes("天水街道"));
    const screen = (await organiser.get("/api/contests/1/screen")).text;
    assert.ok(!screen.includes("天水街道"));
    const record = await organiser.read(`/api/people/${person.id}/record`);
    assert.equal(record.results.find((one) => one.kind === "contest").branch.name, then);
  });

  test("who has left cannot sign in, and is not expected any more", async () => {
    const person = personOf("zy0205");
    const client = await server.signIn("zy0205");
    assert.equal((await post(`/api/people/${person.id}/leave`, { reason: "离任" })).status, 204);
    assertProblem(await client.get("/api/me"), 401, "login_needed");
    assertProblem(await server.client().login("zy0205"), 401, "login_wrong");
    assertProblem(await post(`/api/people/${person.id}/leave`, { reason: "离任" }), 409, "person_left");
    const training = await post("/api/trainings", {
      kind: "training", title: "之后", held_at: Date.now(), skips: true, parts: [{ kind: "quiz", subject: 1, weight: 1 }],
    });
    const has = async () =>
      (await organiser.read(`/api/rankings/training/${training.json.id}`)).people.some((row) => row.person.id === person.id);
    assert.equal(await has(), false);
    const before2020 = await organiser.read("/api/rankings/quiz/1");
    assert.ok(before2020.people.some((row) => row.person.id === person.id), "the old result is still there");
    assert.ok(!(await organiser.read("/api/people")).people.some((one) => one.id === person.id));

    assert.equal((await post(`/api/people/${person.id}/rejoin`, { branch: person.branch, reason: "恢复" })).status, 204);
    assert.equal(await has(), false, "while she was away nobody expected her");
    await server.signIn("zy0205");
    assertProblem(await post(`/api/people/${person.id}/rejoin`, { branch: person.branch, reason: "恢复" }), 409, "person_serves");
  });

  test("somebody must stay who can undo things", async () => {
    assertProblem(await post(`/api/people/${organiser.person.id}/leave`, { reason: "离任" }), 409, "person_last_organiser");
  });
});

describe("the own record", () => {
  test("results with street, score, rank of the named version, receipt", async () => {
    const learner = await server.as("learner");
    const record = await learner.read("/api/me/record");
    const ranking = await organiser.read("/api/rankings/quiz/1");
    const row = ranking.people.find((one) => one.person.id === learner.person.id);
    const quiz = record.results.find((one) => one.kind === "quiz" && one.subject === 1);
    assert.equal(quiz.status, row.status);
    assert.equal(quiz.score, row.score);
    assert.equal(quiz.rank, row.rank);
    assert.equal(quiz.publication.version, 1);
    assert.equal(quiz.branch.id, row.branch.id);
    assert.equal(quiz.full, "100.00");
    assert.deepEqual(record.results.filter((one) => one.kind === "training").map((one) => [one.status, one.rank]).slice(0, 1), [["unpublished", null]]);
  });

  test("a finished attempt has its receipt in it, also before anything is published", async () => {
    const [done] = server.query("SELECT person.staff_number, attempt.receipt, attempt.grade FROM attempt JOIN person ON person.id = attempt.person WHERE state = 'submitted' AND receipt IS NOT NULL ORDER BY person.id LIMIT 1");
    const client = await server.signIn(done.staff_number);
    const record = await client.read("/api/me/record");
    const quiz = record.results.find((one) => one.receipt === done.receipt);
    assert.equal(quiz.score, (done.grade / 100).toFixed(2));
  });

  test("all her data as a file, logged with its digest", async () => {
    const [done] = server.query("SELECT person.id, person.staff_number, attempt.id AS attempt FROM attempt JOIN person ON person.id = attempt.person WHERE state = 'submitted' AND quiz = 1 ORDER BY person.id LIMIT 1 OFFSET 3");
    const client = await server.signIn(done.staff_number);
    const answer = await client.get("/api/me/record.json");
    assert.equal(answer.status, 200);
    assert.match(answer.headers["content-disposition"], /^attachment/);
    const data = answer.json;
    assert.equal(data.person.staff_number, done.staff_number);
    const [{ answers }] = server.query(`SELECT count(*) AS answers FROM answer WHERE attempt = ${done.attempt}`);
    assert.equal(data.answers.filter((one) => one.attempt === done.attempt).length, answers);
    const [grade] = server.query(`SELECT item, points FROM grade WHERE attempt = ${done.attempt} LIMIT 1`);
    assert.equal(data.answers.find((one) => one.attempt === done.attempt && one.item === grade.item)?.points ?? grade.points, grade.points);
    assert.equal(data.logins.length, 1);
    const csv = await client.get("/api/me/record.csv");
    assert.ok(csv.text.startsWith("\ufeff"));
    assert.ok(csv.text.includes(done.staff_number));
    const [log] = (await organiser.read("/api/export-log?limit=2")).entries.slice(-1);
    assert.equal(log.what, `person/${done.id} record.json`);
    assert.equal(log.digest, createHash("sha256").update(answer.bytes).digest("hex"));
    assert.equal(log.person.id, done.id);
    assert.ok(log.rows > 10);
  });

  test("before the key may be seen, no points of single questions", async () => {
    // Another quiz that stays open and shows its key only after the end.
    await server.stopProgram();
    execFileSync("sqlite3", [server.database, "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, window_close, review) SELECT 77, paper, mode, start_at, base_ms, 0, NULL, 'close' FROM quiz WHERE id = 1"]);
    await server.restart();
    const learner = await server.signIn("zy0304");
    const sitting = new Sitting(learner, 77);
    assert.equal((await sitting.start()).status, 200);
    const question = sitting.of("single")[0];
    await sitting.save(question, sitting.guess(question));
    assert.equal((await sitting.submit()).status, 200);
    const data = (await learner.get("/api/me/record.json")).json;
    const own = data.answers.filter((one) => one.attempt === sitting.id);
    assert.equal(own.length, 1);
    assert.equal(own[0].points, null);
  });
});

describe("who sees what of whom", () => {
  const PHONE = "13900001234";
  before(async () => {
    const person = personOf("zy0303");
    assert.equal((await post(`/api/people/${person.id}`, { phone: PHONE, cohort: "第三期" })).status, 204);
    assertProblem(await post(`/api/people/${person.id}`, { phone: "电话" }), 422, "phone_invalid");
    assertProblem(await post(`/api/people/${person.id}`, {}), 422, "change_empty");
    // The telephone number stands in no event.
    assert.equal(server.query(`SELECT count(*) AS n FROM event WHERE body LIKE '%${PHONE}%'`)[0].n, 0);
  });

  test("the own street's proctor and the organiser see the phone, the auditor the number only", async () => {
    const person = personOf("zy0303");
    const own = await server.signIn("jk03");
    for (const client of [organiser, own]) {
      const one = (await client.read("/api/people")).people.find((each) => each.id === person.id);
      assert.equal(one.phone, PHONE);
      assert.equal(one.cohort, "第三期");
      assert.equal((await client.read(`/api/people/${person.id}/record`)).person.phone, PHONE);
    }
    const seen = (await auditor.read("/api/people")).people;
    assert.equal(seen.length, 358);
    assert.ok(seen.every((one) => one.staff_number && !("phone" in one)));
    const record = (await auditor.read(`/api/people/${person.id}/record`)).person;
    assert.equal(record.staff_number, "zy0303");
    assert.ok(!("phone" in record));
    const other = await server.signIn("jk04");
    assertProblem(await other.get(`/api/people/${person.id}/record`), 404, "person_unknown");
    assert.ok(!(await other.read("/api/people")).people.some((one) => one.id === person.id));
  });

  test("every address that can be read, asked by every role: no foreign phone, no foreign number", async () => {
    const person = personOf("zy0303");
    const routes = runProgram(["routes"]).trim().split("\n").map((line) => line.split(" ")[1] && line.split(" "));
    const paths = routes.filter(([method, path]) => method === "GET" && path.startsWith("/api/")).map(([, path]) =>
      path.replace(":kind", "quiz").replace("/people/:id", `/people/${person.id}`).replace(/:id/g, "1").replace(/:name/g, "01-yijian-jiedu").replace(/:person/g, String(person.id)));
    assert.ok(paths.length > 30);
    for (const role of ["nobody", ...Object.keys(STAFF)]) {
      const client = role === "nobody" ? server.client() : await server.signIn(STAFF[role]);
      for (const path of paths) {
        const { text } = await client.get(path);
        const about = `${role}: ${path}`;
        if (role !== "organiser") assert.ok(!text.includes(PHONE), about);
        if (!["organiser", "auditor"].includes(role)) assert.ok(!text.includes("zy0303"), about);
      }
    }
  });
});

describe("being forgotten", () => {
  test("refused while she writes, while her contest goes on, and for oneself", async () => {
    const erase = (id) => post(`/api/people/${id}/erase`, { reason: "本人要求" });
    const contestant = personOf("zy0101");
    assertProblem(await erase(contestant.id), 409, "person_in_contest");
    assertProblem(await erase(personOf("pw01").id), 409, "person_in_contest");
    assertProblem(await erase(organiser.person.id), 409, "person_is_self");
    assertProblem(await post(`/api/people/${contestant.id}/erase`, {}), 400, "field_missing");
    const writer = await server.signIn("zy0306");
    assert.equal((await new Sitting(writer, 77).start()).status, 200);
    assertProblem(await erase(personOf("zy0306").id), 409, "person_writing");
  });

  test("name, number, phone and logins go; the chain and what was published stay", async () => {
    const person = personOf("zy0303");
    const client = await server.signIn("zy0303");
    const [publication] = (await organiser.read("/api/published")).publications;
    const published = await organiser.read(`/api/published/${publication.id}`);
    assert.equal(published.names[person.id], person.name);
    const body = (await organiser.get(`/api/published/${publication.id}/body.json`)).text;

    assert.equal((await post(`/api/people/${person.id}/erase`, { reason: "本人要求" })).status, 204);
    assertProblem(await client.get("/api/me"), 401, "login_needed");
    assertProblem(await server.client().login("zy0303"), 401, "login_wrong");
    assertProblem(await post(`/api/people/${person.id}/erase`, { reason: "再来" }), 409, "person_erased");
    assertProblem(await post(`/api/people/${person.id}/rejoin`, { branch: 1, reason: "再来" }), 409, "person_erased");

    const [row] = server.query(`SELECT * FROM person WHERE id = ${person.id}`);
    assert.equal(row.name, `已删除${person.id}`);
    assert.equal(row.staff_number, row.name);
    assert.deepEqual([row.phone, row.compound, row.cohort], [null, null, ""]);
    assert.ok(row.erased_at > 0 && row.left_at > 0);
    assert.equal(server.query(`SELECT count(*) AS n FROM login WHERE person = ${person.id}`)[0].n, 0);
    // nginx may keep the page of before for ten seconds.
    const shown = async () => (await organiser.read(`/api/published/${publication.id}`)).names[person.id];
    const until = Date.now() + 20_000;
    while ((await shown()) === person.name && Date.now() < until) await sleep(500);
    assert.equal(await shown(), "（应本人要求不显示）");
    assert.equal((await organiser.get(`/api/published/${publication.id}/body.json`)).text, body);
    assert.equal(createHash("sha256").update(body).digest("hex"), publication.digest);
    const ranking = await organiser.read("/api/rankings/quiz/1");
    assert.equal(ranking.people.length, 358, "she is still counted");
    // Her name stands nowhere any more.
    const dump = server.query("SELECT group_concat(name) AS names FROM (SELECT name FROM person UNION ALL SELECT name FROM publication_name)")[0].names;
    const namesakes = server.query(`SELECT count(*) AS n FROM person WHERE name = '${person.name}'`)[0].n;
    if (!namesakes) assert.ok(!dump.split(",").includes(person.name));
    assert.match(runProgram(["verify", "--data", server.data]), /every link and seal holds/);
  });
});

test("the log of exports is paged", async () => {
  const all = (await organiser.read("/api/export-log")).entries;
  assert.ok(all.length >= 3);
  const seen = [];
  for (let before = ""; ; ) {
    const page = await auditor.read(`/api/export-log?limit=2${before}`);
    seen.push(...page.entries);
    if (!page.next) break;
    before = `&before=${page.next}`;
  }
  assert.deepEqual(seen, all);
});

test("a database from before gets the rows of its publications", async () => {
  const tables = { publication_standing: "publication, person", publication_branch: "publication, branch" };
  const dump = () => Object.entries(tables).map(([name, key]) => server.query(`SELECT * FROM ${name} ORDER BY ${key}`));
  const written = dump();
  assert.ok(written.every((rows) => rows.length > 0));
  await server.stopProgram();
  // Back to the sixth script: what the seventh and those behind it made goes.
  const drops = ["service_break", ...Object.keys(tables), "practice_state", "practice_log"];
  const script = drops.map((name) => `DROP TABLE ${name};`).join("");
  execFileSync("sqlite3", [server.database, `${script} PRAGMA user_version = 6;`]);
  await server.restart();
  assert.deepEqual(dump(), written);
});
