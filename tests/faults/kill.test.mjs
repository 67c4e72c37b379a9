// kill -9 of the program while learners save and hand in, judges mark and the host goes
// on: nothing that was acknowledged may be missing or different afterwards.
//   FAULTS_SECONDS   how long the random killing lasts (default 20)
//   FAULTS_SEED      repeats the moments of a run that failed
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { PROGRAM, ROOT, runProgram, temporaryFolder } from "../harness/places.mjs";
import { Contest } from "../harness/contest.mjs";
import { Sitting } from "../harness/quiz.mjs";
import { startServer } from "../harness/server.mjs";
import { Ledger, mirrorOf } from "./ledger.mjs";

const SECONDS = Number(process.env.FAULTS_SECONDS ?? 20);
// The program as it is shipped: quicker to start, so there are more kills in the time.
const SHIPPED = join(ROOT, "build/xunsai");
const program = process.env.FAULTS_PROGRAM ?? (existsSync(SHIPPED) ? SHIPPED : PROGRAM);

const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 1000000);
let randomState = SEED;
const random = () => {
  randomState = (Math.imul(randomState, 1664525) + 1013904223) >>> 0;
  return randomState / 2 ** 32;
};

// Sends until there is a reply; 503 and 507 mean the same request later. What got no
// reply is in doubt, and sent again as it was.
async function insist(ledger, working, send) {
  while (working.on) {
    try {
      const answer = await send();
      if (![502, 503, 507].includes(answer.status)) return answer;
    } catch {
      // As good as a 503 of nginx: nobody knows whether it was taken.
    }
    ledger.inDoubt++;
    await sleep(10 + random() * 30);
  }
  return null;
}

// One lane saves answers to its own questions, one after the other.
async function saveForEver(ledger, working, sitting, questions) {
  for (let turn = 0; working.on; turn++) {
    const batch = questions
      .slice(0, 1 + Math.floor(random() * questions.length))
      .map((question) => sitting.entry(question, sitting.guess(question, turn)));
    for (const one of batch) ledger.sent.add(Ledger.key(sitting.id, one.item, sitting.epoch, one.seq, one.answer));
    const reply = await insist(ledger, working, () => sitting.send(batch));
    if (!reply) return;
    assert.equal(reply.status, 200, reply.text);
    reply.json.receipts.forEach((receipt, index) => {
      assert.ok(["saved", "duplicate"].includes(receipt.stored), reply.text);
      ledger.answers.push({ attempt: sitting.id, epoch: sitting.epoch, receipt: receipt.receipt, ...batch[index] });
    });
  }
}

async function handIn(ledger, working, sitting, afterMs) {
  await sleep(afterMs);
  const key = `submission-of-${sitting.id}`;
  const reply = await insist(ledger, working, () => sitting.submit(key));
  if (!reply) return;
  assert.equal(reply.status, 200, reply.text);
  ledger.submissions.push({ attempt: sitting.id, key, reply: reply.json });
}

function noteEvent(ledger, kind, reply, more) {
  ledger.events.push({ subject: "contest/1", kind, number: reply.json.number, receipt: reply.json.receipt, ...more });
}

async function judgeOne(ledger, working, contest, judge, index, contestant) {
  for (const criterion of contest.criteria) {
    const number = ++judge.number;
    const value = contest.someMarks(index)[criterion.id];
    const reply = await insist(ledger, working, () => judge.tryMark(contestant, criterion.id, value, number));
    if (!reply) return;
    assert.equal(reply.status, 200, reply.text);
    noteEvent(ledger, "mark", reply, { device: judge.device, content: { contestant, criterion: criterion.id } });
    judge.last = { contestant, criterion: criterion.id, value, number, receipt: reply.json.receipt };
  }
  const number = ++judge.number;
  const marks = contest.someMarks(index);
  const reply = await insist(ledger, working, () => judge.trySheet(contestant, marks, number));
  if (!reply) return;
  assert.equal(reply.status, 200, reply.text);
  noteEvent(ledger, "sheet", reply, { device: judge.device, content: { contestant } });
}

// A step whose reply was lost is refused when it is sent again: it has been taken.
async function stepOnce(ledger, working, contest, action, contestant, kind) {
  let lost = false;
  const reply = await insist(ledger, working, async () => {
    try {
      return await contest.tryStep(action, { contestant });
    } catch (error) {
      lost = true;
      throw error;
    }
  });
  if (!reply) return;
  // nginx says 503 for a connection that broke off, too: the step may have been taken.
  if (reply.status !== 200) {
    assert.equal(reply.status, 409, `${action}: ${reply.text} ${lost}`);
    return;
  }
  noteEvent(ledger, kind, reply, { hash: reply.json.hash, content: { contestant } });
}

async function runContest(ledger, working, contest, order) {
  for (const contestant of order) {
    if (!working.on) return;
    await stepOnce(ledger, working, contest, "call", contestant, "called");
    await Promise.all(contest.judges.map((judge, index) => judgeOne(ledger, working, contest, judge, index, contestant)));
    await stepOnce(ledger, working, contest, "close", contestant, "closed");
    await stepOnce(ledger, working, contest, "release", contestant, "released");
  }
}

async function freePeople(server) {
  return server
    .query(
      `SELECT staff_number FROM person JOIN account ON account.person = person.id
       WHERE staff_number LIKE 'zy%' AND person.id NOT IN (SELECT person FROM attempt WHERE quiz = 1)
       ORDER BY staff_number LIMIT 12`,
    )
    .map((row) => row.staff_number);
}

describe("kill -9 at random moments", () => {
  const ledger = new Ledger();
  let server;
  let contest;
  let order;
  let sittings;
  before(async () => {
    server = await startServer({ program, waitsForContent: false });
    contest = await Contest.open(server);
    order = await contest.prepare();
    sittings = [];
    for (const number of await freePeople(server)) {
      const sitting = new Sitting(await server.signIn(number));
      assert.equal((await sitting.start()).status, 200);
      sittings.push(sitting);
    }
  });
  after(() => server.stop());

  test("whatever was acknowledged is there, and as it was sent", { timeout: (SECONDS + 100) * 1000 }, async (t) => {
    const working = { on: true };
    const lanes = [];
    sittings.forEach((sitting, index) => {
      if (index < 4) {
        // These save for a while and then hand in.
        const own = { get on() { return working.on && !this.over; } };
        const saving = [saveForEver(ledger, own, sitting, sitting.questions.slice(0, 6))];
        lanes.push(
          sleep(index * 3000 + 1000).then(async () => {
            own.over = true;
            await Promise.all(saving);
            await handIn(ledger, working, sitting, 0);
          }),
        );
        return;
      }
      for (let lane = 0; lane < 5; lane++) {
        lanes.push(saveForEver(ledger, working, sitting, sitting.questions.slice(lane * 4, lane * 4 + 4)));
      }
    });
    lanes.push(runContest(ledger, working, contest, order));
    // A failed assertion in a lane must end the test, not hang it.
    const broken = Promise.all(lanes).then(() => null, (error) => error);

    let kills = 0;
    const restarts = [];
    const faults = [];
    const end = Date.now() + SECONDS * 1000;
    while (Date.now() < end && faults.length === 0) {
      await sleep(100 + random() * 900);
      await server.kill();
      kills++;
      const down = Date.now();
      await server.restart().catch((error) => {
        working.on = false;
        throw error;
      });
      restarts.push(Date.now() - down);
      // What was acknowledged before the kill must be there; later ones come on top.
      const book = Object.assign(new Ledger(), {
        answers: [...ledger.answers], submissions: [...ledger.submissions], events: [...ledger.events], sent: ledger.sent,
      });
      faults.push(...book.faults((sql) => server.query(sql), mirrorOf(server.data)));
    }
    await sleep(300);
    working.on = false;
    const error = await broken;
    if (error) throw error;

    faults.push(...ledger.faults((sql) => server.query(sql), mirrorOf(server.data)));
    restarts.sort((a, b) => a - b);
    t.diagnostic(`seed ${SEED}, ${kills} kills, ${ledger.acknowledged} acknowledged, ${ledger.inDoubt} in doubt, restart p95 ${restarts[Math.floor(restarts.length * 0.95)]} ms`);
    assert.deepEqual(faults.slice(0, 10), []);
    assert.ok(kills >= 5, `${kills} kills are too few to say anything`);
    assert.ok(ledger.answers.length > 100, `${ledger.answers.length} answers`);
    assert.ok(ledger.submissions.length >= 1, `${ledger.submissions.length} submissions`);
    assert.ok(ledger.events.length > 20, `${ledger.events.length} events`);
  });

  test("asked again, the server gives the receipts it gave before", async () => {
    for (const sitting of sittings.slice(4)) {
      const own = ledger.answers.filter((one) => one.attempt === sitting.id);
      const newest = own.reduce((a, b) => (a && a.seq > b.seq ? a : b), null);
      const [row] = server.query(`SELECT seq FROM answer WHERE attempt = ${sitting.id} AND item = '${newest.item}'`);
      if (row.seq !== newest.seq) continue; // one in doubt was taken after it
      const { item, seq, answer } = newest;
      const reply = await sitting.send([{ item, seq, answer }]);
      assert.equal(reply.json.receipts[0].stored, "duplicate");
      assert.equal(reply.json.receipts[0].receipt, newest.receipt);
    }
    for (const one of ledger.submissions) {
      const sitting = sittings.find((other) => other.id === one.attempt);
      assert.deepEqual((await sitting.submit(one.key)).json, one.reply);
    }
    for (const judge of contest.judges) {
      if (!judge.last) continue;
      const { contestant, criterion, value, number, receipt } = judge.last;
      assert.equal((await judge.tryMark(contestant, criterion, value, number)).json.receipt, receipt);
    }
  });

  test("chain, journal and database are whole; the replay gives the server's standings", async () => {
    assert.equal(server.query("PRAGMA integrity_check")[0].integrity_check, "ok");
    assert.match(runProgram(["verify", "--data", server.data]), /events/);
    const organiser = await server.as("organiser");
    const folder = temporaryFolder("xr");
    for (const name of ["rules.json", "events.ndjson"]) {
      const file = await organiser.get(`/api/contests/1/${name}`);
      execFileSync("tee", [join(folder, name)], { input: file.bytes, stdio: ["pipe", "ignore", "inherit"] });
    }
    const standings = await organiser.get("/api/contests/1/standings");
    assert.equal(runProgram(["contest", "replay", folder]).trimEnd(), standings.text.trimEnd());
  });

  test("control: the comparison sees a lost, an altered and an invented answer", () => {
    const copy = join(temporaryFolder("xk"), "xunsai.db");
    execFileSync("sqlite3", ["-readonly", server.database, `VACUUM INTO '${copy}'`]);
    const query = (sql) => {
      const text = execFileSync("sqlite3", ["-json", copy, sql], { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
      return text.trim() ? JSON.parse(text) : [];
    };
    const mirror = mirrorOf(server.data);
    assert.deepEqual(ledger.faults(query, mirror), []);
    const [one] = ledger.answers;
    const last = ledger.answers[ledger.answers.length - 1];
    query("DROP TRIGGER answer_log_no_delete; DROP TRIGGER answer_log_no_update; DROP TRIGGER event_no_delete");
    query(`DELETE FROM answer_log WHERE attempt = ${one.attempt} AND item = '${one.item}' AND seq = ${one.seq}`);
    query(`UPDATE answer_log SET answer = '["x"]' WHERE attempt = ${last.attempt} AND item = '${last.item}' AND seq = ${last.seq}`);
    query(`DELETE FROM event WHERE subject = 'contest/1' AND number = ${ledger.events[5].number}`);
    const found = ledger.faults(query, mirror);
    for (const words of ["acknowledged and lost", "never sent", "acknowledged event lost"]) {
      assert.ok(found.some((fault) => fault.startsWith(words)), words);
    }
    assert.ok(ledger.faults((sql) => server.query(sql), "").some((fault) => fault.startsWith("not in the journal")));
  });
});

// ---- At every system call of a save, one after the other ----

const canTrace = spawnSync("strace", ["-e", "inject=getpid:signal=KILL", "true"]).status === 0;
const CALLS = ["pwrite64", "fdatasync", "fsync", "ftruncate", "write", "writev", "sendmsg", "sendto"];

// Kills the program at its nth `call` from now on. Resolves when the trap is set.
async function setTrap(pid, call, nth) {
  const strace = spawn("setpriv", ["--pdeathsig", "KILL", "strace", "-f", "-p", String(pid), "-e", `trace=${call}`, "-e", `inject=${call}:signal=KILL:when=${nth}`, "-o", "/dev/null"]);
  let said = "";
  const set = new Promise((resolve, reject) => {
    strace.stderr.on("data", (bytes) => {
      said += bytes;
      if (/attached/.test(said)) resolve();
    });
    strace.on("exit", () => reject(new Error(`strace: ${said}`)));
  });
  await set;
  // -f tells of each thread; all are attached once it is silent.
  await sleep(60);
  strace.removeAllListeners("exit");
  return strace;
}

describe("kill -9 at each system call of", { skip: canTrace ? false : "strace may not trace here" }, () => {
  const ledger = new Ledger();
  let server;
  let sitting;
  let contest;
  let contestant;
  before(async () => {
    server = await startServer({ program, words: ["--workers", "2"], waitsForContent: false });
    [sitting] = [new Sitting(await server.signIn("zy0101"))];
    assert.equal((await sitting.start()).status, 200);
    contest = await Contest.open(server);
    [contestant] = await contest.prepare();
    await contest.step("call", { contestant });
  });
  after(() => server.stop());

  // act() sends one thing; again() sends the same thing once more.
  async function sweep(t, act, again) {
    let points = 0;
    let told = 0;
    for (const call of CALLS) {
      for (let nth = 1; nth <= 40; nth++) {
        const strace = await setTrap(server.program.pid, call, nth);
        const reply = await act().catch(() => null);
        if (reply?.status === 200) told++;
        await sleep(30);
        // A busy machine tells of the end some time after nginx has noticed it.
        const gone = () => server.program.gone || server.program.signalCode !== null;
        for (let waited = 0; reply?.status !== 200 && !gone() && waited < 3000; waited += 30) await sleep(30);
        const hit = gone();
        strace.kill("SIGKILL");
        if (!hit) {
          assert.equal(reply?.status, 200, reply?.text);
          break;
        }
        points++;
        await server.program.ended;
        await server.restart();
        const faults = ledger.faults((sql) => server.query(sql), mirrorOf(server.data));
        assert.deepEqual(faults, [], `${call} ${nth}`);
        const second = await again();
        assert.equal(second.status, 200, `${call} ${nth}: ${second.text}`);
        assert.deepEqual(ledger.faults((sql) => server.query(sql), mirrorOf(server.data)), [], `${call} ${nth}, sent again`);
      }
    }
    t.diagnostic(`${points} points, ${told} replies`);
    assert.ok(points >= 4, `only ${points} points: the traps do not work`);
  }

  test("a save: kept or not, never half, and sent again it is kept once", { timeout: 120000 }, async (t) => {
    let entry;
    let turn = 0;
    const [question] = sitting.of("single");
    const send = async () => {
      const reply = await sitting.send([entry]);
      if (reply.status === 200) {
        assert.ok(["saved", "duplicate"].includes(reply.json.receipts[0].stored), reply.text);
        ledger.answers.push({ attempt: sitting.id, epoch: sitting.epoch, receipt: reply.json.receipts[0].receipt, ...entry });
      }
      return reply;
    };
    await sweep(
      t,
      () => {
        entry = sitting.entry(question, sitting.guess(question, ++turn));
        ledger.sent.add(Ledger.key(sitting.id, entry.item, sitting.epoch, entry.seq, entry.answer));
        return send();
      },
      send,
    );
  });

  test("a mark: in the chain and in the journal, once", { timeout: 120000 }, async (t) => {
    const [judge] = contest.judges;
    const [criterion] = contest.criteria;
    let number;
    const send = async () => {
      const reply = await judge.tryMark(contestant, criterion.id, number % 2 ? criterion.maximum : criterion.step, number);
      if (reply.status === 200) {
        noteEvent(ledger, "mark", reply, { device: judge.device, content: { contestant, criterion: criterion.id } });
      }
      return reply;
    };
    await sweep(
      t,
      () => {
        number = ++judge.number;
        return send();
      },
      send,
    );
    assert.match(runProgram(["verify", "--data", server.data]), /events/);
  });
});
