/* Small things an exam keeps on the device: flags, the text size, the key of the handing
 * in (so that after a reload the same handing in is repeated, not a second one made). */
import { randomName } from "../../shared/device";

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage these last until the page is left.
  }
}

const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((word): word is string => typeof word === "string") : [];

export function loadFlags(attempt: number): Set<string> {
  try {
    return new Set(words(JSON.parse(read(`xunsai.flags.${attempt}`) ?? "[]")));
  } catch {
    return new Set();
  }
}

export function keepFlags(attempt: number, flags: ReadonlySet<string>): void {
  write(`xunsai.flags.${attempt}`, JSON.stringify([...flags]));
}

export type TextSize = 1 | 2 | 3;

export function loadTextSize(): TextSize {
  const kept = Number(read("xunsai.text-size"));
  return kept === 2 || kept === 3 ? kept : 1;
}

export function keepTextSize(size: TextSize): void {
  write("xunsai.text-size", String(size));
}

const keysOfPage = new Map<number, string>();

export function submitKey(attempt: number): string {
  const kept = keysOfPage.get(attempt) ?? read(`xunsai.submit.${attempt}`);
  const key = kept ?? randomName();
  keysOfPage.set(attempt, key);
  if (!kept) write(`xunsai.submit.${attempt}`, key);
  return key;
}

/** Questions whose last edit reached the server after the end and does not count. */
export function loadLate(attempt: number): string[] {
  try {
    return words(JSON.parse(read(`xunsai.late.${attempt}`) ?? "[]"));
  } catch {
    return [];
  }
}

export function keepLate(attempt: number, items: readonly string[]): void {
  write(`xunsai.late.${attempt}`, JSON.stringify([...new Set([...loadLate(attempt), ...items])]));
}
