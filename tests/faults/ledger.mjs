// The client's own book of what the server has acknowledged, written down before going on,
// and the comparison of that book with what the server has after a fault.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export class Ledger {
  constructor() {
    this.answers = []; // {attempt, item, epoch, seq, answer, receipt}
    this.submissions = []; // {attempt, key, reply}
    this.events = []; // {kind, device, number, sequence, receipt, content}
    this.sent = new Set(); // answers that were sent, acknowledged or not
    this.inDoubt = 0; // requests without a reply
  }

  get acknowledged() {
    return this.answers.length + this.submissions.length + this.events.length;
  }

  static key(attempt, item, epoch, seq, answer) {
    return JSON.stringify([attempt, item, epoch, seq, answer]);
  }

  // Everything that is in the book and not in the database, or different there; and
  // what is in the database and was never sent. `query` answers SQL with rows.
  faults(query, mirrorText) {
    return [
      ...this.#answerFaults(query),
      ...this.#submissionFaults(query),
      ...this.#eventFaults(query, mirrorText),
    ];
  }

  #answerFaults(query) {
    const faults = [];
    const attempts = [...new Set([...this.sent].map((key) => JSON.parse(key)[0]))];
    if (attempts.length === 0) return faults;
    const where = `attempt IN (${attempts.join()})`;
    const logged = new Map();
    for (const row of query(`SELECT * FROM answer_log WHERE ${where}`)) {
      const key = Ledger.key(row.attempt, row.item, row.epoch, row.seq, JSON.parse(row.answer));
      logged.set(key, (logged.get(key) ?? 0) + 1);
      if (!this.sent.has(key)) faults.push(`never sent, but stored: ${key}`);
      if (row.class !== "live") faults.push(`class ${row.class}: ${key}`);
      if (logged.get(key) > 1) faults.push(`stored twice: ${key}`);
    }
    const current = new Map(query(`SELECT * FROM answer WHERE ${where}`).map((row) => [`${row.attempt} ${row.item}`, row]));
    for (const one of this.answers) {
      const key = Ledger.key(one.attempt, one.item, one.epoch, one.seq, one.answer);
      const now = current.get(`${one.attempt} ${one.item}`);
      if (!logged.has(key)) faults.push(`acknowledged and lost: ${key}`);
      if (!now || now.seq < one.seq) faults.push(`an older answer counts: ${key}`);
      else if (now.seq === one.seq && now.answer !== JSON.stringify(one.answer)) faults.push(`altered: ${key}`);
    }
    return faults;
  }

  #submissionFaults(query) {
    const faults = [];
    for (const one of this.submissions) {
      const [row] = query(`SELECT state, grade, receipt, submitted_at FROM attempt WHERE id = ${one.attempt}`);
      const same =
        row?.state === "submitted" && row.grade === one.reply.grade &&
        row.receipt === one.reply.receipt && row.submitted_at === one.reply.submitted_at;
      if (!same) faults.push(`submission of ${one.attempt}: ${JSON.stringify(row)} instead of ${JSON.stringify(one.reply)}`);
    }
    return faults;
  }

  #eventFaults(query, mirrorText) {
    const faults = [];
    const rows = query("SELECT subject, number, kind, device, device_number, body, hash FROM event");
    const byNumber = new Map(rows.map((row) => [`${row.subject} ${row.number}`, row]));
    for (const one of this.events) {
      const row = byNumber.get(`${one.subject} ${one.number}`);
      const about = JSON.stringify(one);
      if (!row) {
        faults.push(`acknowledged event lost: ${about}`);
        continue;
      }
      if (row.kind !== one.kind || (one.device && row.device !== one.device)) faults.push(`another event in its place: ${about}`);
      if (one.hash && row.hash !== one.hash) faults.push(`another hash: ${about}`);
      const body = JSON.parse(row.body);
      for (const [name, value] of Object.entries(one.content)) {
        if (JSON.stringify(body[name]) !== JSON.stringify(value)) faults.push(`altered ${name}: ${about} is ${row.body}`);
      }
      if (!mirrorText.includes(row.hash)) faults.push(`not in the journal: ${about}`);
    }
    const devices = rows.filter((row) => row.device).map((row) => `${row.subject} ${row.device} ${row.device_number}`);
    if (new Set(devices).size !== devices.length) faults.push("an event of a device stands twice");
    return faults;
  }
}

export const mirrorOf = (data) => readFileSync(join(data, "events.ndjson"), "utf8");
