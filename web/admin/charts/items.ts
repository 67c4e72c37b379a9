/* The figures of questions as they are read: flags in words, excerpts, groups by lesson. */
import type { QuizItem, QuizItems } from "@shared/types";

export const FLAG_WORDS: Readonly<Record<QuizItem["flags"][number], string>> = {
  easy: "过易（95% 以上）",
  hard: "过难（不到 20%）",
  weak: "区分度低",
  reversed: "答案疑似有误，请复核",
};

/** How sure the eye may be of a point: shape besides colour. */
export type Look = "reversed" | "doubtful" | "fine";

export function lookOf(item: QuizItem): Look {
  if (item.flags.includes("reversed")) return "reversed";
  return item.flags.length > 0 ? "doubtful" : "fine";
}

/** Text of a piece of HTML, cut to so many characters; nothing in it is run or loaded. */
export function excerpt(html: string, length = 40): string {
  const text = (new DOMParser().parseFromString(html, "text/html").body.textContent ?? "")
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...text];
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : text;
}

export function percent(share: string | null): string {
  return share === null ? "—" : `${Math.round(Number(share) * 1000) / 10}%`;
}

export interface Lesson {
  course: string;
  lesson: string;
  items: QuizItem[];
  /** Mean points of the full points over its questions, weighed by their points. */
  share: number | null;
}

/** The lessons, the weakest first; questions without one stand together at the end. */
export function lessonsOf(items: readonly QuizItem[]): Lesson[] {
  const groups = new Map<string, Lesson>();
  for (const item of items) {
    const key = `${item.course}/${item.lesson}`;
    const group = groups.get(key) ?? { course: item.course, lesson: item.lesson, items: [], share: null };
    group.items.push(item);
    groups.set(key, group);
  }
  for (const group of groups.values()) {
    const known = group.items.filter((item) => item.facility !== null);
    const full = known.reduce((sum, item) => sum + item.maximum, 0);
    if (full > 0)
      group.share = known.reduce((sum, item) => sum + item.maximum * Number(item.facility), 0) / full;
  }
  return [...groups.values()].sort((a, b) => {
    if (!a.lesson || !b.lesson) return Number(!a.lesson) - Number(!b.lesson);
    return (a.share ?? 2) - (b.share ?? 2);
  });
}

/** Below this share of the district's own a street's cell is marked. */
const BEHIND = 0.15;

/** A street that is clearly behind the district on a question. */
export function isBehind(share: string | null, item: QuizItem): boolean {
  return share !== null && item.facility !== null && Number(share) < Number(item.facility) - BEHIND;
}

export function distractors(item: QuizItem, people: QuizItems["people"]): { text: string; words: string }[] {
  return item.options.map((option) => ({
    text: excerpt(option.html, 24),
    words: `${option.count} 人${people > 0 ? `（${Math.round((option.count / people) * 100)}%）` : ""}${option.right ? "，正确项" : ""}`,
  }));
}
