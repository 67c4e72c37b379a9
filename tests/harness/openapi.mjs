// web/openapi.yaml as a judge: every answer a test gets is held against it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { ROOT } from "./places.mjs";

const yaml = createRequire(join(ROOT, "web/package.json"))("js-yaml");
const document = yaml.load(readFileSync(join(ROOT, "web/openapi.yaml"), "utf8"));

function resolve(node) {
  while (node?.$ref) {
    node = node.$ref.slice(2).split("/").reduce((at, key) => at[key], document);
  }
  return node;
}

// Every operation: method, path as written, the same as a pattern, roles, responses.
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => ["get", "post", "put", "delete"].includes(method))
    .map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      roles: operation["x-roles"] ?? [],
      pattern: new RegExp(
        `^${path.replace(/[.]/g, "\\.").replace(/\{id\}/g, "[1-9]\\d*").replace(/\{\w+\}/g, "[a-z0-9-]+")}$`,
      ),
      operation,
    })),
);

export function findOperation(method, address) {
  const path = address.split("?")[0];
  return operations.find((one) => one.method === method && one.pattern.test(path));
}

function typeOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}

// What is wrong with the value, as sentences. A property the document does not name is
// wrong too: pages and program would drift apart unseen.
export function faultsOf(schema, value, at = "$") {
  const node = resolve(schema);
  if (!node || node === true) return [];
  const faults = [];
  const variants = node.anyOf ?? node.oneOf;
  if (variants) {
    const all = variants.map((variant) => faultsOf(variant, value, at));
    if (!all.some((list) => list.length === 0)) faults.push(...all.sort((a, b) => a.length - b.length)[0]);
  }
  for (const part of node.allOf ?? []) faults.push(...faultsOf(part, value, at));
  const type = typeOf(value);
  if (node.type) {
    const allowed = [node.type].flat();
    const fits = allowed.includes(type) || (type === "integer" && allowed.includes("number"));
    if (!fits) return [...faults, `${at} is ${type}, not ${allowed.join("|")}`];
  }
  if (node.const !== undefined && value !== node.const) faults.push(`${at} is not ${node.const}`);
  if (node.enum && !node.enum.includes(value)) faults.push(`${at}: "${value}" is none of ${node.enum}`);
  if (type === "string" && node.pattern && !new RegExp(node.pattern, "u").test(value)) {
    faults.push(`${at}: "${value}" does not match ${node.pattern}`);
  }
  if (type === "integer" && node.minimum !== undefined && value < node.minimum) {
    faults.push(`${at}: ${value} is below ${node.minimum}`);
  }
  if (type === "array" && node.items) {
    value.forEach((one, index) => faults.push(...faultsOf(node.items, one, `${at}[${index}]`)));
  }
  if (type === "object") faults.push(...objectFaults(node, value, at));
  return faults;
}

function objectFaults(node, value, at) {
  const faults = [];
  for (const name of node.required ?? []) {
    if (!(name in value)) faults.push(`${at}.${name} is missing`);
  }
  for (const [name, one] of Object.entries(value)) {
    if (node.properties && name in node.properties) {
      faults.push(...faultsOf(node.properties[name], one, `${at}.${name}`));
    } else if (typeof node.additionalProperties === "object") {
      faults.push(...faultsOf(node.additionalProperties, one, `${at}.${name}`));
    } else if (node.properties && !node.allOf && node.additionalProperties !== true) {
      faults.push(`${at}.${name} is not in web/openapi.yaml`);
    }
  }
  return faults;
}

// The faults of an answer of the program, [] when the document foresees it as it is.
export function answerFaults(method, address, answer) {
  const found = findOperation(method, address);
  if (!found) return [];
  const responses = found.operation.responses;
  const response = resolve(responses[String(answer.status)] ?? responses.default);
  if (answer.status === 304) return [];
  if (!response) return [`${answer.status} is not foreseen`];
  if (answer.status < 300 && !(String(answer.status) in responses)) {
    return [`${answer.status} is not foreseen`];
  }
  const kinds = Object.keys(response.content ?? {});
  const kind = (answer.headers["content-type"] ?? "").split(";")[0];
  if (kinds.length === 0) return answer.bytes.length ? ["a body where none is foreseen"] : [];
  if (!kinds.includes(kind)) return [`Content-Type ${kind}, not ${kinds}`];
  if (!kind.endsWith("json") || answer.json === undefined) return [];
  return faultsOf(response.content[kind].schema, answer.json);
}
