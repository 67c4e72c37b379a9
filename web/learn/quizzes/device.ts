/* The look at the device before an exam: can it keep answers, how far is its clock off,
 * how long does an answer of the server take. */
import { get } from "../../shared/api";
import { openQueueStore } from "../../shared/queue-store";

export interface Finding {
  name: string;
  words: string;
  good: boolean;
}

export async function checkDevice(): Promise<Finding[]> {
  return [...(await networkAndClock()), await storage()];
}

async function networkAndClock(): Promise<Finding[]> {
  const began = performance.now();
  try {
    const site = await get("/api/site", { timeoutMs: 8000 });
    const took = Math.round(performance.now() - began);
    const offSeconds = Math.round((Date.now() - site.server_now - took / 2) / 1000);
    const clockGood = Math.abs(offSeconds) <= 60;
    return [
      { name: "网络", words: took < 1500 ? `正常（${took} 毫秒）` : `较慢（${took} 毫秒），仍可作答`, good: took < 1500 },
      {
        name: "时钟",
        words: clockGood ? "与服务器一致" : `本机时钟差 ${Math.abs(offSeconds)} 秒，不影响：以服务器时间为准`,
        good: true,
      },
    ];
  } catch {
    return [{ name: "网络", words: "连不上服务器，请先检查网络", good: false }];
  }
}

async function storage(): Promise<Finding> {
  const { keeping } = await openQueueStore();
  if (keeping === "memory")
    return { name: "本机保存", words: "不可用：断网时不要刷新或关闭页面（请关闭无痕模式）", good: false };
  return { name: "本机保存", words: "可用，断网时答案存在本机", good: true };
}
