/* Practice in words and sums: what a marked answer means, what a session was asked for,
 * which lessons of a result were weak. Pure. */
import type { Answer, PracticeMarked, PracticeQuestion, QuestionType, ReviewedQuestion } from "../../shared/types";
import { isAnswered } from "../exam/answers";

export type Mode = "due" | "wrong" | "lesson" | "random" | "bookmarks";

export interface Wish {
  mode: Mode;
  count: number;
  course?: string;
  lesson?: string;
  types?: QuestionType[];
  difficulty?: number;
}

export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  due: "今日复习",
  wrong: "错题本",
  lesson: "按章节练习",
  random: "随机练习",
  bookmarks: "收藏",
};
export const ORDINARY_COUNT = 10;
const MOST = 50;

const modes = Object.keys(MODE_WORDS) as Mode[];

/** What the address of a session asks for; odd values fall back to ordinary ones. */
export function wishFrom(query: URLSearchParams): Wish {
  const mode = modes.find((name) => name === query.get("mode")) ?? "random";
  const asked = Number(query.get("count"));
  const wish: Wish = { mode, count: Number.isInteger(asked) && asked >= 1 && asked <= MOST ? asked : ORDINARY_COUNT };
  const course = query.get("course");
  if (course !== null) wish.course = course;
  else if (mode === "lesson") wish.course = "";
  const lesson = query.get("lesson");
  if (lesson) wish.lesson = lesson;
  const type = query.get("type");
  if (type) wish.types = [type as QuestionType];
  const difficulty = Number(query.get("difficulty"));
  if (Number.isInteger(difficulty) && difficulty >= 1 && difficulty <= 5) wish.difficulty = difficulty;
  return wish;
}

/** The address of a session. */
export function addressOf(wish: Omit<Wish, "types"> & { type?: string }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wish)) if (value !== undefined && value !== "") query.set(name, String(value));
  if (wish.mode === "lesson") query.set("course", wish.course ?? "");
  return `#/practice/run?${query.toString()}`;
}

export type Verdict = "right" | "partly" | "wrong" | "self";

export function verdictOf(marked: Pick<PracticeMarked, "points" | "of">): Verdict {
  if (marked.of === 0) return "self";
  if (marked.points >= marked.of) return "right";
  return marked.points > 0 ? "partly" : "wrong";
}

export function verdictWords(verdict: Verdict, answer: Answer): string {
  if (verdict === "right") return "✓ 答对了";
  if (verdict === "partly") return "对了一部分，先算错题";
  if (verdict === "self") return "简答题不判分，请对照要点自己判断";
  return isAnswered(answer) ? "✗ 答错了" : "没有作答，请看答案";
}

/** The same for a list. */
export function shortWords({ marked, answer, refusal }: Done): string {
  if (!marked) return refusal === null ? "还没有保存" : "没有记下";
  const verdict = verdictOf(marked);
  if (verdict === "wrong" && !isAnswered(answer)) return "没有作答";
  return { right: "✓ 答对", partly: "部分对", wrong: "✗ 答错", self: "自己判断" }[verdict];
}

/** What becomes of the question now. */
export function nextWords(before: Pick<PracticeQuestion, "in_wrong_book">, marked: PracticeMarked): string {
  if (marked.of === 0) return "";
  if (marked.in_wrong_book)
    return marked.streak === 0 ? "已放进错题本，连续答对两次才移出。" : "还在错题本里，再答对一次就移出。";
  const out = before.in_wrong_book ? "已移出错题本。" : "";
  const again = marked.due_in_days > 0 ? `${marked.due_in_days} 天后再来复习。` : "";
  return out + again;
}

/** The question with its key and her answer, as a review shows it. */
export function reviewed(question: PracticeQuestion, answer: Answer, marked: PracticeMarked): ReviewedQuestion {
  const { bookmarked: _bookmarked, in_wrong_book: _inWrongBook, difficulty: _difficulty, ...asked } = question;
  const { case_solution_html: _solution, ...key } = marked.key;
  return { ...asked, ...key, answer, earned: marked.points, pending: false };
}

export interface Done {
  question: PracticeQuestion;
  answer: Answer;
  marked: PracticeMarked | null;
  /** Why the server did not take it; such an answer is not sent again. */
  refusal: string | null;
}

export interface Sums {
  answered: number;
  right: number;
  wrong: number;
  /** Not yet with the server. */
  unsaved: number;
}

export function sumsOf(done: readonly Done[]): Sums {
  const sums = { answered: done.length, right: 0, wrong: 0, unsaved: 0 };
  for (const { marked, refusal } of done) {
    if (!marked) sums.unsaved += refusal === null ? 1 : 0;
    else if (verdictOf(marked) === "right") sums.right += 1;
    else if (verdictOf(marked) !== "self") sums.wrong += 1;
  }
  return sums;
}

export interface WeakLesson {
  course: string;
  lesson: string;
  earned: number;
  points: number;
}

/** The lessons of a result with less than four fifths of their points, the weakest
 * first. What people still mark does not count. */
export function weakLessons(review: readonly ReviewedQuestion[], most = 5): WeakLesson[] {
  const lessons = new Map<string, WeakLesson>();
  for (const { type, course, lesson, earned, points } of review) {
    if (type === "essay" || !course || !lesson) continue;
    const name = `${course}/${lesson}`;
    const found = lessons.get(name) ?? { course, lesson, earned: 0, points: 0 };
    lessons.set(name, { ...found, earned: found.earned + earned, points: found.points + points });
  }
  return [...lessons.values()]
    .filter(({ earned, points }) => earned * 5 < points * 4)
    .sort((a, b) => a.earned * b.points - b.earned * a.points || (a.lesson < b.lesson ? -1 : 1))
    .slice(0, most);
}

/** 得分率 in whole percent, rounded down. */
export const percentOf = ({ earned, points }: WeakLesson): number => Math.floor((earned * 100) / points);
