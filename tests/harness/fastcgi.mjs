// FastCGI as nginx speaks it, byte by byte, so that a test can lie where nginx never would.
import net from "node:net";

export const BEGIN = 1;
export const END = 3;
export const PARAMS = 4;
export const STDIN = 5;
export const STDOUT = 6;

export function record(type, content = "", id = 1) {
  const bytes = Buffer.from(content);
  const head = Buffer.alloc(8);
  head[0] = 1;
  head[1] = type;
  head.writeUInt16BE(id, 2);
  head.writeUInt16BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

export function begin({ keep = true, id = 1 } = {}) {
  return record(BEGIN, Buffer.from([0, 1, keep ? 1 : 0, 0, 0, 0, 0, 0]), id);
}

function lengthBytes(length) {
  if (length < 128) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE((length | 0x80000000) >>> 0);
  return bytes;
}

export function pairs(parameters) {
  const parts = [];
  for (const [name, value] of Object.entries(parameters)) {
    const key = Buffer.from(name);
    const text = Buffer.from(String(value));
    parts.push(lengthBytes(key.length), lengthBytes(text.length), key, text);
  }
  return Buffer.concat(parts);
}

// The parameters deploy/nginx sends.
export function parametersOf(method, path, { body = "", cookie = "", length, ...more } = {}) {
  return {
    REQUEST_METHOD: method,
    REQUEST_SCHEME: "http",
    XUNSAI_PATH: path,
    QUERY_STRING: "",
    CONTENT_TYPE: body.length ? "application/json" : "",
    CONTENT_LENGTH: length ?? (body.length ? String(Buffer.byteLength(body)) : ""),
    REMOTE_ADDR: "127.0.0.1",
    HTTP_HOST: "localhost",
    HTTP_COOKIE: cookie,
    ...more,
  };
}

// A whole request.
export function requestBytes(method, path, options = {}) {
  const body = Buffer.from(options.body ?? "");
  const chunks = [begin(options), record(PARAMS, pairs(parametersOf(method, path, options)))];
  chunks.push(record(PARAMS));
  for (let at = 0; at < body.length; at += 60000) {
    chunks.push(record(STDIN, body.subarray(at, at + 60000)));
  }
  chunks.push(record(STDIN));
  return Buffer.concat(chunks);
}

// A connection to the program's socket. replies: every finished reply so far.
export class Connection {
  constructor(path) {
    this.replies = [];
    this.closed = false;
    this.pending = Buffer.alloc(0);
    this.output = [];
    this.waiting = [];
    this.socket = net.createConnection({ path });
    this.socket.on("data", (bytes) => this.#take(bytes));
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.closed = true;
      this.#wake();
    });
  }

  send(...chunks) {
    this.socket.write(Buffer.concat(chunks));
  }

  #wake() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  #take(bytes) {
    this.pending = Buffer.concat([this.pending, bytes]);
    while (this.pending.length >= 8) {
      const length = this.pending.readUInt16BE(4);
      const whole = 8 + length + this.pending[6];
      if (this.pending.length < whole) break;
      const content = this.pending.subarray(8, 8 + length);
      if (this.pending[1] === STDOUT) this.output.push(Buffer.from(content));
      if (this.pending[1] === END) {
        this.replies.push(parseReply(Buffer.concat(this.output.splice(0)).toString("utf8")));
      }
      this.pending = this.pending.subarray(whole);
    }
    this.#wake();
  }

  // Until there are `count` replies, or the peer closes, or the time is over.
  async until(count, patienceMs = 3000) {
    const end = Date.now() + patienceMs;
    while (this.replies.length < count && !this.closed && Date.now() < end) {
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, end - Date.now()));
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.replies;
  }

  close() {
    this.socket.destroy();
  }
}

function parseReply(text) {
  const end = text.indexOf("\r\n\r\n");
  const head = text.slice(0, end);
  const body = text.slice(end + 4);
  const headers = {};
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  let json;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  return { status: Number(headers.status?.slice(0, 3) ?? 200), headers, body, json };
}
