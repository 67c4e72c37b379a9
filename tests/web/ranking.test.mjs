// A ranking from the announced formula to the page everybody sees, and its correction: in
// browsers, by two people. Every page is looked over by axe-core (WCAG 2.2 AA).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { demoFolder, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";
import { assertAccessible, PHONE, PROJECTOR, TABLET, openBrowser, openDevice, picture, signIn } from "./browser.mjs";

const NAMES = { zy0101: "阿卜杜外力·买买提吐尔逊", zy0102: "古丽巴哈尔·阿不都热合曼·吐尔逊江努尔" };
const RANKING = "/admin/#/rankings/quiz/1";
let server;
let browser;
let organiser;
let auditor;
let visitor;

async function open(viewport, staffNumber, path) {
  const page = await openDevice(browser, server.origin, viewport);
  if (staffNumber) await signIn(page, staffNumber, path);
  else await page.goto(path);
  return page;
}

before(async () => {
  const data = join(temporaryFolder("rank"), "data");
  cpSync(demoFolder(), data, { recursive: true });
  for (const [number, name] of Object.entries(NAMES)) {
    execFileSync("sqlite3", [join(data, "xunsai.db"), `UPDATE person SET name = '${name}' WHERE staff_number = '${number}'`]);
  }
  server = await startServer({ data });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const narrow = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("publishing a ranking", () => {
  test("nothing is published yet, and the page says so", async () => {
    visitor = await open(PHONE, null, "/published/");
    await visitor.getByText("还没有公布的排名").waitFor();
    await assertAccessible(visitor);
    await picture(visitor, "published-empty");
  });

  test("every number of the ranking leads to the people behind it", async () => {
    organiser = await open(TABLET, "zz01", "/admin/#/rankings");
    await organiser.getByTestId("ranking-quiz-1").getByText("未结束").waitFor();
    await assertAccessible(organiser);
    await picture(organiser, "rankings");
    await organiser.getByTestId("ranking-quiz-1").click();
    await organiser.getByTestId("ranking-branches").waitFor();
    const missing = Number((await organiser.getByTestId("total-absent").innerText()).match(/\d+/)[0]);
    await organiser.getByTestId("total-absent").click();
    await organiser.getByTestId("people-count").filter({ hasText: `显示 ${missing} / 358 人` }).waitFor();
    const people = organiser.getByTestId("ranking-people").locator("tbody tr");
    assert.equal(await people.count(), missing);
    assert.match(organiser.url(), /status=missing/);
    await organiser.getByTestId("filter-branch").selectOption({ label: "湖墅街道" });
    await organiser.reload();
    assert.equal(await organiser.getByTestId("filter-branch").locator("option:checked").innerText(), "湖墅街道");
    await organiser.getByRole("button", { name: "显示全部" }).click();
    await organiser.getByTestId("filter-text").fill("吐尔逊江努尔");
    await organiser.getByTestId("people-count").filter({ hasText: "显示 1 / 358 人" }).waitFor();
    await organiser.getByTestId("filter-text").fill("");
    await assertAccessible(organiser);
    await picture(organiser, "ranking");
  });

  test("a column is sorted by the keyboard alone", async () => {
    const head = organiser.getByTestId("ranking-branches").getByRole("columnheader", { name: "缺考" });
    await head.getByRole("button").focus();
    await organiser.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const absent = await organiser.getByTestId("ranking-branches").locator("tbody tr td:nth-child(6)").allInnerTexts();
    assert.deepEqual(absent.map(Number), absent.map(Number).sort((a, b) => b - a));
  });

  test("the spread of scores is a picture and a table with links", async () => {
    await organiser.getByTestId("charts").click();
    const chart = organiser.getByTestId("chart").first();
    await chart.locator("canvas").waitFor();
    const table = organiser.getByTestId("distribution");
    const first = table.locator("tbody tr").first();
    await first.locator("a").last().click();
    await organiser.getByTestId("people-count").filter({ hasNotText: "358 / 358" }).waitFor();
    assert.match(organiser.url(), /from=/);
    await picture(organiser, "ranking-spread");
    await assertAccessible(organiser);
  });

  test("a formula is announced, with a warning that people have begun", async () => {
    await organiser.goto(RANKING);
    await organiser.getByTestId("announce").click();
    await organiser.getByTestId("formula-begun").waitFor();
    await organiser.getByTestId("formula-composite").check();
    await organiser.getByLabel("平均分占 %").fill("80");
    await organiser.getByTestId("formula-fault").filter({ hasText: "110%" }).waitFor();
    assert.ok(await organiser.getByTestId("formula-announce").isDisabled());
    await organiser.getByTestId("formula-best").check();
    await organiser.getByTestId("formula-best-count").fill("3");
    await organiser.getByTestId("formula-time").check();
    await organiser.getByTestId("formula-words").filter({ hasText: "前 3 名成绩之和" }).waitFor();
    await assertAccessible(organiser);
    await picture(organiser, "formula");
    await organiser.getByTestId("formula-announce").click();
    await organiser.getByTestId("ranking-outcome").filter({ hasText: "已公布" }).waitFor();
    await organiser.getByTestId("ranking-formula").filter({ hasText: "前 3 名成绩之和" }).waitFor();
    await organiser.getByText("排名办法公布于").waitFor();
  });

  test("the quiz is ended, and who is excused is not counted as absent", async () => {
    assert.ok(await organiser.getByTestId("propose").isDisabled(), "not before the end");
    await organiser.getByTestId("close-quiz").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("ranking-final").filter({ hasText: /^最终成绩$/ }).waitFor();
    await organiser.getByTestId("total-absent").click();
    await organiser.getByTestId("decide").first().click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByText("请填写原因。").waitFor();
    await organiser.getByTestId("ask-reason").fill("住院，有证明");
    await assertAccessible(organiser);
    await picture(organiser, "status");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("ranking-outcome").filter({ hasText: "缓考" }).waitFor();
    await organiser.getByTestId("total-deferred").filter({ hasText: "1" }).waitFor();
  });

  test("who proposes cannot release; a second person does", async () => {
    await organiser.getByTestId("propose").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("to-proposal").click();
    await organiser.getByTestId("release").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByRole("alert").filter({ hasText: "另一人" }).waitFor();
    await organiser.getByTestId("ask-no").click();

    auditor = await open(TABLET, "jd01", "/admin/#/rankings");
    await auditor.getByTestId("waiting").getByRole("link").click();
    await auditor.getByText("这是第一次发布").waitFor();
    await assertAccessible(auditor);
    await picture(auditor, "proposal");
    await auditor.getByTestId("release").click();
    await auditor.getByTestId("ask-yes").click();
    await auditor.getByTestId("publication-outcome").filter({ hasText: "已确认发布" }).waitFor();
  });

  test("everybody sees it on a phone, finds a long name, and can check the digest", async () => {
    // The page may be ten seconds old: nginx keeps what the public reads.
    for (let tries = 0; ; tries++) {
      await visitor.reload();
      await visitor.waitForLoadState("networkidle");
      if (await visitor.getByTestId("published-list").count()) break;
      assert.ok(tries < 30, "the list never showed it");
      await visitor.waitForTimeout(500);
    }
    await picture(visitor, "published-list");
    await visitor.getByTestId("published-list").getByRole("link").first().click();
    await visitor.getByTestId("published-version").filter({ hasText: "第 1 版" }).waitFor();
    assert.equal(await visitor.getByTestId("published-branches").locator("tbody tr").count(), 10);
    assert.equal(await narrow(visitor), 0, "no sideways scrolling at 360 px");
    await assertAccessible(visitor);
    await picture(visitor, "published");
    await visitor.getByTestId("published-search").fill("古丽巴哈尔阿不都");
    await visitor.getByTestId("published-count").filter({ hasText: "1 / 358 人" }).waitFor();
    assert.ok((await visitor.getByTestId("published-people").innerText()).includes(NAMES.zy0102));
    await visitor.getByTestId("published-people").scrollIntoViewIfNeeded();
    assert.equal(await narrow(visitor), 0);
    await picture(visitor, "published-search");
    const text = await visitor.locator("body").innerText();
    assert.doesNotMatch(text, /zy\d{4}/, "no staff numbers for the public");
    await visitor.getByTestId("verify").locator("summary").click();
    await visitor.getByTestId("verify-here").click();
    await visitor.getByTestId("verify-outcome").filter({ hasText: "相符：" }).waitFor();
    await assertAccessible(visitor);
    await picture(visitor, "published-verify");
  });

  test("a correction is a second version with its reason, compared with the first", async () => {
    await organiser.goto(`${RANKING}?status=done`);
    await organiser.getByTestId("versions").getByText("已发布").waitFor();
    await organiser.getByTestId("decide").first().click();
    await organiser.getByTestId("ask-reason").fill("替考，经查属实");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("total-voided").filter({ hasText: "1" }).waitFor();
    await organiser.getByTestId("propose").click();
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByText("请填写更正原因。").waitFor();
    await organiser.getByTestId("ask-reason").fill("一人成绩作废");
    await organiser.getByTestId("ask-yes").click();
    await organiser.getByTestId("to-proposal").waitFor();
    await picture(organiser, "ranking-moved");
    const moved = organiser.getByTestId("ranking-branches").locator(".movement");
    assert.equal(await moved.count(), 10, "every street says how it moved");
    assert.match(await moved.first().textContent(), /[—↑↓].*名/);

    await auditor.goto("/admin/#/rankings");
    await auditor.getByTestId("waiting").getByRole("link").click();
    await auditor.getByTestId("changes").filter({ hasText: "1 人的成绩或状态有变" }).waitFor();
    assert.match(await auditor.getByTestId("changed-people").locator("tbody tr").first().innerText(), /作废[\s\S]*本人成绩或状态有变/);
    await assertAccessible(auditor);
    await picture(auditor, "proposal-correction");
    await auditor.getByTestId("release").click();
    await auditor.getByTestId("ask-yes").click();
    await auditor.getByTestId("publication-outcome").waitFor();
  });

  test("the old version says that it was corrected and leads to the new one", async () => {
    for (let tries = 0; ; tries++) {
      await visitor.reload();
      await visitor.getByTestId("published-version").waitFor();
      if (await visitor.getByTestId("superseded").count()) break;
      assert.ok(tries < 30, "the old version never said so");
      await visitor.waitForTimeout(500);
    }
    await picture(visitor, "published-superseded");
    await visitor.getByTestId("superseded").getByRole("link").click();
    await visitor.getByTestId("published-version").filter({ hasText: "第 2 版" }).waitFor();
    await visitor.getByTestId("correction").filter({ hasText: "一人成绩作废" }).waitFor();
    await assertAccessible(visitor);
    await picture(visitor, "published-correction");
  });

  test("several results make the ranking of a training", async () => {
    await organiser.goto("/admin/#/rankings/new");
    await organiser.getByTestId("training-create").click();
    await organiser.getByTestId("training-fault").filter({ hasText: "名称" }).waitFor();
    await organiser.getByTestId("training-title").fill("八月培训");
    await organiser.getByTestId("training-day").fill("2020-08-21");
    await organiser.getByTestId("part-quiz-1").check();
    await assertAccessible(organiser);
    await picture(organiser, "training");
    await organiser.getByTestId("training-create").click();
    await organiser.getByRole("heading", { name: /八月培训/ }).waitFor();
    await organiser.getByTestId("ranking-branches").waitFor();
  });

  test("the questions: a map, the options, street by street", async () => {
    await auditor.goto(RANKING);
    await auditor.getByTestId("to-items").click();
    await auditor.getByTestId("chart").locator("canvas").waitFor();
    assert.equal(await auditor.getByTestId("items").locator("tbody tr").count(), 20);
    assert.equal(await auditor.getByTestId("branch-items").locator("tbody tr").count(), 11);
    await auditor.getByTestId("items").locator("summary").first().click();
    await auditor.getByText("正确项").first().waitFor();
    await assertAccessible(auditor);
    await picture(auditor, "items");
    await auditor.getByTestId("branch-items").getByRole("link", { name: "湖墅街道" }).click();
    await auditor.getByTestId("people-count").filter({ hasNotText: "358 / 358" }).waitFor();
  });

  test("a file is made in the background and fetched", async () => {
    await organiser.goto(RANKING);
    await organiser.getByTestId("export-panel").locator("summary").click();
    await organiser.getByTestId("queue-csv").click();
    const jobs = organiser.getByTestId("export-jobs");
    await jobs.getByText("已完成").waitFor({ timeout: 30000 });
    await assertAccessible(organiser);
    await picture(organiser, "export-panel");
    const [file] = await Promise.all([
      organiser.waitForEvent("download"),
      jobs.getByRole("link", { name: /下载/ }).click(),
    ]);
    assert.match(file.suggestedFilename(), /排名.*\.csv$/);
  });

  test("a person's record over the years, for the organiser and for herself", async () => {
    await organiser.goto(`${RANKING}?status=done`);
    const name = organiser.getByTestId("ranking-people").locator("tbody th a").first();
    const text = await name.innerText();
    await name.click();
    await organiser.getByRole("heading", { name: text }).waitFor();
    await organiser.getByTestId("record-results").getByText("意见解读").first().waitFor();
    await assertAccessible(organiser);
    const learner = await open(PHONE, "zy0103", "/learn/#/record");
    await learner.getByTestId("record-results").getByText(/公布的排名第 2 版/).waitFor();
    assert.equal(await narrow(learner), 0);
    await assertAccessible(learner);
    await picture(learner, "record");
    const [file] = await Promise.all([learner.waitForEvent("download"), learner.getByTestId("own-csv").click()]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    const [certificate] = await Promise.all([learner.waitForEvent("download"), learner.getByTestId("certificate").click()]);
    assert.match(certificate.suggestedFilename(), /\.pdf$/);
    assert.deepEqual(learner.faults, []);
  });

  test("a proctor reads the own street on a phone", async () => {
    const proctor = await open(PHONE, "jk01", "/admin/#/streets");
    await proctor.getByTestId("street-results").getByText("意见解读").first().waitFor();
    assert.equal(await narrow(proctor), 0);
    await assertAccessible(proctor);
    await picture(proctor, "street-proctor");
    await proctor.getByTestId("weak-lessons").locator("li").first().waitFor();
    await proctor.getByTestId("street-results").getByRole("link", { name: /缺考/ }).first().click();
    await proctor.getByTestId("people-count").waitFor();
    await organiser.goto("/admin/#/streets/1");
    await organiser.getByTestId("street-results").waitFor();
    await picture(organiser, "street");
    assert.deepEqual(proctor.faults, []);
  });

  test("on a wide screen, on a phone and on paper the ranking fits", async () => {
    const wide = await open(PROJECTOR, "zz01", RANKING);
    await wide.getByTestId("ranking-people").waitFor();
    assert.equal(await narrow(wide), 0);
    await picture(wide, "ranking-wide");
    await wide.emulateMedia({ media: "print" });
    assert.equal(await wide.getByTestId("propose").isVisible(), false, "no buttons on paper");
    assert.equal(await wide.getByTestId("filter-text").isVisible(), false);
    await picture(wide, "ranking-print");
    const phone = await open(PHONE, "jk01", RANKING);
    await phone.getByTestId("ranking-people").waitFor();
    assert.equal(await narrow(phone), 0);
    assert.equal(await phone.getByTestId("ranking-branches").locator("tbody tr").count(), 1, "the own street only");
    assert.equal(await phone.getByTestId("propose").count(), 0);
    await assertAccessible(phone);
    await picture(phone, "ranking-proctor");
    for (const page of [wide, phone, organiser, auditor, visitor]) assert.deepEqual(page.faults, []);
  });
});
