/* Following something live: ask with the number we have, the server waits up to 25 s for
 * something newer, ask again. There is no second channel: a reload, a lost connection and
 * a new device are all the same question. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { NetworkFailure, Problem } from "./api";
import { backoffMs, pause } from "./backoff";

/** Parked for 25 s at most; this long without an answer means a dead connection. */
export const PARKED_TIMEOUT_MS = 35_000;
const UNCHANGED_PAUSE_MS = 1000;

export type Connection = "connecting" | "live" | "lost" | "refused";

export interface Follower<T extends { number: number }> {
  /** Asks for what is newer than `since`; null when nothing is. */
  ask(since: number | undefined, signal: AbortSignal): Promise<T | null>;
  take(state: T): void;
  connection?(connection: Connection, error?: unknown): void;
  random?: () => number;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Follows until the returned function is called. A state with a number that is not
 * greater than the last one is refused, so a screen never goes back. */
export function follow<T extends { number: number }>(follower: Follower<T>): () => void {
  const abort = new AbortController();
  void loop(follower, abort.signal);
  return () => abort.abort();
}

async function loop<T extends { number: number }>(
  follower: Follower<T>,
  signal: AbortSignal,
): Promise<void> {
  const wait = follower.wait ?? pause;
  let last: number | undefined;
  let failures = 0;
  follower.connection?.("connecting");
  while (!signal.aborted) {
    try {
      // After a failure the whole state is asked for: that is answered at once, so the
      // page knows that it is connected again without waiting for the next event.
      const state = await follower.ask(failures ? undefined : last, signal);
      if (signal.aborted) return;
      failures = 0;
      follower.connection?.("live");
      if (state && (last === undefined || state.number > last)) {
        last = state.number;
        follower.take(state);
      } else if (state) {
        // Something between us and the server answers from a store: do not spin.
        await wait(UNCHANGED_PAUSE_MS, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const refused = error instanceof Problem && !error.later;
      follower.connection?.(refused ? "refused" : "lost", error);
      await wait(waitAfter(error, refused ? 5 : failures, follower.random), signal);
    }
  }
}

function waitAfter(error: unknown, failures: number, random?: () => number): number {
  const asked = error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.max(asked, backoffMs(failures, random));
}

export interface Live<T> {
  state: ShallowRef<T | null>;
  connection: Ref<Connection>;
  error: ShallowRef<unknown>;
  stop(): void;
}

/** The same for a component or effect scope: reactive, and ended with the scope. */
export function useLive<T extends { number: number }>(
  ask: (since: number | undefined, signal: AbortSignal) => Promise<T | null>,
): Live<T> {
  const state = shallowRef<T | null>(null) as ShallowRef<T | null>;
  const connection = ref<Connection>("connecting");
  const error = shallowRef<unknown>(null);
  const stop = follow<T>({
    ask,
    take: (newer) => {
      state.value = newer;
    },
    connection: (now, why) => {
      connection.value = now;
      error.value = why instanceof NetworkFailure || why instanceof Problem ? why : null;
    },
  });
  onScopeDispose(stop);
  return { state, connection, error, stop };
}
