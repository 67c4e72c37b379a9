/* Sections of a text on the page: going to one, and links that lead to where one is. */

/** Brings the section's heading to the top and reading aloud with it. */
export function scrollToSection(
  root: HTMLElement | null,
  id: string,
  behavior: ScrollBehavior = "smooth",
): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const heading = root?.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  if (!heading) return;
  heading.tabIndex = -1;
  heading.scrollIntoView({ behavior: calm ? "auto" : behavior, block: "start" });
  heading.focus({ preventScroll: true });
}

/** A link to the section that the address names already changes nothing by itself. */
export function followAgain(event: MouseEvent, root: HTMLElement | null, section: string | null): void {
  const link = (event.target as HTMLElement).closest?.("a[href]");
  if (link instanceof HTMLAnchorElement && section && link.hash === location.hash) {
    event.preventDefault();
    scrollToSection(root, section);
  }
}
