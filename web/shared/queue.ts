/* What a person entered and the server does not have yet, in order, through reloads and
 * network cuts. The exam page queues answers with it, the judge's tablet marks.
 *
 *   const queue = new Queue<Answer, AnswerReceipt>({ stream: "attempt-12", send });
 *   await queue.open();
 *   await queue.add("k1-003", ["b"]);      // kept on the device, then sent
 *   queue.stateOf("k1-003")                // "unsaved" | "saving" | "saved"
 *
 * Entries are numbered 1, 2, 3 … for the life of the stream; a number is never used for
 * two entries. They are sent in this order. A newer entry of the same item replaces an
 * older one that is not on its way yet. "saved" is only said after the server's receipt;
 * what was restored from the device counts as unsaved. */
import { backoffMs, pause } from "./backoff";
import { MemoryStore, lesserStore, openQueueStore, type Keeping, type QueueRecord, type QueueStore } from "./queue-store";

export type SavedWord = "unsaved" | "saving" | "saved";
export type Network = "good" | "broken";

export interface QueueEntry<P> {
  number: number;
  item: string;
  payload: P;
  mark?: number;
  at: number;
}

/** What the server said about one entry. Refused entries are not sent again. */
export type Outcome<R> =
  | { kind: "saved"; receipt: R }
  | { kind: "refused"; code: string; detail: string };

/** Thrown by `send`: stop sending until resume(), keep everything. */
export class Halted extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
    this.name = "Halted";
  }
}

export interface QueueOptions<P, R> {
  stream: string;
  /** Sends entries and gives an outcome for each, in the same order. Any error but
   * Halted means: not saved, try again later. */
  send(entries: QueueEntry<P>[]): Promise<Outcome<R>[]>;
  /** Most entries in one sending; 1 where the server takes one at a time. */
  batch?: number;
  /** Seconds the server asked for, read from an error of `send`. */
  retryAfterMs?: (error: unknown) => number;
  store?: QueueStore;
  random?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  now?: () => number;
}

export interface Refusal<P> {
  entry: QueueEntry<P>;
  code: string;
  detail: string;
}

/** A browser's store may hang; an answer must not wait for it to be sent. */
const STORE_TIMEOUT_MS = 2000;

function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the store does not answer")), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export class Queue<P, R> {
  private entries: QueueEntry<P>[] = [];
  private sending = new Set<number>();
  private last = 0;
  private failures = 0;
  private running = false;
  private closed = false;
  private waking: AbortController | null = null;
  private listeners = new Set<() => void>();
  private store: QueueStore = new MemoryStore();
  private storing: Promise<unknown> = Promise.resolve();

  /** Receipts of this page's life, by item. */
  readonly receipts = new Map<string, R>();
  readonly refusals = new Map<string, Refusal<P>>();
  halted: Halted | null = null;
  network: Network = "good";

  constructor(private readonly options: QueueOptions<P, R>) {}

  /** Loads what an earlier visit left. Sending starts with resume() or flush(), so that
   * the caller can first compare it with what the server has. */
  async open(): Promise<QueueEntry<P>[]> {
    this.store = this.options.store ?? (await openQueueStore());
    const { records, last } = await this.store.load(this.options.stream);
    this.entries = records
      .sort((a, b) => a.number - b.number)
      .map(({ number, item, payload, mark, at }) => ({ number, item, payload: payload as P, mark, at }));
    this.last = Math.max(last, 0, ...this.entries.map(({ number }) => number));
    this.changed();
    return [...this.entries];
  }

  /** "memory" needs a visible warning: a reload would lose what is not sent. */
  get keeping(): Keeping {
    return this.store.keeping;
  }

  get waiting(): readonly QueueEntry<P>[] {
    return this.entries;
  }

  get highest(): number {
    return this.last;
  }

  /** The next number will be greater than this one (the server knows higher ones). */
  raise(number: number): void {
    this.last = Math.max(this.last, number);
  }

  /** Keeps the entry on the device and starts sending. */
  async add(item: string, payload: P, mark?: number): Promise<QueueEntry<P>> {
    const at = (this.options.now ?? Date.now)();
    // A plain copy: stores refuse reactive objects, and later changes must not reach it.
    const copy = JSON.parse(JSON.stringify(payload)) as P;
    const entry: QueueEntry<P> = { number: ++this.last, item, payload: copy, mark, at };
    const replaced = this.entries.filter(
      (other) => other.item === item && !this.sending.has(other.number),
    );
    this.entries = this.entries.filter((other) => !replaced.includes(other));
    this.entries.push(entry);
    this.refusals.delete(item);
    this.changed();
    await this.keep(entry, replaced);
    void this.flush();
    return entry;
  }

  /** Forgets entries that something newer on the server has overtaken. */
  async drop(numbers: number[]): Promise<void> {
    this.entries = this.entries.filter(({ number }) => !numbers.includes(number));
    this.changed();
    await this.forget(numbers);
  }

  stateOf(item: string): SavedWord {
    const open = this.entries.filter((entry) => entry.item === item);
    if (!open.length) return this.refusals.has(item) ? "unsaved" : "saved";
    if (this.network === "broken" || this.halted) return "unsaved";
    return open.every(({ number }) => this.sending.has(number)) ? "saving" : "unsaved";
  }

  /** Calls `listener` after every change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends after a halt, for example with a new epoch. */
  resume(): void {
    this.halted = null;
    this.failures = 0;
    this.changed();
    void this.flush();
  }

  halt(reason: Halted): void {
    this.halted = reason;
    this.changed();
  }

  /** Sends what waits, now. Ends when nothing is left, the queue is halted or closed. */
  async flush(): Promise<void> {
    this.waking?.abort();
    if (this.running) return;
    this.running = true;
    try {
      while (this.entries.length && !this.halted && !this.closed) await this.round();
    } finally {
      this.running = false;
    }
  }

  /** True once nothing waits; false when `ms` pass first. */
  async settled(ms: number): Promise<boolean> {
    void this.flush();
    if (!this.entries.length) return true;
    if (this.halted || this.closed) return false;
    return new Promise((resolve) => {
      const end = (result: boolean): void => {
        clearTimeout(timer);
        off();
        resolve(result);
      };
      const timer = setTimeout(() => end(!this.entries.length), ms);
      const off = this.onChange(() => {
        if (!this.entries.length) end(true);
        else if (this.halted || this.closed) end(false);
      });
    });
  }

  close(): void {
    this.closed = true;
    this.waking?.abort();
    this.listeners.clear();
  }

  private async round(): Promise<void> {
    const entries = this.entries.slice(0, this.options.batch ?? 100);
    this.sending = new Set(entries.map(({ number }) => number));
    this.changed();
    let failure: unknown = null;
    try {
      const outcomes = await this.options.send(entries);
      if (outcomes.length !== entries.length) throw new Error("an outcome is missing");
      this.sending.clear();
      this.failures = 0;
      this.network = "good";
      await this.settle(entries, outcomes);
    } catch (error) {
      this.sending.clear();
      if (error instanceof Halted) {
        this.halted = error;
        this.network = "good";
      } else failure = error ?? new Error("not sent");
    }
    if (failure) await this.waitAfter(failure);
    else this.changed();
  }

  private async settle(entries: QueueEntry<P>[], outcomes: Outcome<R>[]): Promise<void> {
    entries.forEach((entry, index) => {
      const outcome = outcomes[index] as Outcome<R>;
      if (outcome.kind === "saved") this.receipts.set(entry.item, outcome.receipt);
      else this.refusals.set(entry.item, { entry, code: outcome.code, detail: outcome.detail });
    });
    const done = new Set(entries.map(({ number }) => number));
    this.entries = this.entries.filter(({ number }) => !done.has(number));
    this.changed();
    await this.forget([...done]);
  }

  private async waitAfter(failure: unknown): Promise<void> {
    this.failures += 1;
    this.network = "broken";
    this.changed();
    this.waking = new AbortController();
    const asked = this.options.retryAfterMs?.(failure) ?? 0;
    const ms = Math.max(asked, backoffMs(this.failures, this.options.random));
    await (this.options.wait ?? pause)(ms, this.waking.signal);
    this.waking = null;
  }

  /** Storage is used in order: a removal must not overtake the put it belongs to. */
  private inOrder(work: () => Promise<void>): Promise<void> {
    const next = this.storing.then(() => withinMs(STORE_TIMEOUT_MS, work()));
    this.storing = next.catch(() => undefined);
    return next;
  }

  private async keep(entry: QueueEntry<P>, replaced: QueueEntry<P>[]): Promise<void> {
    const { stream } = this.options;
    try {
      await this.inOrder(async () => {
        await this.store.put({ stream, ...entry } as QueueRecord);
        if (replaced.length) await this.store.remove(stream, replaced.map(({ number }) => number));
      });
    } catch {
      // A full, withdrawn or stuck store: go on with a lesser one; see `keeping`.
      await this.fallBack();
    }
  }

  private async forget(numbers: number[]): Promise<void> {
    if (!numbers.length) return;
    try {
      await this.inOrder(() => this.store.remove(this.options.stream, numbers));
    } catch {
      // The entry stays on the device; sent again it is a duplicate with the same receipt.
    }
  }

  private async fallBack(): Promise<void> {
    const store = this.keeping === "indexeddb" ? lesserStore() : new MemoryStore();
    this.store = store;
    try {
      for (const entry of this.entries) {
        await store.put({ stream: this.options.stream, ...entry } as QueueRecord);
      }
    } catch {
      this.store = new MemoryStore();
    }
    this.changed();
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
