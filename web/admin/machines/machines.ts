/* Tokens, addresses that are told, and the log of exports, in words. */
import { formatMoment } from "@shared/format";
import { KIND_NAMES } from "@shared/ranking";
import type { ApiToken, Delivery } from "@shared/types";

export interface State {
  words: string;
  tag: "good" | "warn" | "bad" | "";
}

export function tokenState(token: Pick<ApiToken, "revoked_at" | "expires_at">, now: number): State {
  if (token.revoked_at !== null) return { words: "已撤销", tag: "" };
  return token.expires_at <= now ? { words: "已过期", tag: "warn" } : { words: "有效", tag: "good" };
}

export function deliveryState(delivery: Pick<Delivery, "state" | "attempts">): State {
  switch (delivery.state) {
    case "delivered":
      return { words: "已送达", tag: "good" };
    case "failed":
      return { words: "未送达", tag: "bad" };
    case "waiting":
      return { words: delivery.attempts ? "等待重试" : "等待发送", tag: "warn" };
  }
}

/** How the telling went: attempts, the answer, and when the next one is due. */
export function deliveryInWords(delivery: Pick<Delivery, "attempts" | "answer" | "next_at" | "delivered_at">): string {
  const parts = delivery.attempts ? [`已试 ${delivery.attempts} 次`] : [];
  if (delivery.answer) parts.push(/^\d+$/.test(delivery.answer) ? `对方回应 ${delivery.answer}` : delivery.answer);
  if (delivery.delivered_at !== null) parts.push(`${formatMoment(delivery.delivered_at)} 送达`);
  if (delivery.next_at !== null && delivery.attempts) parts.push(`下次 ${formatMoment(delivery.next_at)}`);
  return parts.join("，");
}

const PAGES: Readonly<Record<string, string>> = {
  results: "个人成绩",
  rankings: "街道排名",
  published: "已公布的排名",
  branches: "街道名单",
};
const FORMATS: Readonly<Record<string, string>> = { xlsx: "Excel", csv: "CSV", json: "JSON", pdf: "PDF", docx: "Word" };
const formatOf = (name: string): string => FORMATS[name] ?? name;

/** What was taken, from the words the program notes it with; null for what is not known. */
export function exportInWords(what: string): string | null {
  const page = /^v1\/(\w+)/.exec(what);
  if (page) return PAGES[page[1] ?? ""] ? `接口：${PAGES[page[1] ?? ""]}` : null;
  const own = /^person\/\d+ record\.(\w+)$/.exec(what);
  if (own) return `本人数据（${formatOf(own[1] ?? "")}）`;
  if (/^publication\/\d+ certificate\//.test(what)) return "证书（PDF）";
  const file = /^(\w+)\/(\d+) (?:branch\/\d+ )?(\w+)\.(\w+)/.exec(what);
  const kind = file ? KIND_NAMES[file[1] as keyof typeof KIND_NAMES] : undefined;
  const of = { ranking: "排名", report: "街道成绩报告", results: "成绩" }[file?.[3] ?? ""];
  return file && kind && of ? `${kind} ${file[2]} 的${of}（${formatOf(file[4] ?? "")}）` : null;
}

/** Enough of a digest to tell two apart; the whole one stands in the title. */
export function shortDigest(digest: string): string {
  return digest.length > 12 ? `${digest.slice(0, 12)}…` : digest;
}
