// Marks as whole thousandths of a point, the unit the server counts in: "25.5" is 25500. Decimal
// strings go in and out; nothing here ever becomes a floating-point number.

export type Thousandths = number;

export interface Scale {
  maximum: string;
  step: string;
}

export type Reading = { value: string; problem: null } | { value: null; problem: string };

// What a Chinese keyboard produces for digits and the decimal point.
function narrow(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30))
    .replace(/[．。]/g, ".")
    .replace(/[\s　]/g, "");
}

// Thousandths of a plain decimal such as "25.5"; null for anything else.
export function thousandths(text: string): Thousandths | null {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0"));
}

// The shortest decimal with at least `places` decimals: format(25500, 1) is "25.5".
export function format(amount: Thousandths, places = 0): string {
  const sign = amount < 0 ? "-" : "";
  const digits = String(Math.abs(amount)).padStart(4, "0");
  const whole = digits.slice(0, -3);
  let part = digits.slice(-3);
  while (part.length > places && part.endsWith("0")) part = part.slice(0, -1);
  return sign + whole + (part === "" ? "" : `.${part}`);
}

// A mark as typed, checked against the scale the way the server checks it.
export function readMark(typed: string, scale: Scale): Reading {
  const text = narrow(typed);
  if (text === "") return { value: null, problem: "未打分" };
  if (/[,，、]/.test(text)) return { value: null, problem: "小数请用点号“.”，不要用逗号" };
  const amount = thousandths(text.replace(/\.$/, ""));
  if (amount === null) return { value: null, problem: "请输入数字，例如 25.5" };
  const maximum = thousandths(scale.maximum) ?? 0;
  const step = thousandths(scale.step) ?? 1;
  if (amount > maximum) return { value: null, problem: `超过满分 ${scale.maximum} 分` };
  if (amount % step !== 0) return { value: null, problem: `须为 ${scale.step} 分的整数倍` };
  return { value: format(amount), problem: null };
}

// One step up or down from the present mark, held inside the scale. A mark that is off its step is
// first brought back onto it; from nothing, down starts at the maximum and up at zero.
export function stepped(current: string | undefined, scale: Scale, up: boolean): string {
  const maximum = thousandths(scale.maximum) ?? 0;
  const step = thousandths(scale.step) ?? 1;
  const amount = current === undefined ? null : thousandths(current);
  if (amount === null) return format(up ? 0 : maximum);
  const base = Math.floor(amount / step) * step;
  const next = up ? base + step : base === amount ? base - step : base;
  return format(Math.min(maximum, Math.max(0, next)));
}

export function sum(values: readonly string[]): Thousandths {
  return values.reduce((total, value) => total + (thousandths(value) ?? 0), 0);
}

// The place a total would take among others: 1 + the number that are higher.
export function placeAmong(total: Thousandths, others: readonly Thousandths[]): number {
  return 1 + others.filter((other) => other > total).length;
}
