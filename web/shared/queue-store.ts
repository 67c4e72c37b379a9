/* Where the queue keeps what is not yet on the server: IndexedDB, else localStorage, else
 * only this page's memory, which the page must tell the person (see Queue.keeping). */
import { openDB, type IDBPDatabase } from "idb";

export type Keeping = "indexeddb" | "localstorage" | "memory";

export interface QueueRecord {
  stream: string;
  number: number;
  item: string;
  payload: unknown;
  /** Further words of the owner, for example the epoch the edit was made in. */
  mark?: number;
  at: number;
}

export interface QueueStore {
  readonly keeping: Keeping;
  load(stream: string): Promise<{ records: QueueRecord[]; last: number }>;
  /** Keeps the record and its number as the last one given out, both or neither. */
  put(record: QueueRecord): Promise<void>;
  remove(stream: string, numbers: number[]): Promise<void>;
}

export class MemoryStore implements QueueStore {
  readonly keeping: Keeping = "memory";
  private records = new Map<string, QueueRecord>();
  private last = new Map<string, number>();

  async load(stream: string): Promise<{ records: QueueRecord[]; last: number }> {
    const records = [...this.records.values()].filter((record) => record.stream === stream);
    return { records, last: this.last.get(stream) ?? 0 };
  }

  async put(record: QueueRecord): Promise<void> {
    this.records.set(`${record.stream} ${record.number}`, record);
    this.last.set(record.stream, Math.max(record.number, this.last.get(record.stream) ?? 0));
  }

  async remove(stream: string, numbers: number[]): Promise<void> {
    for (const number of numbers) this.records.delete(`${stream} ${number}`);
  }
}

/** One localStorage key per stream; `storage` is given by tests. */
export class LocalStore implements QueueStore {
  readonly keeping: Keeping = "localstorage";

  constructor(private readonly storage: Storage = localStorage) {}

  private read(stream: string): { records: QueueRecord[]; last: number } {
    try {
      const kept = JSON.parse(this.storage.getItem(`xunsai.queue.${stream}`) ?? "") as unknown;
      const { records, last } = kept as { records: QueueRecord[]; last: number };
      return Array.isArray(records) ? { records, last } : { records: [], last: 0 };
    } catch {
      return { records: [], last: 0 };
    }
  }

  private write(stream: string, kept: { records: QueueRecord[]; last: number }): void {
    this.storage.setItem(`xunsai.queue.${stream}`, JSON.stringify(kept));
  }

  async load(stream: string): Promise<{ records: QueueRecord[]; last: number }> {
    return this.read(stream);
  }

  async put(record: QueueRecord): Promise<void> {
    const kept = this.read(record.stream);
    const others = kept.records.filter(({ number }) => number !== record.number);
    this.write(record.stream, {
      records: [...others, record],
      last: Math.max(kept.last, record.number),
    });
  }

  async remove(stream: string, numbers: number[]): Promise<void> {
    const kept = this.read(stream);
    const records = kept.records.filter(({ number }) => !numbers.includes(number));
    this.write(stream, { records, last: kept.last });
  }
}

const OPEN_TIMEOUT_MS = 3000;

class IndexedStore implements QueueStore {
  readonly keeping: Keeping = "indexeddb";

  constructor(private readonly database: IDBPDatabase) {}

  async load(stream: string): Promise<{ records: QueueRecord[]; last: number }> {
    const tx = this.database.transaction(["records", "counters"]);
    const range = IDBKeyRange.bound([stream, 0], [stream, Infinity]);
    const records = (await tx.objectStore("records").getAll(range)) as QueueRecord[];
    const last = ((await tx.objectStore("counters").get(stream)) as number | undefined) ?? 0;
    await tx.done;
    return { records, last };
  }

  async put(record: QueueRecord): Promise<void> {
    const tx = this.database.transaction(["records", "counters"], "readwrite");
    const counters = tx.objectStore("counters");
    void tx.objectStore("records").put(record);
    const last = ((await counters.get(record.stream)) as number | undefined) ?? 0;
    void counters.put(Math.max(last, record.number), record.stream);
    await tx.done;
  }

  async remove(stream: string, numbers: number[]): Promise<void> {
    const tx = this.database.transaction("records", "readwrite");
    for (const number of numbers) void tx.store.delete([stream, number]);
    await tx.done;
  }
}

async function openIndexed(): Promise<QueueStore> {
  const opening = openDB("xunsai-queue", 1, {
    upgrade(database) {
      database.createObjectStore("records", { keyPath: ["stream", "number"] });
      database.createObjectStore("counters");
    },
  });
  // Some private windows never answer instead of refusing.
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("IndexedDB does not answer")), OPEN_TIMEOUT_MS);
  });
  const store = new IndexedStore(await Promise.race([opening, late]));
  await store.load("probe");
  return store;
}

function openLocal(): QueueStore {
  localStorage.setItem("xunsai.probe", "1");
  localStorage.removeItem("xunsai.probe");
  return new LocalStore();
}

/** For when IndexedDB failed in the middle of things. */
export function lesserStore(): QueueStore {
  try {
    return openLocal();
  } catch {
    return new MemoryStore();
  }
}

let opened: Promise<QueueStore> | null = null;

/** The best store this browser gives; the same one for the whole page. */
export function openQueueStore(): Promise<QueueStore> {
  opened ??= openIndexed().catch(() => lesserStore());
  return opened;
}
