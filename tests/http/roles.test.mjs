// Every role on every route, generated from the route table: nobody gets what the table
// does not give, nobody reaches another person's things, nothing falls over.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { STAFF, assertProblem } from "../harness/client.mjs";
import { operations } from "../harness/openapi.mjs";
import { runProgram } from "../harness/places.mjs";
import { startServer } from "../harness/server.mjs";

const routes = runProgram(["routes"])
  .trim()
  .split("\n")
  .map((line) => {
    const [method, path, roles] = line.split(" ");
    return { method, path, roles: roles.split(",") };
  });
const roles = ["nobody", ...Object.keys(STAFF).filter((role) => role !== "contestant")];

let server;
const clients = {};
let foreignAttempt;
before(async () => {
  server = await startServer();
  for (const role of roles) {
    clients[role] = role === "nobody" ? server.client() : await server.signIn(STAFF[role]);
  }
  const contestant = await server.signIn("zy0101");
  const started = await contestant.write("/api/quizzes/1/attempt", { device: "device-of-zy0101" });
  foreignAttempt = started.attempt.id;
});
after(() => server.stop());

// The route with something in its parameters. Ids that exist and are not one's own are
// the dangerous ones; those that do not exist must look the same.
function fill(path, id) {
  return path
    .replace("/courses/:name/lessons/:name", "/courses/01-yijian-jiedu/lessons/no-such-lesson")
    .replace("/figures/:name.svg", "/figures/no-such-figure.svg")
    .replace(":name", "01-yijian-jiedu")
    .replace(":kind", "quiz")
    .replaceAll(":id", String(id));
}

const mayAsk = (route, role) =>
  route.roles.includes("anyone") ||
  (role !== "nobody" && (route.roles.includes("signed_in") || route.roles.includes(role)));

const send = (client, route, path, body = {}) =>
  route.method === "GET" ? client.get(path) : client.request(route.method, path, { body });

test("the route table is not empty and names known roles", () => {
  assert.ok(routes.length >= 30, String(routes.length));
  const known = new Set(["anyone", "signed_in", "lecturer", "machine", ...roles]);
  for (const route of routes) for (const role of route.roles) assert.ok(known.has(role), `${route.path}: ${role}`);
});

describe("who may not ask is told so, and nothing happens", () => {
  for (const role of roles) {
    test(role, async () => {
      const client = clients[role];
      let asked = 0;
      await server.unchanged(async () => {
        for (const route of routes.filter((one) => !mayAsk(one, role))) {
          for (const id of [1, foreignAttempt, 999999]) {
            const answer = await send(client, route, fill(route.path, id));
            const about = `${role}: ${route.method} ${route.path} with ${id}`;
            if (route.roles.includes("machine")) assertProblem(answer, 401, "token_needed", about);
            else if (role === "nobody") assertProblem(answer, 401, "login_needed", about);
            else assertProblem(answer, 403, "role_needed", about);
            asked++;
          }
        }
      });
      if (role !== "organiser") assert.ok(asked > 0);
    });
  }
});

describe("who may ask gets an answer, never a breakdown", () => {
  for (const role of roles) {
    test(role, async () => {
      const client = clients[role];
      for (const route of routes.filter((one) => mayAsk(one, role))) {
        if (route.path === "/api/logout") continue;
        for (const id of [1, 999999]) {
          const path = fill(route.path, id);
          const answer = await send(client, route, path);
          assert.ok(answer.status < 500, `${role}: ${route.method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
          if (answer.status >= 400) assertProblem(answer, answer.status, answer.json?.code, path);
        }
      }
    });
  }
});

describe("what does not exist is not found, whoever asks", () => {
  for (const route of routes.filter((one) => one.path.includes(":id"))) {
    test(`${route.method} ${route.path}`, async () => {
      const role = roles.find((one) => one !== "nobody" && mayAsk(route, one)) ?? "learner";
      // A body that is right in form, so that the object is looked for at all.
      const answer = await server.unchanged(() =>
        send(clients[role], route, fill(route.path, 999999), bodyFor(route.path)),
      );
      assert.equal(answer.status, 404, `${role}: ${answer.status} ${answer.text}`);
      assertProblem(answer, 404, answer.json.code);
    });
  }
});

function bodyFor(path) {
  const device = "device-of-the-sweep";
  const bodies = {
    "/attempt": { device },
    "/answers": { device, epoch: 1, batch: [{ item: "k1-001", seq: 1, answer: ["a"] }] },
    "/prepare": { device, epoch: 1, manifest: [] },
    "/submit": { device, epoch: 1, submit_key: "key-of-the-sweep" },
    "/step": { action: "seal" },
    "/corrections": { contestant: 1, reason: "看错一行" },
    "/timer": { action: "start" },
    "/rulings": { action: "disqualify", contestant: 1, reason: "冒名顶替" },
    "/marks": { device, device_number: 1, contestant: 1, criterion: "c1", value: "1" },
    "/sheets": { device, device_number: 1, contestant: 1, marks: { c1: "1" } },
    "/presence": { device, unsent: 0 },
    "/formula": { time: false, street: "mean_expected", countback: false },
    "/proposals": {},
    "/statuses": { person: 1, status: "deferred", reason: "因公外出" },
    "/decision": { release: true },
    "/move": { branch: 1, reason: "调动" },
    "/leave": { reason: "离任" },
    "/rejoin": { branch: 1, reason: "恢复" },
    "/erase": { reason: "本人要求" },
  };
  const end = Object.keys(bodies).find((one) => path.endsWith(one));
  return end ? bodies[end] : {};
}

describe("another person's attempt does not exist for anybody else", () => {
  const attemptRoutes = routes.filter((one) => one.path.startsWith("/api/attempts/:id"));
  test("there are such routes", () => assert.ok(attemptRoutes.length >= 4));
  for (const route of attemptRoutes) {
    test(`${route.method} ${route.path}`, async () => {
      const path = fill(route.path, foreignAttempt);
      const real = await server.unchanged(() => send(clients.learner, route, path, bodyFor(route.path)));
      const none = await send(clients.learner, route, fill(route.path, 999999), bodyFor(route.path));
      assert.equal(real.status, 404, real.text);
      assert.equal(real.text, none.text, "a foreign attempt must look like none");
    });
  }
});

describe("a proctor sees the own street only", () => {
  test("people, whatever street is asked for", async () => {
    const own = clients.proctor.person.branch.id;
    for (const query of ["", "?branch=2", "?branch=10", "?branch=0", "?branch=x", `?branch=${own}`, "?branch=1&branch=2"]) {
      const { people } = await clients.proctor.read(`/api/people${query}`);
      assert.ok(people.length > 20);
      assert.ok(people.every((person) => person.branch?.id === own), query);
    }
  });
  test("ranking and exports", async () => {
    const own = clients.proctor.person.branch;
    const ranking = await clients.proctor.read("/api/rankings/quiz/1");
    assert.ok(ranking.people.length > 20);
    assert.ok(ranking.people.every((row) => row.branch.id === own.id));
    assert.ok(ranking.branches.every((row) => row.branch.id === own.id));
    const csv = await clients.proctor.get("/api/rankings/quiz/1/export.csv");
    assert.equal(csv.status, 200);
    assert.ok(csv.text.includes(own.name));
    assert.ok(!csv.text.includes("半山街道"), "another street in the export");
  });
  test("the organiser sees all ten", async () => {
    const ranking = await clients.organiser.read("/api/rankings/quiz/1");
    assert.equal(ranking.branches.length, 10);
    assert.equal(ranking.people.length, 358);
  });
});

describe("web/openapi.yaml and the route table say the same", () => {
  const plain = (path) => path.replace(/:\w+/g, "{}").replace(/\{\w+\}/g, "{}");
  const apiRoutes = routes.filter((route) => route.path.startsWith("/api/"));
  const key = (one) => `${one.method} ${plain(one.path)}`;

  test("every route is described", () => {
    const described = new Set(operations.map(key));
    assert.deepEqual(apiRoutes.map(key).filter((one) => !described.has(one)), []);
  });
  test("every description has a route", () => {
    const routed = new Set(apiRoutes.map(key));
    assert.deepEqual(operations.map(key).filter((one) => !routed.has(one)), []);
  });
  test("with the same roles", () => {
    const rolesOf = new Map(operations.map((one) => [key(one), [...one.roles].sort().join()]));
    const different = apiRoutes
      .filter((route) => rolesOf.get(key(route)) !== [...route.roles].sort().join())
      .map((route) => `${key(route)}: ${route.roles} but described ${rolesOf.get(key(route))}`);
    assert.deepEqual(different, []);
  });
  test("a parameter of an address is a number or a name in both", () => {
    const form = (path) => path.replace(/:id|\{(id|person|branch)\}/g, "#").replace(/:\w+|\{\w+\}/g, "@");
    const forms = new Set(operations.map((one) => `${one.method} ${form(one.path)}`));
    assert.deepEqual(apiRoutes.map((one) => `${one.method} ${form(one.path)}`).filter((one) => !forms.has(one)), []);
  });
});

test("GET changes nothing: the whole table asked by everybody", async () => {
  await server.unchanged(async () => {
    for (const role of roles) {
      for (const route of routes.filter((one) => one.method === "GET" && mayAsk(one, role))) {
        await clients[role].get(fill(route.path, 1));
      }
    }
  }, ["export_log"]); // that somebody took data away is what a download leaves behind
});
