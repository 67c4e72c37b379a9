/* What is different between two versions of a ranking: what the second person looks at
 * before releasing a correction. */
import type { PublishedRanking, RankedBranch, RankedPerson, Ranking } from "@shared/types";

export interface PersonChange {
  id: number;
  name: string;
  branch: string;
  /** null: not in that version. */
  before: RankedPerson | null;
  after: RankedPerson | null;
  /** The own result changed: score, state, time. Otherwise only the place moved. */
  result: boolean;
}

export interface BranchChange {
  id: number;
  name: string;
  before: RankedBranch | null;
  after: RankedBranch | null;
}

export interface Changes {
  people: PersonChange[];
  branches: BranchChange[];
  /** The formula in words is another one. */
  formula: boolean;
  results: number;
  ranks: number;
  branchRanks: number;
}

function pairs<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (one: T) => number,
): [T | null, T | null][] {
  const earlier = new Map(before.map((one) => [idOf(one), one]));
  const list: [T | null, T | null][] = after.map((one) => [earlier.get(idOf(one)) ?? null, one]);
  const here = new Set(after.map(idOf));
  for (const one of before) if (!here.has(idOf(one))) list.push([one, null]);
  return list;
}

function differs<T extends object>(a: T | null, b: T | null, keys: readonly (keyof T)[]): boolean {
  if (a === null || b === null) return a !== b;
  return keys.some((key) => a[key] !== b[key]);
}

const RESULT: readonly (keyof RankedPerson)[] = ["score", "status", "passed", "used_ms"];
const STREET: readonly (keyof RankedBranch)[] = [
  "rank", "expected", "attended", "absent", "deferred", "voided", "passed", "mean_expected",
  "mean_attended", "value", "pass_percent", "tie",
];

/** The formula text without what holds for one day only. */
const wordsOf = (ranking: Ranking): string => ranking.formula_text;

export function changesBetween(before: PublishedRanking, after: PublishedRanking): Changes {
  const name = (id: number): string =>
    after.names[String(id)] ?? before.names[String(id)] ?? `编号 ${id}`;
  const people: PersonChange[] = [];
  for (const [was, is] of pairs(before.ranking.people, after.ranking.people, (one) => one.person.id)) {
    const one = is ?? was;
    if (!one || !differs(was, is, [...RESULT, "rank", "tie"])) continue;
    people.push({
      id: one.person.id,
      name: name(one.person.id),
      branch: one.branch.name,
      before: was,
      after: is,
      result: differs(was, is, RESULT),
    });
  }
  const branches: BranchChange[] = [];
  for (const [was, is] of pairs(before.ranking.branches, after.ranking.branches, (one) => one.branch.id)) {
    const one = is ?? was;
    if (one && differs(was, is, STREET))
      branches.push({ id: one.branch.id, name: one.branch.name, before: was, after: is });
  }
  // Whose own result changed stands first; who was only moved by it follows.
  people.sort((a, b) => Number(b.result) - Number(a.result));
  return {
    people,
    branches,
    formula: wordsOf(before.ranking) !== wordsOf(after.ranking),
    results: people.filter((one) => one.result).length,
    ranks: people.filter((one) => one.before?.rank !== one.after?.rank).length,
    branchRanks: branches.filter((one) => one.before?.rank !== one.after?.rank).length,
  };
}

/** In one sentence. */
export function changesInWords(changes: Changes): string {
  const parts = [
    `${changes.results} 人的成绩或状态有变`,
    `${changes.ranks} 人的名次有变`,
    `${changes.branchRanks} 个街道的名次有变`,
  ];
  if (changes.formula) parts.push("排名办法有变");
  return `${parts.join("，")}。`;
}
