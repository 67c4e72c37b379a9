/* Printing a page. Pictures further down are loaded when they come into sight, and on
 * paper everything does: they are fetched before the print dialogue opens. */

function loadAll(root: ParentNode): Promise<unknown> {
  const images = [...root.querySelectorAll("img")];
  images.forEach((image) => (image.loading = "eager"));
  // One that cannot be had must not keep the rest from the paper.
  return Promise.all(images.map((image) => image.decode().catch(() => undefined)));
}

export async function printPage(): Promise<void> {
  await loadAll(document);
  window.print();
}

// The browser's own menu does not wait, but by then most is there.
window.addEventListener("beforeprint", () => void loadAll(document));
