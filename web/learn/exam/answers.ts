/* Answers as values: what counts as answered, and what is kept of two versions. */
import type { Answer, AttemptDocument, Question } from "../../shared/types";

export interface ExamQuestion extends Question {
  part: string;
}

export function questionsOf(document: AttemptDocument): ExamQuestion[] {
  return (document.parts ?? []).flatMap((part) =>
    part.questions.map((question) => ({ ...question, part: part.title })),
  );
}

export function isAnswered(answer: Answer | undefined): boolean {
  if (answer === undefined) return false;
  if (typeof answer === "string") return answer.trim() !== "";
  return Array.isArray(answer) ? answer.length > 0 : Object.keys(answer).length > 0;
}

export function emptyAnswer(question: Question): Answer {
  return question.type === "blank" ? "" : [];
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
