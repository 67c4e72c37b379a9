// Files that are asked for and fetched later: whose they are, that they are whole, what a
// kill or a full disk leaves behind.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { assertProblem } from "../harness/client.mjs";
import { demoFolder, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

const MANY = 8000; // people of the second quiz: its export takes a while

// A data folder with a quiz that very many people were to sit.
function crowdedFolder() {
  const data = join(temporaryFolder("xj"), "data");
  cpSync(demoFolder(), data, { recursive: true });
  execFileSync("sqlite3", [join(data, "xunsai.db")], {
    input: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
      INSERT INTO person (staff_number, name, branch)
      SELECT printf('m%06d', i), '人' || i, (SELECT min(id) FROM branch) + i % 10 FROM n;
      INSERT INTO account (person, roles, password, failures, blocked_until)
      SELECT id, 1, '-', 0, 0 FROM person WHERE staff_number GLOB 'm[0-9]*';`,
  });
  return data;
}

const digestOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function ask(client, body) {
  const answer = await client.post("/api/exports", body);
  assert.equal(answer.status, 201, answer.text);
  return answer.json.id;
}

// Until the job has ended; all states seen on the way.
async function ended(client, id, patienceMs = 60000) {
  const until = Date.now() + patienceMs;
  for (;;) {
    const job = await client.read(`/api/exports/${id}`);
    if (job.state === "done" || job.state === "failed") return job;
    assert.ok(Date.now() < until, `export ${id} is ${job.state}`);
    await sleep(20);
  }
}

async function started(client, id) {
  for (;;) {
    const job = await client.read(`/api/exports/${id}`);
    if (job.state !== "queued" && (job.state !== "running" || job.rows_done > 0)) return job;
    await sleep(5);
  }
}

const savedName = (answer) => decodeURIComponent(answer.headers["content-disposition"].split("UTF-8''")[1]);

describe("files that are made later", () => {
  let server;
  let organiser;
  let auditor;
  let proctor;
  before(async () => {
    server = await startServer();
    organiser = await server.as("organiser");
    auditor = await server.as("auditor");
    proctor = await server.as("proctor");
  });
  after(() => server.stop());
  const folder = () => join(server.data, "exports");

  for (const format of ["xlsx", "csv", "json"]) {
    test(`${format}: the file, its digest and its name`, async () => {
      const id = await ask(organiser, { kind: "quiz", subject: 1, format });
      const job = await ended(organiser, id);
      assert.equal(job.state, "done", job.failure);
      assert.ok(job.rows_done >= 358 || format !== "xlsx");
      const answer = await organiser.get(`/api/exports/${id}/file`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.bytes.length, job.size);
      assert.equal(digestOf(answer.bytes), job.digest);
      assert.equal(savedName(answer), job.name);
      assert.match(job.name, new RegExp(`\\p{Script=Han}.*\\.${format}$`, "u"));
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.equal(answer.headers["x-content-type-options"], "nosniff");
      assert.equal(answer.headers["x-accel-redirect"], undefined);
      const digest = await organiser.get(`/api/exports/${id}/file.sha256`);
      assert.equal(digest.text, `${job.digest}  ${job.name}\n`);
      assert.equal(savedName(digest), `${job.name}.sha256`);
      assert.equal(job.expires_at - job.ended_at, 7 * 24 * 3600 * 1000);
    });
  }

  test("on disk: whole files with their digest, for nginx and nobody else", () => {
    const names = readdirSync(folder());
    assert.ok(names.length >= 6, names.join());
    assert.equal(names.filter((name) => name.endsWith(".part")).length, 0);
    for (const name of names) {
      assert.match(name, /^\d+-quiz-1-ranking\.(xlsx|csv|json)(\.sha256)?$/);
      assert.equal(statSync(join(folder(), name)).mode & 0o777, 0o640, name);
    }
    assert.equal(statSync(folder()).mode & 0o777, 0o710);
    execFileSync("sha256sum", ["--quiet", "-c", ...names.filter((name) => name.endsWith(".sha256"))], { cwd: folder() });
  });

  test("the same numbers as the immediate file", async () => {
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "csv" });
    await ended(organiser, id);
    const later = await organiser.get(`/api/exports/${id}/file`);
    const now = await organiser.get("/api/rankings/quiz/1/export.csv");
    assert.equal(later.text, now.text);
  });

  test("every file taken stands in the log: who, what, how many, which bytes", async () => {
    const log = () => server.query("SELECT person, what, row_count, digest FROM export_log ORDER BY id");
    const before = log().length;
    const sheet = await organiser.get("/api/rankings/quiz/1/export.xlsx");
    const contest = await auditor.get("/api/contests/1/export.csv");
    const id = await ask(proctor, { kind: "quiz", subject: 1, format: "csv" });
    const job = await ended(proctor, id);
    await proctor.get(`/api/exports/${id}/file`);
    const rows = log().slice(before);
    assert.deepEqual(rows.map((row) => row.what), [
      "quiz/1 ranking.xlsx",
      "contest/1 results.csv",
      "quiz/1 ranking.csv",
      `quiz/1 ranking.csv export/${id}`,
    ]);
    assert.deepEqual(rows.map((row) => row.person), [organiser, auditor, proctor, proctor].map((one) => one.person.id));
    assert.equal(rows[0].row_count, 358);
    assert.equal(rows[0].digest, digestOf(sheet.bytes));
    assert.equal(rows[1].digest, digestOf(contest.bytes));
    assert.equal(rows[2].digest, job.digest);
    assert.equal(rows[3].digest, job.digest);
    assert.ok(rows[2].row_count > 20 && rows[2].row_count < 358);
  });

  test("a proctor gets the own street, whatever is asked for", async () => {
    const id = await ask(proctor, { kind: "quiz", subject: 1, format: "json" });
    const job = await ended(proctor, id);
    assert.equal(job.branch, proctor.person.branch.id);
    const { people, branches } = (await proctor.get(`/api/exports/${id}/file`)).json;
    assert.ok(people.length > 20);
    assert.ok(people.every((one) => one.branch.id === proctor.person.branch.id));
    assert.equal(branches.length, 1);
    const now = (await proctor.get("/api/rankings/quiz/1/export.csv")).text;
    assert.deepEqual([...new Set(now.match(/zy\d{2}/g))], ["zy01"]);
    const refused = await proctor.post("/api/exports", { kind: "quiz", subject: 1, format: "json", branch: 2 });
    assert.ok(refused.status === 400 || refused.status === 422, refused.text);
  });

  test("a proctor who moved does not reach the old street's file", async () => {
    const other = await server.signIn("jk02");
    const id = await ask(other, { kind: "quiz", subject: 1, format: "csv" });
    await ended(other, id);
    const sql = (branch) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database, `UPDATE person SET branch = ${branch} WHERE staff_number = 'jk02'`]);
    sql(7);
    assertProblem(await other.get(`/api/exports/${id}/file`), 404, "export_unknown");
    assertProblem(await other.get(`/api/exports/${id}/file.sha256`), 404, "export_unknown");
    assert.deepEqual((await other.read("/api/exports")).exports, []);
    sql(2);
    assert.equal((await other.get(`/api/exports/${id}/file`)).status, 200);
  });

  test("another person's file does not exist", async () => {
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "csv" });
    await ended(organiser, id);
    for (const client of [auditor, proctor]) {
      for (const end of ["", "/file", "/file.sha256"]) {
        const real = await client.get(`/api/exports/${id}${end}`);
        const none = await client.get(`/api/exports/999999${end}`);
        assertProblem(real, 404, "export_unknown");
        assert.equal(real.text, none.text);
      }
      assert.ok((await client.read("/api/exports")).exports.every((one) => one.id !== id));
    }
    assert.ok((await organiser.read("/api/exports")).exports.some((one) => one.id === id));
  });

  test("no address but one's own export leads to a file", async () => {
    const name = readdirSync(folder())[0];
    organiser.documented = false;
    for (const path of [
      `/internal/exports/${name}`,
      `/internal/exports/../exports/${name}`,
      `/internal/exports/..%2fxunsai.db`,
      `/internal/exports/%2e%2e/xunsai.db`,
      `/exports/${name}`,
      `/api/exports/1/file/../../../../xunsai.db`,
      `/api/exports/1%2f..%2f..%2fxunsai.db/file`,
      `/api/exports/${name}/file`,
      `/api/exports/-1/file`,
      `/api/exports/0/file`,
      `/api/exports/1.sha256/file`,
    ]) {
      const answer = await organiser.get(path);
      assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`);
    }
    organiser.documented = true;
  });

  test("what cannot be made is refused at once", async () => {
    const count = () => server.query("SELECT count(*) AS n FROM export_job")[0].n;
    const before = count();
    assertProblem(await organiser.post("/api/exports", { kind: "quiz", subject: 99, format: "csv" }), 404, "ranking_unknown");
    assertProblem(await organiser.post("/api/exports", { kind: "year", subject: 1, format: "csv" }), 404, "ranking_unknown");
    assertProblem(await organiser.post("/api/exports", { kind: "x", subject: 1, format: "csv" }), 404, "ranking_unknown");
    assertProblem(await organiser.post("/api/exports", { kind: "quiz", subject: 1, format: "exe" }), 422, "export_format");
    assertProblem(await organiser.post("/api/exports", { kind: "quiz", subject: 1, format: "../csv" }), 422, "export_format");
    assert.equal(count(), before);
  });

  test("a file is kept for seven days", async () => {
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "csv" });
    await ended(organiser, id);
    const file = join(folder(), `${id}-quiz-1-ranking.csv`);
    assert.ok(existsSync(file));
    const age = (ms) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database, `UPDATE export_job SET ended_at = ${Date.now() - ms} WHERE id = ${id}`]);
    age(7 * 24 * 3600 * 1000 - 60000);
    assert.equal((await organiser.get(`/api/exports/${id}/file`)).status, 200);
    age(7 * 24 * 3600 * 1000 + 1000);
    assertProblem(await organiser.get(`/api/exports/${id}/file`), 410, "export_expired");
    // The next time the thread has something to do, it goes.
    const next = await ask(organiser, { kind: "quiz", subject: 1, format: "csv" });
    await ended(organiser, next);
    assert.ok(!existsSync(file));
    assert.ok(!existsSync(`${file}.sha256`));
    assert.ok(existsSync(join(folder(), `${next}-quiz-1-ranking.csv`)));
  });

  test("a file that was taken from the folder is not found", async () => {
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "csv" });
    await ended(organiser, id);
    execFileSync("rm", [join(folder(), `${id}-quiz-1-ranking.csv`)]);
    const answer = await organiser.get(`/api/exports/${id}/file`);
    assert.equal(answer.status, 404);
    assert.equal(answer.json.code, "route_unknown");
  });
});

describe("long ones", () => {
  let server;
  let organiser;
  before(async () => {
    server = await startServer({ data: crowdedFolder(), waitsForContent: false });
    organiser = await server.as("organiser");
  });
  after(() => server.stop());
  const folder = () => join(server.data, "exports");

  test("two at once: one after the other, both whole; others are answered meanwhile", async () => {
    const auditor = await server.as("auditor");
    const first = await ask(organiser, { kind: "quiz", subject: 1, format: "xlsx" });
    const second = await ask(auditor, { kind: "quiz", subject: 1, format: "csv" });
    const running = await started(organiser, first);
    assert.equal(running.state, "running");
    assert.ok(running.rows_total >= MANY, JSON.stringify(running));
    assert.ok(running.rows_done < running.rows_total);
    assert.equal((await auditor.read(`/api/exports/${second}`)).state, "queued");
    assertProblem(await organiser.get(`/api/exports/${first}/file`), 409, "export_not_done");
    const began = Date.now();
    await organiser.read("/api/rankings");
    assert.ok(Date.now() - began < 2000);
    for (const [client, id] of [[organiser, first], [auditor, second]]) {
      const job = await ended(client, id);
      assert.equal(job.state, "done", job.failure);
      const file = await client.get(`/api/exports/${id}/file`);
      assert.equal(digestOf(file.bytes), job.digest);
    }
  });

  test("a person has five of them open and no more", async () => {
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await ask(organiser, { kind: "quiz", subject: 1, format: "xlsx" }));
    const more = await organiser.post("/api/exports", { kind: "quiz", subject: 1, format: "xlsx" });
    assertProblem(more, 429, "exports_open");
    execFileSync("sqlite3", ["-cmd", ".timeout 5000", server.database, "UPDATE export_job SET state = 'failed', failure = 'x' WHERE state = 'queued'"]);
    await ended(organiser, ids[0]);
  });

  test("killed while exporting: no half file, and the job is done after the restart", async () => {
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "xlsx" });
    assert.equal((await started(organiser, id)).state, "running");
    await server.kill();
    const name = `${id}-quiz-1-ranking.xlsx`;
    assert.ok(!existsSync(join(folder(), name)), "a name without its file");
    assert.ok(existsSync(join(folder(), `${name}.part`)));
    writeFileSync(join(folder(), "77-quiz-1-ranking.csv"), "of nobody");
    await server.restart();
    const job = await ended(organiser, id);
    assert.equal(job.state, "done", job.failure);
    assert.equal(digestOf((await organiser.get(`/api/exports/${id}/file`)).bytes), job.digest);
    assert.deepEqual(readdirSync(folder()).filter((one) => one.endsWith(".part") || one.startsWith("77-")), []);
  });

  test("what is cut off three times has failed, and says so", async () => {
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "xlsx" });
    for (let i = 0; i < 3; i++) {
      assert.equal((await started(organiser, id)).state, "running");
      await server.kill();
      await server.restart();
    }
    const job = await ended(organiser, id);
    assert.equal(job.state, "failed");
    assert.match(job.failure, /多次中断/);
    assertProblem(await organiser.get(`/api/exports/${id}/file`), 409, "export_not_done");
  });

  test("a clean stop gives the job back and does not count", async () => {
    server.waitsForContent = true; // a stop lets the reading of the folders come to its end
    await server.ready();
    const id = await ask(organiser, { kind: "quiz", subject: 1, format: "xlsx" });
    assert.equal((await started(organiser, id)).state, "running");
    const began = Date.now();
    await server.stopProgram();
    assert.ok(Date.now() - began < 8000);
    assert.deepEqual(server.query(`SELECT state, starts FROM export_job WHERE id = ${id}`), [{ state: "queued", starts: 0 }]);
    assert.deepEqual(readdirSync(folder()).filter((one) => one.endsWith(".part")), []);
    await server.restart();
    assert.equal((await ended(organiser, id)).state, "done");
  });
});

// A very small file system where the files go.
function mountTiny(folder) {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=384k", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("on a full disk", () => {
  let server;
  let organiser;
  let mounted;
  let folder;
  before(async () => {
    const data = crowdedFolder();
    folder = join(data, "exports");
    mounted = mountTiny(folder);
    if (!mounted) return;
    server = await startServer({ data });
    organiser = await server.as("organiser");
  });
  after(async () => {
    await server?.stop();
    if (mounted) execFileSync("umount", [folder]);
  });

  for (const format of ["csv", "json", "xlsx"]) {
    test(`${format} fails with a reason and leaves nothing`, async (t) => {
      if (!mounted) return t.skip("only root may mount a small file system");
      const job = await ended(organiser, await ask(organiser, { kind: "quiz", subject: 1, format }));
      assert.equal(job.state, "failed");
      assert.match(job.failure, /磁盘空间不足/);
      assert.equal(job.digest, null);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  test("what fits is made", async (t) => {
    if (!mounted) return t.skip("only root may mount a small file system");
    const job = await ended(organiser, await ask(organiser, { kind: "contest", subject: 1, format: "csv" }));
    assert.equal(job.state, "done", job.failure);
    assert.equal(digestOf(readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith(".csv"))))), job.digest);
  });
});
