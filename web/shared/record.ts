/* A record over the years as it is read: by year, newest first, in words. */
import { KIND_NAMES } from "./ranking";
import type { BranchRecord, RecordResult } from "./types";

/** The year in China, where 31 December 17:00 UTC is already the next one. */
export function yearOf(at: number): number {
  return new Date(at + 8 * 3600 * 1000).getUTCFullYear();
}

export function byYear<T extends { at: number }>(results: readonly T[]): { year: number; results: T[] }[] {
  const years = new Map<number, T[]>();
  for (const one of [...results].sort((a, b) => b.at - a.at)) {
    const year = yearOf(one.at);
    years.set(year, [...(years.get(year) ?? []), one]);
  }
  return [...years].map(([year, list]) => ({ year, results: list }));
}

const STATUS: Readonly<Record<RecordResult["status"], string>> = {
  done: "",
  in_progress: "作答中",
  absent: "未参加",
  deferred: "缓考",
  voided: "作废",
  unpublished: "成绩尚未公布",
};

/** Results that say something, and what the person simply was not in. */
export function splitMissed<T extends Pick<RecordResult, "status">>(results: readonly T[]): [T[], T[]] {
  return [results.filter((one) => one.status !== "absent"), results.filter((one) => one.status === "absent")];
}

/** "92.50 分（满分 100），合格" or why there is no score. */
export function resultInWords(result: RecordResult): string {
  if (result.status !== "done" || result.score === null) return STATUS[result.status] || "没有成绩";
  const full = result.full.replace(/\.0+$/, "");
  const passed = result.passed === null ? "" : result.passed ? "，合格" : "，不合格";
  return `${result.score} 分（满分 ${full}）${passed}`;
}

/** A certificate is for who passed, or where passing means nothing, for who was ranked; and
 * only of what was published. */
export function hasCertificate(result: Pick<RecordResult, "publication" | "rank" | "passed">): boolean {
  return result.publication !== null && result.rank !== null && result.passed !== false;
}

export const kindOf = (result: Pick<RecordResult, "kind">): string => KIND_NAMES[result.kind];

export interface TrendPoint {
  kind: BranchRecord["results"][number]["kind"];
  subject: number;
  title: string;
  at: number;
  expected: number | null;
  attended: number | null;
  rank: number | null;
  predecessor: string | null;
}

/** Over, or at least somebody took part: before that a mean of 0 says nothing. */
export function hasBegun(result: BranchRecord["results"][number]): boolean {
  return result.final || result.row.attended > 0;
}

/** The street's results in the order of time. Two former streets that became this one have
 * a point each. */
export function trendOf(record: BranchRecord): TrendPoint[] {
  return record.results
    .filter(hasBegun)
    .sort((a, b) => a.at - b.at)
    .map(({ kind, subject, title, at, predecessor, row }) => ({
      kind,
      subject,
      title,
      at,
      expected: row.mean_expected === null ? null : Number(row.mean_expected),
      attended: row.mean_attended === null ? null : Number(row.mean_attended),
      rank: row.rank,
      predecessor: predecessor ? row.branch.name : null,
    }));
}
