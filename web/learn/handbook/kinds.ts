/* The five kinds of handbook entries, in words. */
import type { HandbookKind } from "../../shared/types";

export const kindName: Record<HandbookKind, string> = {
  procedure: "流程",
  checklist: "清单",
  form: "表单",
  script: "话术",
  statute: "法条摘要",
};

export const kindUse: Record<HandbookKind, string> = {
  procedure: "一件事从头到尾怎么走",
  checklist: "动手前、收尾时逐项核对",
  form: "打印出来直接填",
  script: "电话里、当面怎么说",
  statute: "条文原意和生效日期",
};
