/* The sheet a judge sees for one contestant: what the server has, over it what this tablet has
 * made since. */
import type { JudgeState } from "@shared/types";
import type { Outbox, SheetEntry } from "./outbox";
import { placeAmong, thousandths } from "./points";

/** On its way, given its receipt, refused, or none of them. */
export type MarkState = "none" | "waiting" | "delivered" | "refused";

export interface SheetView {
  marks: Record<string, string>;
  states: Record<string, MarkState>;
  /** The submitted sheet: waiting for its receipt, or with it. */
  submitted: { total: string; receipt: string | null; at: number | null } | null;
}

export function viewSheet(state: JudgeState, outbox: Outbox, contestant: number): SheetView {
  const marks: Record<string, string> = { ...state.marks[String(contestant)] };
  const states: Record<string, MarkState> = {};
  for (const { id } of state.criteria) states[id] = marks[id] === undefined ? "none" : "delivered";

  for (const { event, content } of outbox.delivered.value.values()) {
    if (content.contestant !== contestant || content.kind !== "mark" || event <= state.number)
      continue;
    marks[content.criterion] = content.value;
    states[content.criterion] = "delivered";
  }
  for (const { content } of outbox.refused.value) {
    if (content.contestant === contestant && content.kind === "mark")
      states[content.criterion] = "refused";
  }
  for (const content of outbox.waiting.value) {
    if (content.contestant !== contestant || content.kind !== "mark") continue;
    marks[content.criterion] = content.value;
    states[content.criterion] = "waiting";
  }
  return { marks, states, submitted: submittedSheet(state, outbox, contestant) };
}

function submittedSheet(
  state: JudgeState,
  outbox: Outbox,
  contestant: number,
): SheetView["submitted"] {
  const known = state.sheets.find((sheet) => sheet.contestant === contestant);
  if (known) return { total: known.total, receipt: known.receipt, at: known.at };
  const delivered = outbox.delivered.value.get(String(contestant));
  if (delivered?.content.kind === "sheet") {
    return { total: delivered.content.total, receipt: delivered.receipt, at: null };
  }
  const waiting = outbox.waiting.value.find(
    (content): content is SheetEntry =>
      content.kind === "sheet" && content.contestant === contestant,
  );
  return waiting ? { total: waiting.total, receipt: null, at: null } : null;
}

export interface OwnTotal {
  contestant: number;
  label: string;
  total: string;
  receipt: string | null;
}

/** All sheets of this judge in the order of the stage, the ones on their way at the end. */
export function ownTotals(state: JudgeState, outbox: Outbox): OwnTotal[] {
  const totals = [...state.sheets]
    .sort((a, b) => a.position - b.position)
    .map(({ contestant, position, name, total, receipt }) => ({
      contestant,
      label: `${position} 号 ${name}`,
      total,
      receipt: receipt as string | null,
    }));
  const known = new Set(totals.map(({ contestant }) => contestant));
  const add = (content: SheetEntry, receipt: string | null): void => {
    if (known.has(content.contestant)) return;
    known.add(content.contestant);
    totals.push({
      contestant: content.contestant,
      label: content.label,
      total: content.total,
      receipt,
    });
  };
  for (const { content, receipt } of outbox.delivered.value.values()) {
    if (content.kind === "sheet") add(content, receipt);
  }
  for (const content of outbox.waiting.value) if (content.kind === "sheet") add(content, null);
  return totals;
}

/** "列第 2 位（共 7 位，与 3 号 王某某 同分）": a place among one's own sheets only. */
export function placeInWords(total: string, contestant: number, own: readonly OwnTotal[]): string {
  const others = own.filter((one) => one.contestant !== contestant);
  if (others.length === 0) return "这是您提交的第一份评分";
  const amount = thousandths(total) ?? 0;
  const amounts = others.map((one) => thousandths(one.total) ?? 0);
  const place = placeAmong(amount, amounts);
  const equal = others.filter((_, index) => amounts[index] === amount).map(({ label }) => label);
  const shared = equal.length > 0 ? `，与 ${equal.join("、")} 同分` : "";
  return `在您评过的 ${others.length + 1} 位选手中列第 ${place} 位${shared}`;
}
