// Courses and papers are files that people edit: a slip in one is refused with file and
// line, its last good version stays up, and everything else goes on.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { COURSES, QUIZZES, runProgram, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

const COURSE = "01-yijian-jiedu";
const folder = temporaryFolder("xc");
const courses = join(folder, "courses");
const quizzes = join(folder, "quizzes");
let server;
let organiser;
let learner;

// Three of the nine: reading them again and again is what takes the time here.
const KEPT = [COURSE, "02-wuye-xuanpin", "03-yeweihui-zujian"];
// Links to what is not copied would be dead.
const cutLinks = (text) =>
  text.replace(/\]\(\.\.\/([^/)]+)\/[^)]*\)/g, (link, folder) => (KEPT.includes(folder) ? link : "](#s1)"));
const restore = () => {
  for (const [from, to] of [[COURSES, courses], [QUIZZES, quizzes]]) {
    rmSync(to, { recursive: true, force: true });
    for (const name of KEPT) cpSync(join(from, name), join(to, name), { recursive: true });
  }
  for (const name of KEPT) {
    for (const file of readdirSync(join(courses, name)).filter((one) => one.endsWith(".md"))) {
      edit(join(courses, name, file), cutLinks);
    }
  }
  cpSync(join(QUIZZES, "schema"), join(quizzes, "schema"), { recursive: true });
};

before(async () => {
  restore();
  server = await startServer({ courses, quizzes });
  organiser = await server.as("organiser");
  learner = await server.as("learner");
});
after(() => server.stop());
// Whatever a test has broken is whole again for the next, in the files and in the server.
afterEach(async () => {
  restore();
  await reload();
});

const reload = () => organiser.write("/api/content/reload", {});

// Changes a file by a function of its text.
function edit(file, change) {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

test("the content of the repository has nothing to refuse", async () => {
  runProgram(["check", COURSES, QUIZZES]);
  assert.deepEqual(await reload(), { courses: 3, papers: 3, refused: [] });
});

describe("a course that is broken", () => {
  const slips = {
    "raw HTML in a lesson": [`${COURSE}/01-weishenme-xiachen.md`, (text) => `${text}\n\n<script>alert(1)</script>\n`],
    "a lesson without its title": [`${COURSE}/01-weishenme-xiachen.md`, (text) => text.replace(/^# .*\n/, "")],
    "a field that is not known": [`${COURSE}/course.yml`, (text) => `${text}colour: red\n`],
    "a field that is missing": [`${COURSE}/course.yml`, (text) => text.replace(/^title:.*\n/m, "")],
    "YAML that is none": [`${COURSE}/course.yml`, () => "title: [unclosed\n"],
    "an empty course.yml": [`${COURSE}/course.yml`, () => ""],
    "minutes that are no number": [`${COURSE}/course.yml`, (text) => text.replace(/^minutes:.*$/m, "minutes: an hour")],
    "bytes that are not UTF-8": [`${COURSE}/01-weishenme-xiachen.md`, null],
  };
  for (const [name, [file, change]] of Object.entries(slips)) {
    test(name, async () => {
      const path = join(courses, file);
      const before = await learner.read(`/api/courses/${COURSE}`);
      if (change) edit(path, change);
      else writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from([0xff, 0xfe, 0xb0, 0xa1])]));
      const report = await reload();
      assert.ok(report.refused.length >= 1, "not refused");
      const finding = report.refused[0];
      assert.ok(finding.file.endsWith(file), finding.file);
      // What is missing stands on no line.
      assert.ok(finding.line >= (name.endsWith("is missing") ? 0 : 1), JSON.stringify(finding));
      assert.match(finding.message, /\p{Script=Han}/u);
      assert.equal(report.courses, 3, "its last good version stays up");
      assert.deepEqual(await learner.read(`/api/courses/${COURSE}`), before);
      assert.equal((await learner.read("/api/courses")).courses.length, 3);
      assert.throws(() => runProgram(["check", courses, quizzes]), (error) => {
        assert.equal(error.status, 1, error.stderr);
        assert.ok(`${error.stdout}${error.stderr}`.includes(file.split("/")[1]), error.stdout);
        return true;
      });
      restore();
      assert.deepEqual((await reload()).refused, [], "mended");
    });
  }

  test("a good edit is seen after the reload, not before", async () => {
    edit(join(courses, COURSE, "course.yml"), (text) => text.replace(/^title:.*$/m, "title: 意见解读（新）"));
    assert.equal((await learner.read(`/api/courses/${COURSE}`)).title, "意见解读");
    await reload();
    assert.equal((await learner.read(`/api/courses/${COURSE}`)).title, "意见解读（新）");
  });
});

describe("a paper that is broken", () => {
  const quiz = `${COURSE}/quiz.xml`;
  const questions = `${COURSE}/questions.xml`;
  const slips = {
    "XML that is cut off": [quiz, (text) => text.slice(0, text.length / 2)],
    "a tag that the schema does not know": [quiz, (text) => text.replace("<minutes>", "<hours>1</hours><minutes>")],
    "a reference to no question": [quiz, (text) => text.replace('ref="k1-003"', 'ref="k1-999"')],
    "a question twice": [quiz, (text) => text.replace('ref="k1-003"', 'ref="k1-002"')],
    "a DOCTYPE": [quiz, (text) => text.replace("<paper", '<!DOCTYPE paper [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<paper')],
    "an entity bomb": [questions, (text) => text.replace("<quiz>", '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n<quiz>')],
    "a single choice with two right answers": [questions, (text) => text.replace('<answer fraction="0">', '<answer fraction="100">')],
    "a choice without a right answer": [questions, (text) => text.replace('<answer fraction="100">', '<answer fraction="0">')],
    "the same idnumber twice": [questions, (text) => text.replace("<idnumber>k1-002</idnumber>", "<idnumber>k1-001</idnumber>")],
    "an empty file": [questions, () => ""],
  };
  for (const [name, [file, change]] of Object.entries(slips)) {
    test(name, async () => {
      edit(join(quizzes, file), change);
      const before = await learner.read("/api/quizzes");
      const report = await reload();
      assert.ok(report.refused.length >= 1, "not refused");
      const finding = report.refused[0];
      assert.ok(finding.file.includes(COURSE), finding.file);
      assert.ok(finding.line >= 1, JSON.stringify(finding));
      assert.match(finding.message, /\p{Script=Han}/u);
      assert.doesNotMatch(JSON.stringify(report), /root:/);
      const now = await learner.read("/api/quizzes");
      assert.deepEqual(now.quizzes, before.quizzes);
      assert.equal((await learner.read("/api/courses")).courses.length, 3);
    });
  }

  test("an attempt keeps the paper it was begun with, whatever becomes of the file", async () => {
    const contestant = await server.signIn("zy0101");
    const start = () => contestant.write("/api/quizzes/1/attempt", { device: "device-of-zy0101" });
    const before = await start();
    edit(join(quizzes, quiz), (text) => text.replace("意见解读 · 课程测验", "换了题目"));
    edit(join(quizzes, questions), (text) => text.replace("2015年", "1915年"));
    assert.deepEqual((await reload()).refused, []);
    const now = await start();
    assert.deepEqual(now.parts, before.parts);
    assert.equal(now.attempt.title, before.attempt.title);
  });
});

describe("a folder that is hostile", () => {
  test("a file of 20 MB", async () => {
    edit(join(courses, COURSE, "01-weishenme-xiachen.md"), (text) => text + "长".repeat(7 * 1024 * 1024));
    const started = Date.now();
    const report = await reload();
    assert.ok(report.refused.length >= 1);
    assert.ok(Date.now() - started < 30000);
  });
  test("lists nested without end, which make cmark slow", async () => {
    edit(join(courses, COURSE, "01-weishenme-xiachen.md"), (text) => `${text}\n${"- ".repeat(12500)}x\n${"\n".repeat(25000)}`);
    const started = Date.now();
    const report = await reload();
    assert.ok(report.refused.length >= 1);
    assert.ok(Date.now() - started < 30000, `${Date.now() - started} ms`);
  });
  test("thirty thousand attributes, which make libxml2 slow", async () => {
    const attributes = Array.from({ length: 30000 }, (_, i) => `a${i}="x"`).join(" ");
    edit(join(quizzes, COURSE, "quiz.xml"), (text) => text.replace("<paper ", `<paper ${attributes} `));
    const report = await reload();
    assert.ok(report.refused.length >= 1);
  });
  test("a symbolic link to a file of the server", async () => {
    const file = join(courses, COURSE, "01-weishenme-xiachen.md");
    rmSync(file);
    symlinkSync("/etc/passwd", file);
    const report = await reload();
    const lessons = await learner.read(`/api/courses/${COURSE}`);
    assert.doesNotMatch(JSON.stringify([report, lessons]), /root:|\/bin\/bash/);
    assert.ok(report.refused.length >= 1);
  });
  test("a folder with a name of its own", async () => {
    mkdirSync(join(courses, "10-..etc"));
    mkdirSync(join(courses, "十-课程"));
    const report = await reload();
    assert.equal(report.courses, 3);
  });
  test("the whole folder gone: what was loaded stays up", async () => {
    rmSync(courses, { recursive: true });
    const answer = await organiser.post("/api/content/reload", {});
    assert.ok([200, 500].includes(answer.status), answer.text);
    assert.equal((await learner.read("/api/courses")).courses.length, 3);
  });
});

test("saving goes on while content is read again and again", async () => {
  const reloads = Promise.all(Array.from({ length: 4 }, () => reload()));
  let slowest = 0;
  for (let i = 0; i < 20; i++) {
    const started = Date.now();
    assert.equal((await learner.get("/api/courses")).status, 200);
    slowest = Math.max(slowest, Date.now() - started);
  }
  await reloads;
  assert.ok(slowest < 5000, `${slowest} ms`);
});

test("a server that starts with a broken course serves the others", async () => {
  edit(join(courses, COURSE, "course.yml"), () => "title: [unclosed\n");
  edit(join(quizzes, "02-wuye-xuanpin/quiz.xml"), (text) => text.slice(0, 100));
  const other = await startServer({ courses, quizzes });
  try {
    const client = await other.as("learner");
    const list = (await client.read("/api/courses")).courses;
    assert.equal(list.length, 2);
    assert.ok(!list.some((one) => one.slug === COURSE));
    const report = await (await other.as("organiser")).write("/api/content/reload", {});
    assert.equal(report.courses, 2);
    assert.ok(report.refused.some((one) => one.file.includes(COURSE)));
    assert.ok(report.refused.some((one) => one.file.includes("02-wuye-xuanpin")));
  } finally {
    await other.stop();
  }
});

describe("a start does not wait for the folders", () => {
  let quick;
  before(async () => {
    quick = await startServer({ waitsForContent: false });
  });
  after(() => quick.stop());

  test("a text is on its way or there, and soon it is there; a quiz needs no folder", async () => {
    const client = await quick.signIn("zy0102");
    for (const path of ["/api/courses", `/api/courses/${COURSE}`, "/api/handbook", `/api/search?q=${encodeURIComponent("物业")}`, "/api/practice"]) {
      const answer = await client.get(path);
      if (answer.status !== 200) assertProblem(answer, 503, "content_loading", path);
      else if (path === "/api/courses") assert.equal(answer.json.courses.length, 9, "an empty list says there is nothing");
    }
    assert.ok((await client.read("/api/quizzes")).quizzes.length > 0);
    await quick.ready();
    quick.waitsForContent = true;
    await quick.ready();
    assert.equal((await client.read("/api/courses")).courses.length, 9);
    assert.equal((await client.get("/api/practice")).status, 200);
  });
});
