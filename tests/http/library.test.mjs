// What stands beside the lessons: figures, one-page summaries, the handbook, search.
import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";

import { assertProblem } from "../harness/client.mjs";
import { ROOT, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

const LIBRARY = join(ROOT, "tests/data/library");
const courses = join(temporaryFolder("xl"), "courses");
const FIGURE = "/api/courses/01-yijian/figures/san-bu.svg";
let server;
let learner;
let organiser;

const restore = () => {
  rmSync(courses, { recursive: true, force: true });
  cpSync(LIBRARY, courses, { recursive: true });
};
let changed = false;
const reload = () => {
  changed = true;
  return organiser.write("/api/content/reload", {});
};
const refusedOf = async () => (await reload()).refused.map(({ file, line }) => `${file.slice(courses.length + 1)}:${line}`);
const put = (file, text) => writeFileSync(join(courses, file), text);
const edit = (file, change) => put(file, change(readFileSync(join(courses, file), "utf8")));

before(async () => {
  restore();
  server = await startServer({ courses });
  learner = await server.as("learner");
  organiser = await server.as("organiser");
});
after(() => server.stop());
// Whatever a test has broken is whole again for the next.
afterEach(async () => {
  if (!changed) return;
  restore();
  assert.deepEqual(await refusedOf(), []);
  changed = false;
});

async function figureAddress() {
  const { html } = await learner.read("/api/courses/01-yijian/lessons/01-dengji");
  return html.match(/<img src="([^"]+)"/)[1];
}

describe("a figure", () => {
  test("stands in its lesson with size, sentence and an address of its own", async () => {
    const { html } = await learner.read("/api/courses/01-yijian/lessons/01-dengji");
    assert.match(html, /<figure>\n<img src="\/api\/courses\/01-yijian\/figures\/san-bu\.svg\?v=[0-9a-f]{16}" alt="一条意见从登记到回复要走的三步" width="400" height="320" loading="lazy" \/>\n<figcaption>图：一条意见从登记到回复要走的三步<\/figcaption>\n<\/figure>/);
  });
  test("comes with a policy under which it can do nothing, and is kept for good", async () => {
    const answer = await learner.get(await figureAddress());
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "image/svg+xml");
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
    assert.equal(answer.headers["cache-control"], "private, max-age=31536000, immutable");
    const policy = answer.headers["content-security-policy"];
    assert.match(policy, /^default-src 'none'; /, "one policy, the program's");
    assert.match(policy, /; sandbox$/);
    assert.doesNotMatch(policy, /unsafe|self|,/);
    assert.match(answer.text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(answer.text, /一、登记/);
    const etag = answer.headers.etag;
    const again = await learner.get(await figureAddress(), { headers: { "if-none-match": etag } });
    assert.equal(again.status, 304);
    assert.equal(again.bytes.length, 0);
  });
  test("under another address than the lesson's is asked about each time", async () => {
    for (const query of ["", "?v=", "?v=0123456789abcdef", "?w=1"]) {
      const answer = await learner.get(FIGURE + query);
      assert.equal(answer.status, 200, query);
      assert.equal(answer.headers["cache-control"], "private, no-cache", query);
    }
  });
  test("that has changed has another address", async () => {
    const before = await figureAddress();
    edit("01-yijian/figures/san-bu.svg", (text) => text.replace("三类找三方", "三类各找各家"));
    await reload();
    const now = await figureAddress();
    assert.notEqual(now, before);
    assert.match((await learner.get(now)).text, /三类各找各家/);
    assert.equal((await learner.get(before)).headers["cache-control"], "private, no-cache");
  });
  test("is for who is signed in", async () => {
    assertProblem(await server.client().get(FIGURE), 401, "login_needed");
  });
  for (const path of [
    "/api/courses/01-yijian/figures/no-such.svg",
    "/api/courses/02-tiaojie/figures/san-bu.svg",
    "/api/courses/09-none/figures/san-bu.svg",
    "/api/courses/01-yijian/figures/san-bu",
    "/api/courses/01-yijian/figures/san-bu.svg/",
    "/api/courses/01-yijian/figures/san-bu.svg.svg",
    "/api/courses/01-yijian/figures/SAN-BU.svg",
    "/api/courses/01-yijian/figures/",
    "/api/courses/01-yijian/figures/../course.yml",
    "/api/courses/01-yijian/figures/..%2fcourse.yml",
    "/api/courses/01-yijian/figures/..%2f01-dengji.md",
    "/api/courses/01-yijian/figures/..%2f..%2fhandbook%2fform-taizhang.md",
    "/api/courses/01-yijian/figures/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/api/courses/01-yijian/figures/..%5c..%5ccourse.yml",
    "/api/courses/01-yijian/figures/%2fetc%2fpasswd.svg",
    "/api/courses/01-yijian/course.yml",
    "/api/courses/01-yijian/01-dengji.md",
    "/api/courses/01-yijian/summary.md",
    "/api/handbook/..%2f01-yijian%2fcourse.yml",
    "/api/handbook/form-taizhang.md",
    "/api/handbook/%2e%2e",
  ]) {
    test(`nothing else of the folder is served: ${path}`, async () => {
      const answer = await learner.get(path);
      assert.equal(answer.status, 404, answer.text);
      assertProblem(answer, 404, answer.json.code);
      assert.doesNotMatch(answer.text, /root:|lecturer|<svg/);
    });
  }

  const slips = {
    "a script": ["<script>alert(1)</script>", /不允许元素“script”/],
    "a handler": ['<rect onload="alert(1)"/>', /不允许属性“onload”/],
    "a link to elsewhere": ['<rect fill="url(http://evil.example/)"/>', /不允许/],
    "a style": ["<style>*{}</style>", /不允许元素“style”/],
    "an HTML page in it": ["<foreignObject/>", /不允许元素“foreignObject”/],
  };
  for (const [name, [text, message]] of Object.entries(slips)) {
    test(`with ${name} is refused with its line; the course stays as it was`, async () => {
      edit("01-yijian/figures/san-bu.svg", (svg) => svg.replace("</svg>", `${text}\n</svg>`));
      const report = await reload();
      assert.equal(report.refused.length, 2, "the drawing, and the lesson that shows it");
      assert.ok(report.refused[0].file.endsWith("01-yijian/figures/san-bu.svg"));
      assert.equal(report.refused[0].line, 23);
      assert.match(report.refused[0].message, message);
      assert.ok(report.refused[1].file.endsWith("01-yijian/01-dengji.md"));
      assert.doesNotMatch((await learner.get(await figureAddress())).text, /evil|script|foreign|onload|style/);
    });
  }
  test("that is a link to a file of the server is not read", async () => {
    rmSync(join(courses, "01-yijian/figures/san-bu.svg"));
    symlinkSync("/etc/passwd", join(courses, "01-yijian/figures/san-bu.svg"));
    const report = await reload();
    assert.ok(report.refused.length >= 1);
    assert.doesNotMatch(JSON.stringify(report), /root:/);
    assert.match((await learner.get(FIGURE)).text, /<svg/);
  });
  test("that is a bomb of entities is refused", async () => {
    put("01-yijian/figures/san-bu.svg", '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>');
    assert.ok((await refusedOf()).includes("01-yijian/figures/san-bu.svg:1"));
  });
});

test("a lesson may have several self-checks, one after the other", async () => {
  const { html } = await learner.read("/api/courses/01-yijian/lessons/01-dengji");
  assert.equal(html.match(/<section class="selfcheck"/g).length, 3);
  assert.equal(html.match(/<details class="selfcheck-why"/g).length, 3);
});

describe("the one-page summary", () => {
  test("is announced and given", async () => {
    assert.equal((await learner.read("/api/courses/01-yijian")).summary, true);
    const answer = await learner.get("/api/courses/01-yijian/summary");
    assert.equal(answer.json.title, "意见办理 · 一页纸");
    assert.equal(answer.json.course_title, "意见办理");
    assert.match(answer.json.html, /href="\/learn\/#\/course\/01-yijian\/02-fenliu"/);
    const again = await learner.get("/api/courses/01-yijian/summary", { headers: { "if-none-match": answer.headers.etag } });
    assert.equal(again.status, 304);
  });
  test("is missed where there is none", async () => {
    assert.equal((await learner.read("/api/courses/02-tiaojie")).summary, false);
    assertProblem(await learner.get("/api/courses/02-tiaojie/summary"), 404, "summary_unknown");
    assertProblem(await learner.get("/api/courses/09-none/summary"), 404, "course_unknown");
  });
});

describe("the handbook", () => {
  test("lists its entries by kind, with the lessons that lead to them", async () => {
    const { kinds } = await learner.read("/api/handbook");
    assert.deepEqual(kinds.map(({ kind }) => kind), ["procedure", "checklist", "form", "script", "statute"]);
    assert.deepEqual(kinds[2].entries, [
      {
        slug: "form-taizhang", title: "意见登记台账", characters: 43,
        lessons: [{ course: "01-yijian", course_title: "意见办理", lesson: "01-dengji", title: "登记：一条也不漏" }],
      },
    ]);
    assert.deepEqual(kinds[3].entries.map(({ slug, lessons }) => [slug, lessons]), [["script-huifang", []]]);
  });
  test("gives an entry with its links led to the pages", async () => {
    const entry = await learner.read("/api/handbook/form-taizhang");
    assert.equal(entry.kind, "form");
    assert.match(entry.html, /"\/learn\/#\/course\/01-yijian\/01-dengji\?section=s2"/);
    assert.match(entry.html, /"\/learn\/#\/handbook\/script-huifang"/);
    assert.deepEqual(entry.sections.map(({ title }) => title), ["怎么填", "相关课程", "依据与来源"]);
    assertProblem(await learner.get("/api/handbook/form-none"), 404, "entry_unknown");
  });
  test("that is broken keeps its last good form", async () => {
    const before = await learner.read("/api/handbook/form-taizhang");
    put("handbook/form-taizhang.md", "# 新台账\n\n<b>x</b>\n");
    put("handbook/form-neu.md", "# 另一张\n");
    assert.deepEqual(await refusedOf(), ["handbook/form-taizhang.md:3"]);
    assert.deepEqual(await learner.read("/api/handbook/form-taizhang"), before);
    assertProblem(await learner.get("/api/handbook/form-neu"), 404, "entry_unknown");
  });
  test("a self-check or a figure is for lessons", async () => {
    put("handbook/form-taizhang.md", "# 台账\n\n> [!自测]\n> 一？\n\n![图：二](figures/a.svg)\n");
    assert.deepEqual(await refusedOf(), ["handbook/form-taizhang.md:3", "handbook/form-taizhang.md:6"]);
  });
  test("a dead link is reported with its line and takes nothing down", async () => {
    edit("01-yijian/02-fenliu.md", (text) => text.replace("3 个工作日", "[3 个工作日](../handbook/form-none.md)"));
    put("handbook/script-huifang.md", "# 回访\n\n[课](../01-yijian/07-none.md)\n");
    assert.deepEqual(await refusedOf(), ["01-yijian/02-fenliu.md:9", "handbook/script-huifang.md:3"]);
    assert.match((await learner.read("/api/courses/01-yijian/lessons/02-fenliu")).html, /form-none/);
    assert.equal((await learner.read("/api/handbook/script-huifang")).title, "回访");
  });
});

describe("search", () => {
  const find = (q) => learner.read(`/api/search?q=${encodeURIComponent(q)}`);
  const places = async (q) => (await find(q)).hits.map(({ kind, course, slug, section }) => [kind, course ?? "", slug ?? "", section ?? ""].join("/"));

  test("finds words of any length, the title first", async () => {
    assert.deepEqual(await places("登记"), [
      "lesson/01-yijian/01-dengji/", // titles, in the order of the courses
      "handbook//form-taizhang/",
      "lesson/01-yijian/01-dengji/s3", // the text, the more often the sooner
      "course/01-yijian//",
      "lesson/01-yijian/01-dengji/s1",
      "summary/01-yijian/summary/",
      "handbook//form-taizhang/s2",
    ]);
    assert.deepEqual(await places("小区专员"), ["handbook//script-huifang/s1"]);
    assert.deepEqual(await places("幢"), ["lesson/01-yijian/01-dengji/s2"]);
    assert.deepEqual(await places("调解五步"), ["lesson/02-tiaojie/01-wubu/"]);
    assert.deepEqual(await places("房号 幢"), ["lesson/01-yijian/01-dengji/s2"]);
  });
  test("shows the words around a hit, the hit by itself", async () => {
    const { hits, total, query } = await find("账单");
    assert.equal(query, "账单");
    assert.equal(total, 1);
    assert.deepEqual(hits[0], {
      kind: "lesson", course: "02-tiaojie", course_title: "矛盾调解", slug: "01-wubu",
      handbook_kind: null, title: "调解五步", section: "s1", section_title: "先听后说",
      excerpt: [
        { text: "…", hit: false },
        { text: "五分钟，调解员只记不评。“物业费”先核对", hit: false },
        { text: "账单", hit: true },
        { text: "。", hit: false },
      ],
    });
  });
  test("takes every character for itself", async () => {
    assert.deepEqual(await places("%"), ["lesson/01-yijian/02-fenliu/s1"]);
    assert.deepEqual(await places("100%"), ["lesson/01-yijian/02-fenliu/s1"]);
    assert.deepEqual(await places("_"), ["lesson/01-yijian/02-fenliu/s1"]);
    assert.deepEqual(await places("OWNER_ID"), ["lesson/01-yijian/02-fenliu/s1"]);
    assert.deepEqual(await places("🙂"), ["handbook//script-huifang/s1"]);
    assert.deepEqual(await places("“物业费”"), ["lesson/02-tiaojie/01-wubu/s1"]);
    const nothing = [
      '"', "'", '""', '"登记', "登记*", "登记 OR 调解", "登记 AND", "NEAR(登记 调解)", "title:登记", "^登记", "登记)", "%%", "__",
      "'; DROP TABLE page; --", "登_记", "登%记", "\\", "没有这样的词", "😀", "<script>",
    ];
    for (const q of nothing) assert.deepEqual(await find(q), { query: q, total: 0, hits: [] }, q);
  });
  test("says in Chinese what is wrong with a query", async () => {
    const cases = [
      ["/api/search", "search_empty"],
      ["/api/search?q=", "search_empty"],
      ["/api/search?q=%20%E3%80%80%09", "search_empty"],
      ["/api/search?q=a&q=b", "search_empty"],
      [`/api/search?q=${encodeURIComponent("业".repeat(65))}`, "search_too_long"],
      ["/api/search?q=%ff%fe", "search_invalid"],
      ["/api/search?q=%E7%89", "search_invalid"],
      ["/api/search?q=a%0Ab", "search_invalid"],
      ["/api/search?q=a%00b", "search_empty"],
    ];
    for (const [path, code] of cases) assertProblem(await learner.get(path), 422, code, path);
    assert.equal((await find("业".repeat(64))).total, 0);
    assert.equal((await find(Array(30).fill("业").join(" "))).total > 0, true);
  });
  test("sends 50 hits at most and says how many there are", async () => {
    const sections = Array.from({ length: 70 }, (_, i) => `## 第 ${i} 节\n\n独一无二的词\n`).join("\n");
    put("02-tiaojie/02-duo.md", `# 多\n\n${sections}`);
    await reload();
    const found = await find("独一无二");
    assert.equal(found.hits.length, 50);
    assert.equal(found.total, 70);
    assert.equal(found.hits[0].section, "s1", "in the order of the text");
  });
  test("follows what is loaded", async () => {
    put("handbook/statute-xin.md", "# 新条例\n\n绿化养护要公示。\n");
    assert.equal((await find("绿化养护")).total, 0);
    await reload();
    assert.deepEqual(await places("绿化养护"), ["handbook//statute-xin/"]);
    rmSync(join(courses, "handbook/statute-xin.md"));
    await reload();
    assert.equal((await find("绿化养护")).total, 0);
  });
  test("is quick, and right for many at once", async () => {
    const asked = Array.from({ length: 60 }, (_, i) => find(["登记", "幢", "小区专员"][i % 3]));
    const totals = (await Promise.all(asked)).map(({ total }) => total);
    assert.deepEqual(totals.slice(3), totals.slice(0, -3));
  });
});
