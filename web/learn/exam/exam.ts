/* One sitting of a quiz: opening it, answering, saving, the clock, handing in. The page
 * shows what is here; the rules of who may write and how long are the server's.
 *
 * Nothing a network cut does ends a phase: answers stay in the queue, the person goes on,
 * and the queue empties itself when the network is back. */
import { computed, onScopeDispose, reactive, ref, shallowRef } from "vue";
import { get, isPassing, isProblem, post, Problem } from "../../shared/api";
import { backoffMs, pause } from "../../shared/backoff";
import { announcementBetween, Countdown } from "../../shared/clock";
import { deviceName } from "../../shared/device";
import { Halted, Queue, type SavedWord } from "../../shared/queue";
import { me, serverClock, toSignIn } from "../../shared/session";
import { claimTab, type TabClaim } from "../../shared/tab";
import type { Answer, AnswerReceipt, AttemptDocument } from "../../shared/types";
import { choose, emptyAnswer, isAnswered, mergeAnswers, questionsOf, sameAnswer, type ExamQuestion } from "./answers";
import { keepFlags, keepLate, loadFlags, submitKey } from "./remembered";
import { answerSender, endOf } from "./sending";

export type Phase =
  | "opening" /* asking the server for the paper */
  | "failed" /* it did not come */
  | "other_tab" /* another tab of this browser has it */
  | "elsewhere" /* another device has it: the person decides */
  | "working"
  | "lost" /* another device took it over: read only */
  | "time_up" /* inputs frozen, last answers on their way, the server decides */
  | "submitting"
  | "done";

const TEXT_DEBOUNCE_MS = 600;
const CHECK_EVERY_MS = 60_000;
const FLUSH_MS = 8000;
const ASK_AGAIN_MS = 2000;

export type Exam = ReturnType<typeof useExam>;

export function useExam(quiz: number) {
  const device = deviceName();
  const countdown = new Countdown(serverClock);
  const over = new AbortController();

  const phase = ref<Phase>("opening");
  const failure = shallowRef<unknown>(null);
  const attempt = shallowRef<AttemptDocument["attempt"] | null>(null);
  const questions = shallowRef<ExamQuestion[]>([]);
  const answers = reactive(new Map<string, Answer>());
  const typing = reactive(new Map<string, ReturnType<typeof setTimeout>>());
  const flags = ref(new Set<string>());
  const remainingMs = ref(0);
  const announcement = ref("");
  const grantedMs = ref(0);
  const unreachable = ref(false);
  const signedOut = ref(false);
  const submitStep = ref<"" | "saving" | "sending" | "waiting">("");
  const submitError = shallowRef<unknown>(null);

  let queue: Queue<Answer, AnswerReceipt> | null = null;
  const queueChanges = ref(0);
  const seqs = new Map<string, number>();
  let claim: TabClaim | null = null;
  let nextCheckAt = 0;
  let sleepNoted = false;
  let failures = 0;
  let cancelled = false;

  // ---------------------------------------------------------------- words

  const broken = computed(() => {
    void queueChanges.value;
    return unreachable.value || queue?.network === "broken";
  });
  const keeping = computed(() => {
    void queueChanges.value;
    return queue?.keeping ?? "indexeddb";
  });
  const writable = computed(() => phase.value === "working");

  /** The state of a question's last edit; null when it was never touched. */
  function savedWord(item: string): SavedWord | null {
    void queueChanges.value;
    if (typing.has(item)) return "unsaved";
    if (!answers.has(item)) return null;
    return queue?.stateOf(item) ?? "unsaved";
  }
  const refusalOf = (item: string) => {
    void queueChanges.value;
    return queue?.refusals.get(item) ?? null;
  };
  const answeredCount = computed(() => questions.value.filter(({ id }) => isAnswered(answers.get(id))).length);
  const savedCount = computed(
    () => questions.value.filter(({ id }) => isAnswered(answers.get(id)) && savedWord(id) === "saved").length,
  );
  const unsaved = computed(() =>
    questions.value.filter(({ id }) => {
      const word = savedWord(id);
      return word !== null && word !== "saved";
    }),
  );

  // -------------------------------------------------------------- opening

  async function open(takeOver = false, stealTab = false): Promise<void> {
    phase.value = "opening";
    failure.value = null;
    if (!claim?.held) {
      claim = await claimTab(`quiz-${quiz}-${me.value?.person.id ?? 0}`, lostTab, stealTab);
      if (over.signal.aborted) return claim.release();
      if (!claim.held) return void (phase.value = "other_tab");
    }
    try {
      const document = await post(
        "/api/quizzes/{id}/attempt",
        { device, take_over: takeOver },
        { path: { id: quiz } },
      );
      await adopt(document);
    } catch (error) {
      await notOpened(error, takeOver);
    }
  }

  async function notOpened(error: unknown, takeOver: boolean): Promise<void> {
    if (isProblem(error, "lease_elsewhere")) return void (phase.value = "elsewhere");
    if (isProblem(error, "login_needed")) return toSignIn();
    if (isProblem(error, "attempt_submitted")) return finish();
    failure.value = error;
    phase.value = "failed";
    if (!isPassing(error)) return;
    failures += 1;
    await pause(backoffMs(failures), over.signal);
    if (!over.signal.aborted && phase.value === "failed") await open(takeOver);
  }

  async function adopt(document: AttemptDocument): Promise<void> {
    attempt.value = document.attempt;
    if (document.attempt.state !== "in_progress") return finish();
    const id = document.attempt.id;
    hear(document.server_now, document.attempt.deadline, document.attempt.deadline_rev);
    questions.value = questionsOf(document);
    flags.value = loadFlags(id);
    const edits = queue ? queue.waiting : await openQueue(id);
    const merged = mergeAnswers(document, edits);
    answers.clear();
    merged.answers.forEach((answer, item) => answers.set(item, answer));
    seqs.clear();
    for (const { item, seq } of document.answers) seqs.set(item, seq);
    queue?.raise(merged.highest);
    await queue?.drop(merged.overtaken);
    phase.value = "working";
    signedOut.value = false;
    queue?.resume();
  }

  async function openQueue(id: number): Promise<Queue<Answer, AnswerReceipt>["waiting"]> {
    const own = new Queue<Answer, AnswerReceipt>({
      stream: `attempt-${id}`,
      send: answerSender({
        attempt: id,
        device,
        epoch: () => attempt.value?.epoch ?? 1,
        heard: (reply) => {
          for (const { item, seq, stored } of reply.receipts)
            if (stored === "saved" || stored === "duplicate") seqs.set(item, seq);
          const late = reply.receipts.filter(({ stored }) => stored === "late");
          if (late.length) keepLate(id, late.map(({ item }) => item));
          hear(reply.server_now, reply.deadline, reply.deadline_rev);
          if (reply.state !== "in_progress") finish();
        },
        overtaken: (item, seq, answer) => {
          own.raise(seq);
          if (!typing.has(item)) answers.set(item, answer);
        },
      }),
      retryAfterMs: (error) => (error instanceof Problem ? (error.retryAfterSeconds ?? 0) * 1000 : 0),
    });
    own.onChange(() => {
      queueChanges.value += 1;
      if (own.halted && phase.value !== "done") ended(own.halted);
    });
    queue = own;
    return own.open();
  }

  /** Every answer of the server brings its time and the deadline. */
  function hear(serverNow: number, deadline: number, revision: number): void {
    serverClock.note(serverNow);
    const before = attempt.value?.deadline ?? deadline;
    countdown.set(deadline, revision);
    if (attempt.value && deadline > before && revision >= attempt.value.deadline_rev)
      grantedMs.value += deadline - before;
    if (attempt.value && revision >= attempt.value.deadline_rev)
      attempt.value = { ...attempt.value, deadline, deadline_rev: revision };
    if (phase.value !== "working") remainingMs.value = countdown.remainingMs();
    nextCheckAt = performance.now() + CHECK_EVERY_MS;
    sleepNoted = false;
    unreachable.value = false;
    failures = 0;
  }

  /** True when `error` means that this page may not write any more. */
  function ended(error: unknown): boolean {
    const end = endOf(error);
    if (end === "attempt_submitted") finish();
    else if (end === "lease_lost") lose(error);
    else if (end === "login_needed") {
      signedOut.value = true;
      if (phase.value === "submitting") phase.value = "working";
    } else if (error instanceof Halted) {
      failure.value = new Problem(0, error.code, error.detail, null, {});
      phase.value = "failed";
    }
    return end !== null;
  }

  function lose(error: unknown): void {
    commitAll();
    if (!queue?.halted) queue?.halt(new Halted("lease_lost", error instanceof Error ? error.message : ""));
    phase.value = "lost";
  }

  function lostTab(): void {
    // Nothing may be added any more: the other tab counts on from the same number.
    typing.forEach((timer) => clearTimeout(timer));
    typing.clear();
    claim = null;
    queue?.close();
    queue = null;
    phase.value = "other_tab";
  }

  function finish(): void {
    phase.value = "done";
  }

  /** The attempt whose result is to be shown; a refused opening does not name it. */
  async function finishedAttempt(): Promise<number | null> {
    if (attempt.value) return attempt.value.id;
    const { quizzes } = await get("/api/quizzes");
    return quizzes.find(({ id }) => id === quiz)?.attempt ?? null;
  }

  // ------------------------------------------------------------ answering

  function keep(item: string): void {
    clearTimeout(typing.get(item));
    typing.delete(item);
    const answer = answers.get(item);
    if (answer !== undefined) void queue?.add(item, answer, attempt.value?.epoch);
  }

  /** Text that is being typed is kept now, not after the pause. */
  function commit(item: string): void {
    if (typing.has(item)) keep(item);
  }

  function commitAll(): void {
    [...typing.keys()].forEach(keep);
  }

  function put(question: ExamQuestion, after: Answer): void {
    if (!writable.value || sameAnswer(after, answers.get(question.id))) return;
    answers.set(question.id, after);
    keep(question.id);
  }

  function pick(question: ExamQuestion, option: string): void {
    put(question, choose(question, answers.get(question.id), option));
  }

  function write(question: ExamQuestion, words: string): void {
    if (!writable.value) return;
    answers.set(question.id, words);
    clearTimeout(typing.get(question.id));
    typing.set(
      question.id,
      setTimeout(() => keep(question.id), TEXT_DEBOUNCE_MS),
    );
  }

  function clear(question: ExamQuestion): void {
    put(question, emptyAnswer(question));
  }

  function toggleFlag(item: string): void {
    const after = new Set(flags.value);
    if (!after.delete(item)) after.add(item);
    flags.value = after;
    if (attempt.value) keepFlags(attempt.value.id, after);
  }

  // ---------------------------------------------------- the clock, checks

  const ticking = setInterval(() => {
    if (!countdown.known) return;
    const before = remainingMs.value;
    remainingMs.value = countdown.remainingMs();
    const minutes = announcementBetween(before, remainingMs.value);
    if (minutes !== null) announcement.value = `还剩 ${minutes} 分钟`;
    if (phase.value !== "working" && phase.value !== "submitting") return;
    if (remainingMs.value === 0 && phase.value === "working") void timeUp();
    else if (performance.now() > nextCheckAt || wokeUp()) void check();
  }, 250);

  function wokeUp(): boolean {
    if (sleepNoted || !serverClock.slept()) return false;
    sleepNoted = true;
    return true;
  }

  const manifest = (): { item: string; seq: number }[] => [...seqs].map(([item, seq]) => ({ item, seq }));

  /** Asks whether all is well: the time, the lease, and that nothing is missing there. */
  let checking = false;
  async function check(): Promise<void> {
    if (checking || !attempt.value || over.signal.aborted) return;
    checking = true;
    try {
      const own = attempt.value;
      const reply = await post(
        "/api/attempts/{id}/prepare",
        { device, epoch: own.epoch, manifest: manifest() },
        { path: { id: own.id } },
      );
      if (reply.deadline !== own.deadline) await refresh();
      else hear(reply.server_now, own.deadline, own.deadline_rev);
      signedOut.value = false;
      resend(reply.missing);
      void queue?.flush();
    } catch (error) {
      if (ended(error)) return;
      unreachable.value = isPassing(error);
      failures += 1;
      nextCheckAt = performance.now() + backoffMs(failures);
    } finally {
      checking = false;
    }
  }

  /** Sends once more what the server says it does not have. True when there was any. */
  function resend(missing: readonly string[]): boolean {
    const lacking = missing.filter((item) => answers.has(item) && queue?.stateOf(item) === "saved");
    lacking.forEach(keep);
    return lacking.length > 0;
  }

  async function refresh(): Promise<void> {
    if (!attempt.value) return;
    const document = await get("/api/attempts/{id}", { path: { id: attempt.value.id }, query: { device } });
    if (document.attempt.state !== "in_progress") return finish();
    hear(document.server_now, document.attempt.deadline, document.attempt.deadline_rev);
    if (!document.attempt.holds_lease) lose(null);
  }

  /** The time is over as far as this page knows. The server may know of more. */
  async function timeUp(): Promise<void> {
    commitAll();
    phase.value = "time_up";
    while (!over.signal.aborted && phase.value === "time_up") {
      await queue?.settled(FLUSH_MS);
      try {
        if (phase.value === "time_up") await refresh();
        failures = 0;
      } catch (error) {
        if (ended(error)) return;
        unreachable.value = true;
        failures += 1;
      }
      if (phase.value !== "time_up") return;
      if (countdown.remainingMs() > 0) return void (phase.value = "working");
      await pause(failures ? backoffMs(failures) : ASK_AGAIN_MS, over.signal);
    }
  }

  // ------------------------------------------------------------ handing in

  /** First step: everything saved as far as possible, and the server's view of it. */
  async function prepare(): Promise<void> {
    commitAll();
    await queue?.settled(FLUSH_MS);
    await check();
  }

  /** Second step. Goes on by itself through a network cut until it is done, the person
   * takes it back, or the server refuses. */
  async function submit(): Promise<void> {
    cancelled = false;
    submitError.value = null;
    phase.value = "submitting";
    let tries = 0;
    while (!over.signal.aborted && !cancelled && phase.value === "submitting") {
      try {
        await submitOnce();
      } catch (error) {
        if (ended(error)) return;
        if (!isPassing(error)) {
          submitError.value = error;
          phase.value = "working";
          return;
        }
        tries += 1;
        submitStep.value = "waiting";
        await pause(backoffMs(tries), over.signal);
      }
    }
    submitStep.value = "";
  }

  async function submitOnce(): Promise<void> {
    const own = attempt.value;
    if (!own) return;
    submitStep.value = broken.value ? "waiting" : "saving";
    commitAll();
    if (!(await queue?.settled(FLUSH_MS)) || cancelled) return;
    const path = { id: own.id };
    const held = { device, epoch: own.epoch };
    const prepared = await post("/api/attempts/{id}/prepare", { ...held, manifest: manifest() }, { path });
    serverClock.note(prepared.server_now);
    if (resend(prepared.missing) || cancelled) return;
    submitStep.value = "sending";
    const done = await post("/api/attempts/{id}/submit", { ...held, submit_key: submitKey(own.id) }, { path });
    if (done.receipt) finish();
  }

  /** Only while the handing in has not been sent. */
  function takeBack(): void {
    if (submitStep.value === "sending") return;
    cancelled = true;
    submitStep.value = "";
    phase.value = "working";
  }

  // ------------------------------------------------------ the page's life

  const onOffline = (): void => {
    unreachable.value = true;
  };
  const onOnline = (): void => {
    if (phase.value === "working") void check();
  };
  const onVisible = (): void => {
    if (document.visibilityState === "hidden") return commitAll();
    if (signedOut.value) {
      signedOut.value = false;
      queue?.resume();
      if (phase.value === "time_up") void timeUp();
    }
    if (phase.value === "working") void check();
  };
  const onLeave = (event: BeforeUnloadEvent): void => {
    if (phase.value !== "done" && unsaved.value.length) event.preventDefault();
  };
  window.addEventListener("offline", onOffline);
  window.addEventListener("online", onOnline);
  window.addEventListener("pagehide", commitAll);
  window.addEventListener("beforeunload", onLeave);
  document.addEventListener("visibilitychange", onVisible);
  onScopeDispose(() => {
    commitAll();
    over.abort();
    clearInterval(ticking);
    window.removeEventListener("offline", onOffline);
    window.removeEventListener("online", onOnline);
    window.removeEventListener("pagehide", commitAll);
    window.removeEventListener("beforeunload", onLeave);
    document.removeEventListener("visibilitychange", onVisible);
    queue?.close();
    claim?.release();
  });

  return {
    phase, failure, attempt, questions, answers, flags, remainingMs, announcement, grantedMs,
    broken, keeping, writable, signedOut, submitStep, submitError, answeredCount, savedCount, unsaved,
    open, finishedAttempt, savedWord, refusalOf, pick, put, write, commit, clear, toggleFlag, prepare, submit, takeBack,
  };
}
