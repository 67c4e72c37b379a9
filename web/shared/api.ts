/* Asking the program and understanding its answers.
 *
 *   const list = await get("/api/courses");
 *   const lesson = await get("/api/courses/{slug}/lessons/{lesson}", { path: { slug, lesson } });
 *   await post("/api/attempts/{id}/answers", body, { path: { id } });
 *
 * The types come from openapi.yaml. A 204 gives null. Everything else that is not the
 * promised JSON is an error: a Problem when the program itself refused, a NetworkFailure
 * when the answer did not come, was no JSON (a captive portal, a proxy's page) or broke
 * off. After a NetworkFailure nobody knows whether a write arrived: send it again. */
import type { paths } from "./api-types";

export type FailureKind = "network" | "timeout" | "not_json" | "aborted";

/** The program understood the request and refused it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly retryAfterSeconds: number | null,
    readonly body: Record<string, unknown>,
  ) {
    super(detail || code);
    this.name = "Problem";
  }

  /** The same request may well be answered later. */
  get later(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** No answer that can be relied on. */
export class NetworkFailure extends Error {
  constructor(readonly kind: FailureKind) {
    super(failureSentence[kind]);
    this.name = "NetworkFailure";
  }
}

const failureSentence: Record<FailureKind, string> = {
  network: "网络连接不上，请检查网络后再试。",
  timeout: "服务器长时间没有回应，请稍后再试。",
  not_json: "收到的内容不是训赛服务器的答复（可能需要先登录场馆无线网），请检查网络后再试。",
  aborted: "请求已取消。",
};

/** One sentence for the person, whatever went wrong. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) return error.detail || `服务器没有接受这个请求（${error.code}）。`;
  if (error instanceof NetworkFailure) return error.message;
  return "页面出了一点问题，请刷新后再试。";
}

export function isProblem(error: unknown, code: string): error is Problem {
  return error instanceof Problem && error.code === code;
}

/** Worth trying again by itself: the network, or a server that asks for patience. */
export function isPassing(error: unknown): boolean {
  return error instanceof NetworkFailure || (error instanceof Problem && error.later);
}

type Method = "get" | "post";
type OperationOf<P extends keyof paths, M extends Method> = paths[P][M];
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];
type ReplyOf<O> = O extends { responses: infer R }
  ?
      | (R extends { 200: { content: { "application/json": infer J } } } ? J : never)
      | (R extends { 201: { content: { "application/json": infer J } } } ? J : never)
      | (R extends { 204: unknown } ? null : never)
  : never;
type BodyOf<O> = O extends { requestBody: { content: { "application/json": infer B } } }
  ? B
  : never;
type PartsOf<O> = O extends { parameters: { path: infer P } } ? P : undefined;
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Exclude<Q, undefined> : never;

interface Common {
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Sends on even while the page is being left; for small bodies only. */
  keepalive?: boolean;
}
type Parts<O> = PartsOf<O> extends Record<string, unknown> ? { path: PartsOf<O> } : { path?: never };
type Options<O> = Common & Parts<O> & { query?: QueryOf<O> };
type Rest<O> = PartsOf<O> extends Record<string, unknown> ? [Options<O>] : [Options<O>?];

const ORDINARY_TIMEOUT_MS = 15_000;

export function get<P extends PathsWith<"get">>(
  path: P,
  ...rest: Rest<OperationOf<P, "get">>
): Promise<ReplyOf<OperationOf<P, "get">>> {
  return ask("GET", path as string, undefined, rest[0] as Loose | undefined) as never;
}

export function post<P extends PathsWith<"post">>(
  path: P,
  body: BodyOf<OperationOf<P, "post">>,
  ...rest: Rest<OperationOf<P, "post">>
): Promise<ReplyOf<OperationOf<P, "post">>> {
  return ask("POST", path as string, body, rest[0] as Loose | undefined) as never;
}

interface Loose extends Common {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean | undefined>;
}

/** The address with its {parts} and query filled in. */
export function addressOf(path: string, options: Loose = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(options.path?.[name] ?? "")),
  );
  const query = Object.entries(options.query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return query.length ? `${filled}?${query.join("&")}` : filled;
}

async function ask(method: string, path: string, body: unknown, options: Loose = {}): Promise<unknown> {
  const { signal, timeoutMs = ORDINARY_TIMEOUT_MS, keepalive } = options;
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort.abort();
  }, timeoutMs);
  const giveUp = (): void => abort.abort();
  if (signal?.aborted) abort.abort();
  signal?.addEventListener("abort", giveUp);
  try {
    const response = await fetch(addressOf(path, options), {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: "error",
      signal: abort.signal,
      keepalive,
    });
    return await understand(response);
  } catch (error) {
    if (error instanceof Problem || error instanceof NetworkFailure) throw error;
    if (timedOut) throw new NetworkFailure("timeout");
    throw new NetworkFailure(signal?.aborted ? "aborted" : "network");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}

async function understand(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const type = response.headers.get("Content-Type") ?? "";
  const wanted = response.ok ? /^application\/json\b/ : /^application\/(problem\+)?json\b/;
  if (!wanted.test(type)) {
    // A gateway's own page for 502, 503 and the like is an outage, not a verdict.
    throw new NetworkFailure(response.status >= 500 ? "network" : "not_json");
  }
  let body: unknown;
  const text = await response.text();
  try {
    body = JSON.parse(text);
  } catch {
    throw new NetworkFailure("not_json");
  }
  if (response.ok) return body;
  throw problemFrom(response, body);
}

function problemFrom(response: Response, body: unknown): Problem {
  const document = (body ?? {}) as Record<string, unknown>;
  const retry = Number(response.headers.get("Retry-After"));
  return new Problem(
    response.status,
    typeof document.code === "string" ? document.code : "unknown",
    typeof document.detail === "string" ? document.detail : "",
    Number.isFinite(retry) && retry > 0 ? retry : null,
    document,
  );
}
