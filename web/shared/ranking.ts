/* A ranking as people look at it: states in words, movement, filters, order. Nothing here
 * decides a rank: ranks come from the program and stay as they came. */
import type { RankedBranch, RankedPerson, Ranking, RankingKind } from "./types";

export type Status = RankedPerson["status"];

export const KIND_NAMES: Readonly<Record<RankingKind, string>> = {
  quiz: "测验",
  contest: "竞赛",
  training: "培训",
  year: "年度",
};

/** As the program's own files say it. */
export function statusName(status: Status, ranking: Pick<Ranking, "kind" | "final">): string {
  const quiz = ranking.kind === "quiz";
  switch (status) {
    case "done":
      return quiz ? "已交卷" : "有成绩";
    case "in_progress":
      return quiz ? "作答中" : "未完成";
    case "absent":
      return ranking.final ? "缺考" : "未参加";
    case "deferred":
      return "缓考";
    case "voided":
      return "作废";
  }
}

/** The states of people, in the order a filter offers them. */
export const STATUSES: readonly Status[] = ["done", "in_progress", "absent", "deferred", "voided"];

export interface Movement {
  way: "up" | "down" | "same" | "new" | "gone";
  mark: string;
  words: string;
}

/** From the rank before to the rank now; null when there is nothing to compare. */
export function movement(rank: number | null, previous: number | null): Movement | null {
  if (rank === null && previous === null) return null;
  if (previous === null) return { way: "new", mark: "新", words: "上次没有名次" };
  if (rank === null) return { way: "gone", mark: "无", words: `上次第 ${previous} 名，这次没有名次` };
  const steps = previous - rank;
  if (steps === 0) return { way: "same", mark: "—", words: "名次未变" };
  const count = Math.abs(steps);
  return steps > 0
    ? { way: "up", mark: `↑${count}`, words: `上升 ${count} 名，上次第 ${previous} 名` }
    : { way: "down", mark: `↓${count}`, words: `下降 ${count} 名，上次第 ${previous} 名` };
}

export interface Totals {
  expected: number;
  attended: number;
  absent: number;
  deferred: number;
  voided: number;
}

export function totalsOf(branches: readonly RankedBranch[]): Totals {
  const sum = (key: keyof Totals): number => branches.reduce((all, one) => all + one[key], 0);
  return {
    expected: sum("expected"),
    attended: sum("attended"),
    absent: sum("absent"),
    deferred: sum("deferred"),
    voided: sum("voided"),
  };
}

/** What a list is narrowed to. "missing" is everybody who counts as absent, those still
 * writing included: the streets' column 缺考 counts them so. */
export interface Filter {
  branch: number | null;
  community: string;
  cohort: string;
  status: Status | "missing" | "passed" | "";
  text: string;
  /** Scores from..to, as a bar of the chart covers them; to is left out. */
  from: number | null;
  to: number | null;
}

export const NO_FILTER: Readonly<Filter> = {
  branch: null,
  community: "",
  cohort: "",
  status: "",
  text: "",
  from: null,
  to: null,
};

function hasStatus(person: RankedPerson, wanted: Filter["status"]): boolean {
  if (wanted === "") return true;
  if (wanted === "passed") return person.passed === true;
  if (wanted === "missing") return person.status === "absent" || person.status === "in_progress";
  return person.status === wanted;
}

function hasScore(person: RankedPerson, from: number | null, to: number | null): boolean {
  if (from === null && to === null) return true;
  if (person.score === null) return false;
  const score = Number(person.score);
  return (from === null || score >= from) && (to === null || score < to);
}

export function filterPeople(people: readonly RankedPerson[], filter: Filter): RankedPerson[] {
  const text = filter.text.trim().toLowerCase();
  return people.filter(
    (one) =>
      (filter.branch === null || one.branch.id === filter.branch) &&
      (filter.community === "" || one.community === filter.community) &&
      (filter.cohort === "" || one.cohort === filter.cohort) &&
      hasStatus(one, filter.status) &&
      hasScore(one, filter.from, filter.to) &&
      (text === "" ||
        (one.person.name ?? "").toLowerCase().includes(text) ||
        (one.person.staff_number ?? "").toLowerCase().includes(text)),
  );
}

export function isNarrowed(filter: Filter): boolean {
  return (Object.keys(NO_FILTER) as (keyof Filter)[]).some((key) => filter[key] !== NO_FILTER[key]);
}

/** Between the filter and the part of an address behind "?"; unknown parts are ignored. */
export function filterOf(query: URLSearchParams): Filter {
  const number = (name: string): number | null => {
    const text = query.get(name) ?? "";
    return /^\d{1,12}(\.\d{1,3})?$/.test(text) ? Number(text) : null;
  };
  const status = query.get("status") ?? "";
  const known = ["missing", "passed", ...STATUSES].includes(status);
  return {
    branch: number("branch"),
    community: query.get("community") ?? "",
    cohort: query.get("cohort") ?? "",
    status: known ? (status as Filter["status"]) : "",
    text: query.get("text") ?? "",
    from: number("from"),
    to: number("to"),
  };
}

export function queryOf(filter: Partial<Filter>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== null && value !== "") query.set(name, String(value));
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** Sorted by a column, as a new list. What is missing stands last either way, equals stay
 * in the order they came in. */
export function sortedBy<T>(
  rows: readonly T[],
  valueOf: (row: T) => number | string | null,
  descending: boolean,
): T[] {
  return [...rows].sort((left, right) => {
    const a = valueOf(left);
    const b = valueOf(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === "number" && typeof b === "number"
        ? a - b
        : String(a).localeCompare(String(b), "zh-CN");
    return descending ? -order : order;
  });
}

/** "88.12" -> 88.12: for sorting and drawing only, never shown. */
export function asNumber(decimal: string | number | null): number | null {
  return decimal === null ? null : Number(decimal);
}

/** The values that occur, each once, in dictionary order; without the empty one. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b, "zh-CN"));
}
