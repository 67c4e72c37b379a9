// What GET /api/contests/:id/screen answers: everything the venue may see, and nothing else.
import type { components } from "@shared/api-types";

export type View = components["schemas"]["ScreenView"];
export type ScreenDocument = components["schemas"]["ScreenState"];

export const VIEW_NAMES: Readonly<Record<View, string>> = {
  cover: "封面",
  draw: "抽签",
  stage: "选手上场",
  marks: "亮分",
  leaderboard: "排行榜",
  branches: "街道榜",
  black: "黑屏",
};
