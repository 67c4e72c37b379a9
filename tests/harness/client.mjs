// A browserless client: says exactly what it is told to, in one place the form of a
// problem document is checked.
import assert from "node:assert/strict";
import http from "node:http";

import { answerFaults } from "./openapi.mjs";

export const PASSWORD = "xunsai2020";

// Who of the demonstration stands for each role.
export const STAFF = {
  learner: "zy0102",
  contestant: "zy0101",
  proctor: "jk01",
  judge: "pw01",
  chief_judge: "cpz01",
  auditor: "jd01",
  host: "zc01",
  organiser: "zz01",
};

export class Client {
  constructor(origin) {
    this.origin = origin;
    this.cookie = null;
    this.documented = true; // every answer must be as web/openapi.yaml says
    const { hostname, port } = new URL(origin);
    this.address = { host: hostname, port };
    this.agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
  }

  // One request; never throws for a status. Errors of the connection reject.
  // `body`: a string or Buffer is sent as it is, anything else as JSON.
  request(method, path, { body, headers = {}, signal, timeout = 40000 } = {}) {
    const raw = typeof body === "string" || Buffer.isBuffer(body);
    const bytes = body === undefined ? null : Buffer.from(raw ? body : JSON.stringify(body));
    const sent = {};
    if (this.cookie) sent.cookie = this.cookie;
    if (bytes) {
      sent["content-type"] = "application/json";
      sent["content-length"] = bytes.length;
    }
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) delete sent[name];
      else sent[name] = value;
    }
    return new Promise((resolve, reject) => {
      const request = http.request(
        { ...this.address, method, path, headers: sent, agent: this.agent, signal },
        (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const answer = new Answer(response, Buffer.concat(chunks));
            const faults = this.documented ? answerFaults(method, path, answer) : [];
            if (faults.length === 0) resolve(answer);
            else reject(new Error(`${method} ${path}, ${answer.status}, against openapi.yaml: ${faults.slice(0, 5).join("; ")}`));
          });
        },
      );
      request.setTimeout(timeout, () => request.destroy(new Error(`no answer in ${timeout} ms`)));
      request.on("error", reject);
      request.end(bytes ?? undefined);
    });
  }

  get(path, options) {
    return this.request("GET", path, options);
  }

  post(path, body, options = {}) {
    return this.request("POST", path, { body, ...options });
  }

  // GET that must succeed; the document.
  async read(path) {
    const answer = await this.get(path);
    assert.equal(answer.status, 200, `GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  // POST that must succeed; the document.
  async write(path, body) {
    const answer = await this.post(path, body);
    assert.ok([200, 204].includes(answer.status), `POST ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  async login(staffNumber, password = PASSWORD) {
    const answer = await this.post("/api/login", { staff_number: staffNumber, password });
    if (answer.status === 200) this.cookie = answer.cookie;
    return answer;
  }

  close() {
    this.agent.destroy();
  }
}

export class Answer {
  constructor(response, bytes) {
    this.status = response.statusCode;
    this.headers = response.headers;
    this.bytes = bytes;
  }

  get text() {
    return this.bytes.toString("utf8");
  }

  // The body as JSON, undefined when it is none.
  get json() {
    try {
      return JSON.parse(this.text);
    } catch {
      return undefined;
    }
  }

  get cookie() {
    const line = this.headers["set-cookie"]?.[0];
    return line ? line.split(";")[0] : null;
  }
}

// The answer is a problem document in Chinese with this status and code (one of them, if
// it is a list).
export function assertProblem(answer, status, code, about = "") {
  const where = `${about} got ${answer.status}: ${answer.text.slice(0, 300)}`;
  assert.equal(answer.status, status, where);
  assert.equal(answer.headers["content-type"], "application/problem+json", where);
  const problem = answer.json;
  assert.ok(problem, `no JSON: ${where}`);
  assert.deepEqual(Object.keys(problem).slice(0, 5), ["type", "title", "status", "code", "detail"], where);
  assert.equal(problem.type, "about:blank", where);
  assert.equal(problem.status, status, where);
  assert.match(problem.title, /\p{Script=Han}/u, where);
  assert.match(problem.detail, /\p{Script=Han}/u, where);
  assert.doesNotMatch(problem.detail, /sqlite|SELECT|INSERT|\.c:|0x[0-9a-f]{6}/i, where);
  if (Array.isArray(code)) assert.ok(code.includes(problem.code), where);
  else assert.equal(problem.code, code, where);
}
