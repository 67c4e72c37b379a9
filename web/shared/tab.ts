/* Only one tab of a browser may write the same attempt or sheet. Two tabs share the
 * device's name and queue, so the server cannot tell them apart.
 *
 * Web Locks where the page is served securely; otherwise BroadcastChannel, by asking
 * around; without either the tab is let in, because the server's rules still hold. */
import { randomName } from "./device";

export interface TabClaim {
  /** True: this tab is the one. */
  held: boolean;
  release(): void;
}

const ANSWER_WAIT_MS = 300;

/** Claims `name`. `onLost` is called when another tab took it over (see `steal`). */
export async function claimTab(
  name: string,
  onLost: () => void = () => undefined,
  steal = false,
): Promise<TabClaim> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks) return claimByLock(locks, `xunsai.${name}`, onLost, steal);
  if (typeof BroadcastChannel !== "undefined") return claimByChannel(`xunsai.${name}`, onLost, steal);
  return { held: true, release: () => undefined };
}

function claimByLock(
  locks: LockManager,
  name: string,
  onLost: () => void,
  steal: boolean,
): Promise<TabClaim> {
  return new Promise((resolve) => {
    let released = false;
    let granted = false;
    const options: LockOptions = steal ? { steal: true } : { ifAvailable: true };
    locks
      .request(name, options, (lock) => {
        if (!lock) {
          resolve({ held: false, release: () => undefined });
          return undefined;
        }
        granted = true;
        return new Promise<void>((finish) => {
          resolve({
            held: true,
            release: () => {
              released = true;
              finish();
            },
          });
        });
      })
      .catch(() => {
        if (granted && !released) onLost();
        else if (!granted) resolve({ held: true, release: () => undefined });
      });
  });
}

interface Call {
  kind: "anyone" | "here" | "mine";
  from: string;
}

function claimByChannel(name: string, onLost: () => void, steal: boolean): Promise<TabClaim> {
  const channel = new BroadcastChannel(name);
  const me = randomName(8);
  let held = false;
  const say = (kind: Call["kind"]): void => channel.postMessage({ kind, from: me } satisfies Call);
  return new Promise((resolve) => {
    const close = (): void => {
      held = false;
      channel.close();
    };
    const settle = (won: boolean): void => {
      clearTimeout(timer);
      held = won;
      if (!won) channel.close();
      resolve({ held: won, release: close });
    };
    const timer = setTimeout(() => {
      if (steal) say("mine");
      settle(true);
    }, steal ? 0 : ANSWER_WAIT_MS);
    channel.onmessage = ({ data }: MessageEvent<Call>) => {
      if (data.from === me) return;
      if (held && data.kind === "anyone") say("here");
      else if (held && data.kind === "mine") {
        close();
        onLost();
      } else if (!held && !steal && data.kind === "here") settle(false);
      // Two tabs asking at the same moment: the smaller name goes first.
      else if (!held && !steal && data.kind === "anyone") {
        if (me < data.from) say("here");
      }
    };
    if (!steal) say("anyone");
  });
}
