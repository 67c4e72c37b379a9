// Starting and stopping: `xunsai serve` by itself and deploy/run.sh, when all is well and
// when something is in the way. Each mishap is one clear line and an exit other than 0.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Client } from "../harness/client.mjs";
import { COURSES, PROGRAM, QUIZZES, ROOT, WEB, demoFolder, temporaryFolder } from "../harness/places.mjs";
import { freePort, startServer } from "../harness/server.mjs";

const isRoot = process.getuid() === 0;
const mounts = [];
after(() => {
  for (const mount of mounts) spawnSync("umount", ["-l", mount]);
});

// A small disk of its own, or why not.
function smallDisk(size) {
  const folder = join(temporaryFolder("xm"), "disk");
  mkdirSync(folder);
  const made = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  if (made.status !== 0) return null;
  mounts.push(folder);
  return folder;
}
const canMount = isRoot && (() => smallDisk("64k") !== null)();
const needsMount = canMount ? {} : { skip: "needs root and leave to mount a tmpfs" };

const contentWords = ["--courses", COURSES, "--quizzes", QUIZZES];

// Runs a command to its end.
function run(command, words, { env = {}, timeout = 60000 } = {}) {
  return spawnSync(command, words, {
    cwd: ROOT,
    encoding: "utf8",
    timeout,
    env: { ...process.env, ...env },
  });
}

// `xunsai serve` must give up: exit 1, one line with its name and the words.
function serveFails(data, words, more = []) {
  const result = run(PROGRAM, ["serve", "--data", data, ...contentWords, ...more]);
  assert.equal(result.signal, null, "it ran on, or crashed");
  assert.equal(result.status, 1, result.stderr);
  const said = result.stderr.split("\n").filter((line) => line.startsWith("xunsai: "));
  assert.equal(said.length, 1, result.stderr);
  assert.match(said[0], words);
  assert.doesNotMatch(result.stderr, /Sanitizer|runtime error|Assertion/);
}

// deploy/run.sh must give up: exit not 0, one line on standard error.
function runFails(env, words) {
  const result = run("deploy/run.sh", [], { env: { PROGRAM, WEB, PORT: "0", ...env } });
  assert.notEqual(result.status, 0, result.stdout);
  assert.equal(result.signal, null);
  const lines = result.stderr.trim().split("\n");
  assert.equal(lines.length, 1, result.stderr);
  assert.match(lines[0], words);
  return result;
}

function copyOfDemo(name = "xp") {
  const data = join(temporaryFolder(name), "data");
  cpSync(demoFolder(), data, { recursive: true });
  return data;
}

function noneLeft(folder) {
  const found = spawnSync("pgrep", ["-f", folder], { encoding: "utf8" }).stdout.trim();
  assert.equal(found, "", `still running: ${found}`);
}

describe("xunsai serve gives up with one line when", () => {
  test("the database is no database", () => {
    const data = copyOfDemo();
    writeFileSync(join(data, "xunsai.db"), "this is no database".repeat(100));
    rmSync(join(data, "xunsai.db-wal"), { force: true });
    serveFails(data, /xunsai\.db/);
  });
  test("the database is cut off", () => {
    const data = copyOfDemo();
    const bytes = readFileSync(join(data, "xunsai.db"));
    writeFileSync(join(data, "xunsai.db"), bytes.subarray(0, 5000));
    rmSync(join(data, "xunsai.db-wal"), { force: true });
    serveFails(data, /xunsai\.db|database/);
  });
  test("the database was made by a newer program", () => {
    const data = copyOfDemo();
    execFileSync("sqlite3", [join(data, "xunsai.db"), "PRAGMA user_version = 999"]);
    serveFails(data, /newer program/);
  });
  test("another program has the database", async () => {
    const server = await startServer();
    try {
      serveFails(server.data, /./);
      assert.equal((await server.client().get("/healthz")).status, 200, "the first one is not disturbed");
    } finally {
      await server.stop();
    }
  });
  test("the data folder is a file", () => {
    const file = join(temporaryFolder("xf"), "file");
    writeFileSync(file, "");
    serveFails(file, /file/);
  });
  test("the path of the socket is too long", () => {
    const deep = join(temporaryFolder("xf"), "d".repeat(60), "e".repeat(60));
    cpSync(demoFolder(), deep, { recursive: true });
    serveFails(deep, /too long/);
  });
  test("an argument is not known", () => serveFails(copyOfDemo(), /--color/, ["--color", "red"]));
  test("there are no courses", () => {
    const data = copyOfDemo();
    const result = run(PROGRAM, ["serve", "--data", data, "--courses", "/nowhere", "--quizzes", QUIZZES], { timeout: 3000 });
    // Going on with what there is would be right as well; falling over would not.
    assert.ok(result.status === 1 || result.error?.code === "ETIMEDOUT", `${result.status} ${result.signal} ${result.stderr}`);
    assert.doesNotMatch(result.stderr, /Sanitizer|runtime error|Assertion/);
  });
  test("the database cannot be written", needsMount, () => {
    const disk = smallDisk("64m");
    const data = join(disk, "data");
    cpSync(demoFolder(), data, { recursive: true });
    execFileSync("mount", ["-o", "remount,ro", disk]);
    serveFails(data, /read-?only|Read-only|cannot/i);
  });
  test("the disk is full", needsMount, () => {
    const disk = smallDisk("24m");
    const data = join(disk, "data");
    mkdirSync(data);
    spawnSync("dd", ["if=/dev/zero", `of=${disk}/filler`, "bs=4k"]);
    serveFails(data, /full|No space|cannot/i);
  });
});

describe("xunsai demo", () => {
  test("refuses a filled database and leaves it as it is", () => {
    const data = copyOfDemo();
    const before = readFileSync(join(data, "xunsai.db"));
    const result = run(PROGRAM, ["demo", "--data", data, ...contentWords]);
    assert.equal(result.status, 1, result.stderr);
    assert.equal(result.stderr.split("\n").filter((line) => line.startsWith("xunsai: ")).length, 1, result.stderr);
    assert.ok(before.equals(readFileSync(join(data, "xunsai.db"))));
  });
  test("has ten streets and 358 specialists, the first contestant of each role named", async () => {
    const server = await startServer();
    try {
      const { branches } = await (await server.as("organiser")).read("/api/branches");
      const names = "米市巷 湖墅 小河 和睦 拱宸桥 大关 上塘 祥符 康桥 半山".split(" ").map((name) => `${name}街道`);
      assert.deepEqual(branches.map((one) => one.name), names);
      assert.equal(branches.reduce((sum, one) => sum + one.specialists, 0), 358);
      for (const number of ["jk01", "jk10", "pw01", "pw07", "cpz01", "jd01", "zc01", "zz01", "zy0101"]) {
        await server.signIn(number);
      }
      const { contests } = await server.client().read("/api/contests");
      assert.equal(contests.length, 1);
      assert.equal(contests[0].state, "prepared");
    } finally {
      await server.stop();
    }
  });
});

describe("deploy/run.sh gives up with one line when", () => {
  const data = () => join(temporaryFolder("xv"), "var");
  test("the port is taken", async () => {
    const taken = http.createServer((_, response) => response.end("somebody else"));
    await new Promise((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const port = String(taken.address().port);
    const folder = data();
    // spawnSync would keep this process, and so the server above, from answering; the
    // kernel accepts for it, and that is all the check needs.
    runFails({ PORT: port, DATA: folder }, new RegExp(`端口 ${port} 已被`));
    taken.close();
    noneLeft(folder);
  });
  test("the port is bound by somebody who does not listen", async () => {
    const port = String(await freePort());
    const holder = spawn("python3", ["-c", `import socket,time; s=socket.socket(); s.bind(('127.0.0.1',${port})); print('bound',flush=True); time.sleep(60)`]);
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    const folder = copyOfDemo("xv");
    runFails({ PORT: port, DATA: folder }, new RegExp(`端口 ${port} 已被`));
    holder.kill("SIGKILL");
    noneLeft(folder);
  });
  for (const port of ["0", "65536", "http", "80 80", "-1"]) {
    test(`the port is "${port}"`, () => {
      runFails({ PORT: port, DATA: data() }, /端口/);
    });
  }
  test("nginx is missing", () => runFails({ PORT: "8089", DATA: data(), NGINX: "no-such-nginx" }, /nginx/));
  test("the program was not built", () => runFails({ PORT: "8089", DATA: data(), PROGRAM: "/no/such/program" }, /make/));
  test("the pages were not built", () => runFails({ PORT: "8089", DATA: data(), WEB: "/no/such/pages" }, /make/));
  test("the database is no database", async () => {
    const folder = copyOfDemo("xv");
    writeFileSync(join(folder, "xunsai.db"), "this is no database".repeat(100));
    runFails({ PORT: String(await freePort()), DATA: folder }, /xunsai\.db/);
    noneLeft(folder);
  });
  test("the database is read-only", needsMount, async () => {
    const disk = smallDisk("64m");
    const folder = join(disk, "var");
    cpSync(demoFolder(), folder, { recursive: true });
    execFileSync("mount", ["-o", "remount,ro", disk]);
    runFails({ PORT: String(await freePort()), DATA: folder }, /只读|不能写/);
  });
  test("the data folder may not be written", isRoot ? { skip: "root may write anywhere" } : {}, async () => {
    const folder = copyOfDemo("xv");
    chmodSync(folder, 0o555);
    runFails({ PORT: String(await freePort()), DATA: folder }, /只读|不能写/);
    chmodSync(folder, 0o755);
  });
  test("the disk is full", needsMount, async () => {
    const disk = smallDisk("24m");
    spawnSync("dd", ["if=/dev/zero", `of=${disk}/filler`, "bs=4k"]);
    runFails({ PORT: String(await freePort()), DATA: join(disk, "var") }, /磁盘|数据目录/);
  });
});

// Starts run.sh and waits for its table.
async function startRun(env) {
  const child = spawn("deploy/run.sh", [], { cwd: ROOT, env: { ...process.env, PROGRAM, WEB, ...env } });
  child.output = "";
  child.stdout.on("data", (bytes) => (child.output += bytes));
  child.stderr.on("data", (bytes) => (child.output += bytes));
  child.ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  const until = Date.now() + 60000;
  while (!child.output.includes("按 Ctrl-C 停止") && child.exitCode === null && Date.now() < until) await sleep(20);
  assert.equal(child.exitCode, null, child.output);
  assert.ok(child.output.includes("按 Ctrl-C 停止"), child.output);
  await sleep(100);
  return child;
}

describe("deploy/run.sh", () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    test(`serves, and stops cleanly at ${signal}`, async () => {
      const folder = copyOfDemo("xv");
      const port = String(await freePort());
      const started = Date.now();
      const child = await startRun({ PORT: port, DATA: folder });
      assert.ok(Date.now() - started < 10000, "up within ten seconds");
      const client = new Client(`http://127.0.0.1:${port}`);
      const { number } = await client.read("/api/contests/1/screen");
      assert.equal((await client.get("/healthz")).status, 200);
      assert.equal((await client.get("/learn/")).status, 200);
      for (const word of ["zy0101", "jk01", "pw01", "cpz01", "jd01", "zc01", "zz01", "xunsai2020", `:${port}/`]) {
        assert.ok(child.output.includes(word), `${word} is not told:\n${child.output}`);
      }
      const parked = client.get(`/api/contests/1/screen?since=${number}`).then((answer) => answer.status, (error) => error.code);
      await sleep(300);
      const asked = Date.now();
      child.kill(signal);
      assert.deepEqual(await child.ended, { code: 0, signal: null }, child.output);
      assert.ok(Date.now() - asked < 6000, `${Date.now() - asked} ms to stop`);
      assert.ok([204, "ECONNRESET", 503].includes(await parked));
      client.close();
      noneLeft(folder);
      assert.equal(existsSync(join(folder, "xunsai.sock")), false, "the socket is gone");
      assert.match(readFileSync(join(folder, "xunsai.log"), "utf8"), /event=stopped clean=yes/);
    });
  }

  test("fills an empty folder first; interrupted in that, it leaves nothing half-filled", async () => {
    const folder = join(temporaryFolder("xv"), "var");
    const port = String(await freePort());
    const child = spawn("deploy/run.sh", [], { cwd: ROOT, detached: true, env: { ...process.env, PROGRAM, WEB, PORT: port, DATA: folder } });
    const ended = new Promise((resolve) => child.on("exit", (code) => resolve(code)));
    const until = Date.now() + 20000;
    while (!existsSync(join(folder, "filling/xunsai.db")) && Date.now() < until) await sleep(5);
    process.kill(-child.pid, "SIGINT"); // as a terminal does it: to the whole group
    assert.notEqual(await ended, null);
    assert.equal(existsSync(join(folder, "xunsai.db")), false);
    noneLeft(folder);

    const again = await startRun({ PORT: port, DATA: folder });
    const client = new Client(`http://127.0.0.1:${port}`);
    assert.equal((await client.login("zz01")).status, 200);
    client.close();
    assert.equal(existsSync(join(folder, "filling")), false);
    again.kill("SIGINT");
    assert.equal((await again.ended).code, 0);
    noneLeft(folder);
  });

  test("killed with -9 it takes its servers along", async () => {
    const folder = copyOfDemo("xv");
    const child = await startRun({ PORT: String(await freePort()), DATA: folder });
    child.kill("SIGKILL");
    await child.ended;
    const until = Date.now() + 8000;
    while (spawnSync("pgrep", ["-f", folder]).status === 0 && Date.now() < until) await sleep(100);
    noneLeft(folder);
  });

  test("when the program dies it says so and stops", async () => {
    const folder = copyOfDemo("xv");
    const child = await startRun({ PORT: String(await freePort()), DATA: folder });
    const pid = spawnSync("pgrep", ["-f", `serve --data ${folder}`], { encoding: "utf8" }).stdout.trim().split("\n")[0];
    process.kill(Number(pid), "SIGKILL");
    const { code } = await child.ended;
    assert.notEqual(code, 0);
    assert.match(child.output, /程序已退出/);
    noneLeft(folder);
  });
});

describe("a disk that fills up while serving", () => {
  test("saves are refused with 507, never acknowledged; reads go on; space heals it", needsMount, async () => {
    const disk = smallDisk("96m");
    const data = join(disk, "data");
    cpSync(demoFolder(), data, { recursive: true });
    const server = await startServer({ data });
    try {
      const learner = await server.signIn("zy0101");
      const device = "device-on-a-full-disk";
      const { attempt, parts } = await learner.write("/api/quizzes/1/attempt", { device });
      const question = parts[0].questions[0];
      let seq = 0;
      const save = () =>
        learner.post(`/api/attempts/${attempt.id}/answers`, {
          device, epoch: attempt.epoch,
          batch: [{ item: question.id, seq: ++seq, answer: [question.options[seq % 3].id] }],
        });
      assert.equal((await save()).status, 200);
      let acknowledged = seq;
      spawnSync("dd", ["if=/dev/zero", `of=${disk}/filler`, "bs=4k"]);
      const refused = [];
      for (let i = 0; i < 400 && refused.length < 5; i++) {
        const answer = await save().catch((error) => ({ status: error.code }));
        if (answer.status === 200) acknowledged = seq;
        else refused.push(answer.status);
      }
      assert.equal(refused.length, 5, "the disk never filled up");
      assert.deepEqual([...new Set(refused)], [507]);
      const now = await learner.read(`/api/attempts/${attempt.id}?device=${device}`);
      assert.equal(now.answers[0].seq, acknowledged, "what was acknowledged is there, and nothing else");
      rmSync(join(disk, "filler"));
      const until = Date.now() + 5000;
      let healed = await save();
      while (healed.status !== 200 && Date.now() < until) {
        await sleep(200);
        healed = await save();
      }
      assert.equal(healed.status, 200, healed.text);
    } finally {
      await server.stop();
    }
  });
});
