// What a learner's device does with a quiz: starts, numbers its edits, saves, hands in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { QUIZZES } from "./places.mjs";

export class Sitting {
  constructor(client, quiz = 1, device = `device-${Math.random().toString(36).slice(2, 12)}`) {
    Object.assign(this, { client, quiz, device, seq: 0 });
  }

  async start(takeOver = false) {
    const body = { device: this.device, take_over: takeOver };
    const answer = await this.client.post(`/api/quizzes/${this.quiz}/attempt`, body);
    if (answer.status === 200) {
      this.document = answer.json;
      this.id = answer.json.attempt.id;
      this.epoch = answer.json.attempt.epoch;
      this.seq = Math.max(0, ...answer.json.answers.map((one) => one.seq));
    }
    return answer;
  }

  get questions() {
    return this.document.parts.flatMap((part) => part.questions);
  }

  of(type) {
    return this.questions.filter((question) => question.type === type);
  }

  // An answer that is valid in form: the index-th option, or a word.
  guess(question, index = 0) {
    if (["blank", "essay"].includes(question.type)) return `答案${index}`;
    if (question.type === "numeric") return String(index);
    if (question.type === "ordering") return question.options.map((option) => option.id);
    if (question.type === "matching") return { [question.prompts[0].id]: question.options[index].id };
    return [question.options[index % question.options.length].id];
  }

  entry(question, answer) {
    return { item: question.id, seq: ++this.seq, answer };
  }

  send(batch) {
    const body = { device: this.device, epoch: this.epoch, batch };
    return this.client.post(`/api/attempts/${this.id}/answers`, body);
  }

  // Saves one answer, which must be taken; its receipt.
  async save(question, answer) {
    const reply = await this.send([this.entry(question, answer)]);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.json.receipts[0].stored, "saved", reply.text);
    return reply.json.receipts[0];
  }

  submit(key = "key-of-this-submission") {
    const body = { device: this.device, epoch: this.epoch, submit_key: key };
    return this.client.post(`/api/attempts/${this.id}/submit`, body);
  }

  load() {
    return this.client.read(`/api/attempts/${this.id}?device=${this.device}`);
  }

  result() {
    return this.client.get(`/api/attempts/${this.id}/result`);
  }
}

// The key of a paper as the files of quizzes/ have it: for each question its explanation
// and the texts of right answers. Read with a few expressions, not with our own reader.
export function keyOf(slug, quizzes = QUIZZES) {
  const xml = readFileSync(join(quizzes, slug, "questions.xml"), "utf8");
  const text = (part, name) =>
    new RegExp(`<${name}[^>]*>\\s*<text>([\\s\\S]*?)</text>`).exec(part)?.[1].replace(/^<!\[CDATA\[|\]\]>$/g, "");
  const key = new Map();
  for (const [, type, body] of xml.matchAll(/<question type="(\w+)">([\s\S]*?)<\/question>/g)) {
    const id = /<idnumber>(.*?)<\/idnumber>/.exec(body)?.[1];
    if (!id) continue;
    const answers = [...body.matchAll(/<answer fraction="([-\d.]+)"[^>]*>\s*<text>([\s\S]*?)<\/text>/g)];
    key.set(id, {
      type,
      explanation: text(body, "generalfeedback"),
      right: answers.filter(([, fraction]) => Number(fraction) > 0).map(([, , words]) => plain(words)),
      pairs: [...body.matchAll(/<subquestion[^>]*>\s*<text>([\s\S]*?)<\/text>\s*<answer>\s*<text>([\s\S]*?)<\/text>/g)]
        .map(([, left, right]) => [plain(left), plain(right)]),
    });
  }
  return key;
}

export const plain = (words) =>
  words
    .replace(/^<!\[CDATA\[|\]\]>$/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .trim();

// The right answer to a question as it was delivered.
export function rightAnswer(key, question) {
  const { right, pairs } = key.get(question.id);
  const optionWith = (words) => question.options.find((option) => plain(option.html) === words).id;
  if (["blank", "numeric"].includes(question.type)) return right[0];
  if (question.type === "essay") return "先核实，再回应，最后回访。";
  if (question.type === "ordering") return right.map(optionWith);
  if (question.type === "matching") {
    const rightOf = new Map(pairs);
    return Object.fromEntries(question.prompts.map((prompt) => [prompt.id, optionWith(rightOf.get(plain(prompt.html)))]));
  }
  if (question.type === "true_false") {
    const wanted = right[0] === "true" ? /^(正确|对|true)/ : /^(错误|错|false)/;
    return [question.options.find((option) => wanted.test(plain(option.html)))?.id];
  }
  return question.options.filter((option) => right.includes(plain(option.html))).map((option) => option.id);
}
