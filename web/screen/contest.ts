/* Which contest a page is about: ?contest=ID, else the one this browser was last told, else the
 * only one there is; several are offered for choice. Used by screen, judge and host. */
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from "vue";
import { get } from "@shared/api";
import type { components } from "@shared/api-types";
import { backoffMs, pause } from "@shared/backoff";

export type ContestSummary = components["schemas"]["Contests"]["contests"][number];

export const STATE_NAMES: Readonly<Record<ContestSummary["state"], string>> = {
  prepared: "准备中",
  sealed: "规则已封存",
  drawn: "已抽签",
  running: "进行中",
  finished: "已结束",
};

export interface ContestChoice {
  contest: Ref<number | null>;
  choices: ShallowRef<ContestSummary[] | null>;
  error: ShallowRef<unknown>;
  choose(id: number): void;
  /** The contest does not exist (any more): look again. */
  forget(): void;
}

function positive(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
}

function remembered(key: string): number | null {
  try {
    return positive(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function useContest(page: string): ContestChoice {
  const key = `xunsai.${page}.contest`;
  const asked = positive(new URLSearchParams(location.search).get("contest"));
  const contest = ref<number | null>(asked ?? remembered(key));
  const choices = shallowRef<ContestSummary[] | null>(null);
  const error = shallowRef<unknown>(null);
  const abort = new AbortController();
  onScopeDispose(() => abort.abort());

  function choose(id: number): void {
    contest.value = id;
    try {
      localStorage.setItem(key, String(id));
    } catch {
      // Then the address has to say it again next time.
    }
  }

  async function look(): Promise<void> {
    for (let failures = 1; !abort.signal.aborted && contest.value === null; failures += 1) {
      try {
        const { contests } = await get("/api/contests", { signal: abort.signal });
        error.value = null;
        choices.value = contests;
        const only = contests[0];
        if (only && contests.length === 1) choose(only.id);
        return;
      } catch (failure) {
        if (abort.signal.aborted) return;
        error.value = failure;
        await pause(backoffMs(failures), abort.signal);
      }
    }
  }

  function forget(): void {
    contest.value = null;
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept then.
    }
    void look();
  }

  if (contest.value !== null) choose(contest.value);
  else void look();
  return { contest, choices, error, choose, forget };
}
