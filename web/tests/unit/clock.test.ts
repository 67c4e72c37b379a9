import assert from "node:assert/strict";
import { test } from "node:test";
import { announcementBetween, Countdown, formatRemaining, ServerClock } from "../../shared/clock";

function bench() {
  const device = { ticks: 1000, wall: 5_000_000 };
  const clock = new ServerClock(
    () => device.ticks,
    () => device.wall,
  );
  const pass = (ms: number): void => {
    device.ticks += ms;
    device.wall += ms;
  };
  return { device, clock, pass };
}

test("the remaining time follows the server, not the device's clock", () => {
  const { device, clock, pass } = bench();
  clock.note(1_000_000);
  const countdown = new Countdown(clock);
  countdown.set(1_060_000, 1);
  pass(10_000);
  assert.equal(countdown.remainingMs(), 50_000);
  device.wall += 3_600_000;
  assert.equal(countdown.remainingMs(), 50_000);
  pass(70_000);
  assert.equal(countdown.remainingMs(), 0);
});

test("an older revision of the deadline is ignored, a newer one taken even if it is earlier", () => {
  const { clock } = bench();
  clock.note(1_000_000);
  const countdown = new Countdown(clock);
  countdown.set(1_060_000, 2);
  assert.equal(countdown.set(1_030_000, 1), false);
  assert.equal(countdown.remainingMs(), 60_000);
  assert.equal(countdown.set(1_090_000, 3), true);
  assert.equal(countdown.remainingMs(), 90_000);
});

test("an answer that was slow on its way gives nobody more time", () => {
  const { clock, pass } = bench();
  clock.note(1_000_000);
  pass(10_000);
  clock.note(1_002_000);
  assert.equal(clock.now(), 1_010_000);
  clock.note(1_011_000);
  assert.equal(clock.now(), 1_011_000);
});

test("sleep is noticed, and a note after it is believed", () => {
  const { device, clock } = bench();
  clock.note(1_000_000);
  assert.equal(clock.slept(), false);
  device.wall += 600_000;
  assert.equal(clock.slept(), true);
  clock.note(1_600_000);
  assert.equal(clock.slept(), false);
  assert.equal(clock.now(), 1_600_000);
});

test("a device clock that was set does not look like sleep for ever", () => {
  const { device, clock, pass } = bench();
  clock.note(1_000_000);
  pass(1000);
  device.wall -= 900_000;
  assert.equal(clock.slept(), true);
  clock.note(1_000_950);
  assert.equal(clock.slept(), false);
});

test("the time is rounded up, so that zero means the end", () => {
  assert.equal(formatRemaining(1), "00:01");
  assert.equal(formatRemaining(0), "00:00");
  assert.equal(formatRemaining(59_001), "01:00");
  assert.equal(formatRemaining(3_599_000), "59:59");
  assert.equal(formatRemaining(3_600_000), "1:00:00");
  assert.equal(formatRemaining(-5), "00:00");
});

test("30, 10, 5 and 1 minutes are announced once each", () => {
  const said: number[] = [];
  let before = 31 * 60_000;
  for (let now = before; now >= 0; now -= 250) {
    const minutes = announcementBetween(before, now);
    if (minutes !== null) said.push(minutes);
    before = now;
  }
  assert.deepEqual(said, [30, 10, 5, 1]);
  assert.equal(announcementBetween(12 * 60_000, 30_000), 1);
  assert.equal(announcementBetween(30_000, 0), null);
});
