/* Sends queued answers and reads the receipts. A receipt must name the very question and
 * number that was sent; anything else is "not saved". */
import { isProblem, NetworkFailure, post, Problem } from "../../shared/api";
import { Halted, type Outcome, type QueueEntry } from "../../shared/queue";
import type { Answer, AnswerReceipt, AnswerReceipts } from "../../shared/types";

export interface Wire {
  attempt: number;
  device: string;
  epoch(): number;
  /** Every reply also tells the time, the deadline and the state. */
  heard(reply: AnswerReceipts): void;
  /** The server keeps a newer answer than the one just sent. */
  overtaken(item: string, seq: number, answer: Answer): void;
}

type Edit = QueueEntry<Answer>;

export function answerSender(wire: Wire): (entries: Edit[]) => Promise<Outcome<AnswerReceipt>[]> {
  async function send(entries: Edit[]): Promise<Outcome<AnswerReceipt>[]> {
    try {
      const batch = entries.map(({ item, number, payload }) => ({ item, seq: number, answer: payload }));
      const reply = await post(
        "/api/attempts/{id}/answers",
        { device: wire.device, epoch: wire.epoch(), batch },
        { path: { id: wire.attempt } },
      );
      const outcomes = entries.map((entry) => outcomeOf(wire, entry, reply));
      wire.heard(reply);
      return outcomes;
    } catch (error) {
      return refused(entries, error);
    }
  }

  /** One bad entry makes the server refuse a whole batch: then each goes by itself. */
  async function refused(entries: Edit[], error: unknown): Promise<Outcome<AnswerReceipt>[]> {
    if (!(error instanceof Problem) || error.later) throw error;
    if (error.code !== "answer_invalid" && error.code !== "answer_conflict")
      throw new Halted(error.code, error.detail);
    if (entries.length === 1) return [{ kind: "refused", code: error.code, detail: error.detail }];
    const outcomes: Outcome<AnswerReceipt>[] = [];
    for (const entry of entries) outcomes.push(...(await send([entry])));
    return outcomes;
  }

  return send;
}

function outcomeOf(wire: Wire, entry: Edit, reply: AnswerReceipts): Outcome<AnswerReceipt> {
  const receipt = reply.receipts?.find(({ item, seq }) => item === entry.item && seq === entry.number);
  if (!receipt) throw new NetworkFailure("not_json");
  if (receipt.stored === "late")
    return { kind: "refused", code: "late", detail: "已过截止时间，这次修改没有计入。" };
  if (receipt.stored === "stale") {
    if (receipt.current) wire.overtaken(entry.item, receipt.current.seq, receipt.current.answer);
    return { kind: "refused", code: "stale", detail: "服务器上已有更新的答案。" };
  }
  if (!/^[0-9a-f]{16}$/.test(receipt.receipt)) throw new NetworkFailure("not_json");
  return { kind: "saved", receipt };
}

/** The attempt cannot be written from here any more, and why. */
export function endOf(error: unknown): "lease_lost" | "attempt_submitted" | "login_needed" | null {
  const code = error instanceof Halted ? error.code : error instanceof Problem ? error.code : "";
  if (code === "lease_lost" || code === "attempt_submitted" || code === "login_needed") return code;
  return isProblem(error, "lease_elsewhere") ? "lease_lost" : null;
}
