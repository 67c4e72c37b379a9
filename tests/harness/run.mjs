// Runs test files of node:test, one process each, and prints what did not pass.
//   node tests/harness/run.mjs FILE...
// The last line is "counts PASSED FAILED SKIPPED", for tests/run.sh.
import { run } from "node:test";
import { relative, resolve } from "node:path";

const files = process.argv.slice(2).map((file) => resolve(file));
const counts = { passed: 0, failed: 0, skipped: 0 };
const started = performance.now();

// A file itself may be reported as a test, and a describe() is; neither is one.
const isLeaf = (data) => data.details?.type !== "suite" && !files.includes(resolve(data.name));

function sayFailure(data) {
  const error = data.details?.error;
  const cause = error?.cause ?? error;
  console.log(`FAILED  ${data.name}`);
  if (data.file) console.log(`        ${relative(process.cwd(), data.file)}:${data.line ?? ""}`);
  const text = cause?.stack ?? cause?.message ?? String(cause);
  console.log(text.split("\n").slice(0, 30).map((line) => `        ${line}`).join("\n"));
}

let leafFailures = 0;
const stream = run({ files, concurrency: Number(process.env.TEST_CONCURRENCY ?? 2) });
stream.on("test:pass", (data) => {
  if (!isLeaf(data)) return;
  if (data.skip !== undefined) {
    counts.skipped++;
    const why = typeof data.skip === "string" && data.skip ? data.skip : "no reason given";
    console.log(`skipped ${data.name}: ${why}`);
    return;
  }
  counts.passed++;
  console.log(`ok      ${data.name} (${Math.round(data.details?.duration_ms ?? 0)} ms)`);
});
stream.on("test:fail", (data) => {
  const type = data.details?.error?.failureType;
  if (!isLeaf(data)) {
    // A file that broke outside its tests would otherwise go unseen.
    if (type !== "subtestsFailed" || leafFailures === 0) {
      counts.failed++;
      sayFailure(data);
    }
    return;
  }
  if (type === "subtestsFailed") return;
  leafFailures++;
  counts.failed++;
  sayFailure(data);
});
stream.on("test:diagnostic", (data) => {
  // What a test has to tell; not the runner's own sums.
  if (data.nesting > 0) console.log(`        ${data.message}`);
});
stream.on("test:stderr", (data) => process.stdout.write(data.message));
stream.on("end", () => {
  console.log(`took    ${((performance.now() - started) / 1000).toFixed(1)} s`);
  console.log(`counts ${counts.passed} ${counts.failed} ${counts.skipped}`);
  process.exitCode = counts.failed || counts.passed + counts.skipped === 0 ? 1 : 0;
});
stream.resume();
