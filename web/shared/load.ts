/* Loading something for a page: value, error and loading, again on demand, and again by
 * itself while the network or the server is away. An answer that somebody must sign in
 * first leads to the sign-in page. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { isPassing, isProblem } from "./api";
import { backoffMs, pause } from "./backoff";
import { toSignIn } from "./session";

export interface Loaded<T> {
  value: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  loading: Ref<boolean>;
  reload(): Promise<void>;
}

export function useLoaded<T>(ask: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const value = shallowRef<T | null>(null) as ShallowRef<T | null>;
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let abort = new AbortController();

  async function reload(): Promise<void> {
    abort.abort();
    const own = (abort = new AbortController());
    error.value = null;
    for (let failures = 1; ; failures += 1) {
      const failure = await once(own.signal);
      if (own.signal.aborted || failure === null) return;
      if (isProblem(failure, "login_needed")) toSignIn();
      error.value = failure;
      if (!isPassing(failure)) return;
      await pause(backoffMs(failures), own.signal);
      if (own.signal.aborted) return;
    }
  }

  async function once(signal: AbortSignal): Promise<unknown> {
    // An error stays on the page while it is tried again in the background.
    loading.value = error.value === null;
    try {
      const answer = await ask(signal);
      if (signal.aborted) return null;
      value.value = answer;
      error.value = null;
      return null;
    } catch (failure) {
      return failure;
    } finally {
      if (!signal.aborted) loading.value = false;
    }
  }

  onScopeDispose(() => abort.abort());
  void reload();
  return { value, error, loading, reload };
}
