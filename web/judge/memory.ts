/* Small things the judge's page keeps over a reload beside its queue: the last state it saw,
 * what was refused. A browser without storage only forgets them. */

const PREFIX = "xunsai.judge.";

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Full or closed: the open page still has it.
  }
}

export function recall<Value>(key: string): Value | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null") as Value | null;
  } catch {
    return null;
  }
}
