import assert from "node:assert/strict";
import { test } from "node:test";
import { effectScope } from "vue";
import { inWords } from "../../judge/numerals";
import { openOutbox, type Outbox, type Sent } from "../../judge/outbox";
import { format, placeAmong, readMark, stepped, sum } from "../../judge/points";
import { ownTotals, placeInWords, viewSheet } from "../../judge/sheet";
import type { JudgeState } from "../../shared/types";

const scale = { maximum: "30", step: "0.5" };

test("a mark is read as the server reads it, and refused in words", () => {
  assert.deepEqual(readMark("25.5", scale), { value: "25.5", problem: null });
  assert.deepEqual(readMark("２５。５", scale), { value: "25.5", problem: null });
  assert.deepEqual(readMark("25.", scale), { value: "25", problem: null });
  assert.deepEqual(readMark("25.50", scale), { value: "25.5", problem: null });
  assert.equal(readMark("30.5", scale).problem, "超过满分 30 分");
  assert.equal(readMark("25.3", scale).problem, "须为 0.5 分的整数倍");
  assert.match(readMark("25,5", scale).problem ?? "", /逗号/);
  for (const text of ["", "-1", "1e1", "abc", "0x1"]) assert.equal(readMark(text, scale).value, null);
});

test("steps stay on the scale and come back onto it", () => {
  assert.equal(stepped(undefined, scale, true), "0");
  assert.equal(stepped(undefined, scale, false), "30");
  assert.equal(stepped("30", scale, true), "30");
  assert.equal(stepped("0", scale, false), "0");
  assert.equal(stepped("25.3", scale, true), "25.5");
  assert.equal(stepped("25.3", scale, false), "25");
});

test("sums are exact where floating point is not", () => {
  assert.equal(format(sum(["0.1", "0.2"]), 2), "0.30");
  assert.equal(format(sum(Array.from({ length: 10 }, () => "0.1")), 2), "1.00");
  assert.equal(format(sum(["27.5", "26", "22", "13"]), 2), "88.50");
});

test("totals are read aloud", () => {
  const spoken: [string, string][] = [
    ["88.50", "八十八点五"],
    ["88.05", "八十八点零五"],
    ["100.00", "一百"],
    ["105", "一百零五"],
    ["110.5", "一百一十点五"],
    ["10", "十"],
    ["18.5", "十八点五"],
    ["20", "二十"],
    ["0", "零"],
    ["0.50", "零点五"],
    ["1001", "一千零一"],
  ];
  for (const [decimal, words] of spoken) assert.equal(inWords(decimal), words);
});

const state: JudgeState = {
  number: 10,
  title: "",
  round: { id: "judged", title: "" },
  judge: { id: 7, number: 1, name: "" },
  criteria: [
    { id: "c1", title: "甲", hint: "", maximum: "60", step: "0.5" },
    { id: "c2", title: "乙", hint: "", maximum: "40", step: "0.5" },
  ],
  full: "100",
  now: { contestant: 3, position: 3, name: "王", branch: "", open: true, recused: false },
  marks: { "3": { c1: "50" } },
  sheets: [
    { contestant: 1, position: 1, name: "李", branch: "", total: "88.50", receipt: "A", at: 1 },
    { contestant: 2, position: 2, name: "张", branch: "", total: "91.00", receipt: "B", at: 2 },
  ],
  final: false,
};
const mark = (criterion: string, value: string): Sent => ({
  kind: "mark",
  contestant: 3,
  label: "3 号 王",
  criterion,
  title: criterion,
  value,
});

function fakeOutbox(waiting: Sent[], delivered: [string, number, Sent][] = []): Outbox {
  const map = new Map(
    delivered.map(([item, event, content]) => [item, { event, receipt: "R", content }]),
  );
  return {
    waiting: { value: waiting },
    refused: { value: [] },
    delivered: { value: map },
  } as unknown as Outbox;
}

test("what the tablet made since lies over what the server shows", () => {
  const waiting = viewSheet(state, fakeOutbox([mark("c1", "52")]), 3);
  assert.equal(waiting.marks.c1, "52");
  assert.equal(waiting.states.c1, "waiting");
  assert.equal(waiting.states.c2, "none");
  const newer = viewSheet(state, fakeOutbox([], [["3/c1", 11, mark("c1", "53")]]), 3);
  assert.equal(newer.marks.c1, "53");
  const older = viewSheet(state, fakeOutbox([], [["3/c1", 9, mark("c1", "49")]]), 3);
  assert.equal(older.marks.c1, "50");
});

test("a sheet on its way counts as handed in and stands among the own totals", () => {
  const sheet: Sent = { kind: "sheet", contestant: 3, label: "3 号 王", marks: {}, total: "88.50" };
  const outbox = fakeOutbox([sheet]);
  assert.deepEqual(viewSheet(state, outbox, 3).submitted, { total: "88.50", receipt: null, at: null });
  const own = ownTotals(state, outbox);
  assert.deepEqual(own.map(({ receipt }) => receipt), ["A", "B", null]);
  assert.equal(placeAmong(88500, [88500, 91000]), 2);
  assert.equal(placeInWords("88.50", 3, own), "在您评过的 3 位选手中列第 2 位，与 1 号 李 同分");
});

interface Call {
  device: string;
  device_number: number;
}

async function withServer(
  answers: ((call: Call) => Response)[],
  work: (outbox: Outbox, calls: Call[]) => Promise<void>,
): Promise<void> {
  const calls: Call[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = (async (_: unknown, options: RequestInit) => {
    const call = JSON.parse(String(options.body)) as Call;
    const answer = answers[Math.min(calls.length, answers.length - 1)];
    calls.push(call);
    return answer?.(call);
  }) as typeof fetch;
  const scope = effectScope();
  try {
    await work(await (scope.run(() => openOutbox(1, Math.trunc(Math.random() * 1e9))) as Promise<Outbox>), calls);
  } finally {
    scope.stop();
    globalThis.fetch = original;
  }
}

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 300 ? "application/json" : "application/problem+json" },
  });
const receipt = (call: Call): Response =>
  json(200, { number: 12, receipt: "7K2M9QWX", at: 1, device_number: call.device_number });
const until = async (ready: () => boolean): Promise<void> => {
  const end = Date.now() + 6000;
  while (!ready()) {
    assert.ok(Date.now() < end, "in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test("a receipt for another entry is not believed: the same entry goes again", async () => {
  const wrong = (call: Call): Response =>
    json(200, { number: 12, receipt: "X", at: 1, device_number: call.device_number + 1 });
  await withServer([wrong, receipt], async (outbox, calls) => {
    await outbox.add(mark("c1", "52"));
    await until(() => calls.length === 1 && outbox.broken.value);
    assert.equal(outbox.waiting.value.length, 1);
    await until(() => outbox.waiting.value.length === 0);
    assert.equal(calls[1]?.device_number, calls[0]?.device_number);
    assert.equal(outbox.delivered.value.get("3/c1")?.receipt, "7K2M9QWX");
  });
});

test("a refused mark stays in sight until it is put aside or made anew", async () => {
  const closed = (): Response => json(409, { code: "scoring_closed", detail: "评分已经结束" });
  await withServer([closed, closed, receipt], async (outbox) => {
    await outbox.add(mark("c1", "52"));
    await outbox.add(mark("c2", "30"));
    await until(() => outbox.refused.value.length === 2);
    assert.equal(outbox.refused.value[0]?.reason, "评分已经结束");
    assert.equal(outbox.waiting.value.length, 0);
    outbox.putAside(outbox.refused.value[0]!);
    assert.deepEqual(outbox.refused.value.map(({ content }) => content), [mark("c2", "30")]);
    await outbox.add(mark("c2", "31"));
    await until(() => outbox.delivered.value.size === 1);
    assert.equal(outbox.refused.value.length, 0);
  });
});

test("a number that was used before under this name is sent under a new name", async () => {
  const reused = (): Response => json(409, { code: "device_number_reused", detail: "编号重复" });
  await withServer([reused, receipt], async (outbox, calls) => {
    await outbox.add(mark("c1", "52"));
    await until(() => outbox.waiting.value.length === 0);
    assert.notEqual(calls[1]?.device, calls[0]?.device);
    assert.equal(outbox.refused.value.length, 0);
  });
});

test("without a login everything waits; nothing is sent once the login is someone else's", async () => {
  const login = (): Response => json(401, { code: "login_needed", detail: "请登录" });
  await withServer([login, receipt], async (outbox, calls) => {
    await outbox.add(mark("c1", "52"));
    await until(() => outbox.loginNeeded.value);
    outbox.stop();
    outbox.nudge();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(calls.length, 1);
    assert.equal(outbox.waiting.value.length, 1);
  });
});
