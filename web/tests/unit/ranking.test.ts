import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { binsOf, countsOf, fiveOf } from "../../admin/charts/distribution";
import { isBehind, lessonsOf, lookOf, percent } from "../../admin/charts/items";
import { changesBetween, changesInWords } from "../../admin/rankings/changes";
import { draftOf, faultOf, formulaInWords, formulaOf, placesOf } from "../../admin/rankings/formula";
import { statesOf } from "../../admin/rankings/states";
import { partsFault, sharesOf, startOfDay, weightOf } from "../../admin/rankings/training";
import { findPeople, NAMELESS, publicPeople } from "../../published/people";
import {
  distinct,
  filterOf,
  filterPeople,
  isNarrowed,
  movement,
  NO_FILTER,
  queryOf,
  sortedBy,
  statusName,
  totalsOf,
} from "../../shared/ranking";
import type { PublishedRanking, QuizItem, RankedBranch, RankedPerson, RankingFormula } from "../../shared/types";

function person(id: number, more: Partial<RankedPerson> = {}): RankedPerson {
  return {
    rank: id,
    person: { id, name: `人${id}`, staff_number: `zy${id}` },
    branch: { id: 1, name: "湖墅街道" },
    community: "",
    cohort: "",
    status: "done",
    score: "90.00",
    used_ms: 1000,
    passed: true,
    tie: null,
    previous_rank: null,
    ...more,
  };
}

function street(id: number, more: Partial<RankedBranch> = {}): RankedBranch {
  return {
    rank: id, branch: { id, name: `街道${id}` }, expected: 5, attended: 3, absent: 1, deferred: 1,
    voided: 0, passed: 2, mean_expected: "80.00", mean_attended: "90.00", median: "90.00",
    best: "95.00", top_mean: "90.00", pass_percent: "40.0", value: "80.00", tie: null, note: null,
    previous_rank: null, ...more,
  };
}

function version(people: RankedPerson[], branches: RankedBranch[], text = "办法"): PublishedRanking {
  return {
    publication: { id: 1 } as PublishedRanking["publication"],
    names: { "1": "甲", "2": "乙", "3": "丙" },
    ranking: { people, branches, formula_text: text, kind: "quiz", final: true } as PublishedRanking["ranking"],
  };
}

describe("movement", () => {
  test("up is a smaller rank than before, in a sign and in words", () => {
    assert.deepEqual(movement(2, 5), { way: "up", mark: "↑3", words: "上升 3 名，上次第 5 名" });
    assert.deepEqual(movement(3, 2), { way: "down", mark: "↓1", words: "下降 1 名，上次第 2 名" });
    assert.equal(movement(4, 4)?.mark, "—");
    assert.equal(movement(1, null)?.mark, "新");
    assert.equal(movement(null, 3)?.way, "gone");
    assert.equal(movement(null, null), null);
  });
  test("shared ranks of another style move by halves without trouble", () => {
    assert.equal(movement(2.5, 4)?.mark, "↑1.5");
  });
});

describe("words and sums", () => {
  test("before the end nobody is called absent", () => {
    assert.equal(statusName("absent", { kind: "quiz", final: false }), "未参加");
    assert.equal(statusName("absent", { kind: "quiz", final: true }), "缺考");
    assert.equal(statusName("done", { kind: "contest", final: true }), "有成绩");
  });
  test("totals are the sums over the streets", () => {
    assert.deepEqual(totalsOf([street(1), street(2, { expected: 7, voided: 2 })]), {
      expected: 12, attended: 6, absent: 2, deferred: 2, voided: 2,
    });
  });
  test("what waits is said before what is published; otherwise over or not", () => {
    const entry = { kind: "quiz" as const, subject: 1, title: "", at: 0, parts: 1, over: false, published: null, proposed: null };
    const words = (more: object): string[] => statesOf({ ...entry, ...more }).map(({ text }) => text);
    assert.deepEqual(words({}), ["未结束"]);
    assert.deepEqual(words({ over: true }), ["可提请"]);
    assert.deepEqual(words({ over: true, published: 2 }), ["已发布第 2 版"]);
    assert.deepEqual(words({ published: 2, proposed: 9 }), ["待确认", "已发布第 2 版"]);
  });
});

describe("filters", () => {
  const people = [
    person(1, { score: "59.99", community: "甲社区", cohort: "一期" }),
    person(2, { score: "60.00", branch: { id: 2, name: "小河街道" } }),
    person(3, { status: "absent", score: null, passed: null }),
    person(4, { status: "in_progress", score: null, passed: null }),
    person(5, { status: "voided", score: null, passed: false }),
  ];
  const ids = (filter: object): number[] =>
    filterPeople(people, { ...NO_FILTER, ...filter }).map((one) => one.person.id);

  test("each of them narrows", () => {
    assert.deepEqual(ids({}), [1, 2, 3, 4, 5]);
    assert.deepEqual(ids({ branch: 2 }), [2]);
    assert.deepEqual(ids({ community: "甲社区" }), [1]);
    assert.deepEqual(ids({ cohort: "一期" }), [1]);
    assert.deepEqual(ids({ status: "voided" }), [5]);
    assert.deepEqual(ids({ status: "passed" }), [1, 2]);
    assert.deepEqual(ids({ text: " ZY3 " }), [3]);
    assert.deepEqual(ids({ text: "人4" }), [4]);
  });
  test("missing is who the column 缺考 counts: absent and still writing", () => {
    assert.deepEqual(ids({ status: "missing" }), [3, 4]);
  });
  test("a range of scores takes its lower end and leaves its upper end", () => {
    assert.deepEqual(ids({ from: 0, to: 60 }), [1]);
    assert.deepEqual(ids({ from: 60, to: null }), [2]);
  });
  test("they go into an address and come back; rubbish in it is ignored", () => {
    const filter = { ...NO_FILTER, branch: 3, status: "missing" as const, text: "阿卜·", from: 12.5, to: 20 };
    assert.deepEqual(filterOf(new URLSearchParams(queryOf(filter).slice(1))), filter);
    assert.equal(queryOf(NO_FILTER), "");
    assert.deepEqual(filterOf(new URLSearchParams("branch=x&status=nonsense&from=-1&list=all")), NO_FILTER);
    assert.equal(isNarrowed(filter), true);
    assert.equal(isNarrowed({ ...NO_FILTER }), false);
  });
  test("sorting keeps equals as they came and puts what is missing last both ways", () => {
    const rows = [{ v: 2, n: "a" }, { v: null, n: "b" }, { v: 1, n: "c" }, { v: 2, n: "d" }];
    const names = (descending: boolean): string => sortedBy(rows, (row) => row.v, descending).map((row) => row.n).join("");
    assert.equal(names(false), "cadb");
    assert.equal(names(true), "adcb");
    assert.deepEqual(distinct(["乙", "", "甲", "乙"]).length, 2);
  });
});

describe("changes between versions", () => {
  test("the own result stands first, then who was only moved; equals are left out", () => {
    const before = version([person(1), person(2), person(3, { rank: 3, score: "80.00" })], [street(1), street(2)]);
    const after = version(
      [person(2, { rank: 1 }), person(3, { rank: 2, score: "80.00" }), person(1, { rank: null, score: null, status: "voided" })],
      [street(1), street(2, { rank: 1, value: "81.00" })],
    );
    const changes = changesBetween(before, after);
    assert.deepEqual(changes.people.map(({ id, result }) => [id, result]), [[1, true], [2, false], [3, false]]);
    assert.equal(changes.people[0]?.name, "甲");
    assert.deepEqual([changes.results, changes.ranks, changes.branchRanks, changes.formula], [1, 3, 1, false]);
    assert.deepEqual(changes.branches.map(({ id }) => id), [2]);
    assert.match(changesInWords(changes), /1 人的成绩或状态有变，3 人的名次有变，1 个街道的名次有变。/);
  });
  test("who joined or went is shown, a movement mark alone is no change", () => {
    const changes = changesBetween(
      version([person(1), person(2)], [street(1)]),
      version([person(1, { previous_rank: 1 }), person(3)], [street(1, { previous_rank: 1 }), street(4)], "新办法"),
    );
    assert.deepEqual(changes.people.map(({ id, before, after }) => [id, before === null, after === null]), [
      [3, true, false],
      [2, false, true],
    ]);
    assert.deepEqual(changes.branches.map(({ id }) => id), [4]);
    assert.match(changesInWords(changes), /排名办法有变/);
  });
});

describe("the form of a formula", () => {
  const formula: RankingFormula = { time: false, street: "mean_expected", countback: true };
  test("goes through the form unchanged", () => {
    for (const one of [
      formula,
      { ...formula, street: "best" as const, best: 3 },
      { ...formula, street: "composite" as const, mean: 70, attendance: 20, excellent: 10, excellent_line: 90 },
      { ...formula, street: "composite" as const, mean: 80, attendance: 20, excellent: 0 },
      { ...formula, street: "places" as const, places: [4, 3, 3, 1], compare: { kind: "year" as const, subject: 7 } },
    ])
      assert.deepEqual(formulaOf(draftOf(one)), one);
  });
  test("says what is wrong before it is sent", () => {
    const draft = draftOf(formula);
    assert.equal(faultOf(draft), "");
    assert.match(faultOf({ ...draft, street: "best", best: "0" }), /1 到 1000/);
    assert.match(faultOf({ ...draft, street: "composite", mean: "80" }), /110%/);
    assert.match(faultOf({ ...draft, street: "composite", excellentLine: "" }), /优秀线/);
    assert.equal(faultOf({ ...draft, street: "composite", mean: "80", excellent: "0", excellentLine: "" }), "");
    assert.match(faultOf({ ...draft, street: "places", places: "3、4" }), /从高到低/);
    assert.match(faultOf({ ...draft, street: "places", places: "3、x" }), /顿号/);
    assert.deepEqual(placesOf("10、8，6 5;4"), [10, 8, 6, 5, 4]);
  });
  test("reads as a sentence with its numbers", () => {
    const draft = draftOf({ ...formula, time: true, street: "best", best: 7 });
    assert.match(formulaInWords(draft), /用时少者在前.*前 7 名成绩之和.*第 2 高分/);
  });
});

describe("the form of a training", () => {
  const part = (chosen: boolean, weight: string) => ({ kind: "quiz" as const, subject: 1, title: "甲", chosen, weight });
  test("shares are of the chosen weights", () => {
    assert.deepEqual(sharesOf([part(true, "5"), part(false, "9"), part(true, "3")]), ["62.5%", null, "37.5%"]);
    assert.deepEqual(sharesOf([part(true, "x"), part(true, "3")]), [null, null]);
  });
  test("something must be chosen, with whole weights", () => {
    assert.match(partsFault([part(false, "1")]), /至少/);
    assert.match(partsFault([part(true, "0")]), /权重/);
    assert.equal(partsFault([part(true, "10000")]), "");
    assert.equal(weightOf("1.5"), null);
  });
  test("a day begins at midnight in China", () => {
    assert.equal(startOfDay("2020-08-21"), Date.UTC(2020, 7, 20, 16));
    assert.equal(startOfDay("21.8.2020"), null);
    assert.equal(startOfDay("2020-13-40"), null);
  });
});

describe("pictures", () => {
  const bins = binsOf({ full: 10000, dp: 2 });
  test("a score on a border belongs to the upper bin, the full mark to the last", () => {
    assert.equal(bins.length, 10);
    assert.deepEqual(countsOf([0, 9.99, 10, 99.99, 100], bins), [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
  });
  test("bins of an odd full mark still cover it", () => {
    const odd = binsOf({ full: 3300, dp: 2 });
    assert.deepEqual([odd[0]?.to, odd[9]?.from, odd[9]?.to], [3.3, 29.7, null]);
  });
  test("the five numbers lie between neighbours", () => {
    assert.deepEqual(fiveOf([4, 1, 3, 2]), [1, 1.75, 2.5, 3.25, 4]);
    assert.deepEqual(fiveOf([7]), [7, 7, 7, 7, 7]);
    assert.equal(fiveOf([]), null);
  });
  const item = (more: Partial<QuizItem>): QuizItem => ({
    id: "q", number: 1, type: "single", stem_html: "", course: "c", lesson: "l", point: "", maximum: 500,
    received: 9, answered: 9, facility: "0.500", discrimination: "0.3", flags: [], options: [], ...more,
  });
  test("lessons stand with the weakest first, weighed by points", () => {
    const lessons = lessonsOf([
      item({ lesson: "好", facility: "0.900" }),
      item({ lesson: "", facility: "0.100" }),
      item({ lesson: "弱", facility: "0.200", maximum: 300 }),
      item({ lesson: "弱", facility: "0.600", maximum: 100 }),
    ]);
    assert.deepEqual(lessons.map(({ lesson, share }) => [lesson, share?.toFixed(2)]), [["弱", "0.30"], ["好", "0.90"], ["", "0.10"]]);
  });
  test("a doubtful key looks worse than everything else", () => {
    assert.equal(lookOf(item({ flags: ["easy", "reversed"] })), "reversed");
    assert.equal(lookOf(item({ flags: ["weak"] })), "doubtful");
    assert.equal(lookOf(item({})), "fine");
    assert.equal(isBehind("0.349", item({})), true);
    assert.equal(isBehind("0.35", item({})), false);
    assert.equal(isBehind(null, item({})), false);
    assert.equal(percent("0.8125"), "81.3%");
  });
});

describe("what the public reads", () => {
  const published = version([person(1), person(2, { branch: { id: 2, name: "小河街道" } }), person(9)], []);
  published.names = { "1": "古丽巴哈尔·阿不都热合曼", "2": "" };
  const people = publicPeople(published);

  test("a name that was removed is not shown and not found", () => {
    assert.deepEqual(people.map(({ name }) => name), ["古丽巴哈尔·阿不都热合曼", NAMELESS, NAMELESS]);
    assert.deepEqual(findPeople(people, "不公开", null), []);
  });
  test("names are found without their dots, streets too", () => {
    const ids = (text: string, branch: number | null = null): number[] =>
      findPeople(people, text, branch).map((one) => one.person.person.id);
    assert.deepEqual(ids("巴哈尔 阿不都"), [1]);
    assert.deepEqual(ids("小河"), [2]);
    assert.deepEqual(ids("", 1), [1, 9]);
    assert.deepEqual(ids("古丽", 2), []);
  });
});
