import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deliveryInWords, deliveryState, exportInWords, shortDigest, tokenState } from "../../admin/machines/machines";
import { actionsFor, beginOf, dayOf, isErased, isMeant } from "../../admin/people/person";

describe("a person's entry", () => {
  const person = { id: 7, name: "王小明", branch: { id: 1, name: "湖墅街道" }, left_at: null };

  test("who serves can move and leave, who left can come back, who is erased nothing", () => {
    assert.deepEqual(actionsFor(person), ["details", "move", "leave", "erase"]);
    assert.deepEqual(actionsFor({ ...person, left_at: 5 }), ["rejoin", "details", "erase"]);
    assert.deepEqual(actionsFor({ ...person, name: "已删除7", left_at: 5 }), []);
    assert.equal(isErased({ id: 8, name: "已删除7" }), false);
  });

  test("a change begins now today, and at midnight in China on a day before", () => {
    const now = Date.UTC(2020, 7, 20, 16, 30); // 21 August, 0:30 in China
    assert.equal(dayOf(now), "2020-08-21");
    assert.equal(beginOf("2020-08-21", now), "now");
    assert.equal(beginOf("2020-08-20", now), Date.UTC(2020, 7, 19, 16));
    assert.equal(beginOf("2020-08-22", now), null);
    assert.equal(beginOf("", now), null);
    assert.equal(beginOf("2020-13-01", now), null);
  });

  test("is found by parts of name, number and place", () => {
    const listed = { name: "王小明", staff_number: "ZY0101", community: "和睦社区", compound: null };
    for (const wanted of ["", " 小明 ", "zy01", "和睦"]) assert.ok(isMeant(wanted, listed), wanted);
    assert.equal(isMeant("李", listed), false);
  });
});

describe("the log and the interfaces in words", () => {
  test("a revoked token is revoked even when it has run out", () => {
    assert.equal(tokenState({ revoked_at: null, expires_at: 10 }, 9).words, "有效");
    assert.equal(tokenState({ revoked_at: null, expires_at: 10 }, 10).words, "已过期");
    assert.equal(tokenState({ revoked_at: 5, expires_at: 10 }, 20).words, "已撤销");
  });

  test("how a telling went", () => {
    assert.equal(deliveryState({ state: "waiting", attempts: 0 }).words, "等待发送");
    assert.equal(deliveryState({ state: "waiting", attempts: 2 }).words, "等待重试");
    const failed = { attempts: 6, answer: "503", next_at: null, delivered_at: null };
    assert.equal(deliveryInWords(failed), "已试 6 次，对方回应 503");
    assert.equal(deliveryInWords({ ...failed, answer: "连接不上" }), "已试 6 次，连接不上");
    assert.equal(deliveryInWords({ attempts: 0, answer: "", next_at: 5, delivered_at: null }), "");
  });

  test("what was exported, as the program notes it", () => {
    assert.equal(exportInWords("quiz/1 ranking.xlsx"), "测验 1 的排名（Excel）");
    assert.equal(exportInWords("year/2 ranking.csv export/5"), "年度 2 的排名（CSV）");
    assert.equal(exportInWords("contest/3 results.xlsx"), "竞赛 3 的成绩（Excel）");
    assert.equal(exportInWords("quiz/1 branch/4 report.pdf"), "测验 1 的街道成绩报告（PDF）");
    assert.equal(exportInWords("publication/1 certificate/9.pdf"), "证书（PDF）");
    assert.equal(exportInWords("person/9 record.json"), "本人数据（JSON）");
    assert.equal(exportInWords("v1/rankings?kind=quiz"), "接口：街道排名");
    assert.equal(exportInWords("something else"), null);
  });

  test("a digest is shortened, an empty one stays empty", () => {
    assert.equal(shortDigest("a".repeat(64)), "aaaaaaaaaaaa…");
    assert.equal(shortDigest(""), "");
  });
});
