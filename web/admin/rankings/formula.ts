/* The form of a formula: what is typed, what is wrong with it, how it reads, and the
 * document that is sent. */
import type { RankingFormula, RankingKind } from "@shared/types";

export interface Draft {
  time: boolean;
  street: RankingFormula["street"];
  best: string;
  mean: string;
  attendance: string;
  excellent: string;
  excellentLine: string;
  places: string;
  countback: boolean;
  /** "" for the version before, otherwise "quiz/3". */
  compare: string;
}

export const STREET_NAMES: Readonly<Record<RankingFormula["street"], string>> = {
  mean_expected: "应参平均分（缺考、作废计 0 分）",
  mean_attended: "实参平均分（只算有成绩的人）",
  best: "前几名成绩之和",
  composite: "综合分：平均分、参考率、优秀率各占一部分",
  places: "按名次记分：第 1 名起各得几分",
};

const text = (value: number | undefined, otherwise: string): string =>
  value === undefined ? otherwise : String(value);

export function draftOf(formula: RankingFormula): Draft {
  return {
    time: formula.time,
    street: formula.street,
    best: text(formula.best, "5"),
    mean: text(formula.mean, "70"),
    attendance: text(formula.attendance, "20"),
    excellent: text(formula.excellent, "10"),
    excellentLine: text(formula.excellent_line, "90"),
    places: (formula.places ?? [10, 8, 6, 5, 4, 3, 2, 1]).join("、"),
    countback: formula.countback,
    compare: formula.compare ? `${formula.compare.kind}/${formula.compare.subject}` : "",
  };
}

function whole(value: string, least: number, most: number): number | null {
  const trimmed = value.trim();
  if (!/^\d{1,6}$/.test(trimmed)) return null;
  const number = Number(trimmed);
  return number >= least && number <= most ? number : null;
}

/** "10、8，6 5" -> [10, 8, 6, 5]; null when something in it is no number. */
export function placesOf(value: string): number[] | null {
  const parts = value.split(/[\s,，、;；]+/).filter(Boolean);
  const numbers = parts.map((part) => whole(part, 0, 1000));
  if (numbers.length === 0 || numbers.length > 50 || numbers.includes(null)) return null;
  return numbers as number[];
}

/** What must be put right before it can be announced; "" when it is in order. */
export function faultOf(draft: Draft): string {
  if (draft.street === "best" && whole(draft.best, 1, 1000) === null)
    return "“前几名”请填 1 到 1000 的整数。";
  if (draft.street === "composite") {
    const shares = [draft.mean, draft.attendance, draft.excellent].map((one) => whole(one, 0, 100));
    if (shares.includes(null)) return "三项占比请填 0 到 100 的整数。";
    const sum = (shares as number[]).reduce((a, b) => a + b, 0);
    if (sum !== 100) return `三项占比合计应为 100%，现在是 ${sum}%。`;
    if (shares[2] !== 0 && whole(draft.excellentLine, 1, 100) === null)
      return "优秀线请填 1 到 100 的整数。";
  }
  if (draft.street === "places") {
    const places = placesOf(draft.places);
    if (places === null) return "名次得分请填用顿号隔开的整数，例如 10、8、6。";
    if (places.some((one, index) => index > 0 && one > (places[index - 1] ?? 0)))
      return "名次得分应从高到低。";
  }
  return "";
}

/** The document; only for a draft without fault. */
export function formulaOf(draft: Draft): RankingFormula {
  const formula: RankingFormula = {
    time: draft.time,
    street: draft.street,
    countback: draft.countback,
  };
  if (draft.street === "best") formula.best = Number(draft.best);
  if (draft.street === "composite") {
    formula.mean = Number(draft.mean);
    formula.attendance = Number(draft.attendance);
    formula.excellent = Number(draft.excellent);
    if (formula.excellent > 0) formula.excellent_line = Number(draft.excellentLine);
  }
  if (draft.street === "places") formula.places = placesOf(draft.places) ?? [];
  const [kind, subject] = draft.compare.split("/");
  if (kind && subject) formula.compare = { kind: kind as RankingKind, subject: Number(subject) };
  return formula;
}

function streetInWords(draft: Draft): string {
  switch (draft.street) {
    case "mean_expected":
      return "街道按应参平均分排名：成绩之和÷（应参人数－缓考人数），缺考、作废计 0 分";
    case "mean_attended":
      return "街道按实参平均分排名：成绩之和÷实参人数";
    case "best":
      return `街道按前 ${draft.best} 名成绩之和排名，人数不足的缺几人计几个 0 分`;
    case "composite": {
      const line = Number(draft.excellent) > 0 ? `，优秀线为满分的 ${draft.excellentLine}%` : "";
      return (
        `街道按综合分排名：应参平均分（折合百分制）×${draft.mean}%＋参考率×${draft.attendance}%` +
        `＋优秀率×${draft.excellent}%${line}`
      );
    }
    case "places":
      return `街道按名次得分之和排名，第 1 名起依次得 ${(placesOf(draft.places) ?? []).join("、")} 分，其余不得分`;
  }
}

/** How it will read. The program writes the binding words; these say the same. */
export function formulaInWords(draft: Draft): string {
  const people = draft.time
    ? "个人按成绩从高到低排名，同分的用时少者在前，仍相同的同名次"
    : "个人按成绩从高到低排名，同分同名次，不计用时";
  const ties = draft.countback
    ? "街道同分的依次比较本街道最高分、第 2 高分……，仍相同的同名次"
    : "街道同分的同名次";
  return `${people}；${streetInWords(draft)}；${ties}。`;
}
