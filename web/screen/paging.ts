// Turns pages by time: every page stands for at least five seconds, so that a name can be found.
import { computed, onUnmounted, ref, watch, type ComputedRef, type Ref } from "vue";

const PAGE_MS = 6000;

export interface Paging<Row> {
  page: Ref<number>;
  pages: ComputedRef<number>;
  rows: ComputedRef<Row[]>;
}

export function usePaging<Row>(all: ComputedRef<Row[]>, size: number): Paging<Row> {
  const page = ref(0);
  const pages = computed(() => Math.max(1, Math.ceil(all.value.length / size)));
  const rows = computed(() => all.value.slice(page.value * size, (page.value + 1) * size));
  const timer = setInterval(() => {
    page.value = (page.value + 1) % pages.value;
  }, PAGE_MS);
  watch(pages, (count) => {
    if (page.value >= count) page.value = 0;
  });
  onUnmounted(() => clearInterval(timer));
  return { page, pages, rows };
}
