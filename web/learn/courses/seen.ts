/* When a section counts as read: its end has been on the screen for a second. Jumping
 * over a section does not count, reading past its end does. */

const DWELL_MS = 1000;

/** Watches the sections of a lesson's HTML. Returns how to stop. */
export function watchSections(
  article: HTMLElement,
  ids: readonly string[],
  onRead: (id: string) => void,
): () => void {
  const ends = new Map<Element, string>();
  ids.forEach((id, index) => {
    const end = document.createElement("span");
    end.className = "section-end";
    end.setAttribute("aria-hidden", "true");
    const next = ids[index + 1];
    const heading = next ? article.querySelector(`#${CSS.escape(next)}`) : null;
    if (heading) heading.before(end);
    else article.append(end);
    ends.set(end, id);
  });

  const timers = new Map<Element, ReturnType<typeof setTimeout>>();
  const observer = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      clearTimeout(timers.get(target));
      if (!isIntersecting) continue;
      timers.set(
        target,
        setTimeout(() => {
          observer.unobserve(target);
          onRead(ends.get(target) as string);
        }, DWELL_MS),
      );
    }
  });
  ends.forEach((_, end) => observer.observe(end));
  return () => {
    observer.disconnect();
    timers.forEach((timer) => clearTimeout(timer));
  };
}
