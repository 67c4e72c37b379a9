/* What the host can do, in words, and what has to be confirmed first. */
import type { components } from "@shared/api-types";
import type { HostContestant, HostState, StepAction } from "@shared/types";

export type Step = components["schemas"]["Step"];

/** A step the host has chosen, before it is sent. */
export interface Wish {
  action: StepAction;
  contestant: HostContestant | null;
  view?: Step["view"];
  /** The server's own words for it, when it is the next step. */
  label?: string;
}

/** Cannot be taken back, or is easily done to the wrong person: asks first. */
export function needsConfirmation(action: StepAction): boolean {
  return action !== "call" && action !== "show" && action !== "reveal";
}

export function nameOf(contestant: { position: number | null; name: string }): string {
  const position = contestant.position === null ? "" : `${contestant.position} 号 `;
  return `${position}${contestant.name}`;
}

/** The button's words: what happens, and to whom. */
export function titleOf({ action, contestant, label }: Wish): string {
  const who = contestant ? nameOf(contestant) : "";
  switch (action) {
    case "seal":
      return "封存规则和名单";
    case "draw_commit":
      return "公布抽签承诺";
    case "draw":
      return "开始抽签";
    case "call":
      return label ?? `请 ${who} 上台`;
    case "close":
      return `结束 ${who} 的评分`;
    case "release":
      return `公布 ${who} 的成绩`;
    case "show":
      return label ?? "切换大屏";
    case "absent":
      return `${who} 弃权`;
    case "present":
      return `恢复 ${who} 参赛`;
    case "abort":
      return `${who} 中止`;
    case "continue":
      return `恢复 ${who} 继续`;
    case "deduct":
      return `给 ${who} 扣分`;
    case "freeze":
      return "冻结公开成绩";
    case "reveal":
      return "揭晓下一步";
    case "unfreeze":
      return "解除冻结";
    case "finish":
      return "结束比赛";
  }
}

/** What to know before pressing. */
export function consequenceOf({ action, contestant }: Wish, state: HostState): string {
  switch (action) {
    case "seal":
      return `封存后，规则、评委和 ${state.contestants.length} 名选手都不能再改，指纹将公开。`;
    case "draw_commit":
      return "系统生成抽签种子，先只公布它的 SHA-256。公布后种子不能再换。";
    case "draw":
      return "揭晓种子并按它和观众报的数字排出出场顺序。只抽一次，不能重来。";
    case "close":
      return contestant
        ? `已收评分 ${contestant.sheets} / ${contestant.expected_sheets} 份。结束后评委不能再提交。`
        : "结束后评委不能再提交。";
    case "release":
      return "各评委的分数、去掉的最高分和最低分、扣分和最后得分将显示在大屏上。";
    case "absent":
      return "弃权的选手不上场、不排名，街道榜中计为缺考。之后可以恢复。";
    case "present":
      return "恢复后该选手按原出场序号参赛。";
    case "abort":
      return "中止的选手不排名，街道榜中计为缺考，已有的评分保留。之后可以恢复。";
    case "continue":
      return "恢复后该选手照常评分、排名。";
    case "deduct":
      return "从评委评分的结果中扣除，理由会显示在大屏上。扣错了，再扣一次负数抵回。";
    case "finish":
      return "结束后成绩成为最终成绩，大屏不再标注“非最终成绩”。";
    case "freeze":
      return "冻结后，大屏和公开的排名停在此刻，之后公布的成绩先不公开。";
    case "reveal":
      return "从末位起揭晓一项成绩或一个名次。";
    case "unfreeze":
      return "解除后，全部成绩立即公开。";
    case "call":
    case "show":
      return "";
  }
}

/** A warning when the step is about someone else than the person on stage. */
export function mismatchOf({ action, contestant }: Wish, state: HostState): string | null {
  const stage = state.on_stage;
  if (!stage || !contestant || stage.contestant === contestant.id) return null;
  if (action === "call") return null;
  return `注意：台上现在是 ${nameOf(stage)}，这一步改的是 ${nameOf(contestant)}。`;
}

export const STATUS_NAMES: Readonly<Record<HostContestant["status"], string>> = {
  waiting: "待上场",
  on_stage: "台上",
  closed: "评分已结束",
  released: "已公布",
  absent: "弃权",
  aborted: "中止",
  disqualified: "取消资格",
};

/** "在线", "40 秒前", "3 分钟前", "未见": how long ago a tablet was heard of. */
export function seenInWords(ageMs: number | null): { word: string; good: boolean } {
  if (ageMs === null) return { word: "未上线", good: false };
  if (ageMs < 35_000) return { word: "在线", good: true };
  const seconds = Math.round(ageMs / 1000);
  return {
    word: seconds < 120 ? `${seconds} 秒前` : `${Math.round(seconds / 60)} 分钟前`,
    good: false,
  };
}
