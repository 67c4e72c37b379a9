// The real program behind a real nginx with the configuration that production uses, in a
// folder of its own, on a free port.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, openSync, closeSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { Client, PASSWORD, STAFF } from "./client.mjs";
import { COURSES, PROGRAM, QUIZZES, ROOT, WEB, demoFolder, temporaryFolder } from "./places.mjs";

export function freePort() {
  return new Promise((resolve, reject) => {
    const socket = net.createServer();
    socket.on("error", reject);
    socket.listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

// A server that ends with this process, whatever becomes of it.
function startChild(command, words, logFile, environment = {}) {
  const log = openSync(logFile, "a");
  const child = spawn("setpriv", ["--pdeathsig", "KILL", command, ...words], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.ended = new Promise((resolve) => {
    child.on("exit", (code, signal) => {
      child.gone = true;
      resolve({ code, signal });
    });
    child.on("error", (error) => {
      child.gone = true;
      resolve({ code: null, signal: null, error });
    });
  });
  return child;
}

export class Server {
  constructor(settings) {
    Object.assign(this, settings);
    this.origin = `http://127.0.0.1:${this.port}`;
    this.clients = [];
    this.byRole = new Map();
  }

  get programLog() {
    return join(this.folder, "program.log");
  }

  get socket() {
    return join(this.data, "xunsai.sock");
  }

  get database() {
    return join(this.data, "xunsai.db");
  }

  logText() {
    return readFileSync(this.programLog, "utf8");
  }

  startProgram() {
    this.program = startChild(
      this.programFile,
      ["serve", "--data", this.data, "--courses", this.courses, "--quizzes", this.quizzes, ...this.words],
      this.programLog,
      this.environment,
    );
  }

  startNginx() {
    const run = join(this.folder, "nginx");
    mkdirSync(run, { recursive: true });
    const text = execFileSync(
      join(ROOT, "deploy/nginx/render.sh"),
      [userInfo().username, this.socket, WEB, run, run],
      { encoding: "utf8" },
    );
    writeFileSync(join(run, "nginx.conf"), text);
    writeFileSync(join(run, "listen.conf"), `listen 127.0.0.1:${this.port};\n`);
    this.nginx = startChild(
      "nginx",
      ["-p", run, "-c", join(run, "nginx.conf"), "-e", "stderr", "-g", "daemon off;"],
      join(this.folder, "nginx.log"),
    );
  }

  // Until /healthz is answered by the program itself.
  async ready(patienceMs = 60000) {
    const client = this.client();
    const until = Date.now() + patienceMs;
    for (;;) {
      const answer = await client.get("/healthz", { timeout: 5000 }).catch(() => null);
      const up = answer?.status === 200 && answer.json?.status === "ok";
      if (up && (answer.json.content || !this.waitsForContent)) return;
      const broken = this.program.gone || this.nginx.gone;
      if (broken || Date.now() > until) {
        throw new Error(
          `the server is not up:\n${this.logText().slice(-3000)}\n` +
            readFileSync(join(this.folder, "nginx.log"), "utf8").slice(-1000),
        );
      }
      await sleep(20);
    }
  }

  // A client nobody is signed in with.
  client() {
    const client = new Client(this.origin);
    this.clients.push(client);
    return client;
  }

  // A client signed in with a staff number, a new login each time.
  async signIn(staffNumber, password = PASSWORD) {
    const client = this.client();
    const answer = await client.login(staffNumber, password);
    assert.equal(answer.status, 200, `signing in ${staffNumber}: ${answer.status} ${answer.text}`);
    client.person = answer.json.person;
    return client;
  }

  // A client with the role, the same one each time.
  as(role) {
    if (!this.byRole.has(role)) this.byRole.set(role, this.signIn(STAFF[role] ?? role));
    return this.byRole.get(role);
  }

  // kill -9, as a power switch does it.
  async kill() {
    this.program.kill("SIGKILL");
    return this.program.ended;
  }

  // After kill(): the same data again.
  async restart() {
    this.startProgram();
    await this.ready();
  }

  // A clean stop of the program alone; what it ended with.
  async stopProgram(signal = "SIGTERM") {
    if (!this.program.gone) this.program.kill(signal);
    const late = sleep(20000, "late", { ref: false });
    const ended = await Promise.race([this.program.ended, late]);
    if (ended === "late") {
      this.program.kill("SIGKILL");
      throw new Error(`the program did not stop:\n${this.logText().slice(-3000)}`);
    }
    return ended;
  }

  // Stops both. A sanitizer's report or an unclean end is a failure of the test.
  async stop() {
    for (const client of this.clients) client.close();
    const killed = this.program.signalCode === "SIGKILL";
    const ended = killed ? null : await this.stopProgram();
    if (!this.nginx.gone) this.nginx.kill("SIGTERM");
    await this.nginx.ended;
    const log = this.logText();
    assert.doesNotMatch(log, /ERROR: \w+Sanitizer|runtime error:|Assertion/, log.slice(-6000));
    if (ended) {
      assert.deepEqual(ended, { code: 0, signal: null }, `unclean end:\n${log.slice(-3000)}`);
    }
  }

  // One answer from the database, read beside the program: rows as arrays of text.
  query(sql) {
    const text = execFileSync(
      "sqlite3",
      ["-readonly", "-cmd", ".timeout 5000", "-json", this.database, sql],
      { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
    );
    return text.trim() ? JSON.parse(text) : [];
  }

  // A fingerprint of all that is stored, but for logins. `leaving`: further tables.
  digest(leaving = []) {
    const dump = execFileSync("sqlite3", ["-readonly", "-cmd", ".timeout 5000", this.database, ".dump"], {
      encoding: "utf8",
      maxBuffer: 512 * 1024 * 1024,
    });
    const without = new RegExp(`^INSERT INTO "?(${["login", ...leaving].join("|")})"? `);
    const kept = dump.split("\n").filter((line) => !without.test(line));
    return createHash("sha256").update(kept.join("\n")).digest("hex");
  }

  // Runs the act; nothing stored may be different afterwards.
  async unchanged(act, leaving = []) {
    const before = this.digest(leaving);
    const result = await act();
    assert.equal(this.digest(leaving), before, "the database has changed");
    return result;
  }
}

// Starts a server with the demonstration's data.
//   courses, quizzes   other content folders
//   program            another build of it      words   further arguments of `serve`
//   environment        variables for the program besides this process's own
//   data               a data folder to use as it is, instead of a copy of the demo
//   waitsForContent    false: up means that saving works, read the folders or not
export async function startServer(options = {}) {
  const folder = temporaryFolder("xs");
  const data = options.data ?? join(folder, "data");
  if (!options.data) cpSync(demoFolder(), data, { recursive: true });
  const server = new Server({
    folder,
    data,
    port: await freePort(),
    courses: options.courses ?? COURSES,
    quizzes: options.quizzes ?? QUIZZES,
    programFile: options.program ?? PROGRAM,
    words: options.words ?? [],
    waitsForContent: options.waitsForContent ?? true,
    environment: options.environment ?? {},
  });
  server.startProgram();
  server.startNginx();
  try {
    await server.ready();
  } catch (error) {
    server.program.kill("SIGKILL");
    server.nginx.kill("SIGKILL");
    throw error;
  }
  return server;
}
