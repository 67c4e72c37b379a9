/* The self-check questions of a lesson. The HTML from the server lists the options with
 * data-right; here they become buttons that answer at once. Nothing is recorded. */

export function enliven(root: HTMLElement): void {
  root.querySelectorAll<HTMLElement>("section.selfcheck").forEach(enlivenQuestion);
}

function enlivenQuestion(section: HTMLElement): void {
  const items = [...section.querySelectorAll<HTMLElement>("li[data-right]")];
  const several = items.filter(isRight).length > 1;
  const verdict = document.createElement("p");
  verdict.className = "selfcheck-verdict";
  verdict.setAttribute("role", "status");
  const buttons = items.map((item) => buttonFor(item));
  const list = items[0]?.parentElement;
  if (!list) return;
  list.after(verdict);

  if (several) {
    const check = document.createElement("button");
    check.type = "button";
    check.className = "button";
    check.textContent = "检查答案（多选）";
    verdict.before(check);
    buttons.forEach((button) => button.addEventListener("click", () => press(button, !isPressed(button))));
    check.addEventListener("click", () => judge(section, buttons, verdict));
  } else {
    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        buttons.forEach((other) => press(other, other === button));
        judge(section, buttons, verdict);
      }),
    );
  }
}

function buttonFor(item: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "selfcheck-option";
  button.append(...item.childNodes);
  press(button, false);
  item.append(button);
  return button;
}

const isRight = (item: HTMLElement): boolean => item.dataset.right === "true";
const isPressed = (button: HTMLElement): boolean => button.getAttribute("aria-pressed") === "true";

function press(button: HTMLElement, pressed: boolean): void {
  button.setAttribute("aria-pressed", String(pressed));
  button.classList.remove("is-right", "is-wrong");
}

function judge(section: HTMLElement, buttons: HTMLButtonElement[], verdict: HTMLElement): void {
  let allRight = true;
  for (const button of buttons) {
    const right = isRight(button.parentElement as HTMLElement);
    const chosen = isPressed(button);
    allRight = allRight && right === chosen;
    button.classList.toggle("is-right", chosen && right);
    button.classList.toggle("is-wrong", chosen && !right);
  }
  verdict.textContent = allRight ? "✓ 答对了" : "✗ 不对，再想想，或者看解析";
  verdict.className = `selfcheck-verdict ${allRight ? "is-right" : "is-wrong"}`;
  const why = section.querySelector("details");
  if (allRight && why) why.open = true;
}
