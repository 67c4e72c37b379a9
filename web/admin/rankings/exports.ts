/* Files that are made in the background: asking for one, and how far it is. */
import type { ExportFormat, ExportJob } from "@shared/types";

export const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  xlsx: "Excel",
  csv: "CSV",
  pdf: "PDF",
  json: "JSON",
};

export const isOpen = (job: ExportJob): boolean => job.state === "queued" || job.state === "running";

/** How far, in percent; null while that is not known. */
export function progressOf(job: ExportJob): number | null {
  if (job.state === "done") return 100;
  if (job.rows_total <= 0) return null;
  return Math.min(100, Math.floor((job.rows_done / job.rows_total) * 100));
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}

export function jobInWords(job: ExportJob): string {
  const progress = progressOf(job);
  switch (job.state) {
    case "queued":
      return "排队中";
    case "running":
      return progress === null ? "正在生成" : `正在生成 ${progress}%（${job.rows_done}/${job.rows_total} 行）`;
    case "done":
      return job.size === null ? "已完成" : `已完成，${sizeInWords(job.size)}`;
    case "failed":
      return `没有完成：${job.failure ?? "原因不明"}`;
  }
}
