// The organiser's desk in a browser: tokens for other systems, people who move, leave, come
// back and are erased, and the log of what was taken out. Looked over by axe-core.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { demoFolder, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";
import { assertAccessible, PHONE, TABLET, openBrowser, openDevice, picture, signIn } from "./browser.mjs";

const MOVED = "古丽巴哈尔·阿不都热合曼·吐尔逊江努尔";
const CONTESTANT = "阿卜杜外力·买买提吐尔逊";
const ERASED = "欧阳待删";
let server;
let browser;
let organiser;

async function open(viewport, staffNumber, path) {
  const page = await openDevice(browser, server.origin, viewport);
  await signIn(page, staffNumber, path);
  return page;
}

before(async () => {
  const data = join(temporaryFolder("desk"), "data");
  cpSync(demoFolder(), data, { recursive: true });
  for (const [number, name] of [["zy0101", CONTESTANT], ["zy0102", MOVED], ["zy0103", ERASED]])
    execFileSync("sqlite3", [join(data, "xunsai.db"), `UPDATE person SET name = '${name}' WHERE staff_number = '${number}'`]);
  server = await startServer({ data });
  browser = await openBrowser();
  organiser = await open(TABLET, "zz01", "/admin/#/machines");
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const narrow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const focused = (page) => page.evaluate(() => document.activeElement?.dataset.testid ?? document.activeElement?.tagName);
const rankings = (token) =>
  fetch(`${server.origin}/api/v1/rankings`, { headers: { Authorization: `Bearer ${token}` } });

// Finds a person and begins what is to be done about her.
async function begin(page, name, action) {
  await page.getByTestId("people-search").fill(name);
  await page.getByTestId("people-count").filter({ hasText: /^1 人/ }).waitFor();
  await page.getByTestId("desk").click();
  await page.getByTestId(`desk-${action}`).check();
  await page.getByTestId("ask-yes").click();
}

describe("the organiser's desk", () => {
  test("a token is shown once, reads, and reads nothing after it was revoked", async () => {
    await organiser.getByText("还没有令牌").waitFor();
    await assertAccessible(organiser);
    await organiser.getByTestId("token-new").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "请填写用途" }).waitFor();
    await organiser.getByTestId("token-label").fill("湖墅街道数据看板");
    await organiser.getByTestId("token-days").fill("30");
    await assertAccessible(organiser);
    await picture(organiser, "desk-token-form");
    await organiser.getByTestId("ask-yes").click();
    const token = await organiser.getByTestId("secret").inputValue();
    assert.match(token, /^[\w-]{43}$/);
    await organiser.getByTestId("secret-copy").click();
    await organiser.getByText(/^已复制/).waitFor();
    await organiser.keyboard.press("Escape");
    await organiser.getByText("只显示这一次").waitFor();
    await assertAccessible(organiser);
    await picture(organiser, "desk-token-once");
    await organiser.getByTestId("secret-done").click();
    await organiser.getByTestId("tokens").getByText("有效").waitFor();
    assert.equal(await focused(organiser), "token-new", "the focus is where it came from");
    assert.ok(!(await organiser.content()).includes(token), "never shown again");

    assert.equal((await rankings(token)).status, 200);
    await organiser.getByTestId("token-revoke").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("tokens").getByText("已撤销").waitFor();
    assert.equal((await rankings(token)).status, 401);
    await assertAccessible(organiser);
  });

  test("an address is told of rankings until it is stopped; a wrong one is refused in words", async () => {
    await organiser.getByTestId("webhook-new").click();
    await organiser.getByTestId("webhook-label").fill("区政务平台");
    await organiser.getByTestId("webhook-address").fill("ftp://example.org/");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "https://" }).waitFor();
    await organiser.getByTestId("webhook-address").fill("https://example.org/xunsai");
    await organiser.getByTestId("ask-yes").click();
    assert.match(await organiser.getByTestId("secret").inputValue(), /^[\w-]{43}$/);
    await organiser.getByTestId("secret-done").click();
    await organiser.getByTestId("webhook-deliveries").locator("summary").click();
    await organiser.getByText("还没有通知过").waitFor();
    await assertAccessible(organiser);
    await picture(organiser, "desk-machines");
    await organiser.getByTestId("webhook-stop").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("webhooks").getByText("已停用").waitFor();
  });

  test("a person gets another number, moves, leaves and comes back", async () => {
    await organiser.goto("/admin/#/people");
    await organiser.getByTestId("people-count").filter({ hasText: "358 人" }).waitFor();
    await assertAccessible(organiser);
    await picture(organiser, "desk-people");
    await begin(organiser, MOVED, "details");
    await organiser.getByTestId("details-phone").fill("电话");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "电话" }).waitFor();
    await organiser.getByTestId("details-phone").fill("0571-88001234");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("people-table").getByText("0571-88001234").waitFor();
    assert.equal(await focused(organiser), "desk");

    await begin(organiser, MOVED, "move");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByText("请填写原因。").waitFor();
    await organiser.getByTestId("ask-reason").fill("工作需要");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "请选择街道" }).waitFor();
    const street = organiser.getByTestId("service-branch");
    const target = (await street.locator("option").allInnerTexts()).at(-1);
    await street.selectOption({ label: target });
    await assertAccessible(organiser);
    await picture(organiser, "desk-move");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("people-outcome").filter({ hasText: `已调动到${target}` }).waitFor();
    await organiser.getByTestId("people-table").getByText(target).waitFor();

    await begin(organiser, MOVED, "leave");
    await organiser.getByTestId("ask-reason").fill("退休");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByText("没有符合条件的人员").waitFor();
    assert.equal(await focused(organiser), "people-outcome", "her row is gone, the focus is not");
    await organiser.getByRole("link", { name: "打开记录" }).click();
    await organiser.getByTestId("record-left").waitFor();
    await organiser.getByTestId("record-desk").click();
    await organiser.getByTestId("desk-rejoin").check();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("ask-reason").fill("返聘");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("record-outcome").filter({ hasText: "已恢复任职" }).waitFor();
    await organiser.getByTestId("record-left").waitFor({ state: "detached" });
    await assertAccessible(organiser);
    await picture(organiser, "desk-record");
  });

  test("erasing says what goes and stays, and asks for the name by hand", async () => {
    await organiser.goto("/admin/#/people");
    await begin(organiser, CONTESTANT, "erase");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("erase-name").fill(CONTESTANT);
    await organiser.getByTestId("ask-reason").fill("本人书面申请");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "未结束的竞赛" }).waitFor();
    await organiser.getByTestId("ask-no").click();
    assert.equal(await focused(organiser), "desk");

    await begin(organiser, ERASED, "erase");
    await organiser.getByTestId("erase-stays").waitFor();
    await assertAccessible(organiser);
    await picture(organiser, "desk-erase");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("erase-name").fill("别人");
    await organiser.getByTestId("ask-reason").fill("本人书面申请");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "不一致" }).waitFor();
    await organiser.getByTestId("erase-name").fill(ERASED);
    await assertAccessible(organiser);
    await picture(organiser, "desk-erase-name");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByText("没有符合条件的人员").waitFor();
    assert.doesNotMatch(await organiser.getByTestId("people-outcome").innerText(), new RegExp(ERASED));
    await organiser.getByRole("link", { name: "打开记录" }).click();
    await organiser.getByText("个人信息已删除，只保留编号和成绩").waitFor();
    assert.equal(await organiser.getByTestId("record-desk").count(), 0);
  });

  test("the log tells what was taken, page by page", async () => {
    await organiser.evaluate(async () => {
      for (let n = 0; n < 55; n++) await (await fetch("/api/me/record.csv")).text();
    });
    await organiser.goto("/admin/#/exports");
    const log = organiser.getByTestId("export-log");
    await log.getByText("本人数据（CSV）").first().waitFor();
    assert.match(await log.locator("tbody code[title]").first().getAttribute("title"), /^[0-9a-f]{64}$/);
    await assertAccessible(organiser);
    await picture(organiser, "desk-log");
    await organiser.getByTestId("log-more").click();
    await log.getByText("接口：街道排名").waitFor();
    assert.equal(await log.locator("tbody tr").count(), 56);
    assert.equal(await organiser.getByTestId("log-more").count(), 0);
    assert.match(await log.locator("tbody tr").last().innerText(), /湖墅街道数据看板/);
  });

  test("auditors and proctors look and change nothing; all of it fits a phone", async () => {
    const auditor = await open(TABLET, "jd01", "/admin/#/people");
    await auditor.getByTestId("people-table").waitFor();
    assert.equal(await auditor.getByTestId("desk").count(), 0);
    assert.equal(await auditor.getByRole("columnheader", { name: "电话" }).count(), 0);
    await auditor.goto("/admin/#/machines");
    await auditor.getByTestId("tokens").waitFor();
    assert.equal(await auditor.getByRole("main").getByRole("button").count(), 0);
    await auditor.goto("/admin/#/exports");
    await auditor.getByTestId("export-log").waitFor();

    const proctor = await open(PHONE, "jk01", "/admin/#/people");
    await proctor.getByTestId("people-table").waitFor();
    assert.equal(await proctor.getByTestId("desk").count(), 0);
    assert.equal(await proctor.getByTestId("people-branch").locator("option").count(), 1);
    assert.equal(await proctor.getByTestId("nav-exports").count(), 0);
    assert.equal(await narrow(proctor), 0);
    await picture(proctor, "desk-people-proctor");

    await organiser.setViewportSize(PHONE);
    for (const [name, ready] of [["people", "people-table"], ["machines", "webhooks"], ["exports", "export-log"]]) {
      await organiser.goto(`/admin/#/${name}`);
      await organiser.getByTestId(ready).waitFor();
      assert.equal(await narrow(organiser), 0, `${name}: no sideways scrolling at 360 px`);
      await assertAccessible(organiser);
      await picture(organiser, `desk-${name}-phone`);
    }
    for (const page of [organiser, auditor, proctor]) assert.deepEqual(page.faults, []);
  });
});
