/* Numbers and times as people here write them. */

const ZONE = "Asia/Shanghai";

/** 9550 hundredths of a point -> "95.5". */
export function formatPoints(hundredths: number): string {
  const sign = hundredths < 0 ? "-" : "";
  const whole = Math.floor(Math.abs(hundredths) / 100);
  const rest = String(Math.abs(hundredths) % 100).padStart(2, "0").replace(/0+$/, "");
  return `${sign}${whole}${rest ? `.${rest}` : ""}`;
}

const momentFormat = new Intl.DateTimeFormat("zh-CN", {
  timeZone: ZONE,
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** 11月9日 14:05; with the year when it is not this one. */
export function formatMoment(ms: number, now: number = Date.now()): string {
  const part = (of: number, type: string): string =>
    momentFormat.formatToParts(of).find((found) => found.type === type)?.value ?? "";
  const year = part(ms, "year") === part(now, "year") ? "" : `${part(ms, "year")}年`;
  return `${year}${part(ms, "month")}月${part(ms, "day")}日 ${part(ms, "hour")}:${part(ms, "minute")}`;
}

/** 3 分 20 秒 */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} 分 ${seconds % 60} 秒` : `${seconds} 秒`;
}
