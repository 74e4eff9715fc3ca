import type { KeyboardEvent } from "react";

/** Up and down walk from message to message: from the list itself to the last one in view, then to the neighbours. */
export function moveAmongMessages(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const list = event.currentTarget;
  const view = list.getBoundingClientRect();
  const messages = [...list.querySelectorAll<HTMLElement>("article")]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .sort((a, b) => a.box.top - b.box.top);
  const at = messages.findIndex(({ element }) => element.contains(document.activeElement));
  const next =
    at >= 0
      ? messages[at + (event.key === "ArrowUp" ? -1 : 1)]
      : messages.findLast(({ box }) => box.top >= view.top && box.bottom <= view.bottom + 1);
  if (next === undefined) return;
  event.preventDefault();
  next.element.focus({ preventScroll: true });
  next.element.scrollIntoView({ block: "nearest" });
}
