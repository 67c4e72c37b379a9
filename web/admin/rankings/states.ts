/* Where something that can be ranked stands, in words. */
import type { Publication, RankingEntry, RankingKind } from "@shared/types";

export interface State {
  text: string;
  tag: "tag-good" | "tag-warn" | "tag-accent" | "";
}

export function statesOf(entry: RankingEntry): State[] {
  const states: State[] = [];
  if (entry.proposed !== null) states.push({ text: "待确认", tag: "tag-warn" });
  if (entry.published !== null)
    states.push({ text: `已发布第 ${entry.published} 版`, tag: "tag-good" });
  if (states.length === 0)
    states.push(entry.over ? { text: "可提请", tag: "tag-accent" } : { text: "未结束", tag: "" });
  return states;
}

export const STATE_WORDS: Readonly<Record<Publication["state"], State>> = {
  proposed: { text: "待确认", tag: "tag-warn" },
  published: { text: "已发布", tag: "tag-good" },
  rejected: { text: "已退回", tag: "" },
};

export const rankingAddress = (kind: RankingKind, subject: number): string =>
  `#/rankings/${kind}/${subject}`;
