/* Who is signed in, and where that person's page is. */
import { shallowRef } from "vue";
import { get, isProblem, post } from "./api";
import { ServerClock } from "./clock";
import type { Me, Role } from "./types";

export const me = shallowRef<Me | null>(null);
export const serverClock = new ServerClock();

const HINT = "xunsai.signed-in";

/** The cookie itself is hidden from pages: a note whether asking for it is worth while. */
export function rememberSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // Then the sign-in page simply asks for the password.
  }
}

export function maybeSignedIn(): boolean {
  try {
    return localStorage.getItem(HINT) === "1";
  } catch {
    return false;
  }
}

export async function loadMe(): Promise<Me> {
  try {
    const answer = await get("/api/me");
    serverClock.note(answer.server_now);
    rememberSignedIn(true);
    me.value = answer;
    return answer;
  } catch (error) {
    if (isProblem(error, "login_needed")) rememberSignedIn(false);
    throw error;
  }
}

export function hasRole(...roles: Role[]): boolean {
  return me.value?.person.roles.some((role) => roles.includes(role)) ?? false;
}

const homes: [Role, string][] = [
  ["host", "/host/"],
  ["judge", "/judge/"],
  ["organiser", "/admin/"],
  ["chief_judge", "/host/"],
  ["auditor", "/admin/"],
  ["proctor", "/admin/"],
  ["lecturer", "/learn/"],
  ["learner", "/learn/"],
];

/** The page of the first role that has one of its own. */
export function homeOf(roles: readonly Role[]): string {
  return homes.find(([role]) => roles.includes(role))?.[1] ?? "/learn/";
}

const titles: Record<string, string> = {
  "/host/": "主持台",
  "/judge/": "评委打分",
  "/admin/": "组织管理",
  "/learn/": "学习与测验",
};

/** All pages somebody with these roles has, the first being their home. */
export function pagesOf(roles: readonly Role[]): { address: string; title: string }[] {
  const mine = homes.filter(([role]) => roles.includes(role)).map(([, address]) => address);
  return [...new Set([...mine, "/learn/"])].map((address) => ({
    address,
    title: titles[address] ?? address,
  }));
}

const ownPages = ["/learn/", "/judge/", "/host/", "/screen/", "/admin/"];

/** An address to go to after signing in, if it is a page of ours and nothing else. */
export function ownPage(wanted: string | null, origin: string = location.origin): string | null {
  if (!wanted || !wanted.startsWith("/")) return null;
  try {
    const url = new URL(wanted, origin);
    if (url.origin !== origin || !ownPages.includes(url.pathname)) return null;
    return url.pathname + url.search + url.hash;
  } catch {
    return null;
  }
}

/** To the sign-in page and back here afterwards. */
export function toSignIn(): void {
  const here = location.pathname + location.search + location.hash;
  location.assign(`/?next=${encodeURIComponent(here)}`);
}

export async function signOut(): Promise<void> {
  try {
    await post("/api/logout", {});
  } catch (error) {
    if (!isProblem(error, "login_needed")) throw error;
  }
  rememberSignedIn(false);
  me.value = null;
  location.assign("/");
}
