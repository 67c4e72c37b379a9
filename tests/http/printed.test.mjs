// What is printed: 公示表, 成绩证书, 街道成绩报告 and rankings as PDF, read back by poppler.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { assertProblem } from "../harness/client.mjs";
import { demoFolder, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

const LONG = "欧阳·阿卜杜拉〇𠮷野𬭚买买提江·阿卜杜热合曼·吐尔逊";
const NAMES = {
  zy0103: LONG,
  zy0104: "=1+1",
  zy0105: "\u202e三\u2066王\u200b五\u202c", // shown as 三王五, in this order
  zy0106: "أحمد",
};
const ADDRESS = "https://xunsai.example.cn/base";

let server;
let organiser;
let auditor;
let database;
const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", database, text], { encoding: "utf8" });
before(async () => {
  const data = join(temporaryFolder("xp"), "data");
  cpSync(demoFolder(), data, { recursive: true });
  database = join(data, "xunsai.db");
  for (const [number, name] of Object.entries(NAMES)) sql(`UPDATE person SET name = '${name}' WHERE staff_number = '${number}'`);
  // A street of one person, beside the ten.
  sql(`INSERT INTO branch (id, name, position) VALUES (90, '孤山街道', 90);
       UPDATE person SET branch = 90 WHERE staff_number = 'zy0110'`);
  server = await startServer({ data });
  organiser = await server.as("organiser");
  auditor = await server.as("auditor");
});
after(() => server.stop());

const folder = temporaryFolder("xq");
let counter = 0;
function saved(bytes) {
  const file = join(folder, `${++counter}.pdf`);
  writeFileSync(file, bytes);
  return file;
}

// Text page by page, with the layout kept.
function pagesOf(bytes) {
  const text = execFileSync("pdftotext", ["-layout", saved(bytes), "-"], { encoding: "utf8" });
  return text.split("\f").slice(0, -1);
}
const wordsOf = (bytes) => pagesOf(bytes).join("\n").replace(/\s+/g, "");

function infoOf(bytes) {
  const text = execFileSync("pdfinfo", [saved(bytes)], { encoding: "utf8" });
  return Object.fromEntries(text.split("\n").filter((line) => line.includes(":")).map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]));
}

// All fonts are in the file, with what their characters mean.
function assertFonts(bytes) {
  const lines = execFileSync("pdffonts", [saved(bytes)], { encoding: "utf8" }).trim().split("\n").slice(2);
  assert.ok(lines.length > 0);
  for (const line of lines) assert.match(line, /\byes yes yes\b/, line);
}

async function pdf(client, path) {
  const answer = await client.get(path);
  assert.equal(answer.status, 200, `${path}: ${answer.text.slice(0, 300)}`);
  assert.equal(answer.headers["content-type"], "application/pdf");
  assert.match(decodeURIComponent(answer.headers["content-disposition"].split("UTF-8''")[1]), /\p{Script=Han}.*\.pdf$/u);
  return answer.bytes;
}

async function publish(reason) {
  const proposal = await organiser.post("/api/rankings/quiz/1/proposals", reason ? { reason } : {});
  assert.equal(proposal.status, 201, proposal.text);
  const before = await server.client().get(`/api/published/${proposal.json.id}/notice.pdf`);
  assertProblem(before, 404, "publication_unknown", "a proposal is seen by nobody");
  const decision = await auditor.post(`/api/publications/${proposal.json.id}/decision`, { release: true });
  assert.equal(decision.status, 204, decision.text);
  return proposal.json.id;
}

describe("before the end", () => {
  test("a street's report says that it is not final", async () => {
    const bytes = await pdf(organiser, "/api/rankings/quiz/1/branches/1/report.pdf");
    const words = wordsOf(bytes);
    assert.ok(words.includes("非最终成绩"), words.slice(0, 300));
    for (const page of pagesOf(bytes)) assert.match(page, /非最终成绩 演示数据/);
  });

  test("a ranking as PDF through the jobs: everybody, marks on every page", async () => {
    const { id } = (await organiser.post("/api/exports", { kind: "quiz", subject: 1, format: "pdf" })).json;
    let job;
    do {
      await sleep(50);
      job = await organiser.read(`/api/exports/${id}`);
    } while (job.state === "queued" || job.state === "running");
    assert.equal(job.state, "done", job.failure);
    const bytes = await pdf(organiser, `/api/exports/${id}/file`);
    const pages = pagesOf(bytes);
    assert.equal(new Set(pages.join("\n").match(/\bzy\d{4}\b/g)).size, 358);
    pages.forEach((page, index) => {
      assert.match(page, /非最终成绩 演示数据/);
      assert.match(page, new RegExp(`第\\s*${index + 1}\\s*/\\s*${pages.length}\\s*页`));
    });
  });

  test("a contest nobody has come to is a document too", async () => {
    const ranking = await organiser.read("/api/rankings/contest/1");
    assert.ok(ranking.branches.length > 0);
    const bytes = await pdf(organiser, `/api/rankings/contest/1/branches/${ranking.branches[0].branch.id}/report.pdf`);
    assert.match(wordsOf(bytes), /实参（人）00/);
  });
});

describe("published", () => {
  let first;
  let published;
  let notice;
  before(async () => {
    sql(`UPDATE attempt SET state = 'submitted', submitted_at = started_at + 1000, grade = 5000 WHERE state = 'in_progress';
         UPDATE attempt SET grade = 9950, state = 'submitted', submitted_at = started_at + 1000 WHERE quiz = 1 AND person = (SELECT id FROM person WHERE staff_number = 'zy0103');
         UPDATE quiz SET window_close = window_open + 1;
         INSERT INTO setting (name, value) VALUES ('public_address', '${ADDRESS}/')`);
    first = await publish();
    published = await server.client().read(`/api/published/${first}`);
    notice = await pdf(server.client(), `/api/published/${first}/notice.pdf`);
  });
  const byNumber = (number) => Number(sql(`SELECT id FROM person WHERE staff_number = '${number}'`));
  const certificate = (client, person, id = first) => client.get(`/api/published/${id}/certificates/${person}.pdf`);

  test("the notice has everybody's name and nobody's staff number", () => {
    const words = wordsOf(notice);
    assert.doesNotMatch(words, /zy\d{4}/);
    const hidden = /[\u202a-\u202e\u2066-\u2069\u200b]/g;
    for (const name of Object.values(published.names)) {
      if (name === NAMES.zy0106) continue; // is written from right to left
      const shown = name.replace(hidden, "").replace(/\s/g, "");
      // A long one is broken into lines, between which its row's other cells may stand.
      if (shown.length <= 8) assert.ok(words.includes(shown), name);
    }
    assert.ok(words.includes("欧阳·阿卜杜拉〇𠮷野𬭚"));
    assert.ok(words.includes("吐尔"));
  });

  test("the notice says whose, which version, how it was made, how many", () => {
    const words = wordsOf(notice);
    const { ranking, publication } = published;
    const sum = (key) => ranking.branches.reduce((total, one) => total + one[key], 0);
    for (const part of [
      publication.title.replace(/\s/g, ""), "拱墅区", "第1版", "演示数据", ranking.formula_text.replace(/\s/g, ""),
      `应参${sum("expected")}人＝实参${sum("attended")}人＋缺考${sum("absent")}人＋缓考0人＋作废0人`,
      "组织者：", "监督：", "日期：", publication.digest, `${ADDRESS}/published/#/${first}`, "孤山街道",
    ]) assert.ok(words.includes(part), part);
    assert.ok(!words.includes("更正"));
    assert.ok(!words.includes("取代"));
  });

  test("pages of the notice are numbered, and each has the head of its table", () => {
    const pages = pagesOf(notice);
    assert.ok(pages.length >= 7, String(pages.length));
    pages.forEach((page, index) => {
      assert.match(page, new RegExp(`第\\s*${index + 1}\\s*/\\s*${pages.length}\\s*页`));
      assert.match(page, /名次\s+姓名\s+街道\s+成绩\s+是否合格\s+状态/);
    });
    const info = infoOf(notice);
    assert.match(info["Page size"], /595\.\d+ x 841\.\d+ pts \(A4\)/);
    assert.match(info.Title, /公示表/);
  });

  test("rows of the notice hold together: rank, name, street, score", () => {
    const text = pagesOf(notice).join("\n");
    let seen = 0;
    for (const one of published.ranking.people) {
      const name = published.names[one.person.id];
      if (one.status !== "done" || !/^\p{Script=Han}{2,4}$/u.test(name)) continue;
      const row = new RegExp(`^ *${one.rank} +${name} +${one.branch.name} +${one.score.replace(".", "\\.")} +${one.passed ? "合格" : "不合格"}`, "mu");
      assert.match(text, row);
      seen++;
    }
    assert.ok(seen > 300, String(seen));
  });

  test("controls of the writing direction do not reorder or hide anything", () => {
    const text = pagesOf(notice).join("\n");
    // pdftotext itself puts such controls around Arabic.
    const others = text.split("\n").filter((row) => !/\p{Script=Arabic}/u.test(row)).join("\n");
    assert.doesNotMatch(others, /[\u200b\u202a-\u202e\u2066-\u2069]/);
    const one = published.ranking.people.find((row) => row.person.id === byNumber("zy0105"));
    assert.match(text, new RegExp(`^ *${one.rank} +三王五 +${one.branch.name} +${one.score}`, "m"));
    // A name from right to left stays in its cell.
    const other = published.ranking.people.find((row) => row.person.id === byNumber("zy0106"));
    const line = text.split("\n").find((row) => /\p{Script=Arabic}/u.test(row));
    assert.ok(line.indexOf(other.branch.name) > line.search(/\p{Script=Arabic}/u), line);
    assert.ok(line.indexOf(other.score) > line.indexOf(other.branch.name), line);
  });

  test("fonts are in the file; the same data gives the same bytes; the date is the data's", async () => {
    assertFonts(notice);
    await sleep(1100);
    const again = await pdf(server.client(), `/api/published/${first}/notice.pdf`);
    assert.ok(again.equals(notice));
    const stamp = execFileSync("pdfinfo", ["-isodates", saved(notice)], { encoding: "utf8", env: { ...process.env, TZ: "UTC" } }).match(/CreationDate: +(\S+?)(Z|[+-]\d\d)?$/m);
    assert.equal(Date.parse(`${stamp[1]}${stamp[2] === "Z" ? "Z" : `${stamp[2]}:00`}`) / 1000, Math.floor(published.publication.decided_at / 1000));
  });

  test("the code of the notice is there and leads somewhere else for another address", async () => {
    const image = (bytes) => {
      const pages = infoOf(bytes).Pages;
      return execFileSync("pdftoppm", ["-r", "72", "-gray", "-f", pages, "-l", pages, saved(bytes)], { maxBuffer: 1e8 });
    };
    const dark = image(notice).filter((one) => one < 40).length;
    assert.ok(dark > 2000, String(dark));
    sql("UPDATE setting SET value = 'https://other.example.cn' WHERE name = 'public_address'");
    const other = await pdf(server.client(), `/api/published/${first}/notice.pdf`);
    sql(`UPDATE setting SET value = '${ADDRESS}/' WHERE name = 'public_address'`);
    assert.ok(wordsOf(other).includes(`https://other.example.cn/published/#/${first}`));
    assert.ok(!image(other).equals(image(notice)));
  });

  test("a certificate: one page, for herself and organisers", async () => {
    const one = published.ranking.people.find((row) => row.person.id === byNumber("zy0103"));
    const own = await server.signIn("zy0103");
    const bytes = (await certificate(own, one.person.id)).bytes;
    const words = wordsOf(bytes);
    for (const part of ["成绩证书", "欧阳·阿卜杜拉〇𠮷野𬭚", one.branch.name, published.publication.title.replace(/\s/g, ""), `成绩${one.score}分（满分100分）`, `第${one.rank}名`, "合格", published.publication.digest, "演示数据，不作证明", `XS-${first}-${one.person.id}-`]) {
      assert.ok(words.includes(part), `${part}: ${words}`);
    }
    assert.equal(infoOf(bytes).Pages, "1");
    assert.match(infoOf(bytes)["Page size"], /841\.\d+ x 595\.\d+/);
    assertFonts(bytes);
    assert.equal((await certificate(organiser, one.person.id)).status, 200);
    assertProblem(await certificate(server.client(), one.person.id), 401, "login_needed");
    for (const client of [await server.as("learner"), await server.as("proctor"), auditor]) {
      const real = await certificate(client, one.person.id);
      const none = await certificate(client, 999999);
      assertProblem(real, 404, "certificate_unknown");
      assert.equal(real.text, none.text);
    }
  });

  test("nothing in a name turns a certificate's text around", async () => {
    const bytes = (await certificate(organiser, byNumber("zy0105"))).bytes;
    const text = pagesOf(bytes).join("\n");
    assert.match(text, /^ +三王五$/m);
    assert.doesNotMatch(text, /[\u200b\u202a-\u202e\u2066-\u2069]/);
  });

  test("who has no result, or did not pass, has no certificate", async () => {
    const absent = published.ranking.people.find((row) => row.status === "absent");
    const failed = published.ranking.people.find((row) => row.passed === false);
    for (const one of [absent, failed]) assertProblem(await certificate(organiser, one.person.id), 404, "certificate_unknown");
    assertProblem(await certificate(organiser, 999999), 404, "certificate_unknown");
    assertProblem(await certificate(organiser, byNumber("zy0103"), 999), 404, "publication_unknown");
  });

  test("a street's report: its numbers beside the district's, its people and no others", async () => {
    const ranking = await organiser.read("/api/rankings/quiz/1");
    const street = ranking.branches.find((one) => one.branch.id === 2);
    const bytes = await pdf(organiser, "/api/rankings/quiz/1/branches/2/report.pdf");
    const words = wordsOf(bytes);
    const done = ranking.people.filter((one) => one.status === "done");
    const mean = done.reduce((total, one) => total + Math.round(Number(one.score) * 100), 0) / ranking.people.length / 100;
    for (const part of [
      `应参（人）${street.expected}${ranking.people.length}`,
      `实参（人）${street.attended}${done.length}`,
      `应参平均分${street.mean_expected}${mean.toFixed(2)}`,
      `中位数${street.median}`,
      `最高分${street.best}`,
      `街道名次${street.rank}`,
      "成绩分布", "90–100%", "未参加名单",
    ]) assert.ok(words.includes(part), part);
    const numbers = new Set(words.match(/zy\d{4}/g));
    assert.equal(numbers.size, street.expected);
    for (const number of numbers) assert.match(number, /^zy02/);
    assertFonts(bytes);
  });

  test("a street of one person: a note, and no more than it says", async () => {
    const words = wordsOf(await pdf(organiser, "/api/rankings/quiz/1/branches/90/report.pdf"));
    assert.ok(words.includes("应参（人）1358"), words.slice(0, 200));
    assert.match(words, /人数较少，平均分仅供参考|无人参加/);
    assert.deepEqual([...new Set(words.match(/zy\d{4}/g))], ["zy0110"]);
  });

  test("a proctor reads the own street's report only", async () => {
    const proctor = await server.as("proctor");
    await pdf(proctor, "/api/rankings/quiz/1/branches/1/report.pdf");
    const foreign = await proctor.get("/api/rankings/quiz/1/branches/2/report.pdf");
    assertProblem(foreign, 404, "street_unknown");
    assert.equal(foreign.text, (await proctor.get("/api/rankings/quiz/1/branches/999999/report.pdf")).text);
    assertProblem(await organiser.get("/api/rankings/quiz/1/branches/999999/report.pdf"), 404, "street_unknown");
  });

  test("certificates and reports stand in the log", () => {
    const rows = server.query("SELECT what, length(digest) AS digits FROM export_log WHERE what LIKE '%.pdf'");
    assert.ok(rows.some((row) => row.what === `publication/${first} certificate/${byNumber("zy0103")}.pdf`));
    assert.ok(rows.some((row) => row.what === "quiz/1 branch/2 report.pdf"));
    assert.ok(rows.every((row) => row.digits === 64));
  });

  test("a removed name is out of the notice; the numbers stay", async () => {
    const person = byNumber("zy0104");
    sql(`UPDATE publication_name SET name = '' WHERE person = ${person}`);
    const words = wordsOf(await pdf(server.client(), `/api/published/${first}/notice.pdf`));
    assert.ok(words.includes("（姓名已隐去）"));
    assert.ok(!words.includes("=1+1"));
    assert.ok(words.includes(published.publication.digest));
  });

  test("a correction says what it replaces, and the old one that it is replaced", async () => {
    const person = published.ranking.people[0].person.id;
    const decided = await organiser.post("/api/quizzes/1/statuses", { person, status: "voided", reason: "查实替考" });
    assert.equal(decided.status, 204, decided.text);
    const second = await publish("一人成绩作废");
    const words = wordsOf(await pdf(server.client(), `/api/published/${second}/notice.pdf`));
    assert.ok(words.includes("第2版"));
    assert.ok(words.includes("更正：取代第1版，原因：一人成绩作废"));
    assert.ok(words.includes("作废1人"));
    const old = wordsOf(await pdf(server.client(), `/api/published/${first}/notice.pdf`));
    assert.ok(old.includes("本版已被第2版取代"));
    assertProblem(await certificate(organiser, byNumber("zy0103")), 409, "publication_superseded");
    assert.equal((await certificate(organiser, byNumber("zy0103"), second)).status, 200);
    assertProblem(await certificate(organiser, person, second), 404, "certificate_unknown");
  });
});
