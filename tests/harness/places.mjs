// Where things are: the repository, the program under test, temporary folders.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
export const COURSES = join(ROOT, "courses");
export const QUIZZES = join(ROOT, "quizzes");
export const WEB = process.env.XUNSAI_WEB ?? join(ROOT, "build/web");

// The build with the sanitizers, unless told otherwise.
export const PROGRAM =
  process.env.XUNSAI_PROGRAM ?? join(ROOT, "build/address-undefined/xunsai");

process.env.PATH += ":/usr/sbin:/sbin";

const made = [];
process.on("exit", () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

// A new folder that goes away with this process. Short: the path of a unix socket in it
// may have 107 characters.
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  made.push(folder);
  return folder;
}

let demo = process.env.XUNSAI_DEMO;

// A data folder that `xunsai demo` has filled: made once, to be copied, never used.
export function demoFolder() {
  if (!demo || !existsSync(join(demo, "xunsai.db"))) {
    demo = temporaryFolder("xd");
    runProgram(["demo", "--data", demo, "--courses", COURSES, "--quizzes", QUIZZES]);
  }
  return demo;
}

// Runs a command of the program; its standard output.
export function runProgram(words, options = {}) {
  return execFileSync(PROGRAM, words, {
    encoding: "utf8",
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
}
