/* The random name of this browser. The server only compares it: which device writes an
 * attempt, which tablet counted a mark. */

const KEY = "xunsai.device";
let inMemory: string | null = null;

/** crypto.randomUUID is missing on plain http, getRandomValues is not. */
export function randomName(bytes = 16): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, "0")).join("");
}

export function deviceName(): string {
  if (inMemory) return inMemory;
  try {
    inMemory = localStorage.getItem(KEY);
    if (!inMemory) {
      inMemory = randomName();
      localStorage.setItem(KEY, inMemory);
    }
  } catch {
    inMemory = inMemory ?? randomName();
  }
  return inMemory;
}
