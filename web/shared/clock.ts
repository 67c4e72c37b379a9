/* The server's clock on this device. Only differences of performance.now() are used: a
 * wrong or changed device clock moves nothing. */

export type Ticks = () => number;

/** No request waits longer for its answer. */
const SLOWEST_ANSWER_MS = 40_000;

const ticksOfPage: Ticks = () => performance.now();

/** What time it is on the server. */
export class ServerClock {
  private server = 0;
  private received = 0;
  private seen = { ticks: 0, wall: 0 };
  known = false;

  constructor(
    private readonly ticks: Ticks = ticksOfPage,
    private readonly wallClock: () => number = Date.now,
  ) {}

  /** Call as soon as an answer with `server_now` is in. */
  note(serverNow: number): void {
    const ticks = this.ticks();
    this.seen = { ticks, wall: this.wallClock() };
    // An answer that was long on its way makes the server look late and would show time
    // nobody has: of two notes, believe the later one.
    const behind = this.known ? this.now() - serverNow : 0;
    if (behind > 0 && behind < SLOWEST_ANSWER_MS) return;
    this.server = serverNow;
    this.received = ticks;
    this.known = true;
  }

  now(): number {
    return this.known ? this.server + (this.ticks() - this.received) : this.wallClock();
  }

  /** The device slept or its clock was set since the last note: ask the server again.
   * performance.now() stands still during sleep on some systems. */
  slept(): boolean {
    if (!this.known) return false;
    const byTicks = this.ticks() - this.seen.ticks;
    const byWall = this.wallClock() - this.seen.wall;
    return Math.abs(byWall - byTicks) > 3000;
  }
}

/** The time that is left until a deadline which only the server may move. */
export class Countdown {
  private deadline = 0;
  private revision = -1;

  constructor(private readonly clock: ServerClock) {}

  /** Takes a deadline unless it is an older revision; an old tab's answer that arrives
   * late must not take back time that was given. True when the deadline changed. */
  set(deadline: number, revision: number): boolean {
    if (revision < this.revision) return false;
    const changed = this.revision >= 0 && deadline !== this.deadline;
    this.deadline = deadline;
    this.revision = revision;
    return changed;
  }

  get known(): boolean {
    return this.revision >= 0;
  }

  remainingMs(): number {
    return Math.max(0, this.deadline - this.clock.now());
  }
}

/** 1:05:09 from an hour on, 09:05 below it. Rounded up: 0:00 is only shown at the end. */
export function formatRemaining(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

const ANNOUNCED_MINUTES = [30, 10, 5, 1];

/** The minute mark crossed between two looks at the clock, if one is to be read aloud. */
export function announcementBetween(beforeMs: number, nowMs: number): number | null {
  for (const minutes of [...ANNOUNCED_MINUTES].reverse()) {
    const mark = minutes * 60_000;
    if (beforeMs > mark && nowMs <= mark && nowMs > 0) return minutes;
  }
  return null;
}
