/* The judge's marks on their way to the server: first on the tablet, then sent one by one in
 * the order they were made, until each has its receipt or a refusal that stays in sight, with
 * its reason, through reloads too. */
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type ShallowRef } from "vue";
import { isPassing, isProblem, NetworkFailure, post, Problem, sentenceOf } from "@shared/api";
import { deviceName, randomName } from "@shared/device";
import { Halted, Queue, type Outcome, type QueueEntry } from "@shared/queue";
import type { MarkReceipt, SheetReceipt } from "@shared/types";
import { recall, remember } from "./memory";

const SEND_TIMEOUT_MS = 8000;

interface Subject {
  contestant: number;
  /** "5 号 王某某": an entry is shown when its contestant has long left the stage. */
  label: string;
}

export interface MarkEntry extends Subject {
  kind: "mark";
  criterion: string;
  title: string;
  value: string;
}

export interface SheetEntry extends Subject {
  kind: "sheet";
  marks: Record<string, string>;
  total: string;
}

export type Sent = MarkEntry | SheetEntry;
type Receipt = MarkReceipt | SheetReceipt;

export interface Refused {
  number: number;
  content: Sent;
  reason: string;
  seen: boolean;
}

/** What the server has taken, until its own state shows it: newer than state number `event`. */
export interface Delivered {
  event: number;
  receipt: string;
  content: Sent;
}

export interface Outbox {
  waiting: ComputedRef<Sent[]>;
  /** Refused, and not yet put aside by the judge. */
  refused: ComputedRef<Refused[]>;
  delivered: ShallowRef<ReadonlyMap<string, Delivered>>;
  broken: ComputedRef<boolean>;
  loginNeeded: ComputedRef<boolean>;
  /** Neither IndexedDB nor localStorage: what is not sent lives in the open page only. */
  inMemoryOnly: ComputedRef<boolean>;
  add(content: Sent): Promise<void>;
  putAside(refused: Refused): void;
  /** Tries at once instead of at the end of the present wait. */
  nudge(): void;
  /** Nothing is sent any more: the login has become someone else's. */
  stop(): void;
  device(): string;
}

/** The same item again replaces what has not been sent. */
export function itemOf(content: Sent): string {
  return content.kind === "mark"
    ? `${content.contestant}/${content.criterion}`
    : `${content.contestant}`;
}

/* One stream, and so one line of numbers, per contest and judge; the device's name carries the
 * same two, so that a number under a name always means one thing. */
export async function openOutbox(contest: number, person: number): Promise<Outbox> {
  const refusedKey = `refused.${contest}.${person}`;
  const deviceKey = `device.${contest}.${person}`;
  const refusals = shallowRef<Refused[]>(recall<Refused[]>(refusedKey) ?? []);
  const delivered = shallowRef<ReadonlyMap<string, Delivered>>(new Map());
  let device = recall<string>(deviceKey) ?? `${deviceName()}-${contest}-${person}`;

  function keepRefusals(list: Refused[]): void {
    refusals.value = list;
    remember(refusedKey, list);
  }

  async function send(entries: QueueEntry<Sent>[]): Promise<Outcome<Receipt>[]> {
    const entry = entries[0] as QueueEntry<Sent>;
    try {
      const receipt = await deliver(contest, device, entry);
      const last = { event: receipt.number, receipt: receipt.receipt, content: entry.payload };
      delivered.value = new Map(delivered.value).set(entry.item, last);
      return [{ kind: "saved", receipt }];
    } catch (error) {
      if (isProblem(error, "device_number_reused")) {
        // A copied or restored browser must not speak under the other one's numbers.
        device = `${randomName()}-${contest}-${person}`;
        remember(deviceKey, device);
        throw error;
      }
      if (!(error instanceof Problem) || isPassing(error)) throw error;
      if (error.status === 401) throw new Halted("login_needed", sentenceOf(error));
      const reason = sentenceOf(error);
      const others = refusals.value.filter(({ number }) => number !== entry.number);
      keepRefusals([
        ...others,
        { number: entry.number, content: entry.payload, reason, seen: false },
      ]);
      return [{ kind: "refused", code: error.code, detail: reason }];
    }
  }

  const queue = new Queue<Sent, Receipt>({
    stream: `judge-${contest}-${person}`,
    send,
    batch: 1,
    retryAfterMs: (error) => (error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0),
  });
  const changes = ref(0);
  queue.onChange(() => (changes.value += 1));
  onScopeDispose(() => queue.close());
  await queue.open();
  queue.resume();

  function watching<Value>(read: () => Value): ComputedRef<Value> {
    return computed(() => (changes.value, read()));
  }

  return {
    waiting: watching(() => queue.waiting.map(({ payload }) => payload)),
    refused: computed(() => refusals.value.filter(({ seen }) => !seen)),
    delivered,
    broken: watching(() => queue.network === "broken"),
    loginNeeded: watching(() => queue.halted?.code === "login_needed"),
    inMemoryOnly: watching(() => queue.keeping === "memory"),
    add: async (content) => {
      // A new edit of the same thing answers an earlier refusal.
      const item = itemOf(content);
      keepRefusals(
        refusals.value.map((old) => (itemOf(old.content) === item ? { ...old, seen: true } : old)),
      );
      await queue.add(item, content);
    },
    putAside: (refused) =>
      keepRefusals(
        refusals.value.map((old) => (old.number === refused.number ? { ...old, seen: true } : old)),
      ),
    nudge: () => {
      if (queue.halted?.code !== "wrong_person") queue.resume();
    },
    stop: () => queue.halt(new Halted("wrong_person", "登录的人变了")),
    device: () => device,
  };
}

/* Anything but the receipt of this very entry is not a receipt. */
async function deliver(contest: number, device: string, entry: QueueEntry<Sent>): Promise<Receipt> {
  const options = { path: { id: contest }, timeoutMs: SEND_TIMEOUT_MS };
  const { payload } = entry;
  const common = { device, device_number: entry.number, contestant: payload.contestant };
  const receipt: Receipt =
    payload.kind === "sheet"
      ? await post("/api/contests/{id}/sheets", { ...common, marks: payload.marks }, options)
      : await post(
          "/api/contests/{id}/marks",
          { ...common, criterion: payload.criterion, value: payload.value },
          options,
        );
  if (receipt.device_number !== entry.number || !receipt.receipt) {
    throw new NetworkFailure("not_json");
  }
  return receipt;
}
