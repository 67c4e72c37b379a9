import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isOpen, jobInWords, progressOf, sizeInWords } from "../../admin/rankings/exports";
import { byYear, resultInWords, splitMissed, trendOf, yearOf } from "../../shared/record";
import type { BranchRecord, ExportJob, RecordResult } from "../../shared/types";

const result = (more: Partial<RecordResult> = {}): RecordResult => ({
  kind: "quiz", subject: 1, title: "测验", at: 0, branch: null, status: "done", score: "92.50",
  full: "100.00", passed: true, rank: null, publication: null, receipt: null, ...more,
});

describe("a record", () => {
  test("the year changes at midnight in China", () => {
    assert.equal(yearOf(Date.UTC(2020, 11, 31, 15, 59)), 2020);
    assert.equal(yearOf(Date.UTC(2020, 11, 31, 16)), 2021);
  });
  test("the newest year and result stand first", () => {
    const [a, b, c] = [Date.UTC(2020, 7, 1), Date.UTC(2021, 7, 1), Date.UTC(2021, 8, 1)];
    const years = byYear([{ at: a }, { at: c }, { at: b }]);
    assert.deepEqual(years, [
      { year: 2021, results: [{ at: c }, { at: b }] },
      { year: 2020, results: [{ at: a }] },
    ]);
  });
  test("a result is a sentence, and what is not there is said", () => {
    assert.equal(resultInWords(result()), "92.50 分（满分 100），合格");
    assert.equal(resultInWords(result({ passed: null })), "92.50 分（满分 100）");
    assert.equal(resultInWords(result({ status: "deferred", score: null })), "缓考");
    assert.equal(resultInWords(result({ status: "voided" })), "作废");
    assert.equal(resultInWords(result({ score: null })), "没有成绩");
  });
  test("what was missed stands apart", () => {
    const [taken, missed] = splitMissed([result(), result({ status: "absent" }), result({ status: "deferred" })]);
    assert.deepEqual([taken.length, missed.length], [2, 1]);
  });
  test("a trend runs with time and names the street of before", () => {
    const row = { rank: 2, branch: { id: 7, name: "旧街道" }, mean_expected: "80.10", mean_attended: null };
    const of = (at: number, predecessor: boolean, attended = 3, final = false) =>
      ({ kind: "quiz", subject: at, title: "t", at, predecessor, final, row: { ...row, attended } }) as unknown as BranchRecord["results"][number];
    const points = trendOf({ results: [of(2, false), of(9, false, 0), of(1, true), of(3, false, 0, true)] } as unknown as BranchRecord);
    assert.deepEqual(points.map(({ at, expected, attended, predecessor }) => [at, expected, attended, predecessor]), [
      [1, 80.1, null, "旧街道"],
      [2, 80.1, null, null],
      [3, 80.1, null, null],
    ], "what nobody has begun is no point, what is over is one");
  });
});

describe("a file in the making", () => {
  const job = (more: Partial<ExportJob>): ExportJob => ({
    id: 1, kind: "quiz", subject: 1, branch: null, format: "xlsx", state: "running", name: null,
    rows_done: 1, rows_total: 3, size: null, digest: null, failure: null, queued_at: 0, ended_at: null,
    expires_at: null, ...more,
  });
  test("says how far it is", () => {
    assert.equal(progressOf(job({})), 33);
    assert.equal(progressOf(job({ rows_total: 0 })), null);
    assert.equal(progressOf(job({ state: "done", rows_total: 0 })), 100);
    assert.match(jobInWords(job({})), /33%（1\/3 行）/);
    assert.equal(jobInWords(job({ state: "failed", failure: "磁盘已满" })), "没有完成：磁盘已满");
    assert.equal(jobInWords(job({ state: "done", size: 2048 })), "已完成，2 KB");
    assert.equal(sizeInWords(1536 * 1024), "1.5 MB");
    assert.deepEqual([isOpen(job({})), isOpen(job({ state: "done" }))], [true, false]);
  });
});
