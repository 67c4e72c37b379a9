// What an organiser takes away: XLSX and CSV that a spreadsheet opens with Chinese intact,
// in which a name that looks like a formula stays a name.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Contest } from "../harness/contest.mjs";
import { demoFolder, temporaryFolder } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

// Names a spreadsheet would compute, or a CSV reader would trip over. zy0101 to zy0109;
// the first two are contestants.
const NAMES = {
  zy0101: "=1+1",
  zy0201: '@SUM(A1:A9)',
  zy0102: '=HYPERLINK("http://evil.example","点我")',
  zy0103: "+86571",
  zy0104: "-2+3",
  zy0105: "＝1+1",
  zy0106: "\t=2+2",
  zy0107: '引"号,逗号；分号',
  zy0108: "欧阳·阿卜杜拉〇",
  zy0109: "𠮷野𬭚",
};
const QUIZ = "/api/rankings/quiz/1/export";
const CONTEST = "/api/contests/1/export";
let server;
let organiser;
before(async () => {
  const data = join(temporaryFolder("xe"), "data");
  cpSync(demoFolder(), data, { recursive: true });
  for (const [number, name] of Object.entries(NAMES)) {
    execFileSync("sqlite3", [join(data, "xunsai.db"), `UPDATE person SET name = '${name.replace(/'/g, "''")}' WHERE staff_number = '${number}'`]);
  }
  server = await startServer({ data });
  organiser = await server.as("organiser");
  const contest = await Contest.open(server);
  const order = await contest.prepare();
  for (const id of order.slice(0, 2)) await contest.perform(id);
  await contest.organiser.write("/api/contests/1/written", {});
});
after(() => server.stop());

const unescape = (text) =>
  text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, "&");

// Everything LibreOffice understood of a file: flat XML with the type of each cell.
function opened(bytes, extension, filter = []) {
  const folder = temporaryFolder("xo");
  const file = join(folder, `file.${extension}`);
  writeFileSync(file, bytes);
  execFileSync(
    "soffice",
    [`-env:UserInstallation=file://${folder}/profile`, "--headless", ...filter, "--convert-to", "fods", "--outdir", folder, file],
    { stdio: "ignore", timeout: 120000, env: { ...process.env, LC_ALL: "C.UTF-8" } },
  );
  return readFileSync(join(folder, "file.fods"), "utf8");
}

// Fields of CSV lines, as RFC 4180 has them.
function parseCsv(text) {
  const rows = [[]];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') field += text[++i];
      else if (c === '"') quoted = false;
      else field += c;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      rows[rows.length - 1].push(field.replace(/\r$/, ""));
      field = "";
      if (c === "\n") rows.push([]);
    } else field += c;
  }
  return rows.filter((row) => row.length > 1);
}

for (const [what, path] of [["the quiz", QUIZ], ["the contest", CONTEST]]) {
  const here = (number) => what === "the quiz" || ["zy0101", "zy0201"].includes(number);

  describe(`of ${what}`, () => {
    let xlsx;
    let csv;
    let sheet;
    before(async () => {
      xlsx = await organiser.get(`${path}.xlsx`);
      csv = await organiser.get(`${path}.csv`);
      sheet = opened(xlsx.bytes, "xlsx");
    });

    test("they are downloads with a Chinese name", () => {
      for (const [answer, extension] of [[xlsx, "xlsx"], [csv, "csv"]]) {
        assert.equal(answer.status, 200);
        assert.match(answer.headers["content-disposition"], new RegExp(`^attachment; filename="[\\x20-\\x7e]+\\.${extension}"; filename\\*=UTF-8''`));
        const name = decodeURIComponent(answer.headers["content-disposition"].split("UTF-8''")[1]);
        assert.match(name, /\p{Script=Han}.*\.(xlsx|csv)$/u);
        assert.doesNotMatch(name, /[/\\]/);
        assert.equal(answer.headers["x-content-type-options"], "nosniff");
        assert.equal(answer.headers["cache-control"], "no-store");
      }
    });

    test("LibreOffice opens the workbook: names are text, no cell is a formula", () => {
      assert.doesNotMatch(sheet, /table:formula=/);
      assert.doesNotMatch(sheet, /xlink:href="http/);
      const cells = [...sheet.matchAll(/office:value-type="string"[^>]*>\s*<text:p>(.*?)<\/text:p>/g)].map((match) => unescape(match[1]));
      for (const [number, name] of Object.entries(NAMES)) {
        // A tab is an element of its own in this format.
        if (here(number)) assert.ok(cells.some((cell) => cell.replace("<text:tab/>", "\t") === name), name);
      }
      for (const word of ["半山街道", "米市巷街道", "应参", "实参", "缺考"]) assert.ok(sheet.includes(word), word);
    });

    test("numbers of the workbook are numbers", () => {
      assert.match(sheet, /office:value-type="float"/);
    });

    test("the CSV begins with a byte order mark and is whole", () => {
      assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
      const rows = parseCsv(csv.text.replace(/^\ufeff/, ""));
      assert.ok(rows.length > 20);
      const cells = new Set(rows.flat());
      for (const [number, name] of Object.entries(NAMES)) {
        if (!here(number)) continue;
        const dangerous = /^[=+\-@\t\r＝＋－＠]/u.test(name);
        assert.ok(cells.has(dangerous ? `'${name}` : name), `${name} as ${dangerous ? "marked text" : "it is"}`);
        if (dangerous) assert.ok(!cells.has(name), `${name} stands there bare`);
      }
    });

    test("LibreOffice opens the CSV as UTF-8 and computes nothing", () => {
      const table = opened(csv.bytes, "csv", ["--infilter=CSV:44,34,76,1"]);
      assert.doesNotMatch(table, /table:formula=/);
      assert.ok(table.includes("半山街道"));
    });

    test("the workbook says of what version and of what state of the record it is", () => {
      assert.match(sheet, /0\.1\.0/);
      const [{ hash }] = server.query("SELECT hash FROM event ORDER BY seq DESC LIMIT 1");
      const [{ own }] = server.query(`SELECT hash AS own FROM event WHERE subject = '${what === "the quiz" ? "quiz/1" : "contest/1"}' ORDER BY number DESC LIMIT 1`);
      assert.ok(sheet.includes(hash.slice(0, 8)) || sheet.includes(own.slice(0, 8)), "the head of the record");
    });
  });
}

test("every specialist stands in the quiz's export once", async () => {
  const csv = (await organiser.get(`${QUIZ}.csv`)).text;
  const numbers = [...csv.matchAll(/\bzy\d{4}\b/g)].map((match) => match[0]);
  assert.equal(new Set(numbers).size, 358);
  assert.equal(numbers.length, 358);
});

test("the export and the page say the same", async () => {
  const ranking = await organiser.read("/api/rankings/quiz/1");
  const rows = parseCsv((await organiser.get(`${QUIZ}.csv`)).text);
  for (const one of ranking.people.slice(0, 40)) {
    const row = rows.find((cells) => cells.includes(one.person.staff_number));
    assert.ok(row, one.person.staff_number);
    if (one.rank !== null) assert.ok(row.includes(String(one.rank)), row.join());
    if (one.score !== null) assert.ok(row.includes(one.score), row.join());
  }
});
