/* GET /api/contests/:id/standings: the same bytes as `xunsai contest replay` prints. It holds ids
 * only; names come from elsewhere. */

export interface StandingsMark {
  judge: number;
  total: string;
  dropped: "low" | "high" | null;
  receipt: string;
}

export interface StandingsRound {
  id: string;
  score: string | null;
  /** Judged rounds only, as the rest. */
  panel?: string | null;
  deducted?: string;
  deductions?: { points: string; reason: string }[];
  marks?: StandingsMark[];
}

export interface StandingsRow {
  id: number;
  branch: number | null;
  position: number | null;
  status: "ranked" | "pending" | "unranked" | "aborted" | "absent" | "disqualified";
  rank: number | null;
  tie_key: string | null;
  total: string | null;
  /** Only if the rules have awards. */
  award?: string | null;
  award_needs?: "draw" | "playoff" | null;
  rounds: StandingsRound[];
}

export interface StandingsBranch {
  branch: number;
  registered: number;
  present: number;
  absent: number;
  pending: number;
  mean_registered: string | null;
  mean_present: string | null;
  rank: number | null;
}

export interface Standings {
  contest: number;
  title: string;
  rules: string;
  final: boolean;
  chain: { number: number; hash: string };
  draw: { commit: string; seed: string | null; spoken: string | null } | null;
  rounds: { id: string; kind: "written" | "judged"; title: string; weight: string; full: string }[];
  contestants: StandingsRow[];
  branches: StandingsBranch[];
}

export const STATUS_WORDS: Readonly<Record<StandingsRow["status"], string>> = {
  ranked: "",
  pending: "待定",
  unranked: "不排名",
  aborted: "中止",
  absent: "弃权",
  disqualified: "取消资格",
};
