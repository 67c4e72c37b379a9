// Plays a contest over HTTP: the host's steps, seven judges with their tablets.
import assert from "node:assert/strict";

export class Contest {
  // Signs in the host, the organiser and all judges.
  static async open(server, id = 1) {
    const contest = new Contest();
    contest.server = server;
    contest.path = `/api/contests/${id}`;
    contest.host = await server.as("host");
    contest.organiser = await server.as("organiser");
    contest.judges = [];
    for (let number = 1; number <= 7; number++) {
      contest.judges.push(new Judge(contest, await server.signIn(`pw0${number}`)));
    }
    contest.criteria = (await contest.judges[0].state()).criteria;
    return contest;
  }

  state() {
    return this.host.read(`${this.path}/host`);
  }

  screen() {
    return this.server.client().read(`${this.path}/screen`);
  }

  tryStep(action, more = {}) {
    return this.host.post(`${this.path}/step`, { action, ...more });
  }

  async step(action, more = {}) {
    const answer = await this.tryStep(action, more);
    assert.equal(answer.status, 200, `${action}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  // Rules sealed, order drawn. The ids of the contestants in the order of appearance.
  async prepare() {
    await this.step("seal");
    await this.step("draw_commit");
    await this.step("draw", { spoken: "2020" });
    const { contestants } = await this.state();
    return contestants
      .filter((one) => one.position)
      .sort((a, b) => a.position - b.position)
      .map((one) => one.id);
  }

  // All judges' sheets for the contestant; marksOf(judge index) gives one judge's marks.
  async score(contestant, marksOf = (index) => this.someMarks(index)) {
    const sheets = this.judges.map((judge, index) => judge.sheet(contestant, marksOf(index)));
    return Promise.all(sheets);
  }

  // Marks that are on scale and step, different for each judge.
  someMarks(index) {
    return Object.fromEntries(
      this.criteria.map((criterion, place) => {
        const steps = Math.round(Number(criterion.maximum) / Number(criterion.step));
        const taken = steps - ((index * 3 + place) % Math.max(1, Math.floor(steps / 3)));
        return [criterion.id, decimal(taken * Number(criterion.step), criterion.step)];
      }),
    );
  }

  // One contestant from call to release.
  async perform(contestant) {
    await this.step("call", { contestant });
    await this.score(contestant);
    await this.step("close", { contestant });
    await this.step("release", { contestant });
  }
}

// As many decimals as the step has.
export function decimal(value, like) {
  const places = like.includes(".") ? like.split(".")[1].length : 0;
  return value.toFixed(places);
}

export class Judge {
  constructor(contest, client, device = `tablet-${Math.random().toString(36).slice(2, 12)}`) {
    Object.assign(this, { contest, client, device, number: 0 });
  }

  state() {
    return this.client.read(`${this.contest.path}/judge`);
  }

  tryMark(contestant, criterion, value, number = ++this.number) {
    return this.client.post(`${this.contest.path}/marks`, {
      device: this.device, device_number: number, contestant, criterion, value,
    });
  }

  trySheet(contestant, marks, number = ++this.number) {
    return this.client.post(`${this.contest.path}/sheets`, {
      device: this.device, device_number: number, contestant, marks,
    });
  }

  async sheet(contestant, marks) {
    const answer = await this.trySheet(contestant, marks);
    assert.equal(answer.status, 200, answer.text);
    return answer.json;
  }
}
