/* Addresses inside a page: #/course/01-yijian-jiedu/lesson. Nothing on the server needs
 * to know them. */
import { onScopeDispose, shallowRef, type ShallowRef } from "vue";

export interface HashRoute {
  /** ["course", "01-yijian-jiedu"] */
  parts: string[];
  query: URLSearchParams;
}

export function parseHash(hash: string): HashRoute {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const parts = path.split("/").filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { parts, query: new URLSearchParams(query) };
}

export function useHash(): ShallowRef<HashRoute> {
  const route = shallowRef(parseHash(location.hash));
  const update = (): void => {
    route.value = parseHash(location.hash);
  };
  window.addEventListener("hashchange", update);
  onScopeDispose(() => window.removeEventListener("hashchange", update));
  return route;
}

export function goTo(hash: string, replace = false): void {
  if (replace) location.replace(hash);
  else location.hash = hash.replace(/^#/, "");
}
