// Amounts read aloud, so that a judge hears a wrong digit before submitting: 88.5 is 八十八点五.

const DIGITS = "零一二三四五六七八九";
const UNITS = ["", "十", "百", "千"];

function belowTenThousand(amount: number): string {
  let text = "";
  let skipped = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(amount / 10 ** place) % 10;
    if (digit === 0) {
      skipped = text !== "";
      continue;
    }
    if (skipped) text += "零";
    skipped = false;
    text += `${DIGITS.charAt(digit)}${UNITS[place] ?? ""}`;
  }
  return text.startsWith("一十") ? text.slice(1) : text;
}

// Chinese words for a decimal string from 0 to 9999.999; trailing zeros are not read.
export function inWords(decimal: string): string {
  const match = /^(\d{1,4})(?:\.(\d+))?$/.exec(decimal);
  if (!match) return decimal;
  const whole = belowTenThousand(Number(match[1])) || "零";
  const part = (match[2] ?? "").replace(/0+$/, "");
  if (part === "") return whole;
  return `${whole}点${[...part].map((digit) => DIGITS.charAt(Number(digit))).join("")}`;
}
