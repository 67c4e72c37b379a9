/* Answers of practice on their way to the server. They are kept on the device until the
 * server has marked them, through reloads and network cuts; sent twice they count once. */
import { shallowRef, triggerRef } from "vue";
import { NetworkFailure, post, Problem } from "../../shared/api";
import { deviceName } from "../../shared/device";
import { Halted, Queue, type Outcome, type QueueEntry } from "../../shared/queue";
import { me } from "../../shared/session";
import type { Answer, PracticeMarked } from "../../shared/types";

export interface Given {
  item: string;
  answer: Answer;
}
type Entry = QueueEntry<Given>;

/** Sends one answer; what comes back must be about that very answer. */
export async function sendAnswers(entries: Entry[]): Promise<Outcome<PracticeMarked>[]> {
  const [entry] = entries;
  if (!entry) return [];
  const { item, answer } = entry.payload;
  try {
    const marked = await post("/api/practice/answers", { item, answer, device: deviceName(), seq: entry.number });
    if (marked.item !== item || marked.seq !== entry.number) throw new NetworkFailure("not_json");
    return [{ kind: "saved", receipt: marked }];
  } catch (error) {
    if (!(error instanceof Problem) || error.later) throw error;
    if (error.code === "login_needed") throw new Halted(error.code, error.detail);
    return [{ kind: "refused", code: error.code, detail: error.detail }];
  }
}

/** Numbers go on from tenths of a second, so that a browser that has lost its counters, or
 * a second tab, does not use one again. */
export const firstNumber = (now: number): number => Math.floor(now / 100);

let queue: Queue<Given, PracticeMarked> | null = null;
let opening: Promise<Queue<Given, PracticeMarked>> | null = null;
/** The queue again after each of its changes. */
const changed = shallowRef<{ queue: Queue<Given, PracticeMarked> | null }>({ queue: null });

/** Begins to send what an earlier visit left. */
export function openPractice(): Promise<Queue<Given, PracticeMarked>> {
  opening ??= (async () => {
    const own = new Queue<Given, PracticeMarked>({
      stream: `practice-${me.value?.person.id ?? 0}`,
      send: sendAnswers,
      batch: 1,
      retryAfterMs: (error) => (error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0),
    });
    queue = own;
    changed.value.queue = own;
    own.onChange(() => triggerRef(changed));
    await own.open();
    own.raise(firstNumber(Date.now()));
    own.resume();
    return own;
  })();
  return opening;
}

/** Keeps the answer and sends it. `name` is of this one serving of the question. */
export async function giveAnswer(name: string, given: Given): Promise<void> {
  const own = await openPractice();
  await own.add(name, given);
}

export interface Fate {
  marked: PracticeMarked | null;
  refusal: string | null;
  /** It waits because the network or the server is away, or she is signed out. */
  waits: boolean;
}

/** What has become of an answer; reactive. */
export function fateOf(name: string): Fate {
  const own = changed.value.queue;
  return {
    marked: own?.receipts.get(name) ?? null,
    refusal: own?.refusals.get(name)?.detail ?? null,
    waits: own !== null && (own.network === "broken" || own.halted !== null),
  };
}

/** How many answers are not with the server, those of earlier visits too; reactive. */
export const unsentCount = (): number => changed.value.queue?.waiting.length ?? 0;
/** A reload would lose them; reactive. */
export const keepsInMemory = (): boolean => changed.value.queue?.keeping === "memory";
export const isSignedOut = (): boolean => changed.value.queue?.halted?.code === "login_needed";
export const tryNow = (): void => void queue?.resume();
