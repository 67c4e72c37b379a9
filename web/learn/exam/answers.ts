/* Answers as values: what counts as answered, and what is kept of two versions. */
import type { Answer, AttemptDocument, Question, QuestionType } from "../../shared/types";

export interface ExamQuestion extends Question {
  part: string;
  /** The text that the questions of a case share; "" without one. */
  case_html: string;
}

export const TYPE_WORDS: Readonly<Record<QuestionType, string>> = {
  single: "单选题",
  multiple: "多选题",
  true_false: "判断题",
  blank: "填空题",
  numeric: "数值题",
  ordering: "排序题",
  matching: "匹配题",
  essay: "简答题",
};
export const letters = "ABCDEFGHIJKLMNOPQRST";
export const ESSAY_CHARACTERS = 4000;

/** Prompt id to option id. */
export type Pairs = Record<string, string>;

export function questionsOf(document: AttemptDocument): ExamQuestion[] {
  const cases = new Map((document.cases ?? []).map(({ id, html }) => [id, html]));
  return (document.parts ?? []).flatMap((part) =>
    part.questions.map((question) => ({
      ...question,
      part: part.title,
      case_html: cases.get(question.case_id) ?? "",
    })),
  );
}

export function isAnswered(answer: Answer | undefined): boolean {
  if (answer === undefined) return false;
  if (typeof answer === "string") return answer.trim() !== "";
  return Array.isArray(answer) ? answer.length > 0 : Object.keys(answer).length > 0;
}

export function emptyAnswer({ type }: Question): Answer {
  if (type === "matching") return {};
  return type === "blank" || type === "numeric" || type === "essay" ? "" : [];
}

/** The order after one of its items changed places with its neighbour. */
export function moved(order: readonly string[], index: number, by: -1 | 1): string[] {
  const after = [...order];
  const [item, other] = [after[index], after[index + by]];
  if (item === undefined || other === undefined) return after;
  after[index] = other;
  after[index + by] = item;
  return after;
}

export function pairsOf(answer: Answer | undefined): Pairs {
  return typeof answer === "object" && !Array.isArray(answer) ? { ...answer } : {};
}

/** The pairs after `prompt` was given `option` ("" for none); whoever had it loses it. */
export function paired(pairs: Readonly<Pairs>, prompt: string, option: string): Pairs {
  const others = Object.entries(pairs).filter(([other, id]) => other !== prompt && id !== option);
  if (option) others.push([prompt, option]);
  return Object.fromEntries(others.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What stands in a piece of HTML from the server, for places that take words only. */
export function wordsOfHtml(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent?.trim() ?? "";
}

/** Characters as people count them, not code units. */
export function charactersOf(text: string): number {
  return [...text].length;
}

/** The answer after `option` was chosen: one of several, or switched on and off. */
export function choose(question: Question, answer: Answer | undefined, option: string): string[] {
  const before = Array.isArray(answer) ? answer : [];
  if (question.type !== "multiple") return [option];
  const after = before.includes(option) ? before.filter((id) => id !== option) : [...before, option];
  return after.sort();
}

export function sameAnswer(one: Answer | undefined, other: Answer | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export interface LocalEdit {
  number: number;
  item: string;
  payload: Answer;
  /** The epoch the edit was made in. */
  mark?: number;
}

export interface Merged {
  answers: Map<string, Answer>;
  /** Numbers of local edits that the server's answer has overtaken. */
  overtaken: number[];
  /** The next edit must be numbered higher. */
  highest: number;
}

/** Puts what the device still has to send over what the server has. An edit counts when
 * (epoch, seq) is not below the server's for that question; an equal one is sent again
 * and found to be a duplicate. Edits of an earlier epoch lose against answers that were
 * written on another device meanwhile, and win where nothing was. */
export function mergeAnswers(document: AttemptDocument, edits: readonly LocalEdit[]): Merged {
  const answers = new Map<string, Answer>();
  const places = new Map<string, { epoch: number; seq: number }>();
  let highest = 0;
  for (const { item, epoch, seq, answer } of document.answers) {
    answers.set(item, answer);
    places.set(item, { epoch, seq });
    highest = Math.max(highest, seq);
  }
  const overtaken: number[] = [];
  for (const edit of edits) {
    const server = places.get(edit.item);
    const epoch = edit.mark ?? document.attempt.epoch;
    const older = server && (epoch < server.epoch || (epoch === server.epoch && edit.number < server.seq));
    if (older) overtaken.push(edit.number);
    else answers.set(edit.item, edit.payload);
    highest = Math.max(highest, edit.number);
  }
  return { answers, overtaken, highest };
}

/** "还有 3 题未答、1 题未保存" */
export function summaryOf(unanswered: number, unsaved: number): string {
  const words = [
    unanswered ? `${unanswered} 题未答` : "",
    unsaved ? `${unsaved} 题未保存` : "",
  ].filter(Boolean);
  return words.length ? `还有 ${words.join("、")}` : "所有题目都已作答并保存";
}
