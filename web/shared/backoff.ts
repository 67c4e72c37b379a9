/* Waiting between attempts: 1, 2, 4, 8, 15 s and then 15 s each, with jitter, so that
 * hundreds of phones that lost the same access point do not come back in one instant. */

const STEPS_MS = [1000, 2000, 4000, 8000, 15_000];

/** `failures` counts from 1. The result is between 75 % and 125 % of the step. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const step = STEPS_MS[Math.min(Math.max(failures, 1), STEPS_MS.length) - 1] as number;
  return Math.round(step * (0.75 + random() * 0.5));
}

/** Ends after `ms`, or at once when the signal aborts or the browser says it is online. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      if (typeof window !== "undefined") window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted) done();
    signal?.addEventListener("abort", done);
    if (typeof window !== "undefined") window.addEventListener("online", done);
  });
}
