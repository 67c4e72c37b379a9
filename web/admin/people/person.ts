/* What an organiser does to a person's entry: which of it is possible, and from when. */
import type { BranchName } from "@shared/types";

/** A person as the list and the record both know her. */
export interface DeskPerson {
  id: number;
  name: string;
  staff_number?: string;
  branch: BranchName | null;
  phone?: string | null;
  cohort?: string;
  left_at?: number | null;
}

export type DeskAction = "details" | "move" | "leave" | "rejoin" | "erase";

/** The program puts this in the place of a name that was erased. */
export function isErased(person: Pick<DeskPerson, "id" | "name">): boolean {
  return person.name === `已删除${person.id}`;
}

export function actionsFor(person: DeskPerson): DeskAction[] {
  if (isErased(person)) return [];
  return person.left_at ? ["rejoin", "details", "erase"] : ["details", "move", "leave", "erase"];
}

const CHINA_MS = 8 * 3600 * 1000;

/** The day in China as a date field has it: 2020-08-21. */
export function dayOf(at: number): string {
  return new Date(at + CHINA_MS).toISOString().slice(0, 10);
}

/** From when a change is to hold: "now" today, else the beginning of the day in China; null
 * for what is no day or has not come. */
export function beginOf(day: string, now: number): number | "now" | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  if (day === dayOf(now)) return "now";
  const at = Date.parse(`${day}T00:00:00+08:00`);
  return Number.isNaN(at) || at > now ? null : at;
}

/** Whether a search by name, number or place means this person. */
export function isMeant(
  wanted: string,
  person: { name: string; staff_number: string; community: string | null; compound: string | null },
): boolean {
  const text = wanted.trim().toLowerCase();
  return [person.name, person.staff_number, person.community, person.compound].some((one) =>
    one?.toLowerCase().includes(text),
  ) || text === "";
}
