/* The form of a training or a year: which results, with which weights. */
export interface PartChoice {
  kind: "quiz" | "contest";
  subject: number;
  title: string;
  chosen: boolean;
  weight: string;
}

export function weightOf(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,5}$/.test(trimmed)) return null;
  const weight = Number(trimmed);
  return weight >= 1 && weight <= 10_000 ? weight : null;
}

/** What must be put right; "" when nothing. */
export function partsFault(choices: readonly PartChoice[]): string {
  const chosen = choices.filter((one) => one.chosen);
  if (chosen.length === 0) return "请至少选一项成绩。";
  const wrong = chosen.find((one) => weightOf(one.weight) === null);
  return wrong ? `“${wrong.title}”的权重请填 1 到 10000 的整数。` : "";
}

/** "62.5%" beside each chosen part; null for the others and while a weight is wrong. */
export function sharesOf(choices: readonly PartChoice[]): (string | null)[] {
  const weights = choices.map((one) => (one.chosen ? weightOf(one.weight) : 0));
  if (weights.includes(null)) return weights.map(() => null);
  const sum = (weights as number[]).reduce((a, b) => a + b, 0);
  return (weights as number[]).map((one) => (one ? `${Math.round((one / sum) * 1000) / 10}%` : null));
}

/** "2026-11-23" as the beginning of that day in China, UTC ms; null for anything else. */
export function startOfDay(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = Date.parse(`${day}T00:00:00+08:00`);
  return Number.isNaN(at) ? null : at;
}
