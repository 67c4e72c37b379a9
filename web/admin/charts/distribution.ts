/* How scores are spread: for pictures and the table beside them. Five numbers of a street
 * are of those who have a result; quartiles lie between neighbours (linear). */
import type { RankedPerson, Ranking } from "@shared/types";

export interface Bin {
  from: number;
  /** Left out of the bin; null: the last one, up to the full mark. */
  to: number | null;
  name: string;
}

export interface Spread {
  branch: { id: number; name: string };
  /** People by bin. */
  counts: number[];
  scores: number[];
  /** Lowest, first quartile, median, third quartile, highest; null without a result. */
  five: [number, number, number, number, number] | null;
}

const BINS = 10;

export const fullOf = (ranking: Pick<Ranking, "full" | "dp">): number =>
  ranking.full / 10 ** ranking.dp;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export function binsOf(ranking: Pick<Ranking, "full" | "dp">): Bin[] {
  const full = fullOf(ranking);
  if (!(full > 0)) return [];
  return Array.from({ length: BINS }, (_, index) => {
    const from = rounded((full * index) / BINS);
    const to = rounded((full * (index + 1)) / BINS);
    const last = index === BINS - 1;
    return { from, to: last ? null : to, name: last ? `${from}–${to}` : `${from}–不到 ${to}` };
  });
}

/** By how full the bins are, in whole steps: a score on a border belongs to the upper bin. */
export function countsOf(scores: readonly number[], bins: readonly Bin[]): number[] {
  const counts = bins.map(() => 0);
  for (const score of scores) {
    let index = bins.findIndex((bin) => bin.to !== null && score < bin.to);
    if (index < 0) index = bins.length - 1;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return rounded(below + (above - below) * (place - Math.floor(place)));
}

export function fiveOf(scores: readonly number[]): Spread["five"] {
  if (scores.length === 0) return null;
  const sorted = [...scores].sort((a, b) => a - b);
  const at = (share: number): number => quantile(sorted, share);
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}

export function scoresOf(people: readonly RankedPerson[]): number[] {
  return people
    .filter((one) => one.status === "done" && one.score !== null)
    .map((one) => Number(one.score));
}

export function spreadOf(ranking: Ranking, bins: readonly Bin[]): Spread[] {
  return ranking.branches.map(({ branch }) => {
    const scores = scoresOf(ranking.people.filter((one) => one.branch.id === branch.id));
    return { branch, scores, counts: countsOf(scores, bins), five: fiveOf(scores) };
  });
}
