// Debian's Chromium, driven as a person would use it: a context is a person's device.
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { PASSWORD } from "../harness/client.mjs";
import { ROOT } from "../harness/places.mjs";

const { chromium } = createRequire(join(ROOT, "web/package.json"))("playwright-core");
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const PHONE = { width: 360, height: 800 };
export const TABLET = { width: 1280, height: 800 };
export const PROJECTOR = { width: 1920, height: 1080 };

export const openBrowser = () =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });

// A device of its own with one page. What the page itself reports as broken is collected.
export async function openDevice(browser, origin, viewport) {
  const context = await browser.newContext({
    viewport, baseURL: origin, locale: "zh-CN", timezoneId: "Asia/Shanghai",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) page.faults.push(message.text());
  });
  return page;
}

export async function signIn(page, staffNumber, path = "/") {
  await page.goto(path === "/" ? "/" : `/?next=${encodeURIComponent(path)}`);
  await page.getByLabel("工号").fill(staffNumber);
  await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByTestId("person-name").waitFor();
}

// For looking at: only where SCREENSHOTS names a folder.
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

// axe-core's rules for WCAG 2.2 A and AA on the page as it stands. Run through the
// debugger, not as a script of the page: the page's policy stays as strict as it is.
const AXE = readFileSync(join(ROOT, "web/node_modules/axe-core/axe.min.js"), "utf8");

export async function assertAccessible(page) {
  if (!(await page.evaluate("typeof window.axe === 'object'"))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  });
  assert.deepEqual(found.slice(0, 5), [], `${page.url()}: ${found.length} faults of accessibility`);
}
