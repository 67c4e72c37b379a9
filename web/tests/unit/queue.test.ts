import assert from "node:assert/strict";
import { test } from "node:test";
import { Halted, Queue, type Outcome, type QueueEntry } from "../../shared/queue";
import { LocalStore, MemoryStore, type QueueRecord } from "../../shared/queue-store";

type Entry = QueueEntry<string>;
const saved = (entries: Entry[]): Outcome<string>[] =>
  entries.map(({ number }) => ({ kind: "saved", receipt: `r${number}` }));

/** A network that can be cut, and a wait that ends when the test says so. */
function bench(store = new MemoryStore()) {
  const sent: Entry[][] = [];
  let broken = false;
  let answer: (entries: Entry[]) => Outcome<string>[] = saved;
  const waits: { ms: number; go: () => void }[] = [];
  const queue = new Queue<string, string>({
    stream: "test",
    store,
    random: () => 0.5,
    send: async (entries) => {
      await Promise.resolve();
      if (broken) throw new Error("network");
      sent.push(entries);
      return answer(entries);
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        waits.push({ ms, go: resolve });
        signal.addEventListener("abort", () => resolve());
      }),
  });
  return {
    queue,
    sent,
    waits,
    store,
    cut: () => (broken = true),
    mend: () => (broken = false),
    answerWith: (next: typeof answer) => (answer = next),
  };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("an entry is sent and only then called saved", async () => {
  const { queue, sent } = bench();
  await queue.open();
  const words: string[] = [];
  queue.onChange(() => words.push(queue.stateOf("a")));
  await queue.add("a", "x");
  await soon();
  assert.deepEqual(sent.map((batch) => batch.map(({ number, payload }) => [number, payload])), [[[1, "x"]]]);
  assert.equal(queue.stateOf("a"), "saved");
  assert.equal(queue.receipts.get("a"), "r1");
  assert.ok(words.includes("unsaved") && words.includes("saving"));
  assert.equal(words.indexOf("saved"), words.length - words.filter((word) => word === "saved").length);
});

test("through a cut everything is kept, in order, and only the last edit of an item is sent", async () => {
  const { queue, sent, waits, cut, mend } = bench();
  await queue.open();
  cut();
  await queue.add("a", "1");
  await soon();
  assert.equal(queue.network, "broken");
  assert.equal(queue.stateOf("a"), "unsaved");
  await queue.add("b", "1");
  await queue.add("a", "2");
  await soon();
  mend();
  waits.at(-1)?.go();
  await soon();
  const all = sent.flat().map(({ number, item, payload }) => `${number} ${item} ${payload}`);
  assert.deepEqual(all, ["2 b 1", "3 a 2"]);
  assert.equal(queue.stateOf("a"), "saved");
  assert.equal(queue.network, "good");
});

test("the waits grow 1, 2, 4, 8, 15, 15 s", async () => {
  const { queue, waits, cut } = bench();
  await queue.open();
  cut();
  await queue.add("a", "1");
  for (let i = 0; i < 6; i++) {
    await soon();
    waits.at(-1)?.go();
  }
  await soon();
  assert.deepEqual(waits.slice(0, 6).map(({ ms }) => ms), [1000, 2000, 4000, 8000, 15000, 15000]);
  queue.close();
});

test("an edit made while an older one is on its way is sent afterwards with its own number", async () => {
  const { queue, sent } = bench();
  await queue.open();
  const first = queue.add("a", "1");
  await first;
  await queue.add("a", "2");
  await soon();
  assert.deepEqual(sent.flat().map(({ number, payload }) => [number, payload]), [[1, "1"], [2, "2"]]);
});

test("after a reload the rest is there, unsaved, and numbers go on", async () => {
  const before = bench();
  await before.queue.open();
  before.cut();
  await before.queue.add("a", "1");
  await before.queue.add("b", "2");
  before.queue.close();

  const after = bench(before.store);
  const left = await after.queue.open();
  assert.deepEqual(left.map(({ number, item }) => [number, item]), [[1, "a"], [2, "b"]]);
  assert.equal(after.queue.stateOf("a"), "unsaved");
  assert.equal(after.sent.length, 0, "nothing is sent before the caller has compared");
  after.queue.resume();
  await soon();
  assert.deepEqual(after.sent.flat().map(({ number }) => number), [1, 2]);
  const entry = await after.queue.add("c", "3");
  assert.equal(entry.number, 3);
});

test("a number is not given out again after its entry was saved", async () => {
  const before = bench();
  await before.queue.open();
  await before.queue.add("a", "1");
  await before.queue.add("a", "2");
  await soon();
  before.queue.close();
  const after = bench(before.store);
  assert.deepEqual(await after.queue.open(), []);
  assert.equal((await after.queue.add("a", "3")).number, 3);
  after.queue.raise(40);
  assert.equal((await after.queue.add("a", "4")).number, 41);
});

test("a halt keeps everything and resume sends it", async () => {
  const { queue, sent, answerWith } = bench();
  await queue.open();
  answerWith(() => {
    throw new Halted("lease_lost", "另一台设备");
  });
  await queue.add("a", "1");
  await soon();
  assert.equal(queue.halted?.code, "lease_lost");
  assert.equal(queue.stateOf("a"), "unsaved");
  assert.equal(await queue.settled(1000), false, "does not wait for what cannot come");
  answerWith(saved);
  sent.length = 0;
  queue.resume();
  await soon();
  assert.equal(sent.length, 1);
  assert.equal(queue.stateOf("a"), "saved");
});

test("a refused entry leaves the queue, with its reason, and is not called saved", async () => {
  const { queue, answerWith } = bench();
  await queue.open();
  answerWith((entries) =>
    entries.map(({ item }) =>
      item === "bad" ? { kind: "refused", code: "late", detail: "晚了" } : { kind: "saved", receipt: "r" },
    ),
  );
  await queue.add("bad", "1");
  await queue.add("good", "1");
  await soon();
  assert.equal(queue.waiting.length, 0);
  assert.equal(queue.stateOf("bad"), "unsaved");
  assert.equal(queue.refusals.get("bad")?.code, "late");
  assert.equal(queue.stateOf("good"), "saved");
});

test("an answer without an outcome for each entry is no answer", async () => {
  const { queue, answerWith } = bench();
  await queue.open();
  queue.halt(new Halted("hold", ""));
  await queue.add("a", "1");
  await queue.add("b", "1");
  answerWith((entries) => saved(entries).slice(0, 1));
  queue.resume();
  await soon();
  assert.equal(queue.stateOf("a"), "unsaved");
  assert.equal(queue.receipts.size, 0);
  assert.equal(queue.network, "broken");
  queue.close();
});

test("settled tells whether everything arrived in time", async () => {
  const { queue, cut, mend, waits } = bench();
  await queue.open();
  cut();
  await queue.add("a", "1");
  assert.equal(await queue.settled(20), false);
  mend();
  const settling = queue.settled(1000);
  await soon();
  waits.at(-1)?.go();
  assert.equal(await settling, true);
});

test("a store that fails is left for a lesser one, and the entry is still sent", async () => {
  class FullStore extends MemoryStore {
    override async put(): Promise<void> {
      throw new Error("quota");
    }
  }
  const { queue, sent } = bench(new FullStore());
  await queue.open();
  await queue.add("a", "1");
  await soon();
  assert.equal(sent.length, 1);
  assert.equal(queue.keeping, "memory");
});

test("localStorage keeps records and the counter, and survives garbage", async () => {
  const cells = new Map<string, string>();
  const storage = {
    getItem: (key: string) => cells.get(key) ?? null,
    setItem: (key: string, value: string) => void cells.set(key, value),
  } as unknown as Storage;
  const store = new LocalStore(storage);
  const record: QueueRecord = { stream: "s", number: 7, item: "a", payload: "x", at: 1 };
  await store.put(record);
  await store.remove("s", [7]);
  assert.deepEqual(await new LocalStore(storage).load("s"), { records: [], last: 7 });
  cells.set("xunsai.queue.s", "{broken");
  assert.deepEqual(await store.load("s"), { records: [], last: 0 });
});
