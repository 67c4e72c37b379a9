/* How the states of a quiz are said. */
import { formatMoment } from "../../shared/format";
import type { Quiz, QuizState } from "../../shared/types";

export const stateWords: Record<QuizState, string> = {
  not_open: "未开放",
  open: "可以答题",
  closed: "已结束",
  in_progress: "正在作答",
  submitted: "已交卷",
  auto_submitted: "到时自动交卷",
};

export const stateTags: Record<QuizState, string> = {
  not_open: "",
  open: "tag-accent",
  closed: "",
  in_progress: "tag-warn",
  submitted: "tag-good",
  auto_submitted: "tag-good",
};

export const isFinished = (quiz: Quiz): boolean =>
  quiz.state === "submitted" || quiz.state === "auto_submitted";

/** Null while it is not known: before the grade, or while essays decide it. */
export function hasPassed(quiz: Quiz): boolean | null {
  if (quiz.grade === null) return null;
  const isEnough = (grade: number): boolean => grade * 100 >= quiz.points * quiz.pass_percent;
  if (isEnough(quiz.grade)) return true;
  return isEnough(quiz.grade + (quiz.pending_points ?? 0)) ? null : false;
}

/** 开放时间：11月9日 09:00 至 11月10日 17:00 */
export function windowWords(quiz: Quiz, now: number): string {
  const { window_open: from, window_close: to } = quiz;
  if (from === null && to === null) return "随时可以作答";
  const words = [
    from === null ? "" : `${formatMoment(from, now)} 起`,
    to === null ? "" : `${formatMoment(to, now)} 止`,
  ];
  return `开放时间：${words.filter(Boolean).join("，")}`;
}
